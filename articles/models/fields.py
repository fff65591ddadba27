"""What a field of a guide may hold, with messages for whoever writes it."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.text import LONGEST, TooLong, digest, fold, render

FIRST_YEAR = 1900
MOST_AHEAD = datetime.timedelta(days=366)
MANY_CELLS = 1_000
LONGEST_SOURCES = 20_000
MOST_RELATED = 6


def validate_length(text):
    size = len(text.encode())
    if size > LONGEST:
        raise ValidationError(
            f"This text is {size:,} bytes long; the longest that can be kept is {LONGEST:,}. Split it into two guides."
        )
    # Only tables of thousands of rows are too long in another way, and rendering takes time.
    if text.count("|") > MANY_CELLS:
        try:
            render(text)
        except TooLong as problem:
            raise ValidationError(str(problem)) from problem


def validate_sources(text):
    if len(text) > LONGEST_SOURCES:
        raise ValidationError(
            f"The sources are {len(text):,} letters long; there is room for {LONGEST_SOURCES:,}. "
            "Keep the ones that the guide rests on, one a line."
        )


def validate_related(text):
    if len(slugs_in(text)) > MOST_RELATED:
        raise ValidationError(f"Choose at most {MOST_RELATED} guides: who is led everywhere is led nowhere.")


def slugs_in(text):
    """The last parts of the addresses in a text, a line each."""
    return [line.strip().strip("/").rpartition("/")[2] for line in text.split("\n") if line.strip(" /")]


def validate_day(day):
    if day.year < FIRST_YEAR or day > timezone.localdate() + MOST_AHEAD:
        raise ValidationError(
            f"{day.isoformat()} cannot be the date the publisher gives. Write one from {FIRST_YEAR} on and not more "
            "than a year ahead, or leave it empty."
        )


def said_by(text):
    """What is equal where two guides say the same."""
    return digest(fold(text))
