"""What a second import publishes by itself, and what it leaves to a person."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.importing import take
from articles.models.articles import Article
from conftest import hand
from faq.models import Entry
from publishing.models import Frame, Hand, Line, ReviewLink
from publishing.refusals import NeedsPerson

TEXT = """---
title: Pain
lead: What to take.
---

## Care

Do not take 5 mg. Drink some watter.

## Questions

### Does it hurt?

A little.
"""
IMPORT = Hand.command("import")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pain.md"
    path.write_text(TEXT)
    return path


@pytest.fixture
def public(file, db):
    call_command("import_articles", "--publish", file)
    return file


def again(file, before, after, *more):
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))
    call_command("import_articles", "--publish", file)


def test_a_changed_dose_is_left_to_a_person_and_patients_still_read_the_old_one(public, client, capsys):
    lines = Line.objects.count()
    with pytest.raises(CommandError, match="1 of 1 file needs a person"):
        again(public, "Do not take 5 mg", "Take 50 mg")
    said = capsys.readouterr().err
    assert "pain.md: updated\n" in said and "and published" not in said
    assert "“Pain” is kept in its working copy only:" in said and "A person has to publish it." in said
    assert 'Do not take <span class="keep">5 mg</span>' in client.get("/articles/pain/").text
    assert "Take 50 mg" in Article.objects.get().body
    assert Line.objects.count() == lines


def test_a_slip_of_the_pen_goes_out_by_itself(public, client, capsys):
    again(public, "watter", "water")
    assert "pain.md: updated and published\n" in capsys.readouterr().out
    assert "some water" in client.get("/articles/pain/").text


def test_what_can_hurt_stays_and_what_cannot_goes_out(public, client, capsys):
    public.write_text(public.read_text().replace("A little.", "A little bit."))
    with pytest.raises(CommandError):
        again(public, "5 mg", "50 mg")
    assert "pain.md: updated and partly published\n" in capsys.readouterr().err
    page = client.get("/articles/pain/").text
    assert "A little bit." in page and "50 mg" not in page


def test_a_new_question_of_a_guide_that_patients_read_is_left_to_a_person(public, client, capsys):
    with pytest.raises(CommandError):
        again(public, "A little.\n", "A little.\n\n### How much?\n\nSome.\n")
    assert "“How much?” is kept in its working copy only: it is new beside “Pain”." in capsys.readouterr().err
    assert "How much?" not in client.get("/articles/pain/").text
    assert Entry.objects.filter(question="How much?").exists()


def test_a_person_publishes_what_was_left(public, meena, client):
    with pytest.raises(CommandError):
        again(public, "Do not take 5 mg", "Take 50 mg")
    article = Article.objects.get()
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    article.publish(by=hand(meena), note="Looked at", ticks=ticks, emergency="The old one was wrong")
    assert 'Take <span class="keep">50 mg</span>' in client.get("/articles/pain/").text
    call_command("import_articles", "--publish", public)


@pytest.mark.parametrize("reason", ["unsafe", "out of date"])
def test_what_was_withdrawn_is_not_brought_back_even_changed(reason, public, client):
    Article.objects.get().withdraw(by=hand("Meena"), note="Not now", reason=reason)
    with pytest.raises(CommandError):
        again(public, "watter", "water")
    assert client.get("/articles/pain/").status_code == 410


def test_what_a_person_has_scheduled_is_not_cancelled_by_a_command(public, later, client):
    article = Article.objects.get()
    with pytest.raises(CommandError):
        again(public, "5 mg", "6 mg")
    article.refresh_from_db()
    article.publish(by=hand("Meena"), note="From Friday", at=later)
    with pytest.raises(CommandError):
        again(public, "6 mg. Drink some watter", "5 mg. Drink some water")
    assert article.waiting(timezone.now()).number == 2


def test_a_guide_that_was_scheduled_once_and_cancelled_is_a_persons(file, later, db):
    call_command("import_articles", file)
    article = Article.objects.get()
    article.publish(by=hand("Meena"), note="Soon", at=later)
    article.cancel(by=hand("Meena"), note="Not yet")
    with pytest.raises(NeedsPerson):
        article.publish(by=IMPORT, note="First")


def test_an_answer_that_is_due_beside_its_guide_is_not_settled_by_a_command(public):
    article = Article.objects.get()
    article.body = article.body.replace("5 mg", "7 mg")
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Another dose")
    entry = Entry.objects.get()
    entry.answer = "A little bit."
    entry.keep(by=IMPORT, at=timezone.now())
    with pytest.raises(NeedsPerson, match="not yet checked beside “Pain”"):
        entry.publish(by=IMPORT, note="Clearer")
    assert Entry.objects.due_for_check(timezone.now()).count() == 1


def test_no_command_changes_what_stands_around_every_guide(db, at):
    frame = Frame.objects.create(pk=1)
    frame.publish(by=Hand.command("set-up"), note="First")
    frame.contact = "Ask at the desk."
    frame.keep(by=IMPORT, at=at)
    with pytest.raises(NeedsPerson):
        frame.publish(by=IMPORT, note="Contact")


def test_no_command_says_that_a_change_is_one_of_substance_and_publishes_it(public):
    article = Article.objects.get()
    article.lead = "What you may take."
    article.keep(by=IMPORT, at=timezone.now())
    with pytest.raises(NeedsPerson):
        article.publish(by=IMPORT, note="Clearer", raises_substance=True)


def test_a_first_import_comes_out_as_not_checked_without_a_second_person(public, client):
    assert "Not yet checked by a clinician" in client.get("/articles/pain/").text
    assert Article.objects.get().editions.get().emergency_reason == ""
    assert Entry.objects.get().editions.get().checked_against == Article.objects.get().editions.get()


def test_many_files_are_published_with_few_queries(tmp_path, db, at, django_assert_max_num_queries):
    paths = [tmp_path / f"{number}.md" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.replace("Pain", f"Pain {number}").replace("hurt?", f"hurt {number}?"))
    from articles.importing import take_all

    with django_assert_max_num_queries(105):  # of them some thirty for the index of the search and for what is owed
        results = {outcome.result for outcome in take_all(paths, at=at, publish=True)}
    assert results == {"imported and published"}
    assert Line.objects.count() == 80


def test_each_text_of_an_import_is_looked_at_once(tmp_path, at, make_article, monkeypatch):
    from articles.importing import take_all
    from publishing.models.found import findings

    make_article("Before").publish(by=hand("Meena"), note="First")  # after the import began
    looked, found = [], findings._found
    monkeypatch.setattr(findings, "_found", lambda guide, live: looked.append(guide) or found(guide, live))
    paths = [tmp_path / f"{number}.md" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.replace("Pain", f"Pain {number}").replace("hurt?", f"hurt {number}?"))
    assert [one.result for one in take_all(paths, at=at, publish=True)] == ["imported and published"] * 3
    assert len(looked) == 6, "three guides with a question each"


def test_a_guest_is_known_by_name_and_by_who_asked(make_article, at):
    article = make_article()
    link = ReviewLink(invited="Dr No", made_by_name="Meena")
    told = {"text_digest": article.freeze().text_digest, "result": "not fit", "note": "No"}
    review = article.review(by=Hand.guest(link), reviewer_name="Dr No", credential="doctor", **told)
    assert (review.made_by_name, review.made_by) == ("Dr No (by link from Meena)", None)
    assert (review.is_by_link, review.invited_by_name) == (True, "Meena")


def test_the_sample_taken_in_twice_says_what_it_did(guide, at):
    from conftest import SAMPLE

    assert take(SAMPLE, at=at, publish=True).result == "unchanged"
