"""Whether a clinician has checked a text, and until when that holds; and a translator what a machine translated."""

import datetime

from publishing.findings import Finding, Severity, check
from publishing.models.checks.reviews import Review, reviews_for, start_of

LONGEST = 36  # months
MACHINE = "US 45 CFR 92.201(c)(3): what a machine translated is reviewed by a qualified human translator"
STANDARD = "NHS standard for creating health content: clinical sign-off, reviewed at least every three years"


def _reviews(guides):
    """By the name of its text the review that holds for each."""
    asked = [one for one in guides if one.work.IS_REVIEWED]
    reviews = reviews_for([one.edition for one in asked], asked[0].at)
    return {one.work.name: review for one, review in zip(asked, reviews, strict=True)}


def _months_on(day, months):
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:  # the 29 to 31 of a shorter month
        return _months_on(day - datetime.timedelta(days=1), months)


@check(
    "clinician",
    "A clinician has checked it",
    Severity.PLEASE_ADD,
    STANDARD,
    needs_record=True,
    asks_somebody=True,
)
def clinician(guide):
    """Whoever checked what patients read has checked what differs from it in wording alone."""
    if not (guide.work.IS_REVIEWED and guide.work.TELLS_CHECK):
        return
    review = guide.once("reviews", _reviews)[guide.work.name]
    if review is None and guide.wording_of is not None:
        (review,) = reviews_for([guide.wording_of], guide.at)
    if review is None:
        yield Finding("No clinician has checked this text.", "Patients read “Last reviewed: Not yet”. Ask for a check.")
    elif start_of(review.next_due_on) > start_of(_months_on(review.made_at.date(), LONGEST)):
        yield Finding(
            f"The check by {review.reviewer_name} holds for more than {LONGEST} months.",
            f"It falls due on {review.due_day}. What is known may change before: ask for an earlier day.",
        )


@check(
    "machine",
    "A translator has checked what a machine translated",
    Severity.MUST_FIX,
    MACHINE,
    needs_record=True,
    asks_somebody=True,
)
def machine(guide):
    """As with a clinician's check, what differs in wording alone from what was checked is checked."""
    if guide.edition.is_by_machine:
        texts = [one for one in (guide.edition, guide.wording_of) if one]
        if not any(reviews_for(texts, guide.at, Review.Kind.TRANSLATOR)):
            yield Finding(
                "A machine translated it, and no translator has checked this text.",
                "A word may say the opposite, and nobody would see it. Ask a qualified translator for a check.",
            )
