"""Recall: every edition ever in force that told patients something, and from when to when."""

import csv
from dataclasses import dataclass

from django.db.models import BooleanField, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.utils import timezone

from publishing.models import Edition, kinds
from publishing.refusals import Refused
from publishing.text import GROUPING, around_found, at_home, fold

SHORTEST = 2


class TooShort(Refused):
    """Too few letters to look for."""


class Like(Func):
    """A bare LIKE, which on both databases is by far the quickest way through long texts: Like("field", pattern)."""

    output_field = BooleanField()
    template, arg_joiner = "%(expressions)s", " LIKE "


@dataclass(frozen=True)
class Hit:
    """One edition that told patients this, from one moment to another (None: still now)."""

    edition: Edition
    wanted: str

    @property
    def work(self):
        return f"{self.edition._meta.get_field('work').related_model.LEDGER_NAME}/{self.edition.work_id}"

    @property
    def title(self):
        return getattr(self.edition, self.edition.DIGESTED[self.edition.digest_format]["text"][0])

    @property
    def in_force_at(self):
        return self.edition.in_force_at

    @property
    def until(self):
        return self.edition.until

    @property
    def words(self):
        """(the words before, what was found, the words after), as patients read them."""
        return around_found(self.edition.text(), self.wanted)


def find(text: str, at, *, most=None) -> list[Hit]:
    """Every edition in force at any time up to `at` that told patients this text: those still in force first.

    Accents, case and Unicode forms do not matter, and a telephone number is found however it is grouped, with the
    country's code and without. At most `most` of each kind. Raises TooShort for less than two letters.
    """
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        raise TooShort("Write at least two letters or digits of what you look for.")
    found = [Hit(edition, wanted) for model in kinds.editions() for edition in told(model, wanted, at)[:most]]
    return sorted(found, key=lambda hit: hit.until is not None)


def waiting(text: str, at) -> list:
    """The editions that would tell patients this when they come into force."""
    found = holding(fold(text))
    return [one for model in kinds.editions() for one in model.objects.waiting(at).filter(found).select_related("work")]


def told(model, wanted: str, at):
    """The editions of one kind, each with the moment `until` which it was in force."""
    been = model.objects.been_in_force(at)
    following = been.filter(work=OuterRef("work"), in_force_at__gt=OuterRef("in_force_at")).order_by("in_force_at")
    found = been.filter(holding(wanted)).annotate(until=Subquery(following.values("in_force_at")[:1]))
    texts = [name for fields in model.DIGESTED.values() for name in fields["text"]]
    shown = found.only("work_id", "number", "in_force_at", "digest_format", "is_notice", "notice_text", *texts)
    return shown.order_by(F("until").desc(nulls_first=True), "-in_force_at", "-number")


def holding(wanted: str) -> Q:
    """The condition that an edition's folded text holds what is wanted."""
    digits = at_home(wanted)
    if not digits:
        return Q(folded__contains=wanted)
    bare = F("folded")
    for sign in GROUPING:
        bare = Replace(bare, Value(sign), Value(""), output_field=TextField())
    # The first two conditions are quick: few texts come to the third.
    spelt_so = Q(folded__contains=wanted) | Q(Contains(bare, Value(digits)))
    return Q(Like("folded", Value("%".join(["", *digits, ""])))) & spelt_so


COLUMNS = ("text", "title", "edition", "in force from", "until", "before", "found", "after")
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(file, hits):
    """The hits as a table; no cell can be taken for a formula."""
    table, zone = csv.writer(file), timezone.get_current_timezone()
    table.writerow(COLUMNS)
    for hit in hits:
        until = _moment(hit.until, zone) if hit.until else "still now"
        row = (hit.work, hit.title, str(hit.edition.number), _moment(hit.in_force_at, zone), until, *hit.words)
        table.writerow(map(defused, row))


def defused(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _moment(at, zone):
    return at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
