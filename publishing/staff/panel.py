"""What stands beside the form of a text: what patients read, who checked it, what counts."""

from django.contrib import admin
from django.db.models import Subquery
from django.utils import timezone

from publishing.models import Review


def uncounted(judgement):
    """Sentences that say why no review of this text, though there is one, lets this person publish it."""
    work, digest = judgement.work, judgement.edition.text_digest
    newest = work.reviews.judging(judgement.at).filter(text_digest=digest).first()
    if newest and newest.result != Review.Result.FIT:
        yield f"The newest judgement on “{work}”, by {newest.reviewer_name}, is “{newest.get_result_display()}”."
        return
    for one in work.reviews.holding(judgement.at).filter(text_digest=digest):
        review = f"The review of “{work}” by {one.reviewer_name}"
        if judgement.unsafe_since and one.made_at < judgement.unsafe_since:
            yield f"{review} was made before it was withdrawn as unsafe, so it does not count."
        elif one.is_by_link and one.invited_by_name == judgement.by.name:
            yield f"{review} came by a link that you made, so it does not count for your own publishing."
        else:
            yield f"{review} does not count: {one.reviewer_name} also saved this text."


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
