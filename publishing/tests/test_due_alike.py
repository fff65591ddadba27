"""Things due, found in a few queries, are what a slow and plain reading of the record finds, text by text."""

import datetime
import random
from itertools import pairwise

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import by_link, edit, fewer, hand, judge
from publishing.models import HELD_BACK, Line, Reminder, kinds, open_emergencies
from publishing.record import due_at
from publishing.record.owed.found import SETTLING, SOON, things_of
from publishing.record.owed.hurried import hurried_of
from publishing.refusals import Refused

pytestmark = pytest.mark.databases

PAGE = "/admin/articles/article/due/"


def plainly(at):
    """(text, state, case, day) of everything due, by its definition."""
    for model in kinds.reviewed():
        for work in model.objects.order_by("pk"):
            read = [one for one in work.editions.order_by("in_force_at") if was_read(one, at)]
            live = read[-1] if read and not read[-1].is_notice else None
            found = [*held_back(work), *waits(work, at)]
            if live:
                found += [text_of(work, live, read, at), checked(work, live, at) if model.FOLLOWS else None]
            yield from ((work.name, *one) for one in found if one)


def was_read(edition, at):
    return edition.cancelled_at is None and edition.in_force_at <= at


def day(moment):
    return timezone.localtime(moment).date()


def judgements(edition, at):
    reviews = type(edition.work).review_model().objects.filter(work=edition.work, kind="clinician", made_at__lte=at)
    reviews = reviews.filter(digest_format=edition.digest_format, text_digest=edition.text_digest).order_by("made_at")
    return [one for one in reviews if one.revoked_at is None or one.revoked_at > at]


def text_of(work, live, read, at):
    newest = (judgements(live, at) or [None])[-1]
    if newest and newest.result != "fit":
        return "not fit", live.text_digest, day(newest.made_at)
    hurried = open_emergencies([one for one in read if not one.is_notice], at)
    if hurried:
        return "emergency", hurried[-1].text_digest, day(hurried[0].in_force_at)
    if newest is None:
        others = [place for place, one in enumerate(read) if one.text_digest != live.text_digest]
        since = read[others[-1] + 1 if others else 0].in_force_at
        taken = work.reviews.filter(text_digest=live.text_digest, revoked_at__lte=at)
        return "unreviewed", live.text_digest, day(max([since, *(one.revoked_at for one in taken)]))
    state = "overdue" if newest.is_overdue(at) else "soon" if newest.is_overdue(at + SOON) else ""
    return (state, str(newest.next_due_on), newest.next_due_on) if state else None


def held_back(work):
    line = Line.objects.filter(work=work.name, verb__in=SETTLING).order_by("seq").last()
    if line and line.verb == "cancel" and line.note.startswith(HELD_BACK):
        yield "held back", str(line.seq), day(line.at)


def waits(work, at):
    waiting = [one for one in work.editions.all() if one.cancelled_at is None and one.in_force_at > at]
    for one in waiting:
        newest = (judgements(one, at) or [None])[-1]
        if not one.is_notice and newest and newest.result == "fit" and newest.is_overdue(one.in_force_at):
            yield "waits", f"edition {one.number}, {newest.due_day}", day(one.in_force_at)
        beside = getattr(one, work.FOLLOWS) if work.FOLLOWS else None
        if beside:
            then = [other for other in beside.editions.all() if other.in_force_at == one.in_force_at]
            gone = then and all(other.cancelled_at for other in then) and one.is_notice
            if gone or (one.checked_against and one.checked_against.cancelled_at):
                yield "waits", f"edition {one.number}, alone", day(one.in_force_at)


def checked(work, live, at):
    original = getattr(work, work.FOLLOWS)
    read = {one.pk: one for one in original.editions.all() if was_read(one, at)} if original else {}
    newest = max((one.number for one in read.values() if one.is_substance and not one.is_notice), default=0)
    spoken = {check.against_id for check in work.checks.all() if check.made_at >= live.in_force_at}
    last = max((read[pk].number for pk in {live.checked_against_id, *spoken} if pk in read), default=0)
    if newest > last:
        since = next(one.in_force_at for one in read.values() if one.number == newest)
        return "check", f"edition {newest}, {live.in_force_at.isoformat()}", day(max(since, live.in_force_at))
    return None


def something(chance, work, people):
    """One act, or saving, that a person might do; refused or not."""
    asha, ravi, meena, omar = people
    soon = timezone.now() + datetime.timedelta(days=chance.choice([1, 5, 50]))
    due = timezone.localdate() + datetime.timedelta(days=chance.choice([1, 3, 20, 45, 300]))
    told = {"note": "Told", "by": hand(chance.choice([meena, omar]))}
    body = "lead" if not work.FOLLOWS else "answer"
    publishing = told | {
        "passing": "A test",
        "emergency": chance.choice(["", "At once"]),
        "raises_substance": chance.random() < 0.5,
    }
    reviews = list(work.reviews.filter(revoked_at=None))
    return chance.choice(
        [
            lambda: edit(work, chance.choice(people), **{body: chance.choice(["One.", "Two.", "Three."])}),
            lambda: judge(work, chance.choice([ravi, omar]), next_due_on=due),
            lambda: judge(work, ravi, result=chance.choice(["not fit", "fit after changes"]), note="The dose"),
            lambda: by_link(work, chance.choice([asha, meena])),
            lambda: work.revoke(chance.choice(reviews), **told) if reviews else None,
            lambda: work.publish(**publishing),
            lambda: work.publish(**publishing),
            lambda: work.publish(by=hand("import"), note="file.txt"),
            lambda: work.publish(**publishing, at=soon),
            lambda: work.cancel(**told),
            lambda: work.withdraw(**told, reason="out of date", at=chance.choice([None, soon])),
            lambda: work.confirm(**told) if work.FOLLOWS else None,
        ]
    )


@pytest.mark.parametrize("seed", fewer(range(40), 4))
def test_what_is_due_is_what_the_record_says_text_by_text(seed, make_article, make_entry, asha, ravi, meena, omar):
    chance, works = random.Random(seed), []
    for name in ("Dose", "Dose"):
        works.append(make_article(name, by=hand(asha)))
        works += [make_entry("Does it hurt?", by=hand(asha), article=works[-1]), make_entry("Why?", article=works[-1])]
    for _step in range(45):
        work = chance.choice(works)
        work.refresh_from_db()
        try:
            something(chance, work, (asha, ravi, meena, omar))()
        except Refused:
            continue
    for days in (0, 2, 7, 40, 400):
        at = timezone.now() + datetime.timedelta(days=days)
        found = due_at(at)
        assert sorted((one.name, one.state, one.case, one.on) for one in found) == sorted(plainly(at))
        order = ["not fit", "emergency", "held back", "waits", "overdue", "check", "unreviewed", "soon"]
        ranks = [(order.index(one.state), one.on, one.title) for one in found]
        assert all(first <= second for first, second in pairwise(ranks))


def queries_of(ask):
    with CaptureQueriesContext(connection) as made:
        ask()
    return len(made)


@pytest.fixture
def in_every_state(make_article, make_entry, asha, ravi, meena, settings):
    """Makes so many texts of each state, all of them Asha's."""
    settings.HAS_MAIL = True
    asha.email = "asha@example.org"
    asha.save()
    ends = {"not fit": None, "soon": 20, "overdue": 1}

    def make(count):
        day = timezone.localdate()
        for number in range(count):
            for state in ("not fit", "emergency", "soon", "overdue", "unreviewed", "held back"):
                article = make_article(f"{state} {count}.{number}", owner=asha, by=hand(asha))
                entry = make_entry(f"{state} {number}?", article=article, by=hand(asha))
                for work in (article, entry):
                    if ends.get(state):
                        judge(work, ravi, next_due_on=day + datetime.timedelta(days=ends[state]))
                    work.publish(by=hand(meena), note="First", emergency="" if ends.get(state) else "At once")
                    if state == "not fit":
                        judge(work, ravi, result="not fit", note="The dose")
                if state == "held back":
                    edit(article, asha, lead="Another.")
                    review = judge(article, ravi)
                    told = {"note": "Later", "by": hand(meena), "raises_substance": True}
                    article.publish(**told, at=timezone.now() + datetime.timedelta(days=1))
                    article.revoke(review, by=hand(ravi), note="Overlooked")
        return count

    return make


def test_ten_times_as_many_texts_take_no_more_queries(in_every_state, client, asha):
    client.force_login(asha)
    asked = []
    for count in (1, 9):
        in_every_state(count)
        Reminder.objects.all().delete()
        client.get(PAGE)
        lists = [queries_of(lambda: due_at(timezone.now())), queries_of(lambda: client.get(PAGE))]
        asked.append([*lists, queries_of(lambda: call_command("send_reminders"))])
    few, many = asked
    assert many[:2] == few[:2] and len(mail.outbox) == 2
    # What is written takes a statement for so many rows as the database takes values at once.
    assert many[2] - few[2] <= 1
    assert Reminder.objects.count() == len(due_at(timezone.now())) > 100


def test_no_text_is_read_to_find_what_is_due(in_every_state):
    in_every_state(1)
    with CaptureQueriesContext(connection) as made:
        due_at(timezone.now())
    asked = [one["sql"].partition(" FROM ")[0] for one in made]
    assert [sql for sql in asked for long in ("html", "folded", "body", "answer") if f'"{long}"' in sql] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite finds it")
def test_no_edition_is_read_to_find_what_is_due(in_every_state):
    in_every_state(3)
    with CaptureQueriesContext(connection) as made:
        for model in kinds.reviewed():
            assert list(things_of(model, timezone.now())) or model.LEDGER_NAME not in ("articles", "faq")
            list(hurried_of(model, timezone.now()))
    scans = set()
    for one in made:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            scans |= {row[3] for row in cursor.fetchall() if "SCAN" in row[3] and "edition" in row[3]}
    assert scans and all("USING COVERING INDEX" in scan for scan in scans), scans


def test_a_page_shows_a_hundred_and_leads_to_the_next_in_the_same_state(make_article, asha, client):
    for number in range(101):
        make_article(f"Text {number:03}", owner=asha).publish(by=hand("import"), note="file.txt")
    make_article("Nobody’s").publish(by=hand("import"), note="file.txt")
    client.force_login(asha)
    page = client.get(PAGE + "?state=unreviewed&owner=me").text
    assert "nobody 101</a>" in page and "Text 099" in page and "Text 100" not in page and "Nobody’s" not in page
    assert "1 to 100 of 101" in page and 'href="?state=unreviewed&amp;owner=me&amp;page=2" rel="next"' in page
    last = client.get(PAGE + "?state=unreviewed&owner=me&page=2").text
    assert "Text 100" in last and "Text 099" not in last and 'rel="next"' not in last
    assert 'href="?state=unreviewed&amp;owner=me&amp;page=1" rel="prev"' in last
    assert "Nobody’s" in client.get(PAGE + "?owner=nobody").text
    assert "Text 000" in client.get(PAGE + f"?owner={asha.pk}").text
    assert "Nothing like that is due." in client.get(PAGE + "?state=soon").text


@pytest.mark.parametrize("asked", ["page=0", "page=-1", "page=x", "page=999", "owner=999", "state=x"])
def test_whatever_stands_in_the_address_there_is_a_page(asked, make_article, asha, client):
    make_article("Text").publish(by=hand("import"), note="file.txt")
    client.force_login(asha)
    assert ">Text</a>" in client.get(f"{PAGE}?{asked}").text
