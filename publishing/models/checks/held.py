"""Of many texts, what a list says of who checked each: as its own page says it, without reading a review whole."""

import datetime
from operator import attrgetter
from typing import NamedTuple

from publishing.models.checks.carried import standing_carried
from publishing.models.checks.reviews import Review, Standing
from publishing.models.prepared import Among, as_moment, prepared


class Held(NamedTuple):
    """Of the review that holds for a text, what lists tell; `read_at` and `until` as the driver reads them."""

    result: str
    read_at: datetime.datetime
    next_due_on: datetime.date
    until: datetime.datetime

    is_carried = False

    @property
    def made_at(self):
        return as_moment(self.read_at)

    @property
    def overdue_at(self):
        return as_moment(self.until)

    def is_overdue(self, at):
        return at >= self.overdue_at


# What a text is looked up by, in the order of its columns here and below.
TEXT = ("pk", "work_id", "carried", "digest_format", "text_digest")
HELD = ("result", "made_at", "next_due_on", "overdue_at")
FIT, MADE, DUE = Review.Result.FIT.value, attrgetter("read_at"), attrgetter("next_due_on")


def held_for(edition_model, texts, at):
    """The review that holds for each text of one kind, given as TEXT, in their order; None where none does.

    The same as `told_for` says of whole editions: Held, or the Review where one is carried over.
    """
    works, older = {text[1] for text in texts}, _older(edition_model, texts)
    digests = [text[-1] for text in texts] + [digest for some in older.values() for _format, digest in some]
    told = judgements.rows(edition_model, at=at, works=sorted(works), digests=digests)
    newest, held = {judged[:3]: Held(*judged[3:]) for judged in told}, []
    for pk, work, _carried, *own in texts:
        one = newest.get((work, *own))
        if others := older.get(pk):
            found = (newest[work, *other] for other in (own, *others) if (work, *other) in newest)
            one = max(found, key=MADE, default=None)
        held.append(one if one and one.result == FIT else None)
    left = [text for text, one in zip(texts, held, strict=True) if one is None and text[2]]
    carried = standing_carried([(edition_model, work, line) for _pk, work, line, *_own in left], at) if left else {}
    return [one or carried.get((edition_model, *text[1:3])) for text, one in zip(texts, held, strict=True)]


def standing_of(held, at):
    """What the reviews of all texts on a page say together; the same as Standing.of, which compares each of them."""
    if None in held or not held:
        return Standing.NOBODY
    told, exact = [one for one in held if one.is_carried], [one for one in held if not one.is_carried]
    if exact:
        told += [min(exact, key=MADE), min(exact, key=DUE)]
    return Standing.of(told, at)


@prepared
def judgements(edition_model, *, at, works, digests):
    """What clinicians judged of these texts, the oldest first; as rows, since a list asks for hundreds."""
    judged = edition_model._meta.get_field("work").related_model.review_model().objects.judging(at)
    judged = judged.filter(Among("work", works), Among("text_digest", digests), kind=Review.Kind.CLINICIAN)
    return judged.order_by("made_at").values_list("work_id", *TEXT[3:], *HELD)


def _older(edition_model, texts):
    """By edition, under which other digests somebody may have judged its text."""
    known = {}
    if len(edition_model.DIGESTED) > 1:
        for edition, *text in older_digests.rows(edition_model, editions=[text[0] for text in texts]):
            known.setdefault(edition, set()).add(tuple(text))
    return known


@prepared
def older_digests(edition_model, *, editions):
    older = edition_model.older_model().objects.filter(Among("edition", editions))
    return older.values_list("edition", "digest_format", "text_digest")
