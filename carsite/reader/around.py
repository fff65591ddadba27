"""What stands around a patient's page: the frame, the language, the address."""

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.views import ways_of
from carsite.reader.printing import missing
from publishing.models import home_of, said_in


def around(request):
    """Context processor. Lazy, so that the admin and pages without a frame ask the database nothing."""
    copied = getattr(request, "copied", None)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "ways": ways_of(request),
        "root": home_of(language),
        "language": language,
        "can_print": copied.has_sheets if copied else not missing(),
        # Of a page in a copy of the site, when that was made
        "copied": copied,
        # The language of the words around the texts of that one
        "spoken": said_in(language),
        "is_rtl": said_in(language) in settings.LANGUAGES_BIDI,
        "site_url": settings.SITE_URL,
        "canonical": settings.SITE_URL + iri_to_uri(request.path),
        "preview": getattr(request, "preview", None),
    }
