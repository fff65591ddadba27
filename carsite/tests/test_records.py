"""The ledger and the access record in sentences with titles, read by people."""

import re

import pytest
from django.utils import timezone

from carsite.tests.conftest import change_url
from conftest import edit, hand, judge
from publishing.models import Access, Line, access
from publishing.models.erasing import Words
from publishing.record import erasure

LEDGER, ACCESS = "/admin/publishing/line/", "/admin/publishing/access/"


def read(client, url):
    """What a page of sentences says, without its markup."""
    page = client.get(url)
    assert page.status_code == 200
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))


def test_each_act_is_a_sentence_with_title_note_and_day(make_article, make_entry, asha, ravi, meena, later, client):
    article = make_article("Kidney biopsy")
    entry = make_entry("Does it hurt?", article=article)
    first = judge(article, ravi, result="not fit", note="Say for how long.")
    article.publish(by=hand("Meena"), note="First")
    entry.publish(by=hand("Meena"), note="With it")
    article.revoke(first, by=hand(meena), note="Mistaken")
    edit(article, asha, lead="Other.")
    article.publish(by=hand("Meena"), note="Second")
    edit(article, asha, lead="Another.")
    article.publish(by=hand("Meena"), note="New telephone number", at=later)
    article.cancel(by=hand(meena), note="Not yet")
    entry.withdraw(by=hand(meena), note="Dose", reason="unsafe")
    article.redact(article.editions.get(number=1), by=hand(meena), reason="Asked for")
    client.force_login(asha)
    page = read(client, LEDGER)
    for words in (
        "Ravi checked Kidney biopsy: not fit. Say for how long.",
        "Meena published edition 1 of Kidney biopsy: First.",
        "Meena published edition 1 of Does it hurt?: With it.",
        "Meena took back a check of Kidney biopsy: Mistaken.",
        "of Kidney biopsy: New telephone number.",
        "Meena cancelled what waited of Kidney biopsy: Not yet.",
        "Meena withdrew Does it hurt?: Dose.",
        "Meena erased edition 1 of Kidney biopsy: Asked for.",
    ):
        assert words in page
    assert f"{timezone.localtime():%-d %B %Y}, " in page and "articles/" not in page and "faq/" not in page
    assert f'<a href="{change_url(article)}"><bdi>Kidney biopsy</bdi></a>' in client.get(LEDGER).text
    assert "Ravi checked Kidney biopsy" in read(client, f"{LEDGER}1/change/")


def test_filters_and_search_stay(make_article, asha, meena, client):
    article, other = make_article("Kidney biopsy"), make_article("Plaster care")
    article.publish(by=hand(meena), note="First", emergency="Bed 4")
    other.publish(by=hand("Omar"), note="Second")
    client.force_login(asha)
    for asked in (f"by_account={meena.pk}", "verb__exact=publish&q=Meena", "q=First"):
        page = read(client, f"{LEDGER}?{asked}")
        assert "Kidney biopsy" in page and "Plaster care" not in page
    assert "No line fits." in read(client, f"{LEDGER}?q=nothing-such")
    assert "Plaster care" in read(client, f"{LEDGER}?by_account=x")


@pytest.mark.parametrize("url", [LEDGER, ACCESS])
def test_a_page_asks_no_more_for_more_lines(url, make_article, omar, client, django_assert_max_num_queries):
    def more(count):
        for number in range(count):
            make_article(f"Guide {number}").publish(by=hand("Meena"), note="First")
            access.record("give", f"account/{omar.pk}", by=hand(omar), whom="omar", role="writers")
            access.record("complaint", f"articles/{number + 1}", by=hand(omar), text="A guide")

    client.force_login(omar)
    more(2)
    client.get(url)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    more(12)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(url)


def test_what_was_erased_is_said_to_be(make_article, asha, omar, client):
    make_article().publish(by=hand("Jane Roe"), note="As Jane Roe asked")
    access.record("give", f"account/{asha.pk}", by=hand("Jane Roe"), whom="Jane Roe", role="writers")
    words = Words("Jane Roe")
    keys = {place.key for place in erasure.places(words, timezone.now())}
    erasure.erase(words, keys, by=hand("Omar"), reason="Asked for")
    client.force_login(omar)
    page = read(client, LEDGER)
    assert "Somebody whose name was erased published edition 1 of Having a blood test: the note was erased." in page
    assert "Omar erased words of line 1, about Having a blood test: Asked for." in page
    page = read(client, ACCESS)
    assert "Somebody whose name was erased gave Asha the role, with words that were erased." in page
    assert "Jane" not in page


def test_the_access_record_names_people_as_they_are_called_today_and_leads_to_them(omar, asha, client):
    access.record("give", f"account/{asha.pk}", by=hand(omar), whom="asha", role="writers")
    access.record("refuse", by=hand(""), network="10.0.0.1")
    access.record("make", "account/99999", by=hand(omar), whom="gone")
    access.record("list", "reviewer/99999", by=hand(omar), whom="Dr Nila (n@example.org)")
    client.force_login(omar)
    page = read(client, ACCESS)
    assert "Omar gave Asha the role “writers”." in page and "Omar made the account of gone." in page
    assert "Somebody unknown was refused at the log-in, from the address “10.0.0.1”." in page
    assert "Omar listed Dr Nila (n@example.org) as an outside reviewer" in page
    assert f'<a href="/admin/auth/user/{asha.pk}/change/"><bdi>Asha</bdi></a>' in client.get(ACCESS).text
    table = b"".join(client.get(f"{ACCESS}table.csv?verb__exact=give")).decode()
    assert "Gave asha the role “writers”." in table and table.count("\n") == 2


@pytest.mark.parametrize("verb", Access.Verb)
def test_every_verb_makes_a_sentence_with_or_without_words(verb, omar, client):
    access.record(verb, f"account/{omar.pk}", by=hand(omar), whom="omar", role="writers", text="A guide")
    access.record(verb, by=hand(omar))
    client.force_login(omar)
    page = read(client, ACCESS)
    assert page.count("Omar ") >= 2 and "{" not in page and ".." not in page


@pytest.mark.parametrize("verb", Line.Verb)
def test_every_act_makes_a_sentence(verb, db):
    from publishing.record import acted

    before, after = acted(Line.of(verb=verb, work="articles/1", by=hand("Omar"), number=1, note="Why"), {})
    assert before and after.endswith("Why.")
