"""An answer cannot silently contradict its article."""

import re

import pytest
from django.utils import timezone

from faq.models import Entry
from publishing.models import Line
from publishing.tests.test_reviews import edit


@pytest.fixture
def article(make_article, make_entry):
    article = make_article(body="Take 5 mg after food.")
    article.publish(by="Meena", note="First")
    for number in (1, 2, 3):
        make_entry(f"Question {number}?", article=article, place=number).publish(by="Meena", note="First")
    return article


def due():
    return [entry.question for entry in Entry.objects.due_for_check(timezone.now()).order_by("pk")]


def test_an_answer_records_the_edition_it_was_published_beside(article):
    assert {entry.live(timezone.now()).checked_against.number for entry in article.entry_set.all()} == {1}
    assert due() == []


def test_a_change_of_substance_makes_every_answer_due_until_decided(article, make_entry):
    make_entry("A general question?").publish(by="Meena", note="First")
    edit(article, "Asha", body="Take 10 mg after food.")
    edition = article.publish(by="Meena", note="Dose", raises_substance=True)
    assert due() == ["Question 1?", "Question 2?", "Question 3?"]
    first, second, third = article.entry_set.all()
    first.decide("still right", against=edition, by="Meena", note="Dose")
    second.decide("hide", against=edition, by="Meena", note="Dose")
    third.decide("change", against=edition, by="Meena", note="Dose")
    assert due() == ["Question 3?"]
    assert second.live(timezone.now()).is_notice
    edit(third, "Asha", answer="Another answer.")
    third.publish(by="Meena", note="Put right")
    assert due() == []
    assert Line.objects.filter(verb="check").get().detail == f'{{"against":"{article.name}","number":2}}'


def test_what_was_left_on_the_list_may_be_called_still_right_later(article, meena, client):
    edit(article, "Asha", body="Take 10 mg after food.")
    article.publish(by="Meena", note="Dose", raises_substance=True)
    entry = article.entry_set.first()
    client.force_login(meena)
    url = f"/admin/faq/entry/{entry.pk}/"
    assert "Still right beside its guide" in client.get(f"{url}change/").text
    shown = client.get(f"{url}confirm/").text
    assert entry.answer in shown
    assert re.search(r"<ins>.*after food", shown), re.findall(r"<p class=\"difference.*", shown)
    assert client.post(f"{url}confirm/", {"edits": entry.edits, "note": "Looked at it"}).status_code == 302
    assert due() == ["Question 2?", "Question 3?"]
    assert Line.objects.head().detail == f'{{"against":"{article.name}","number":2}}'
    assert "Still right beside its guide" not in client.get(f"{url}change/").text
    again = client.post(f"{url}confirm/", {"edits": entry.edits, "note": "Looked at it"})
    assert "Nothing about it is due" in again.text


def test_a_change_of_wording_makes_no_answer_due(article):
    edit(article, "Asha", lead="A short test, in short.")
    assert not article.publish(by="Meena", note="Wording").is_substance
    assert due() == []


def test_a_change_that_waits_makes_answers_due_on_its_moment(article, later):
    edit(article, "Asha", body="Take 10 mg after food.")
    article.publish(by="Meena", note="Dose", raises_substance=True, at=later)
    assert due() == []
    assert Entry.objects.due_for_check(later).count() == 3


def test_publishing_lists_the_answers_and_asks(article, meena, client):
    edit(article, "Asha", body="Take 10 mg after food.")
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    form = client.get(url).context["form"]
    assert "Beside the changed text: Question 2?" in client.get(url).text
    one, two, three = (entry.pk for entry in article.entry_set.all())
    ticks = [value for value, _label in form.fields["ticks"].choices] if "ticks" in form.fields else []
    sent = {"edits": article.edits, "note": "Dose", "emergency": "Wrong dose", "raises_substance": "on", "ticks": ticks}
    decided = {f"follows_{one}": "still right", f"follows_{two}": "hide", f"follows_{three}": "change"}
    assert client.post(url, sent | decided).status_code == 302
    assert due() == ["Question 3?"]
    page = client.get(article.get_absolute_url()).text
    assert "Question 1?" in page and "Question 2?" not in page


def test_a_question_that_stops_its_article_is_named(article, meena, client):
    edit(article, "Asha", lead="Another lead.")
    entry = article.entry_set.get(question="Question 2?")
    edit(entry, "Asha", answer="Never.")
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    form = client.get(url).context["form"]
    sent = {"edits": article.edits, "note": "Both", "emergency": "A test", "companions": form["companions"].initial}
    decided = {name: "still right" for name in form.fields if name.startswith("follows_")}
    answer = client.post(url, sent | decided)
    assert "“Question 2?”: Look at each change" in answer.text and answer.context["form"].data["note"] == "Both"
