"""An answer cannot silently contradict its article."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from conftest import edit, hand, judge
from faq.models import Entry
from publishing.models import Line
from publishing.record.owed.due import due_at


@pytest.fixture
def article(make_article, make_entry):
    article = make_article(body="Take 5 mg after food.")
    article.publish(by=hand("Meena"), note="First")
    for number in (1, 2, 3):
        make_entry(f"Question {number}?", article=article, place=number).publish(by=hand("Meena"), note="First")
    return article


def due():
    return [entry.question for entry in Entry.objects.due_for_check(timezone.now()).order_by("pk")]


def test_an_answer_records_the_edition_it_was_published_beside(article):
    assert {entry.live(timezone.now()).checked_against.number for entry in article.entry_set.all()} == {1}
    assert due() == []


def test_a_change_of_substance_makes_every_answer_due_until_decided(article, make_entry):
    make_entry("A general question?").publish(by=hand("Meena"), note="First")
    edit(article, "Asha", body="Take 10 mg after food.")
    edition = article.publish(by=hand("Meena"), note="Dose", raises_substance=True)
    assert due() == ["Question 1?", "Question 2?", "Question 3?"]
    first, second, third = article.entry_set.all()
    first.decide("still right", against=edition, by=hand("Meena"), note="Dose")
    second.decide("hide", against=edition, by=hand("Meena"), note="Dose")
    third.decide("change", against=edition, by=hand("Meena"), note="Dose")
    assert due() == ["Question 3?"]
    assert second.live(timezone.now()).is_notice
    edit(third, "Asha", answer="Another answer.")
    third.publish(by=hand("Meena"), note="Put right")
    assert due() == []
    line = Line.objects.filter(verb="check").get()
    assert (line.beside, line.number) == (article.name, 2)


def test_what_was_left_on_the_list_may_be_called_still_right_later(article, meena, client):
    edit(article, "Asha", body="Take 10 mg after food.")
    article.publish(by=hand("Meena"), note="Dose", raises_substance=True)
    entry = article.entry_set.first()
    client.force_login(meena)
    url = f"/admin/faq/entry/{entry.pk}/"
    assert "Still right beside its guide" in client.get(f"{url}change/").text
    shown = client.get(f"{url}confirm/").text
    assert entry.answer in shown
    assert re.search(r"<ins>.*after food", shown), re.findall(r"<p class=\"difference.*", shown)
    assert client.post(f"{url}confirm/", {"edits": entry.edits, "note": "Looked at it"}).status_code == 302
    assert due() == ["Question 2?", "Question 3?"]
    line = Line.objects.head()
    assert (line.verb, line.beside, line.number) == ("check", article.name, 2)
    assert "Still right beside its guide" not in client.get(f"{url}change/").text
    again = client.post(f"{url}confirm/", {"edits": entry.edits, "note": "Looked at it"})
    assert "Nothing about it is due" in again.text


def test_a_change_of_wording_makes_no_answer_due(article):
    edit(article, "Asha", lead="A short test, in short.")
    assert not article.publish(by=hand("Meena"), note="Wording").is_substance
    assert due() == []


def test_a_change_that_waits_makes_answers_due_on_its_moment(article, later):
    edit(article, "Asha", body="Take 10 mg after food.")
    article.publish(by=hand("Meena"), note="Dose", raises_substance=True, at=later)
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


@pytest.fixture
def scheduled(article, later, ravi, meena):
    """The article waits with 10 mg on Ravi's review; its first answer waits with it, its second is to be hidden then."""
    edit(article, "Asha", body="Take 10 mg after food.")
    article.strength = judge(article, ravi)
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    edition = article.publish(by=hand(meena), note="Dose", at=later, ticks=ticks, raises_substance=True)
    first, second, _third = article.entry_set.all()
    edit(first, "Asha", answer="It hurts a little.")
    first.publish(by=hand(meena), note="Dose", at=later, raises_substance=True, emergency="Together")
    second.decide("hide", against=edition, by=hand(meena), note="Dose")
    return article


def held():
    return [(one.title, one.why) for one in due_at(timezone.now()) if one.state == "held back"]


def test_what_was_scheduled_beside_an_article_is_held_back_with_it(scheduled, later, ravi):
    first, second, third = scheduled.entry_set.all()
    third.publish_at = later + datetime.timedelta(days=1)
    edit(third, "Asha", answer="Otherwise.")
    third.publish(by=hand("Meena"), note="Another moment", at=third.publish_at)
    scheduled.revoke(scheduled.strength, by=hand(ravi), note="Overlooked")
    assert [entry.live(later).number for entry in (first, second, third)] == [1, 1, 1]
    assert not second.live(later).is_notice and third.waiting(timezone.now())
    because = f"It was to come into force together with {scheduled.name}, which is held back: the review by Ravi was"
    assert [work for work, _why in held()] == ["Having a blood test", "Question 1?", "Question 2?"]
    assert [why for _work, why in held()] == ["The review by Ravi was revoked.", *[f"{because} revoked."] * 2]
    lines = Line.objects.filter(verb="cancel")
    assert {(line.work, line.by_name) for line in lines} == {(one.name, "Ravi") for one in (scheduled, first, second)}
    call_command("verify_ledger")


def test_what_a_clinician_calls_unfit_takes_its_answers_with_it(scheduled, ravi):
    judge(scheduled, ravi, result="not fit", note="Too much")
    assert len(held()) == 3 and all(why.endswith("Ravi calls it not fit.") for _work, why in held())


def test_what_was_held_back_leaves_the_list_by_an_act_or_a_check_but_not_by_an_erasure(scheduled, ravi, meena):
    scheduled.revoke(scheduled.strength, by=hand(ravi), note="Overlooked")
    first, second, _third = scheduled.entry_set.all()
    first.redact(first.editions.get(number=2), by=hand("Omar"), reason="She asked for it")
    assert "Question 1?" in dict(held())
    second.decide("still right", against=scheduled.live(timezone.now()), by=hand(meena), note="Looked at it")
    first.publish(by=hand(meena), note="Now", emergency="A test")
    assert list(dict(held())) == ["Having a blood test"]


def test_an_answer_that_was_checked_against_a_cancelled_edition_is_due(scheduled, later, meena):
    third = scheduled.entry_set.get(question="Question 3?")
    third.decide("still right", against=scheduled.waiting(timezone.now()), by=hand(meena), note="Dose")
    scheduled.cancel(by=hand(meena), note="Not yet")
    waiting = [(one.title, one.on) for one in due_at(timezone.now()) if one.state == "waits"]
    assert waiting == [(f"Question {number}?", timezone.localtime(later).date()) for number in (1, 2)]
    assert list(Entry.objects.due_for_check(later)) == [scheduled.entry_set.first()]
    second = scheduled.entry_set.get(question="Question 2?")
    second.cancel(by=hand(meena), note="Not yet")
    assert [one.title for one in due_at(timezone.now()) if one.state == "waits"] == ["Question 1?"]


def test_an_article_scheduled_anew_with_its_answers_leaves_nothing_to_look_at(scheduled, later, meena):
    scheduled.cancel(by=hand(meena), note="Not yet")
    ticks = [one.key for one in scheduled.judgement(scheduled.freeze(), timezone.now()).dangers]
    scheduled.publish(by=hand(meena), note="Again", at=later, ticks=ticks, raises_substance=True)
    scheduled.entry_set.first().publish(
        by=hand(meena), note="Again", at=later, emergency="Together", raises_substance=True
    )
    assert [one for one in due_at(timezone.now()) if one.state == "waits"] == []


def test_a_check_against_an_edition_to_come_counts_from_its_moment(article, later, meena):
    entry = article.entry_set.first()
    edit(article, "Asha", lead="Another meaning.")
    article.publish(by=hand(meena), note="Meaning", raises_substance=True, emergency="A test")
    edit(article, "Asha", lead="A new meaning.")
    third = article.publish(by=hand(meena), note="Meaning", raises_substance=True, emergency="A test", at=later)
    entry.decide("still right", against=third, by=hand(meena), note="Looked at it")
    # It still stands beside the second edition, against which nobody has checked it.
    assert entry.question in due()
    assert entry not in Entry.objects.due_for_check(later)


def test_a_check_does_not_speak_for_an_answer_that_comes_later(article, later, meena):
    entry, still_later = article.entry_set.first(), later + datetime.timedelta(days=1)
    edit(entry, "Asha", answer="Another answer.")
    entry.publish(by=hand(meena), note="Other words", at=still_later, emergency="A test", raises_substance=True)
    edit(article, "Asha", lead="Another meaning.")
    edition = article.publish(by=hand(meena), note="Meaning", raises_substance=True, emergency="A test", at=later)
    entry.decide("still right", against=edition, by=hand(meena), note="Looked at it")
    assert entry not in Entry.objects.due_for_check(later)
    days = {one.title: one.on for one in due_at(still_later) if one.state == "check"}
    assert days[entry.question] == timezone.localtime(still_later).date()
    assert days["Question 2?"] == timezone.localtime(later).date()
