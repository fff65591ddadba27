"""A review carried over small changes of wording: which is fixed when publishing, until when is asked when reading."""

from publishing import safety
from publishing.models.checks.reviews import Review, judgements_of, reviews_for, texts_of
from publishing.models.frozen.editions import Edition
from publishing.models.prepared import Among
from publishing.models.shelf.media import NAME

MOST_BETWEEN = 3  # editions, between the text that was checked and the one to come


def carried_to(work, edition, at, *, until=None):
    """The review of an earlier text that still speaks for an edition to be published; None where none does.

    `until` is the moment from which patients will read it. A judgement on its own text, whatever it says, is asked
    instead of this.
    """
    if edition.is_substance or not safety.knows(edition.language) or judgements_of([edition], at)[0]:
        return None
    for review in work.reviews.judging(at).filter(kind=Review.Kind.CLINICIAN):
        if review.result != Review.Result.FIT:
            return None
        read, judged = list(_read_since(work, review.made_at, at)), (review.digest_format, review.text_digest)
        seen = [place for place, texts in enumerate(texts_of(read)) if judged in texts and not read[place].is_notice]
        if seen:
            is_carried = not review.is_overdue(until or at) and _leads_to(edition, review, read, seen)
            return review if is_carried else None
    return None


def _read_since(work, moment, at):
    """What patients read at a moment, and since; the oldest first."""
    live = work.live(moment)
    read = work.editions.been_in_force(at).filter(in_force_at__gte=live.in_force_at if live else moment)
    return read.order_by("in_force_at").defer("html", "folded")


def _leads_to(edition, review, read, seen):
    """Whether nothing but small changes of wording leads from what was judged to a new text, of what was read since.

    `seen` are the places of the editions that say what was judged: their sources, and where they stand, may differ.
    """
    checked, later = read[seen[-1]], [one for one in read[seen[0] + 1 :] if not one.is_notice]
    if len(read) - 1 - seen[-1] > MOST_BETWEEN or checked.redacted_at or any(one.is_substance for one in later):
        return False
    if any(one.notice_reason == Edition.Reason.UNSAFE and one.in_force_at > review.made_at for one in read):
        return False
    around = (review.place, *_around(edition)[1:])
    if any(_around(one) != around for one in (edition, *(read[place] for place in seen))):
        return False
    before, after = checked.text(), edition.text()
    has_same_pictures = NAME.findall(before) == NAME.findall(after)
    return has_same_pictures and not safety.find(before, after, language=edition.language)


def _around(edition):
    return ((edition.language, edition.beside), *(getattr(edition, name) for name in edition.COMPARED))


def told_for(editions, at):
    """The review that patients are told of for each edition: of its exact text, else one carried over to it, or None.

    One carried over `is_carried`. Never the second person's for a change of substance.
    """
    return with_carried(editions, reviews_for(editions, at), at)


def with_carried(editions, reviews, at):
    """The same, given what holds for each exact text."""
    left = [edition for edition, review in zip(editions, reviews, strict=True) if review is None]
    carried = standing_carried([(type(one), one.work_id, one.carried) for one in left if one.carried], at)
    return [
        review or carried.get((type(edition), edition.work_id, edition.carried))
        for edition, review in zip(editions, reviews, strict=True)
    ]


def standing_carried(asked, at):
    """By (class of editions, work, line) the reviews carried over that still stand at a moment.

    A revocation, the day it was due, or a later judgement on any text of that work that is not fit has ended it.
    """
    found = {}
    for model in {model for model, *_rest in asked}:
        lines = {line: work for other, work, line in asked if other is model}
        judged = model._meta.get_field("work").related_model.review_model().objects.judging(at)
        judged = judged.filter(Among("work", set(lines.values())), kind=Review.Kind.CLINICIAN)
        unfit = {}
        for work, made_at in judged.exclude(result=Review.Result.FIT).values_list("work", "made_at"):
            unfit[work] = max(made_at, unfit.get(work, made_at))
        for review in judged.filter(Among("line", lines), result=Review.Result.FIT, overdue_at__gt=at):
            spoken_against = unfit.get(review.work_id)
            if spoken_against is None or spoken_against < review.made_at:
                review.is_carried = True
                found[model, review.work_id, review.line_id] = review
    return found
