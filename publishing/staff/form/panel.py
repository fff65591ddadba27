"""What stands beside the form of a text: what patients read, who checked it, what counts."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Review, carried_to, judgements_of, name_of, told_for
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
        (review,) = told_for([edition], at)
        by = review and f"{review.reviewer_name} on {spoken(review.made_at)}, next due {review.next_due_on:%d %B %Y}"
        by = f"{by}, with small changes of wording since" if review and review.is_carried else by
        sentences.append(f"{called} was checked by {by}." if review else f"{called} is not yet checked.")
    return {"sentences": sentences, "reviews": work.reviews.order_by("-made_at")[:5]}


def told_of_checks(judgements, at):
    """What patients read about who checked each text, now and after it is published, in sentences."""
    for place, judgement in enumerate(judgements):
        now, after = _now_and_after(judgement, at)
        if place:
            yield f"Of “{judgement.work}”, where it goes along: {after}."
        elif now:
            yield f"Patients read of this text now: {now}. After this: {after}."
        else:
            yield f"After this patients will read of this text: {after}."


def _now_and_after(judgement, at):
    """(what patients read now, nothing where they read none; what they will read)."""
    work, edition = judgement.work, judgement.edition
    live, edition.is_substance = judgement.live, judgement.is_substance
    review, carried = work.review_of(edition, at), carried_to(work, edition, at)
    after = _checked(review or carried, at, is_carried=carried is not None)
    after += ", unless you call this a change of substance" if carried else ""
    return "" if live is None or live.is_notice else _checked(*told_for([live], at), at), after


def _checked(review, at, *, is_carried=False):
    if review is None:
        return "not yet checked"
    if is_carried or review.is_carried:
        day = date_format(timezone.localtime(review.made_at), "j F Y")
        return f"“Checked {day} by {review.reviewer_name}. Since then small changes of wording, not checked”"
    is_due = ", and that it is due a check" if review.is_overdue(at) else ""
    return f"checked by {review.reviewer_name} on {spoken(review.made_at)}{is_due}"


def read_already(work, edition, at):
    """Sentences for who is asked about a text: whether patients read it, and what the judgement does at once."""
    live, waiting = work.live(at), work.waiting(at)
    comes = waiting and f"comes into force on {spoken(waiting.in_force_at)}"
    is_held = waiting and waiting.is_substance and waiting.text_digest == edition.text_digest
    if edition == live:
        yield "Patients read it now."
        yield f"They have read exactly this text since {spoken(live.in_force_at)}."
    elif edition == waiting:
        yield f"Patients cannot read it yet: it waits, and {comes}."
    else:
        yield "Patients cannot see it like this yet."
    if is_held:
        yield "If you do not call it fit as it is, what waits is held back at once, and staff see that."
    elif edition == live and waiting:
        what = "A withdrawal" if waiting.is_notice else "Another edition"
        yield f"{what} waits, and {comes}, whatever you say of this text."
    elif edition == live:
        yield "Nothing waits for your judgement: patients go on reading the text until staff change or withdraw it."
    if edition == live:
        yield from _seen_at_once(work, *told_for([edition], at), at)


def _seen_at_once(work, review, at):
    """What a judgement on a text that patients read changes, and who sees it."""
    owner, is_mailed = work.owner, settings.HAS_MAIL and work.owner and work.owner.email
    yield f"Of its checks they read now: {_checked(review, at)}."
    gets_mail = f", and {name_of(owner)}, who looks after it, gets a mail" if is_mailed else ""
    yield (
        f"If you do not call it fit as it is, they read {'from then on' if review else 'as before'}: not yet checked. "
        f"Staff see it at once, on top of their list of things due{gets_mail}."
    )


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
