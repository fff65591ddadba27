"""What stands around a patient's page: the frame, the language, the address."""

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html

from articles.views import ways_of
from carsite.reader.printing import missing


def around(request):
    """Context processor. Lazy, so that the admin and pages without a frame ask the database nothing."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "ways": ways_of(request),
        "root": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
        "language": language,
        "site": settings.SITE_URL,
        "can_print": not missing(),
        # The frame and the names of topics are written once, in the first language: said aloud as that on other pages.
        "in_first": in_first(language),
        "is_rtl": language in settings.LANGUAGES_BIDI,
        "site_url": settings.SITE_URL,
        "canonical": settings.SITE_URL + iri_to_uri(request.path),
        "preview": getattr(request, "preview", None),
    }


def in_first(language):
    """The attribute that names the first language, on pages of another."""
    return "" if language == settings.LANGUAGE_CODE else format_html(' lang="{}"', settings.LANGUAGE_CODE)
