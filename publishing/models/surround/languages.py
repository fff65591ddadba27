"""In which language the house speaks around a text."""

from django.conf import settings

from publishing.text import language_called


def home_of(language):
    """The address of the home page of a language, and what all its other addresses begin with."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def in_order(codes):
    """(code, name) of these languages: those of the site in its order, then the others."""
    codes = set(codes)
    listed = [(code, name) for code, name in settings.LANGUAGES if code in codes]
    return listed + [(code, language_called(code)) for code in sorted(codes - dict(listed).keys())]


def said_in(language):
    """The language of the words around a text: its own where the house speaks it, else the first."""
    return language if language in settings.SPOKEN else settings.LANGUAGE_CODE
