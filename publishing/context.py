"""What a page needs to know of its request: the moment it is read at, and the frame around it."""

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from publishing.models import Frame, Line


def moment(request):
    """The moment this request reads at: one for the whole page, so that no two parts of it disagree."""
    if not hasattr(request, "reading_at"):
        request.reading_at = Line.objects.moment_of_reading()
    return request.reading_at


def spoken(at):
    """A moment as staff read it: in the clinic's time, to the minute."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def around(request):
    """Context processor. Lazy, so that the admin and pages without a frame ask the database nothing."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "frame": SimpleLazyObject(lambda: Frame.around(moment(request))),
        "root": "/" if language == settings.LANGUAGE_CODE else f"/{language}/",
        "language": language,
        # The frame and the names of topics are written once, in the first language: said aloud as that on other pages.
        "in_first": "" if language == settings.LANGUAGE_CODE else format_html(' lang="{}"', settings.LANGUAGE_CODE),
        "is_rtl": language in settings.LANGUAGES_BIDI,
        "canonical": settings.SITE_URL + iri_to_uri(request.path),
        "preview": getattr(request, "preview", None),
    }
