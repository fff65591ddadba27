"""Things due: what patients read or soon will, and somebody has to look at. Computed from the record, never flagged."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from publishing.models import (
    HELD_BACK,
    Line,
    Review,
    ReviewedCopy,
    judgements_of,
    kinds,
    name_of,
    open_emergencies,
    reviews_for,
)

BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
SETTLING = [Line.Verb.PUBLISH, Line.Verb.SCHEDULE, Line.Verb.WITHDRAW, Line.Verb.CANCEL, Line.Verb.CHECK]
SOON = datetime.timedelta(days=30)
STATES = {
    "not fit": "A clinician calls the text that patients read not fit",
    "emergency": "Published in an emergency, not yet reviewed by a second person",
    "held back": "Held back while it waited",
    "waits": "Waits, but somebody has to look at it before it comes into force",
    "overdue": "Review overdue",
    "check": "Its article has changed: is the answer still right?",
    "unreviewed": "Read by patients, reviewed by nobody",
    "soon": "Review due within 30 days",
}


@dataclass(frozen=True)
class Due:
    """One text that is due: its state, and what names this very case of it, so that nobody is reminded of it twice.

    `on` is the day since when it is so, or on which it is due or comes into force; `why` says more where there is more.
    """

    work: ReviewedCopy
    state: str
    case: str
    on: datetime.date
    why: str = ""

    @property
    def what(self):
        return STATES[self.state]

    @property
    def owner(self):
        return self.work.owner

    @property
    def owner_name(self):
        return name_of(self.owner) if self.owner else "nobody"

    @property
    def beside(self):
        """The text that this one follows: a question's guide; None for a text of its own."""
        return getattr(self.work, self.work.FOLLOWS) if self.work.FOLLOWS else None


def due_at(at):
    """Everything that is due at a moment, the most pressing states first."""
    found = []
    for model in kinds.reviewed():
        found += _texts(model, at)
        found += _held_back(model)
        found += _waiting(model, at)
        if model.FOLLOWS:
            found += _unchecked(model, at)
    order = list(STATES)
    return sorted(found, key=lambda one: (order.index(one.state), one.on, str(one.work)))


def _day(moment):
    return timezone.localtime(moment).date()


def _near(model):
    """The keys that lead from a text to who looks after it."""
    return f"{model.FOLLOWS}__owner" if model.FOLLOWS else "owner"


def _texts(model, at):
    live = (
        _with_since(model.edition_model(), at).select_related("work", f"work__{_near(model)}").defer("html", "folded")
    )
    editions, emergencies = list(live), _emergencies(model, at)
    newest = [judged[-1] if judged else None for judged in judgements_of(editions, at)]
    revoked = _revoked([one for one, judgement in zip(editions, newest, strict=True) if judgement is None], at)
    for edition, judgement in zip(editions, newest, strict=True):
        text = (edition.work_id, edition.text_digest)
        review = judgement if judgement and judgement.result == Review.Result.FIT else None
        if judgement and not review:
            yield Due(edition.work, "not fit", edition.text_digest, _day(judgement.made_at), _said(judgement))
        elif hurried := emergencies.get(edition.work_id):
            told = " ".join(f"Edition {one.number}: “{one.emergency_reason}”" for one in hurried)
            yield Due(edition.work, "emergency", hurried[-1].text_digest, _day(hurried[0].in_force_at), told)
        elif review is None:
            since = max(edition.since, revoked.get(text, edition.since))
            yield Due(edition.work, "unreviewed", edition.text_digest, _day(since))
        elif review.is_overdue(at):
            yield Due(edition.work, "overdue", str(review.next_due_on), review.next_due_on)
        elif review.is_overdue(at + SOON):
            yield Due(edition.work, "soon", str(review.next_due_on), review.next_due_on)


def _with_since(edition_model, at):
    """What patients read, each with `since`: the moment from which they have read exactly this text."""
    read = edition_model.objects.been_in_force(at).filter(work=OuterRef("work"))
    other = read.exclude(text_digest=OuterRef("text_digest")).values("in_force_at")[:1]
    same = read.filter(text_digest=OuterRef("text_digest"), in_force_at__gt=Coalesce(OuterRef("other_at"), BEFORE_ALL))
    since = Subquery(same.order_by("in_force_at").values("in_force_at")[:1])
    return edition_model.objects.live(at).readable().annotate(other_at=Subquery(other)).annotate(since=since)


def _revoked(editions, at):
    """By (text, digest) of editions of one kind: the moment at which a review of it was last revoked."""
    revoked = {}
    if editions:
        reviews = type(editions[0].work).review_model().objects.filter(revoked_at__lte=at)
        reviews = reviews.filter(work__in=[one.work_id for one in editions]).order_by("revoked_at")
        for review in reviews:
            revoked[review.work_id, review.text_digest] = review.revoked_at
    return revoked


def _said(review):
    return f"{review.reviewer_name}: “{review.get_result_display()}”. {review.note}".strip()


def _emergencies(model, at):
    """By text, the editions published in an emergency that nobody has looked at since."""
    hurried = model.edition_model().objects.been_in_force(at).readable().exclude(emergency_reason="").order_by()
    works = model.objects.filter(pk__in=hurried.values("work"))
    return {work.pk: found for work in works if (found := open_emergencies(work, at))}


def _held_back(model):
    """Texts whose newest act is that what waited was held back."""
    later = Line.objects.filter(work=OuterRef("work"), seq__gt=OuterRef("seq"), verb__in=SETTLING)
    lines = Line.objects.filter(
        verb=Line.Verb.CANCEL, note__startswith=HELD_BACK, work__startswith=f"{model.LEDGER_NAME}/"
    )
    held = {int(line.work.partition("/")[2]): line for line in lines.exclude(Exists(later))}
    for pk, work in model.objects.select_related(_near(model)).in_bulk(list(held)).items():
        why = held[pk].note.removeprefix(HELD_BACK)
        yield Due(work, "held back", str(held[pk].seq), _day(held[pk].at), f"{why[:1].upper()}{why[1:]}.")


def _waiting(model, at):
    """What waits although its review is overdue by then, or although what it was to stand beside was cancelled."""
    waiting = model.edition_model().objects.waiting(at).select_related("work", f"work__{_near(model)}")
    editions = list(waiting.readable().defer("html", "folded"))
    for edition, review in zip(editions, reviews_for(editions, at), strict=True):
        if review and review.is_overdue(edition.in_force_at):
            due = f"{review.next_due_on:%d %B %Y}"
            why = f"The review by {review.reviewer_name} falls due on {due}, before edition {edition.number} does."
            yield Due(edition.work, "waits", f"edition {edition.number}, {due}", _day(edition.in_force_at), why)
    if model.FOLLOWS:
        for edition in _deserted(waiting, model):
            why = "What it was to come into force beside was cancelled."
            yield Due(edition.work, "waits", f"edition {edition.number}, alone", _day(edition.in_force_at), why)


def _deserted(waiting, model):
    """Of texts that follow others: what was checked against an edition that was cancelled, or to go at its moment."""
    originals = model._meta.get_field(model.FOLLOWS).related_model.edition_model().objects
    cancelled = originals.exclude(cancelled_at=None).filter(work=OuterRef(model.FOLLOWS))
    then = originals.filter(work=OuterRef(model.FOLLOWS), in_force_at=OuterRef("in_force_at"))
    checked = Exists(cancelled.filter(pk=OuterRef("checked_against")))
    left = Q(Exists(then.exclude(cancelled_at=None)), ~Exists(then.filter(cancelled_at=None)), is_notice=True)
    return waiting.filter(Q(checked) | left)


def _unchecked(model, at):
    for work in model.objects.due_for_check(at).select_related(_near(model)):
        case = f"edition {work.newest}, {work.live_at.isoformat()}"
        yield Due(work, "check", case, _day(max(work.newest_at, work.live_at)))
