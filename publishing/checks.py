"""What patients are told about who checked the texts on a page, and whether that check is still in date."""

import datetime
from dataclasses import dataclass

from publishing.models import Review
from publishing.models.reviews import reviews_for, standing


@dataclass(frozen=True)
class Check:
    """The review that speaks for a page: the one made longest ago, or None where any text on it lacks one.

    `next_due_on` is the first day on which any text of the page is due.
    """

    review: Review | None
    next_due_on: datetime.date | None
    is_overdue: bool


NOT_CHECKED = Check(None, None, False)


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
