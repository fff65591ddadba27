"""Things due: what patients read or soon will, and somebody has to look at. Computed from the record, never flagged.

What is found of each text is kept until something changes it (keeping.py); where that cannot be, it is found anew.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from django.db.models import TextField
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import HELD_BACK, Among, Line, ReviewedCopy, kinds, name_of
from publishing.record.owed import keeping
from publishing.record.owed.found import AGED, ALONE, ASKED, NOT_YET, things_of
from publishing.record.owed.hurried import hurried_of
from publishing.record.owed.keeping import owner_key

STATES = {
    "not fit": "A clinician calls the text that patients read not fit",
    "emergency": "Published in an emergency, not yet reviewed by a second person",
    "held back": "Held back while it waited",
    "waits": "Waits, but somebody has to look at it before it comes into force",
    "overdue": "Review overdue",
    "behind": "Its original has changed in substance: the translation is behind",
    "check": "Its article has changed: is the answer still right?",
    "unreviewed": "Read by patients, reviewed by nobody",
    "still fit": "Checked, with small changes of wording since: still fit?",
    "soon": "Review due within 30 days",
}
ORDER = {state: place for place, state in enumerate(STATES)}
ANYBODY = object()


@dataclass(slots=True)
class Due:
    """One thing that is due of one text. `work` is the text, which `loaded` fetches.

    `case` names this very case of it, so that nobody is reminded of it twice. `on` is the day since when it is so, or
    on which it is due or comes into force; `why` says more where there is more. `owner_id` is who looks after it.
    """

    model: type[ReviewedCopy]
    pk: int
    state: str
    case: str
    on: datetime.date
    why: str
    title: str
    owner_id: int | None
    work: ReviewedCopy | None = None
    page: ClassVar[str] = "change"  # where whoever is reminded of it is led

    @property
    def what(self):
        return STATES[self.state]

    @property
    def name(self):
        """How the ledger names the text."""
        return f"{self.model.LEDGER_NAME}/{self.pk}"

    @property
    def owner_name(self):
        return name_of(self.work.owner) if self.work.owner else "nobody"

    @property
    def beside(self):
        """The text that this one follows: a question's guide; None for a text of its own."""
        return getattr(self.work, self.model.FOLLOWS) if self.model.FOLLOWS else None


def due_at(at, *, owner=ANYBODY, only=None, among=None):
    """Everything that is due at a moment, the most pressing states first; of what one person, or nobody, looks after.

    `only` is the one kind that is asked about, `among` the keys of those of its texts that are: then no other is read.
    No text is loaded yet.
    """
    models = [only] if only else kinds.reviewed()
    hurried = {model: dict(hurried_of(model, at, among)) for model in models}
    return due_of(at, hurried, keeping.renewed(models, at, among), owner=owner, among=among)


def due_of(at, hurried, kept, *, owner=ANYBODY, among=None, is_pressing=False, none=()):
    """The same of some kinds. `hurried` are by kind the texts with their open emergencies, `kept` the kinds whose rows
    hold, `none` those of which their rows say that nothing is due. Where it `is_pressing`, only what needs to be looked
    at today."""
    found = []
    for model, emergencies in hurried.items():
        if model in none:
            things, known = [], {}
        elif model in kept:
            things, known = keeping.things(model, among, is_pressing=is_pressing)
        else:
            things, known = list(things_of(model, at, among)), {}
        things = [one for one in with_hurried(things, emergencies) if not is_pressing or one[1] != NOT_YET]
        found += _told(model, things, known, owner)
    return sorted(found, key=lambda one: (ORDER[one.state], one.on, one.title))


def with_hurried(things, hurried):
    """What is due of texts of a kind, with the emergencies among them, of which no check is told."""
    unfit = {one[0] for one in things if one[1] == "not fit"} if hurried else ()
    found = [one for one in things if one[0] not in hurried or one[1] not in AGED]
    for pk, editions in hurried.items():
        if pk not in unfit:
            why = " ".join(f"Edition {one.number}: “{one.emergency_reason}”" for one in editions)
            found.append((pk, "emergency", editions[-1].text_digest, editions[0].in_force_at, why))
    return found


def loaded(found):
    """The same things, each with its text as far as lists show it; one query for each kind."""
    for model in {one.model for one in found}:
        rows = model.objects.select_related(owner_key(model)).filter(Among("pk", [one.pk for one in found]))
        texts = _long(model) + [f"{model.FOLLOWS}__{name}" for name in _long(model.original_model())]
        works = {work.pk: work for work in rows.defer(*texts)}
        for one in found:
            if one.model is model:
                one.work = works[one.pk]
    return found


def _long(model):
    """The names of the fields that no list shows."""
    return [field.name for field in model._meta.fields if isinstance(field, TextField)] if model else []


def _told(model, things, known, owner):
    """What is found of a kind in words and with titles; only what `owner` looks after. `known` are some of those."""
    if left := {one[0] for one in things} - known.keys():
        works = model.objects.filter(Among("pk", sorted(left))).order_by()
        known |= {pk: told for pk, *told in works.values_list("pk", kinds.title_of(model), owner_key(model))}
    things = [one for one in things if one[0] in known and owner in (ANYBODY, known[one[0]][1])]
    said, day = _Said(model, things), cache(_day)
    return [
        Due(model, pk, state, case, day(on), said.why(state, case, about), *known[pk])
        for pk, state, case, on, about in things
    ]


class _Said:
    """Why each of some things of a kind is due, in words, as far as there is more to say."""

    def __init__(self, model, things):
        reviews = [about for *_rest, about in things if about and isinstance(about, int)]
        held = [int(case) for _pk, state, case, *_rest in things if state == "held back"]
        judged = model.review_model().objects.filter(Among("pk", reviews))
        self.reviews = {one.pk: one for one in judged.only(*SAID)} if reviews else {}
        notes = Line.objects.filter(Among("seq", held)).values_list("seq", "note")
        self.notes = {str(seq): note for seq, note in notes} if held else {}

    def why(self, state, case, about):
        if state == "held back":
            why = self.notes[case].removeprefix(HELD_BACK)
            return f"{why[:1].upper()}{why[1:]}."
        if state == "behind":
            is_asked = case.startswith(ASKED)
            return "A question of its original has changed." if is_asked else f"Its original is {case} now."
        if state == "waits" and case.endswith(ALONE):
            return "What it was to come into force beside was cancelled."
        return about if isinstance(about, str) else self._by_review(state, case, self.reviews[about]) if about else ""

    @staticmethod
    def _by_review(state, case, review):
        if state == "not fit":
            return f"{review.reviewer_name}: “{review.get_result_display()}”. {review.note}".strip()
        if state == "waits":
            number = case.partition(",")[0]
            return f"The review by {review.reviewer_name} falls due on {review.due_day}, before {number} does."
        return f"{review.reviewer_name} checked it on {date_format(_day(review.made_at), 'j F Y')}."


SAID = ("reviewer_name", "result", "note", "made_at", "next_due_on")


def _day(on):
    return timezone.localtime(on).date() if isinstance(on, datetime.datetime) else on
