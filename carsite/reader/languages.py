"""The language of a page, which comes from its path alone."""

from django.conf import settings

FOREIGN = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def language_of(path):
    """/hi/… is Hindi, everything else the first language."""
    first = path.split("/", 2)[1]
    return first if first in FOREIGN else settings.LANGUAGE_CODE
