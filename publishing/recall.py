"""Recall: every edition ever in force that told patients something, and from when to when."""

from dataclasses import dataclass

from django.db.models import F, Lookup, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.urls import reverse

from publishing.exceptions import Refused
from publishing.folding import GROUPING, around, digits_of, fold
from publishing.models import Edition
from publishing.models.redaction import edition_models

SHORTEST = 2


class TooShort(Refused):
    """Too few letters to look for."""


@TextField.register_lookup
class Like(Lookup):
    """A bare LIKE, which on both databases is by far the quickest way through long texts."""

    lookup_name = "like"

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right}", [*params, *more]


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
    def change_url(self):
        return change_url(self.edition._meta.get_field("work").related_model, self.edition.work_id)

    @property
    def in_force_at(self):
        return self.edition.in_force_at

    @property
    def until(self):
        return self.edition.until

    @property
    def words(self):
        """(the words before, what was found, the words after), as patients read them."""
        return around(self.edition.text(), self.wanted)


def change_url(model, pk):
    """Where staff change a working copy."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def find(text: str, at, *, most=None) -> list[Hit]:
    """Every edition in force at any time up to `at` that told patients this text: those still in force first.

    Accents, case and Unicode forms do not matter, and a telephone number is found however it is grouped. At most
    `most` of each kind. Raises TooShort for less than two letters.
    """
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        raise TooShort("Write at least two letters or digits of what you look for.")
    found = [Hit(edition, wanted) for model in edition_models() for edition in told(model, wanted, at)[:most]]
    return sorted(found, key=lambda hit: hit.until is not None)


def waiting(text: str, at) -> list:
    """The editions that would tell patients this when they come into force."""
    found = holding(fold(text))
    return [one for model in edition_models() for one in model.objects.waiting(at).filter(found).select_related("work")]


def told(model, wanted: str, at):
    """The editions of one kind, each with the moment `until` which it was in force."""
    been = model.objects.been_in_force(at)
    following = been.filter(work=OuterRef("work"), in_force_at__gt=OuterRef("in_force_at")).order_by("in_force_at")
    found = been.filter(holding(wanted)).annotate(until=Subquery(following.values("in_force_at")[:1]))
    return found.order_by(F("until").desc(nulls_first=True), "-in_force_at", "-number").defer("html", "folded")


def holding(wanted: str) -> Q:
    """The condition that an edition's folded text holds what is wanted."""
    digits = digits_of(wanted)
    if not digits:
        return Q(folded__contains=wanted)
    bare = F("folded")
    for sign in GROUPING:
        bare = Replace(bare, Value(sign), Value(""), output_field=TextField())
    # The first condition is quick and passes few texts on to the second.
    return Q(folded__like="%".join(["", *digits, ""])) & Q(Contains(bare, Value(digits)))
