"""How the pages of the library tell of one picture."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format

from publishing.staff.addresses import staff_url

SOON = datetime.timedelta(days=60)  # staff are told so long before a consent ends


def told_of(picture, consent, at, uses=()):
    """A picture as the page tells of it."""
    ends_at = consent.ends_at if consent else None
    is_over = bool(consent and consent.is_over(at))
    is_ending = ends_at is not None and not is_over and ends_at <= at + SOON
    is_wordless = not picture.alt_text and not picture.is_decorative
    return {
        "picture": picture,
        "url": staff_url(picture),
        "thumbnail": picture.smallest,
        "uses": uses,
        "is_wordless": is_wordless,
        "is_over": is_over,
        "is_taken_back": is_over and consent.is_taken_back,
        "is_ending": is_ending,
        "ends_on": ends_at and date_format(timezone.localtime(ends_at), "j F Y"),
        "said_on": consent and date_format(timezone.localtime(consent.said_at), "j F Y"),
        "people": _people(consent),
    }


def _people(consent):
    if consent is None:
        return "Nobody has said yet whether a person can be known in it."
    if consent.is_taken_back:
        return "The consent was taken back."
    return "Nobody can be known in it." if consent.shows_nobody else "People in it have agreed."
