"""The language of a page, which comes from its path alone."""

from django.conf import settings
from django.urls import register_converter

from articles.models import ArticleEdition
from publishing.text import is_language

FOREIGN = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# With what the address of a page in another language than the first begins; two parts of the site are as short
TAG = r"(?!(?:faq|new)/)[a-z]{2,3}(?:-[a-z]{2,4})?"


def language_of(path):
    """/hi/… is Hindi, everything else the first language."""
    first = path.split("/", 2)[1]
    return first if _is_foreign(first) else settings.LANGUAGE_CODE


def is_listed(language):
    """Whether the clinic has named it: its pages are there before any guide is."""
    return language == settings.LANGUAGE_CODE or language in FOREIGN


def _is_foreign(tag):
    return tag in FOREIGN or (tag != settings.LANGUAGE_CODE and is_language(tag))


class LanguageTag:
    """What a language is called in addresses, whether or not the clinic has named it."""

    regex = TAG

    def to_python(self, value):
        if not _is_foreign(value):
            raise ValueError
        return value

    def to_url(self, value):
        return value


register_converter(LanguageTag, "language")


def is_unwritten(language):
    """Whether the clinic has not named a language, and nothing was ever published in it."""
    return not is_listed(language) and not ArticleEdition.objects.filter(language=language).exists()
