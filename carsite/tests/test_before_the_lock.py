"""Rendering and comparing take up to half a second: nobody waits for that at the lock. It is done before it is taken."""

import datetime

import pytest
from django.db import connection
from django.test import Client

from articles.importing.importer import take_all
from articles.models import Article, Topic
from carsite.tests.conftest import fields_of
from conftest import hand, judge
from publishing import safety
from publishing.models import Frame, Line
from publishing.safety import diff
from publishing.text.html import markdown, rendering

pytestmark = pytest.mark.databases

BODY = "## What happens\n\nTake 5 mg twice a day.\n\n## When to call\n\n* fever\n* pain\n"


def is_held():
    """Whether a transaction is open that the test itself did not open: on SQLite that is the lock of all who write."""
    return any(not getattr(one, "_from_testcase", False) for one in connection.atomic_blocks)


@pytest.fixture
def under_lock(monkeypatch):
    """What was read, written as HTML or compared under the lock, as it happens."""
    found = []

    def watch(owner, name):
        was = getattr(owner, name)

        def watched(*given, **told):
            if is_held():
                found.append(name)
            return was(*given, **told)

        monkeypatch.setattr(owner, name, watched)

    # Below what is made once: these are reached only where nothing was made before.
    watch(markdown._parser, "parse")
    watch(rendering.Writer, "write")
    watch(diff, "blocks")
    return found


def test_the_watch_sees_what_is_done_under_the_lock(db, under_lock):
    from django.db import transaction

    rendering.render("Before.")
    assert under_lock == []
    with transaction.atomic():
        rendering.render("Under it.")
        safety.find("5 mg", "6 mg")
    assert under_lock.count("parse") == 3 and {"write", "blocks"} <= set(under_lock)


@pytest.fixture
def guide(make_article, make_entry):
    article = make_article(body=BODY)
    entry = make_entry(article=article)
    article.publish(by=hand("Meena"), note="First")
    entry.publish(by=hand("Meena"), note="First")
    return article


def changed(work, text="Take 5 mg with water twice a day."):
    work.body = BODY.replace("Take 5 mg twice a day.", text)
    work.keep(by=hand("Asha"), at=Line.objects.moment_of_reading())
    return work


def test_publishing_and_going_back(guide, under_lock):
    edition = changed(guide).publish(by=hand("Meena"), note="Clearer", passing="Later")
    changed(guide, "Take 5 mg, with water, twice a day.")
    guide.publish(by=hand("Meena"), note="Clearer still", passing="Later")
    guide.refresh_from_db()
    guide.go_back(edition, by=hand("Meena"), edits=guide.edits)
    assert under_lock == []


def test_the_page_to_publish(guide, meena, under_lock):
    changed(guide)
    client = Client()
    client.force_login(meena)
    path = f"/admin/articles/article/{guide.pk}/publish/"
    guide.refresh_from_db()
    sent = fields_of(client.get(path)) | {"note": "Clearer", "passing": "Later"}
    assert client.post(path, sent).status_code == 302
    assert under_lock == []


def test_a_judgement_by_whoever_has_an_account(guide, ravi, under_lock):
    changed(guide)
    client = Client()
    client.force_login(ravi)
    path = f"/admin/articles/article/{guide.pk}/review/"
    sent = fields_of(client.get(path)) | {"result": "fit", "reviewer_name": "Dr Ravi Rao", "credential": "MD"}
    assert client.post(path, sent).status_code == 302 and guide.reviews.exists()
    judge(changed(guide, "Take 5 mg, with water."), ravi)
    assert guide.reviews.count() == 2 and under_lock == []


def test_a_topic_and_the_frame(db, under_lock):
    topic = Topic(title="Tests")
    topic.keep(by=hand("Meena"), note="New")
    topic.title = "Blood tests"
    keys = [one.key for one in topic.judgement(topic.unrendered(), Line.objects.moment_of_reading()).dangers]
    topic.keep(by=hand("Meena"), note="Renamed", ticks=keys)
    frame = Frame.in_language("en")
    frame.emergency_text = "Call 112, or come at once."
    frame.keep(by=hand("Meena"), at=Line.objects.moment_of_reading())
    assert under_lock == []


def test_an_import_reads_and_renders_guides_before(db, tmp_path, under_lock):
    path = tmp_path / "a.md"
    path.write_text(f"# A guide\n\n{BODY}\n## Questions\n\n### May I eat?\n\nYes, **today**.\n")
    for text in (path.read_text(), path.read_text().replace("fever", "high fever").replace("Yes", "Not yet")):
        path.write_text(text)
        for _outcome in take_all([path], at=Line.objects.moment_of_reading(), publish=True):
            pass
    assert Article.objects.get().entry_set.get().answer.startswith("Not yet")
    assert under_lock == ["write"]  # of a new answer, read before: it gets its place on the page under the lock alone


def test_withdrawing_restoring_and_coming_back(guide, under_lock):
    first = guide.editions.get()
    guide.withdraw(by=hand("Meena"), note="Away", reason="outdated", text="Ask **us**.")
    changed(guide)
    guide.refresh_from_db()
    guide.restore(first, by=hand("Asha"), at=Line.objects.moment_of_reading(), edits=guide.edits)
    guide.refresh_from_db()
    guide.publish(by=hand("Meena"), note="Back", passing="Later")
    assert under_lock == []


def test_what_waits_and_is_cancelled(guide, under_lock):
    soon = Line.objects.moment_of_reading() + datetime.timedelta(days=2)
    changed(guide).publish(by=hand("Meena"), note="Clearer", passing="Later", at=soon)
    guide.cancel(by=hand("Meena"), note="Not yet")
    assert under_lock == []


def test_erasing(guide, under_lock):
    first = guide.editions.get()
    changed(guide).publish(by=hand("Meena"), note="Clearer", passing="Later")
    guide.redact(first, by=hand("Omar"), reason="A court says so")
    assert under_lock == []


def test_the_frame_is_published(db, under_lock):
    frame = Frame.in_language("en")
    frame.keep(by=hand("Meena"), at=Line.objects.moment_of_reading())
    frame.publish(by=hand("Meena"), note="First")
    frame.banner = "Closed on **Monday**."
    frame.keep(by=hand("Meena"), at=Line.objects.moment_of_reading())
    frame.publish(by=hand("Meena"), note="Closed")
    assert under_lock == []
