"""Mail to people: sent once, never in a transaction, and never in the way of what it tells of."""

import logging

from django.conf import settings
from django.core.mail import send_mail

log = logging.getLogger(__name__)


def mail_problem(subject, text, address):
    """Send one mail; return nothing, or in a few words why it could not be sent. Never call it in a transaction."""
    if not settings.HAS_MAIL:
        return "no mail server is set"
    try:
        send_mail(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [address])
    except Exception as problem:  # whatever it is: what the mail tells of has happened, and must not be lost with it
        why = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        why = why.decode(errors="replace") if isinstance(why, bytes) else why
        return " ".join(why.split())[:200]
    return ""


def tell_owner(work, review):
    """Mail the owner what a reviewer said. The judgement stands whether or not the mail goes out."""
    owner = work.owner
    if settings.HAS_MAIL and owner and owner.email:
        said = f"{review.reviewer_name}, {review.credential}: {review.get_result_display()}\n\n{review.note}"
        problem = mail_problem(f"Reviewed: {work}", said, owner.email)
        if problem:
            log.warning("The owner of %s could not be told of a review by mail (%s).", work.name, problem)


def tell_of_remark(work, remark):
    """Mail the owner what somebody remarked; not what they said themselves."""
    owner = work.owner
    if settings.HAS_MAIL and owner and owner.email and owner.pk != remark.by_id:
        said = f"{remark.by_name}, on “{remark.passage[:300]}”:\n\n{remark.text}"
        problem = mail_problem(f"A remark: {work}", said, owner.email)
        if problem:
            log.warning("The owner of %s could not be told of a remark by mail (%s).", work.name, problem)
