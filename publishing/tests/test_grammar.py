"""A valid chain of impossible acts is a forgery: the database refuses each, and whoever has no database notices it."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Line, ledger
from publishing.record import triggers
from publishing.record.rules.conditions import BEFORE, acts_by_kind
from publishing.record.rules.grammar import CONDITIONS, GRAMMAR, Story

pytestmark = pytest.mark.databases

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def article(make_article, make_entry, asha, ravi, meena):
    """Two editions, the first of them erased; a question with one edition; a review that was revoked."""
    article = make_article()
    review = judge(article, ravi)
    article.publish(by=hand("Meena"), note="First")
    article.entry = make_entry(article=article)
    article.entry.publish(by=hand("Meena"), note="First")
    edit(article, asha, lead="Another lead.")
    article.publish(by=hand("Meena"), note="Second")
    article.redact(article.editions.get(number=1), by=hand("Omar"), reason="Asked for")
    article.revoke(review, by=hand("Meena"), note="Mistaken")
    return article


def written(verb, work, **told):
    """Append a line as whoever owns the database could, with a chain that holds."""
    told = {"by": hand("Meena"), "note": "Forged", "touches": {work.name}} | told
    with transaction.atomic():
        at = ledger.lock()
        ledger.append(verb, work.name, at=at, **{name: say(at) if callable(say) else say for name, say in told.items()})


def now(at):
    return at


IMPOSSIBLE = {
    "a second line for an edition": ("publish", {"number": 2, "in_force_at": now}, "its number is one more"),
    "an edition that skips a number": ("publish", {"number": 4, "in_force_at": now}, "its number is one more"),
    "an edition dated back": (
        "publish",
        {"number": 3, "in_force_at": lambda at: at - SECOND},
        "from its own moment on",
    ),
    "a schedule for now": ("schedule", {"number": 3, "in_force_at": now}, "from a later moment on"),
    "a cancel of what is long in force": ("cancel", {"number": 2}, "the edition waits then"),
    "an erasure of what patients read": ("redact", {"number": 2}, "neither is it read then"),
    "an erasure of what was erased": ("redact", {"number": 1}, "was not erased before"),
    "an erasure of what never was": ("redact", {"number": 7}, "the edition was made"),
    "an opening of what patients read": ("open", {"number": 2}, "neither is it read then"),
    "an opening of what was erased": ("open", {"number": 1}, "was not erased before"),
    "a closing of what nobody opened": ("close", {"number": 1}, "the edition was opened before"),
    "a review of a number": ("review", {"number": 2}, "it names no edition"),
    "a second revocation": ("revoke", {"number": 1}, "a review of this text that was not revoked"),
    "a revocation of no review": ("revoke", {"number": 2}, "a review of this text that was not revoked"),
    "a check of a guide": ("check", {"number": 1}, "there is no act"),
    "words forgotten of a later line": ("forget", {"number": 99}, "is an earlier one"),
    "an act nobody knows": ("destroy", {}, "there is no act"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_line_is_refused_by_the_database_and_noticed_where_there_is_none(name, article):
    verb, told, said = IMPOSSIBLE[name]
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        written(verb, article, **told)
    triggers.remove()
    written(verb, article, **told)
    triggers.install()
    story = Story(acts_by_kind())
    found = [story.faults(line) for line in Line.objects.order_by("seq")]
    assert [bool(one) for one in found] == [False] * (len(found) - 1) + [True]
    assert any(said in one for one in found[-1]), found[-1]
    with pytest.raises(CommandError, match="The record does not hold"):
        call_command("verify_ledger")


@pytest.mark.parametrize("verb", [verb for verb, act in GRAMMAR.items() if act.makes or act.sets])
def test_no_line_is_taken_without_its_row(verb, article):
    """Each is possible by its number and its moment, but nothing was made, or set, with it."""
    numbers = {"publish": 3, "schedule": 3, "withdraw": 3, "cancel": 2, "redact": 1, "revoke": 1, "check": 1}
    later = {"schedule": lambda at: at + SECOND, "publish": now, "withdraw": now}
    work = article.entry if verb == "check" else article
    told = {"number": numbers.get(verb), "in_force_at": later.get(verb), "beside": article.name}
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        written(verb, work, **told)


def test_no_row_is_kept_without_its_line(article):
    edition = article.editions.get(number=2)
    edition.pk, edition.number, edition.line_id, edition._state.adding = None, 3, Line.objects.head().seq + 1, True
    edition.made_at = edition.in_force_at = timezone.now()
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.save()
        connection.check_constraints()


@pytest.mark.parametrize("column", ["text_digest", "page_digest", "note", "made_by_name"])
def test_a_line_that_says_otherwise_than_its_row_is_refused(column, article, asha):
    edit(article, asha, lead="A lead again.")
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        at, edition = ledger.lock(), article.freeze()
        edition.number, edition.line_id = 3, Line.objects.head().seq + 1
        edition.made_at = edition.in_force_at = at
        edition.made_by_name, edition.note = "Meena", "Third"
        edition.seal()
        told = {"text_digest": edition.text_digest, "page_digest": edition.page_digest, "note": "Third"}
        name = "by" if column == "made_by_name" else column
        told |= {name: hand("Omar") if name == "by" else "other"}
        edition.save()
        told = {"by": hand("Meena"), "touches": {article.name}} | told
        ledger.append("publish", article.name, at=at, number=3, in_force_at=at, **told)


def test_every_condition_is_told_in_words_and_in_sql_and_asked_somewhere():
    asked = {name for act in GRAMMAR.values() for name in act.before}
    assert set(CONDITIONS) == set(BEFORE) == asked
    assert set(GRAMMAR) == set(Line.Verb.values)
