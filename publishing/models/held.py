"""Of many texts, what a list says of who checked each: as its own page says it, without reading a review whole."""

import datetime
from typing import NamedTuple

from publishing.models.carried import standing_carried
from publishing.models.prepared import Among
from publishing.models.reviews import Review


class Held(NamedTuple):
    """Of the review that holds for a text, what lists tell."""

    made_at: datetime.datetime
    next_due_on: datetime.date
    overdue_at: datetime.datetime
    is_carried: bool = False

    def is_overdue(self, at):
        return at >= self.overdue_at


# What a text is looked up by, in the order of its columns here and below.
TEXT = ("pk", "work_id", "carried", "digest_format", "text_digest")


def held_for(edition_model, texts, at):
    """The review that holds for each text of one kind, given as TEXT, in their order; None where none does.

    The same as `told_for` says of whole editions.
    """
    works, known = {text[1] for text in texts}, _older(edition_model, texts)
    for pk, _work, _carried, *own in texts:
        known.setdefault(pk, set()).add(tuple(own))
    digests = [digest for one in known.values() for _format, digest in one]
    judged = edition_model._meta.get_field("work").related_model.review_model().objects.judging(at)
    judged = judged.filter(Among("work", works), Among("text_digest", digests), kind=Review.Kind.CLINICIAN)
    told = judged.order_by("made_at").values_list(
        "work_id", *TEXT[3:], "result", "made_at", "next_due_on", "overdue_at"
    )
    newest = {row[:3]: (row[3], Held(*row[4:])) for row in told}
    held = [_newest(newest, work, known[pk]) for pk, work, *_own in texts]
    left = [text for text, one in zip(texts, held, strict=True) if one is None and text[2]]
    carried = standing_carried([(edition_model, work, line) for _pk, work, line, *_own in left], at) if left else {}
    return [one or _as_held(carried.get((edition_model, *text[1:3]))) for text, one in zip(texts, held, strict=True)]


def _as_held(review):
    return review and Held(review.made_at, review.next_due_on, review.overdue_at, is_carried=True)


def _newest(newest, work, texts):
    found = [newest[work, *text] for text in texts if (work, *text) in newest]
    result, held = max(found, key=lambda one: one[1].made_at, default=(None, None))
    return held if result == Review.Result.FIT else None


def _older(edition_model, texts):
    """By edition, under which other digests somebody may have judged its text."""
    known = {}
    if len(edition_model.DIGESTED) > 1:
        rows = edition_model.older_model().objects.filter(Among("edition", [text[0] for text in texts]))
        for edition, *text in rows.values_list("edition", "digest_format", "text_digest"):
            known.setdefault(edition, set()).add(tuple(text))
    return known
