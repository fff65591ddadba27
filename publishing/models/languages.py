"""In which language the house speaks around a text."""

from django.conf import settings


def home_of(language):
    """The address of the home page of a language, and what all its other addresses begin with."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def said_in(language):
    """The language of the words around a text: its own where the house speaks it, else the first."""
    return language if language in settings.SPOKEN else settings.LANGUAGE_CODE
