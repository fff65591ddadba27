"""Capitals and Unicode forms decide nothing: addresses, search, and what is looked up by its name."""

import unicodedata
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.importing import take
from articles.models import Topic
from articles.sources import parse
from conftest import hand
from publishing.models import Publisher, StoredPage

HINDI = "खून की जाँच"
CAFÉ = "Café ward"


def form(name, text):
    return unicodedata.normalize(name, text)


@pytest.fixture
def ward(make_article):
    topic = Topic(title="Éducation")
    topic.keep(by=hand("Meena"), note="New")
    article = make_article(CAFÉ, topic=topic)
    article.publish(by=hand("Meena"), note="First")
    return article


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/Articles/Café-Ward/", "/articles/café-ward/"),
        (form("NFD", "/articles/café-ward/"), "/articles/café-ward/"),
        ("/articles/CAFÉ-WARD/history/", "/articles/café-ward/history/"),
        (form("NFD", "/topics/éducation/"), "/topics/éducation/"),
        ("/FAQ/", "/faq/"),
        ("/HI/articles/", "/hi/articles/"),
    ],
)
def test_an_address_in_another_spelling_leads_to_the_page(client, ward, typed, kept):
    answer = client.get(quote(typed) + "?page=2")
    assert (answer.status_code, answer["Location"]) == (301, quote(kept) + "?page=2")
    assert "frame-ancestors" in answer["Content-Security-Policy"]
    assert client.get(quote(kept)).status_code == 200
    # There is no end of spellings, so none is kept.
    assert not StoredPage.objects.filter(http=301).exists()


def test_a_search_in_any_spelling_finds_the_guide(client, ward):
    for words in ("café", form("NFD", "café"), "CAFÉ", form("NFD", "CAFÉ"), "Ward", "ｗａｒｄ"):
        assert "/articles/café-ward/" in client.get("/search/", {"q": words}).text, words


def test_a_text_in_another_form_is_found(client, make_article):
    make_article("A test", body=form("NFD", "Über the café.")).publish(by=hand("Meena"), note="First")
    for words in ("über", "café", "ÜBER CAFÉ"):
        assert "/articles/a-test/" in client.get("/search/", {"q": words}).text


def test_a_vowel_sign_makes_another_word_so_it_is_said_what_was_searched(client, make_article):
    make_article("दवा", language="hi").publish(by=hand("Meena"), note="First")
    found, other = (client.get("/hi/search/", {"q": word}).text for word in ("दवा", "दिवा"))
    assert "/hi/articles/दवा/" in found and "हमने यह खोजा" not in found
    assert "हमने यह खोजा" in other


def test_as_it_was_takes_an_address_in_any_spelling(client, meena, ward):
    client.force_login(meena)
    asked = {"at": "2199-01-01T10:00", "path": form("NFD", "/Articles/Café-ward/")}
    assert client.get("/admin/as-it-was/", asked)["Location"].endswith(quote("/articles/café-ward/"))


def test_a_slug_with_vowel_signs_is_taken_in(db):
    source = parse(f"---\nslug: खून-की-जाँच\n---\n# {HINDI}\n\nपाठ\n", name="a.md")
    assert source.slug == "खून-की-जाँच"
    assert not [one for one in source.doubts if "address" in one.message]
    doubted = parse("---\nslug: a test!\n---\n# A test\n\nText\n", name="a.md")
    assert [one for one in doubted.doubts if "cannot be an address" in one.message]


def test_topics_and_publishers_in_another_spelling_are_the_same(db, tmp_path):
    for at, (topic, name) in enumerate([("Éducation", "Café"), (form("NFD", "éDUCATION"), form("NFD", "Café"))]):
        path = tmp_path / f"{at}.md"
        path.write_text(f"---\ntitle: Test {at}\ntopic: {topic}\npublisher: {name}\n---\nText.\n")
        assert take(path, at=timezone.now()).result == "imported"
    assert (Topic.objects.count(), Publisher.objects.count()) == (1, 1)


def test_a_topic_in_other_capitals_is_refused(client, omar, ward):
    client.force_login(omar)
    page = client.post("/admin/articles/topic/add/", {"title": form("NFD", "éDUCATION"), "place": 0, "note": "x"})
    assert "There is a topic “Éducation” already" in page.text
