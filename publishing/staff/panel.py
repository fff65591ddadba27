"""What stands beside the form of a text: what patients read, who checked it, what counts."""

from django.contrib import admin
from django.db.models import Subquery
from django.utils import timezone

from publishing.models import Review, judgements_of
from publishing.record import spoken
from publishing.text import TooLong


def situation(work, at):
    """Sentences that say what patients read now, whether the working copy differs, and what waits."""
    live, waiting = work.live(at), work.waiting(at)
    if live is None:
        yield "Patients cannot read this yet: it was never published."
    elif live.is_notice:
        yield f"It was withdrawn ({live.notice_reason}) on {spoken(live.in_force_at)}. Patients find a notice."
    else:
        yield f"Patients read edition {live.number}, since {spoken(live.in_force_at)}."
        try:
            differs = work.differs_from(live)
        except TooLong as problem:
            differs = True
            yield str(problem)
        yield (
            "They cannot see your later changes yet: the working copy differs from it."
            if differs
            else "The working copy says the same."
        )
    for danger in work.judgement(work.unrendered(), at).taken:
        yield f"{danger.what[0]}."
    if waiting:
        what = "A withdrawal" if waiting.is_notice else f"Edition {waiting.number}"
        yield f"{what} waits: it comes into force on {spoken(waiting.in_force_at)}."


def judged(work, at):
    """Who checked which of the texts, in sentences, and the newest judgements with their comments."""
    if not work.IS_REVIEWED:
        return None
    sentences, live = [], work.live(at)
    texts = [("The text being written", work.unrendered())]
    if live and not live.is_notice:
        texts.insert(0, ("The text patients read", live))
    for called, edition in texts:
        review = work.review_of(edition, at)
        by = review and f"{review.reviewer_name} on {spoken(review.made_at)}, next due {review.next_due_on:%d %B %Y}"
        sentences.append(f"{called} was checked by {by}." if review else f"{called} is not yet checked.")
    return {"sentences": sentences, "reviews": work.reviews.order_by("-made_at")[:5]}


def told_of_checks(work, at):
    """What patients read about who checked this text, now and after it is published, as a sentence."""
    live = work.live(at)
    after = _checked(work.review_of(work.unrendered(), at))
    if live is None or live.is_notice:
        return f"After this patients will read of this text: {after}."
    return f"Patients read of this text now: {_checked(work.review_of(live, at))}. After this: {after}."


def _checked(review):
    return f"checked by {review.reviewer_name} on {spoken(review.made_at)}" if review else "not yet checked"


def uncounted(judgement):
    """Sentences that say why no review of this text, though there is one, lets this person publish it."""
    work = judgement.work
    judged = judgements_of([judgement.edition], judgement.at)[0]
    if judged and judged[-1].result != Review.Result.FIT:
        newest = judged[-1]
        yield f"The newest judgement on “{work}”, by {newest.reviewer_name}, is “{newest.get_result_display()}”."
        return
    for one in reversed(judged):
        if one.result == Review.Result.FIT and (why := judgement.second.why_not(one)):
            yield f"The review of “{work}” by {one.reviewer_name} does not count: it {why}."


def with_live(queryset):
    """Annotates each working copy with the number of what is in force now, and whether that is a notice."""
    live = queryset.model.edition_model().objects.live_of("pk", timezone.now())
    return queryset.annotate(
        live_number=Subquery(live.values("number")[:1]), live_is_notice=Subquery(live.values("is_notice")[:1])
    )


@admin.display(description="patients read")
def patients_read(work):
    if work.live_number is None:
        return "nothing yet"
    return "a notice" if work.live_is_notice else f"edition {work.live_number}"
