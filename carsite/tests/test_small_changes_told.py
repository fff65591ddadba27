"""What staff and whoever complains are told where small changes of wording came after a check."""

import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags

from carsite.tests.test_complaint import complaint, verified
from conftest import by_link, edit, hand, judge, person
from publishing.models import Line
from publishing.record import due_at, triggers
from publishing.tests.test_small_changes import forge

CHECKED, SINCE = "Checked {} by Dr Nair.", "Since then small changes of wording, not checked"
HOME = "/admin/"


def words(page):
    return " ".join(strip_tags(page.text).split())


def said(sentence):
    return sentence.format(date_format(timezone.localdate(), "j F Y"))


@pytest.fixture
def article(make_article, asha, ravi, meena):
    """Checked, published, and then a little changed."""
    article = make_article(by=hand(asha), owner=asha)
    judge(article, ravi, reviewer_name="Dr Nair")
    article.publish(by=hand(meena), note="First")
    edit(article, asha, lead="A test that is short.")
    article.publish(by=hand(meena), note="Wording")
    return article


def still_fit(client, article, text=None):
    page = client.get(HOME).text
    form = re.search(r'<form method="post" action="([^"]*still-fit/)">.*?name="text" value="(\w+)"', page, re.DOTALL)
    address = form[1] if form else f"/admin/articles/article/{article.pk}/still-fit/"
    return client.post(address, {"text": text or form[2]}, follow=True)


def test_it_stands_on_the_reviewers_desk_with_its_changes_and_is_still_fit_by_one_click(article, ravi, client):
    client.force_login(ravi)
    page = client.get(HOME)
    assert "Still fit?" in words(page) and "Dr Nair" not in words(page)
    changed = re.search(r'<p class="difference"[^>]*>(.*?)</p>', page.text, re.DOTALL)[1]
    assert "<del>" in changed and "that is short" in strip_tags(
        "".join(re.findall("<ins>.*?</ins>", changed, re.DOTALL))
    )
    answer = still_fit(client, article)
    assert [status for _url, status in answer.redirect_chain] == [302] and answer.wsgi_request.path == HOME
    assert "is still fit" in words(answer) and "Still fit?" not in words(answer)
    review = article.reviews.order_by("-made_at").first()
    assert review.text_digest == article.live(timezone.now()).text_digest and review.made_by == ravi
    assert (review.reviewer_name, review.credential) == ("Dr Nair", "haematologist")
    assert (review.next_due_on - timezone.localdate()).days == 365
    page = client.get(article.address()).text
    assert SINCE not in page and "Not yet" not in page
    call_command("verify_ledger")


def test_it_is_on_nobody_elses_desk_and_nobody_else_can_call_it_so(article, ravi, asha, meena, make_article, client):
    for user in (person("Nila", "clinical reviewers"), asha, meena):
        client.force_login(user)
        assert "Still fit?" not in words(client.get(HOME))
        text = article.live(timezone.now()).text_digest
        answer = still_fit(client, article, text)
        assert answer.status_code == 403 or "not told as your check any more" in words(answer)
    assert article.reviews.count() == 1


def test_what_moved_on_since_the_page_was_shown_is_not_called_fit(article, ravi, meena, client):
    client.force_login(ravi)
    text = article.live(timezone.now()).text_digest
    edit(article, "Asha", lead="A test, and it is short.")
    article.publish(by=hand(meena), note="Wording")
    assert "another text than the one you saw" in words(still_fit(client, article, text))
    judge(article, ravi, result="not fit", note="No")
    text = article.live(timezone.now()).text_digest
    assert "not told as your check any more" in words(still_fit(client, article, text))
    assert not article.reviews.filter(text_digest=text, result="fit").exists()
    assert client.get(f"/admin/articles/article/{article.pk}/still-fit/").status_code == 405


def test_things_due_keep_it_apart_from_what_nobody_checked(article, ravi, omar, client):
    (due,) = due_at(timezone.now())
    assert (due.state, due.pk) == ("still fit", article.pk) and "Dr Nair checked it on" in due.why
    client.force_login(omar)
    assert "still fit?" in words(client.get(reverse("admin:articles_article_due")))
    article.revoke(article.reviews.get(), by=hand(ravi), note="Mistaken")
    (due,) = due_at(timezone.now())
    assert due.state == "unreviewed"


def test_where_its_reviewer_has_no_desk_its_owner_is_told(make_article, asha, meena, client):
    article = make_article(by=hand(asha), owner=asha)
    by_link(article, asha)
    article.publish(by=hand(meena), note="First")
    edit(article, asha, lead="A test that is short.")
    article.publish(by=hand(meena), note="Wording")
    client.force_login(asha)
    page = words(client.get(HOME))
    assert "Dr Nila Rao checked it on" in page and "Ask for a check" in page


def test_the_publish_page_says_before_what_patients_read_after(article, make_entry, meena, client):
    edit(article, "Asha", lead="A test, and it is short.")
    client.force_login(meena)
    address = f"/admin/articles/article/{article.pk}/publish/"
    told = f"“{said(CHECKED)} {SINCE}”"
    page = words(client.get(address))
    assert f"Patients read of this text now: {told}. After this: {told}, unless you call this" in page
    make_entry("Does it hurt?", article=article)
    assert "Of “Does it hurt?”, where it goes along: not yet checked." in words(client.get(address))
    edit(article, "Asha", body="## What happens\n\nCall 111.")
    assert f"now: {told}. After this: not yet checked." in words(client.get(address))


def test_the_file_for_a_complaint_proves_what_was_carried(article, omar, client, tmp_path):
    at = Line.objects.moment_of_reading()
    client.force_login(omar)
    folder = complaint(client, at, article.address(), tmp_path / "file")
    assert SINCE in (folder / "page.html").read_text()
    assert verified(folder)[0] == 0
    record = json.loads((folder / "record.json").read_text())
    (edition,) = [one for one in record["editions"] if one["work"] == article.name]
    assert edition["fields"]["carried"] == record["reviews"][0]["line"]
    edition["fields"]["carried"] = None
    (folder / "record.json").write_text(json.dumps(record))
    assert "is not the text that the ledger recorded" in verified(folder)[1]


def test_the_file_for_a_complaint_tells_of_a_carried_review_that_was_none(article, omar, client, tmp_path):
    reader = judge(article, omar, kind="lay reader")
    triggers.remove()
    forge(article, reader.line_id, number=3)
    triggers.install()
    client.force_login(omar)
    folder = complaint(client, Line.objects.moment_of_reading(), article.address(), tmp_path / "file")
    assert "edition 3 of articles/1 carries over a review that is no clinician's" in verified(folder)[1].replace(
        article.name, "articles/1"
    )


@pytest.mark.parametrize("language", ["hi", "ur"])
def test_it_is_told_in_the_language_of_the_page(language, make_article, ravi, meena, client):
    article = make_article("Title", by=hand("Asha"), language=language)
    judge(article, ravi, reviewer_name="Dr Nair")
    article.publish(by=hand(meena), note="First")
    edit(article, "Asha", lead="A test that is short.")
    assert article.publish(by=hand(meena), note="Wording").carried
    page = words(client.get(article.address()))
    told = {"hi": "Dr Nair ने {} को", "ur": "Dr Nair نے"}[language]
    assert told.split(" {}")[0] in page and "Since then" not in page
    assert {"hi": "जिनकी जाँच नहीं हुई है", "ur": "جن کی جانچ نہیں ہوئی"}[language] in page
