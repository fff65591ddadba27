"""What the record says is due, of each text of a kind: found without reading a text, in a few queries for all.

No words of anybody stand in it, only what they are looked up by: so it can be kept (keeping.py), and holds nothing
that the law could have erased.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from publishing.models import (
    HELD_BACK,
    Among,
    Line,
    Review,
    judgements_of,
    reviews_for,
    standing_carried,
)
from publishing.record.owed.hurried import narrowed

BEFORE_ALL = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
SETTLING = [Line.Verb.PUBLISH, Line.Verb.SCHEDULE, Line.Verb.WITHDRAW, Line.Verb.CANCEL, Line.Verb.CHECK]
SOON = datetime.timedelta(days=30)
ALONE, ASKED = "alone", "asked"
DUE, NOT_YET = "due", "soon"  # the state of a text of which something is due; what need not be looked at today
# Of what is due, what says how long a check holds: asked after only where nothing worse is known of the text.
AGED = {"overdue", "unreviewed", "still fit", "soon"}
# Of an edition, what judgements are looked up by, and what is told of it.
JUDGED = ("work_id", "number", "in_force_at", "digest_format", "text_digest")


def things_of(model, at, among=None):
    """(text, state, case, since when or on which day, the review it speaks of) of what is due of texts of a kind.

    `among` are the keys of those that are asked about; None for all. Emergencies are left out: `hurried_of` knows them.
    """
    yield from _texts(model, at, among)
    yield from _held_back(model, among)
    yield from _waiting(model, at, among)
    beside = _unchecked if model.FOLLOWS else _behind if model.TRANSLATES else None
    yield from beside(model, at, among) if beside else ()


def _texts(model, at, among):
    """What patients read that is called not fit, or is reviewed by nobody or not for long enough."""
    unfit = dict(_unfit(model, at, among))
    for pk, (text, judgement) in unfit.items():
        yield pk, "not fit", text, judgement.made_at, judgement.pk
    aged = [row for row in _aged(model, at, among=among) if row[0] not in unfit]
    kind, lines = model.edition_model(), [(row[0], row[-1]) for row in aged if row[-1] and row[2] is None]
    carried = standing_carried([(kind, *told) for told in lines], at)
    for pk, text, until, due, since, revoked, line in aged:
        if review := carried.get((kind, pk, line)):
            yield pk, "still fit", text, since, review.pk
        elif until is None and model.TELLS_CHECK:
            yield pk, "unreviewed", text, max(since, revoked or since), 0
        elif until is not None:
            yield pk, "overdue" if at >= until else "soon", str(due), due, 0


def _unfit(model, at, among):
    """(text, (its digest, the newest judgement on what patients read of it)) where that is not fit."""
    judged = model.review_model().objects.judging(at).filter(kind=Review.Kind.CLINICIAN)
    works = narrowed(judged.exclude(result=Review.Result.FIT), among).order_by().values("work")
    editions = model.edition_model().objects.live(at, of=model.objects.filter(pk__in=works)).readable()
    editions = list(editions.only(*JUDGED))
    newest = [(edition, said[-1]) for edition, said in zip(editions, judgements_of(editions, at), strict=True) if said]
    for edition, judgement in newest:
        if judgement.result != Review.Result.FIT:
            yield edition.work_id, (edition.text_digest, judgement)


def coming_due(model, at, ahead, among=None):
    """(text, digest, day) of what patients read whose review falls due within that time, but not yet."""
    coming = _ending(model, at, ahead, among).filter(until_then__gt=at).order_by()
    yield from coming.values_list("work_id", "text_digest", "due")


def _ending(model, at, ahead, among):
    """What patients read without a review, or with one that is due by then: `until` that moment, `due` that day."""
    newest = _reviews_of(model).judging(at)
    live = narrowed(model.edition_model().objects.live(at, is_paged=True).readable(), among)
    until = Subquery(newest.values("overdue_at")[:1])
    live = live.alias(until_then=Coalesce(until, BEFORE_ALL)).filter(until_then__lte=at + ahead)
    return live.annotate(until=until, due=Subquery(newest.values("next_due_on")[:1]))


def _aged(model, at, ahead=SOON, among=None):
    """What patients read without a review, or with one that falls due soon: (text, digest, moment it falls due, day,
    since when they have read exactly this text, when a review of it was last revoked, what is carried over to it)."""
    reviews, read = _reviews_of(model), model.edition_model().objects.been_in_force(at).filter(work=OuterRef("work"))
    revoked = reviews.filter(revoked_at__lte=at).order_by("-revoked_at")
    other = read.exclude(text_digest=OuterRef("text_digest"))
    same = read.filter(text_digest=OuterRef("text_digest"), in_force_at__gt=Coalesce(OuterRef("other_at"), BEFORE_ALL))
    live = _ending(model, at, ahead, among).annotate(
        other_at=Subquery(other.values("in_force_at")[:1]),
        since=Subquery(same.order_by("in_force_at").values("in_force_at")[:1]),
        revoked=Subquery(revoked.values("revoked_at")[:1]),
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


def _held_back(model, among):
    """Texts whose newest act is that what waited was held back."""
    later = Line.objects.filter(work=OuterRef("work"), seq__gt=OuterRef("seq"), verb__in=SETTLING)
    lines = Line.objects.filter(
        verb=Line.Verb.CANCEL, note__startswith=HELD_BACK, work__startswith=f"{model.LEDGER_NAME}/"
    )
    if among is not None:
        lines = lines.filter(Among("work", [model(pk=pk).name for pk in among]))
    for seq, at, work in lines.exclude(Exists(later)).values_list("seq", "at", "work"):
        yield int(work.partition("/")[2]), "held back", str(seq), at, 0


def _waiting(model, at, among):
    """What waits although its review is overdue by then, or although what it was to stand beside was cancelled."""
    waiting = narrowed(model.edition_model().objects.waiting(at), among)
    editions = list(waiting.readable().only(*JUDGED))
    for edition, review in zip(editions, reviews_for(editions, at), strict=True):
        if review and review.is_overdue(edition.in_force_at):
            case = f"edition {edition.number}, {review.due_day}"
            yield edition.work_id, "waits", case, edition.in_force_at, review.pk
    if model.FOLLOWS:
        for pk, number, moment in _deserted(waiting, model).values_list("work_id", "number", "in_force_at"):
            yield pk, "waits", f"edition {number}, {ALONE}", moment, 0


def _deserted(waiting, model):
    """Of texts that follow others: what was checked against an edition that was cancelled, or to go at its moment."""
    originals = model.original_model().edition_model().objects
    cancelled = originals.exclude(cancelled_at=None).filter(work=OuterRef(model.FOLLOWS))
    then = originals.filter(work=OuterRef(model.FOLLOWS), in_force_at=OuterRef("in_force_at"))
    checked = Exists(cancelled.filter(pk=OuterRef("checked_against")))
    left = Q(Exists(then.exclude(cancelled_at=None)), ~Exists(then.filter(cancelled_at=None)), is_notice=True)
    return waiting.filter(Q(checked) | left)


def _unchecked(model, at, among):
    due = narrowed(model.objects, among, "pk").due_for_check(at).order_by()
    for pk, newest, live_at, newest_at in due.values_list("pk", "newest", "live_at", "newest_at"):
        yield pk, "check", f"edition {newest}, {live_at.isoformat()}", max(newest_at, live_at), 0


def _behind(model, at, among):
    """Translations that patients read, and whose original they read otherwise."""
    due = narrowed(model.objects, among, "pk").behind(at).exclude(live_number=None).order_by()
    for pk, newest, moment, is_own, asked in due.values_list("pk", "newest", "newest_at", "is_own", "asked_at"):
        if is_own:
            yield pk, "behind", f"edition {newest}", moment, 0
        else:
            yield pk, "behind", f"{ASKED} {asked.isoformat()}", asked, 0
