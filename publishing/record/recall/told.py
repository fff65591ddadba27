"""Recall: every edition ever in force that told patients something, and from when to when."""

import csv
import re
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.utils import timezone

from publishing.models import Edition, Newest, kinds
from publishing.refusals import Refused
from publishing.text import GROUPING, around_found, at_home, fold

SHORTEST = 2
TOGETHER = 200
LIVES = ("now", "then")
PLACE = re.compile(r"(now|then)/([a-z]{1,20})/([0-9]{1,18})")


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
    is_living: bool

    @property
    def work(self):
        return f"{_kind(type(self.edition))}/{self.edition.work_id}"

    @property
    def place(self):
        """Where it stands among all hits, for an address."""
        return f"{LIVES[not self.is_living]}/{_kind(type(self.edition))}/{self.edition.pk}"

    @property
    def part(self):
        return type(self.edition), self.is_living

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


def find(text: str, at, *, is_living=None) -> list[Hit]:
    """Every edition in force at any time up to `at` that told patients this text: those still in force first.

    Accents, case and Unicode forms do not matter, and a telephone number is found however it is grouped, with the
    country's code and without. `is_living` narrows it to what is still in force, or no longer. Raises TooShort for
    less than two letters.
    """
    return list(hits(text, at, is_living=is_living))


def hits(text: str, at, *, is_living=None, after="", together=TOGETHER):
    """The same one by one, as they are asked for: no more are read than that, so many at a time.

    `after` is the `place` of a hit: those behind it.
    """
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        raise TooShort("Write at least two letters or digits of what you look for.")
    lives = (True, False) if is_living is None else (is_living,)
    parts = [(model, is_live) for is_live in lives for model in kinds.editions()]
    last = hit_at(after, wanted)
    if last:
        parts = parts[next((place for place, part in enumerate(parts) if part == last.part), 0) :]
    return _hits(parts, wanted, at, last, together)


def _hits(parts, wanted, at, last, together):
    for model, is_live in parts:
        found = told(model, wanted, at, is_live)
        while True:
            # By key, not by an open cursor: PostgreSQL would first read all there is.
            some = list(_behind(found, last.edition)[:together] if last else found[:together])
            for edition in some:
                last = Hit(edition, wanted, is_live)
                yield last
            if len(some) < together:
                break
        last = None


def hit_at(place, wanted):
    """The hit that a place names, as far as needed to go on behind it; None where it names none."""
    named = PLACE.fullmatch(place)
    model = next((model for model in kinds.editions() if named and _kind(model) == named[2]), None)
    edition = model and model.objects.filter(pk=named[3]).only("work_id", "in_force_at").first()
    return edition and Hit(edition, wanted, named[1] == LIVES[0])


def _kind(model):
    return model._meta.get_field("work").related_model.LEDGER_NAME


def _behind(found, edition):
    same = Q(in_force_at=edition.in_force_at, work__lt=edition.work_id)
    # Said twice: the first is what an index can begin at.
    return found.filter(Q(in_force_at__lt=edition.in_force_at) | same, in_force_at__lte=edition.in_force_at)


def waiting(text: str, at) -> list:
    """The editions that would tell patients this when they come into force."""
    found = holding(fold(text))
    return [one for model in kinds.editions() for one in model.objects.waiting(at).filter(found).select_related("work")]


def told(model, wanted: str, at, is_living):
    """The editions of one kind that are still in force, or that no longer are, each with the moment `until` which.

    In the order of an index, so that a page of them is read and no more.
    """
    been = model.objects.been_in_force(at)
    newest = Newest("work", at, table=model._meta.db_table)
    holds = ExpressionWrapper(holding(wanted), output_field=BooleanField())
    # Whether it is in force is known without reading the text, so it is asked first.
    found = been.filter(Case(When(pk=newest, then=holds if is_living else False), default=not is_living and holds))
    following = been.filter(work=OuterRef("work"), in_force_at__gt=OuterRef("in_force_at")).order_by("in_force_at")
    until = Value(None, DateTimeField()) if is_living else Subquery(following.values("in_force_at")[:1])
    texts = [name for fields in model.DIGESTED.values() for name in fields["text"]]
    shown = found.only("work_id", "number", "in_force_at", "digest_format", "is_notice", "notice_text", *texts)
    return shown.annotate(until=until).order_by("-in_force_at", "-work_id")


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
    """The hits as a table, line by line; no cell can be taken for a formula."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for row in rows_of(hits):
        table.writerow(map(defused, row))


def rows_of(hits):
    """The hits as rows of a table with these columns."""
    zone = timezone.get_current_timezone()
    for hit in hits:
        until = _moment(hit.until, zone) if hit.until else "still now"
        yield (hit.work, hit.title, str(hit.edition.number), _moment(hit.in_force_at, zone), until, *hit.words)


def defused(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _moment(at, zone):
    return at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
