"""States found for many texts in the database are those that each text has by its own rules."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import edit, fewer, hand, judge
from publishing.models import Asking, Publisher, kinds
from publishing.record import Pressing, counted, in_states, state_of, with_states
from publishing.refusals import Refused

pytestmark = pytest.mark.databases


def plainly(work, at, due):
    """The state of one text, by what it says of itself."""
    live, waiting, written = work.live(at), work.waiting(at), work.unrendered()
    last = live
    if live and live.is_notice:
        last = work.editions.been_in_force(at).readable().first()
    review, is_new = work.review_of(written, at), last is None or work.differs_from(last)
    if work.name in {one.name for one in due if one.state != "soon"}:
        return "due"
    asked = Asking.objects.of([work]).open(at)
    if any(one.text_digest == written.text_digest for one in asked):
        return "checked"
    if waiting:
        return "waits"
    if is_new and review and not review.is_overdue(at):
        return "ready"
    if live is None:
        return "draft"
    return "changed" if is_new else "gone" if live.is_notice else "live"


def states(model, at):
    return {work.name: work.state for work in with_states(model.objects.all(), at, Pressing.at(at))}


def something(chance, work, ravi, meena):
    soon = timezone.now() + datetime.timedelta(days=chance.choice([1, 5]))
    due = timezone.localdate() + datetime.timedelta(days=chance.choice([1, 45, 300]))
    told = {"note": "Told", "by": hand(chance.choice(["Meena", meena]))}
    body = "answer" if work.FOLLOWS else "lead"
    reviews = list(work.reviews.filter(revoked_at=None))
    publishing = told | {"emergency": "At once"}
    return chance.choice(
        [
            lambda: edit(work, "Asha", **{body: chance.choice(["One.", "Two."])}),
            lambda: edit(work, "Asha", slug=chance.choice(["one", "two"]) + str(work.pk)),
            lambda: judge(work, ravi, next_due_on=due),
            lambda: judge(work, ravi, next_due_on=due),
            lambda: judge(work, ravi, result="not fit", note="The dose"),
            lambda: Asking.ask(
                work, asked_name="Ravi", account=ravi, by=hand(meena), until_on=timezone.localdate(), at=timezone.now()
            ),
            lambda: work.revoke(chance.choice(reviews), **told) if reviews else None,
            lambda: work.publish(**publishing),
            lambda: (judge(work, ravi, next_due_on=due), work.publish(**publishing)),
            lambda: (judge(work, ravi, next_due_on=due), work.publish(**publishing)),
            lambda: work.publish(**publishing, at=soon),
            lambda: work.cancel(**told),
            lambda: work.withdraw(**told, reason="out of date", at=chance.choice([None, soon])),
        ]
    )


@pytest.mark.parametrize("seed", fewer(range(40), 2))
def test_states_of_many_are_the_states_of_each(seed, make_article, make_entry, ravi, meena):
    chance, works = random.Random(seed), []
    for number in range(4):
        works.append(make_article(f"Guide {number}"))
        works.append(make_entry(f"Why {number}?", article=works[-1]))
    for _step in range(50):
        work = chance.choice(works)
        work.refresh_from_db()
        try:
            something(chance, work, ravi, meena)()
        except Refused:
            continue
    seen = set()
    for days in (0, 2, 7, 60, 400):
        at = timezone.now() + datetime.timedelta(days=days)
        pressing = Pressing.at(at)
        for model in kinds.reviewed():
            found = states(model, at)
            assert found == {work.name: plainly(work, at, pressing.due) for work in model.objects.all()}
            assert counted(with_states(model.objects.all(), at, pressing)) == {
                state: list(found.values()).count(state) for state in found.values()
            }
            for work in model.objects.all():
                near = Pressing.of([work], at)
                assert state_of(work, near, at) == found[work.name]
                assert [one for one in near.due if one.pk == work.pk] == [
                    one for one in pressing.due if one.name == work.name
                ]
            for some in (["ready"], ["draft", "changed"], ["live", "ready"]):
                told = in_states(model.objects.all(), at, pressing, *some).values_list("pk", flat=True)
                assert sorted(told) == sorted(work.pk for work in model.objects.all() if found[work.name] in some)
            seen |= set(found.values())
    assert len(seen) > 1, "nothing happened"


@pytest.fixture
def one_in_each(make_article, ravi, meena, later):
    """One guide in every state."""
    for title in ("draft", "checked", "ready", "waits", "live", "due", "changed", "gone"):
        article = make_article(title)
        if title not in ("draft", "checked"):
            judge(article, ravi)
        if title == "checked":
            told = {"until_on": timezone.localdate(), "at": timezone.now()}
            Asking.ask(article, asked_name="Ravi", account=ravi, by=hand(meena), **told)
        if title in ("live", "due", "changed", "gone"):
            article.publish(by=hand(meena), note="First")
        if title == "waits":
            article.publish(by=hand(meena), note="First", at=later)
        if title == "due":
            judge(article, ravi, result="not fit", note="The dose")
        if title == "changed":
            edit(article, "Asha", lead="Other words.")
        if title == "gone":
            article.withdraw(by=hand(meena), note="Old", reason="out of date")
    return article


def test_every_state_is_found_and_no_text_is_read(one_in_each):
    model, at = type(one_in_each), timezone.now()
    pressing = Pressing.at(at)
    with CaptureQueriesContext(connection) as queries:
        found = dict(with_states(model.objects.all(), at, pressing).values_list("title", "state"))
    assert found == {title: title for title in found} and len(found) == 8
    with CaptureQueriesContext(connection) as counting:
        counted(with_states(model.objects.all(), at, pressing))
    assert len(queries) == len(counting) == 1
    asked = counting[-1]["sql"]
    assert not {name for name in ('"body"', '"html"', '"folded"', '"lead"') if name in asked}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked)
            plan = [row[3] for row in cursor.fetchall()]
        assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step and "each" not in step]
        assert any("SCAN articles_article USING COVERING INDEX" in step for step in plan), plan


def test_a_text_is_ready_no_longer_than_its_check_holds(make_article, ravi):
    article = make_article("Dose")
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=3))
    for days, state in ((0, "ready"), (5, "draft")):
        assert states(type(article), timezone.now() + datetime.timedelta(days=days)) == {article.name: state}


def test_a_new_name_of_a_publisher_changes_its_guides(make_article, ravi, meena, omar, client):
    press = Publisher.objects.create(name="The clinic")
    article = make_article("Dose", publisher=press)
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    client.force_login(omar)
    url = f"/admin/publishing/publisher/{press.pk}/change/"
    for name, state in (("The hospital", "ready"), ("The clinic", "live")):
        assert client.post(url, {"name": name}).status_code == 302
        assert states(type(article), timezone.now()) == {article.name: state}
