"""Things due: what patients read or soon will, and somebody has to look at. Computed from the record, never flagged.

All cases are found without reading a text, so that their number, and a page of them, cost little in a clinic of
thousands of guides.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import (
    HELD_BACK,
    Among,
    Line,
    Review,
    ReviewedCopy,
    judgements_of,
    kinds,
    name_of,
    reviews_for,
    standing_carried,
)
from publishing.record.hurried import hurried_of

BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
SETTLING = [Line.Verb.PUBLISH, Line.Verb.SCHEDULE, Line.Verb.WITHDRAW, Line.Verb.CANCEL, Line.Verb.CHECK]
SOON = datetime.timedelta(days=30)
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
ANYBODY = object()
# Of an edition, what judgements are looked up by, and what is told of it.
JUDGED = ("work_id", "number", "in_force_at", "digest_format", "text_digest")


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


def due_at(at, *, owner=ANYBODY, only=None):
    """Everything that is due at a moment, the most pressing states first; of what one person, or nobody, looks after.

    `only` is the one kind that is asked about.
    No text is loaded yet.
    """
    order, found = {state: place for place, state in enumerate(STATES)}, []
    for model in [only] if only else kinds.reviewed():
        mine = [*_texts(model, at), *_held_back(model), *_waiting(model, at)]
        mine += _unchecked(model, at) if model.FOLLOWS else _behind(model, at) if model.TRANSLATES else ()
        found += _titled(model, mine, owner)
    return sorted(found, key=lambda one: (order[one.state], one.on, one.title))


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


def _titled(model, found, owner):
    """What is found of a kind, as (key, state, case, day, why), with titles; only what `owner` looks after."""
    near = owner_key(model)
    works = model.objects.filter(Among("pk", list({one[0] for one in found}))).order_by()
    works = works if owner is ANYBODY else works.filter(**{near: owner})
    known = {pk: told for pk, *told in works.values_list("pk", kinds.title_of(model), near)}
    return [Due(model, *one, *known[one[0]]) for one in found if one[0] in known]


def _day(moment):
    return timezone.localtime(moment).date()


def owner_key(model):
    """The keys that lead from a text to who looks after it."""
    return f"{model.FOLLOWS}__owner" if model.FOLLOWS else "owner"


def _texts(model, at):
    """What patients read that is called not fit, was an emergency, or is reviewed by nobody or not for long enough."""
    unfit, hurried, day = dict(_unfit(model, at)), dict(hurried_of(model, at)), cache(_day)
    for pk, judgement in unfit.items():
        why = f"{judgement.reviewer_name}: “{judgement.get_result_display()}”. {judgement.note}".strip()
        yield pk, "not fit", judgement.text, day(judgement.made_at), why
    for pk, editions in hurried.items():
        if pk not in unfit:
            why = " ".join(f"Edition {one.number}: “{one.emergency_reason}”" for one in editions)
            yield pk, "emergency", editions[-1].text_digest, day(editions[0].in_force_at), why
    aged = [row for row in _aged(model, at) if row[0] not in unfit and row[0] not in hurried]
    kind, lines = model.edition_model(), [(row[0], row[-1]) for row in aged if row[-1] and row[2] is None]
    carried = standing_carried([(kind, *told) for told in lines], at)
    for pk, text, until, due, since, revoked, line in aged:
        if review := carried.get((kind, pk, line)):
            why = f"{review.reviewer_name} checked it on {date_format(day(review.made_at), 'j F Y')}."
            yield pk, "still fit", text, day(since), why
        elif until is None and model.TELLS_CHECK:
            yield pk, "unreviewed", text, day(max(since, revoked or since)), ""
        elif until is not None:
            yield pk, "overdue" if at >= until else "soon", str(due), due, ""


def _unfit(model, at):
    """(text, the newest judgement on what patients read of it) where that is not fit."""
    judged = model.review_model().objects.judging(at).filter(kind=Review.Kind.CLINICIAN)
    works = judged.exclude(result=Review.Result.FIT).order_by().values("work")
    editions = model.edition_model().objects.live(at, of=model.objects.filter(pk__in=works)).readable()
    editions = list(editions.only(*JUDGED))
    for edition, judgements in zip(editions, judgements_of(editions, at), strict=True):
        if judgements and judgements[-1].result != Review.Result.FIT:
            judgements[-1].text = edition.text_digest
            yield edition.work_id, judgements[-1]


def coming_due(model, at, ahead):
    """(text, digest, day) of what patients read whose review falls due within that time, but not yet."""
    for pk, text, until, due, *_rest in _aged(model, at, ahead):
        if until is not None and until > at:
            yield pk, text, due


def _aged(model, at, ahead=SOON):
    """What patients read without a review, or with one that falls due soon: (text, digest, moment it falls due, day,
    since when they have read exactly this text, when a review of it was last revoked, what is carried over to it)."""
    reviews, read = _reviews_of(model), model.edition_model().objects.been_in_force(at).filter(work=OuterRef("work"))
    newest = reviews.judging(at)
    revoked = reviews.filter(revoked_at__lte=at).order_by("-revoked_at")
    other = read.exclude(text_digest=OuterRef("text_digest"))
    same = read.filter(text_digest=OuterRef("text_digest"), in_force_at__gt=Coalesce(OuterRef("other_at"), BEFORE_ALL))
    live = model.edition_model().objects.live(at, is_paged=True).readable()
    until = Subquery(newest.values("overdue_at")[:1])
    live = (
        live.alias(until_then=Coalesce(until, BEFORE_ALL))
        .filter(until_then__lte=at + ahead)
        .annotate(
            until=until,
            due=Subquery(newest.values("next_due_on")[:1]),
            other_at=Subquery(other.values("in_force_at")[:1]),
            since=Subquery(same.order_by("in_force_at").values("in_force_at")[:1]),
            revoked=Subquery(revoked.values("revoked_at")[:1]),
        )
    )
    return live.order_by().values_list("work_id", "text_digest", "until", "due", "since", "revoked", "carried")


def _reviews_of(model):
    """For a subquery: clinicians' reviews of exactly the text of an edition, under whichever format they were given."""
    text = {name: OuterRef(name) for name in ("digest_format", "text_digest")}
    exactly, edition_model = Q(**text), model.edition_model()
    if len(edition_model.DIGESTED) > 1:
        older = edition_model.older_model().objects.filter(edition=OuterRef(OuterRef("pk")), **text)
        exactly |= Q(Exists(older))
    return model.review_model().objects.filter(exactly, work=OuterRef("work"), kind=Review.Kind.CLINICIAN)


def _held_back(model):
    """Texts whose newest act is that what waited was held back."""
    later = Line.objects.filter(work=OuterRef("work"), seq__gt=OuterRef("seq"), verb__in=SETTLING)
    lines = Line.objects.filter(
        verb=Line.Verb.CANCEL, note__startswith=HELD_BACK, work__startswith=f"{model.LEDGER_NAME}/"
    )
    for seq, at, work, note in lines.exclude(Exists(later)).values_list("seq", "at", "work", "note"):
        why = note.removeprefix(HELD_BACK)
        yield int(work.partition("/")[2]), "held back", str(seq), _day(at), f"{why[:1].upper()}{why[1:]}."


def _waiting(model, at):
    """What waits although its review is overdue by then, or although what it was to stand beside was cancelled."""
    waiting = model.edition_model().objects.waiting(at)
    editions = list(waiting.readable().only(*JUDGED))
    for edition, review in zip(editions, reviews_for(editions, at), strict=True):
        if review and review.is_overdue(edition.in_force_at):
            due = review.due_day
            why = f"The review by {review.reviewer_name} falls due on {due}, before edition {edition.number} does."
            yield edition.work_id, "waits", f"edition {edition.number}, {due}", _day(edition.in_force_at), why
    if model.FOLLOWS:
        why = "What it was to come into force beside was cancelled."
        for pk, number, moment in _deserted(waiting, model).values_list("work_id", "number", "in_force_at"):
            yield pk, "waits", f"edition {number}, alone", _day(moment), why


def _deserted(waiting, model):
    """Of texts that follow others: what was checked against an edition that was cancelled, or to go at its moment."""
    originals = model.original_model().edition_model().objects
    cancelled = originals.exclude(cancelled_at=None).filter(work=OuterRef(model.FOLLOWS))
    then = originals.filter(work=OuterRef(model.FOLLOWS), in_force_at=OuterRef("in_force_at"))
    checked = Exists(cancelled.filter(pk=OuterRef("checked_against")))
    left = Q(Exists(then.exclude(cancelled_at=None)), ~Exists(then.filter(cancelled_at=None)), is_notice=True)
    return waiting.filter(Q(checked) | left)


def _unchecked(model, at):
    due = model.objects.due_for_check(at).order_by()
    for pk, newest, live_at, newest_at in due.values_list("pk", "newest", "live_at", "newest_at"):
        yield pk, "check", f"edition {newest}, {live_at.isoformat()}", _day(max(newest_at, live_at)), ""


def _behind(model, at):
    """Translations that patients read, and whose original they read otherwise."""
    due = model.objects.behind(at).exclude(live_number=None).order_by()
    for pk, newest, moment in due.values_list("pk", "newest", "newest_at"):
        yield pk, "behind", f"edition {newest}", _day(moment), f"Its original is edition {newest} now."
