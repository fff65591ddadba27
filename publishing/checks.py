"""What patients are told about who checked the texts on a page, and whether that check is still in date."""

import datetime
from dataclasses import dataclass

from publishing.models import Review
from publishing.models.reviews import standing
from publishing.prepared import Listed, prepared


@dataclass(frozen=True)
class Check:
    """The review that speaks for a page: the one made longest ago, or None where any text on it lacks one.

    `next_due_on` is the first day on which any text of the page is due.
    """

    review: Review | None
    next_due_on: datetime.date | None
    is_overdue: bool


NOT_CHECKED = Check(None, None, False)


@prepared
def judging_texts(model, *, at, digests):
    return model.objects.judging(at).filter(text_digest__in=Listed(digests)).order_by("made_at")


def reviews_for(editions, at):
    """The newest review that holds for each edition's exact text, or None, in the editions' order. One query a kind."""
    held = {}
    for model in {type(edition) for edition in editions}:
        review_model = model._meta.get_field("work").related_model.review_model()
        digests = [edition.text_digest for edition in editions if type(edition) is model]
        for review in judging_texts(review_model, at=at, digests=digests):
            held[model, review.work_id, review.text_digest] = review if review.result == Review.Result.FIT else None
    return [held.get((type(one), one.work_id, one.text_digest)) for one in editions]


def checks_of(pages, at):
    """The check that speaks for each page, given as the editions on it; overdue as soon as one of them is."""
    reviews = iter(reviews_for([edition for page in pages for edition in page], at))
    checks = []
    for page in pages:
        held = [next(reviews) for _edition in page]
        review = standing(held)
        first = min(held, key=lambda one: one.next_due_on) if review else None
        checks.append(Check(review, first and first.next_due_on, first is not None and first.is_overdue(at)))
    return checks


def check_of(editions, at):
    """The check that speaks for all these texts together."""
    return checks_of([editions], at)[0]
