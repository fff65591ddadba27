"""Pictures as patients' pages load them."""

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from publishing.models import NAME, Picture, consents_to
from publishing.models import media as files

GUARDED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


FOREVER = "public, max-age=31536000, immutable"  # only where nobody can be known in it: nobody can take that back
ASKED_ANEW = "public, max-age=0, must-revalidate"
STAFF_ONLY = "private, no-store"
GONE = "This picture is no longer shown. Its description stands in the text."
AWAY = "This picture cannot be shown just now. Its description stands in the text."


@require_safe
def media(request, name):
    """A picture, or a rendition of one, by the name that is its content. A file of any other name is not served.

    When the consent of who can be known in it has ended, patients get it no more; staff do, to see a page as it was.
    """
    if not NAME.fullmatch(name):
        raise Http404
    at = request.moment()
    told = consents_to([Picture.objects.shown_by(name)], at)
    consent = next(iter(told.values()), None)
    cached = FOREVER if consent and consent.shows_nobody else ASKED_ANEW
    if consent and consent.is_over(at):
        if settings.PUBLIC_ONLY or not admin.site.has_permission(request):
            return HttpResponse(GONE, status=410, content_type="text/plain", headers={"Cache-Control": ASKED_ANEW})
        cached = STAFF_ONLY
    return _sent(request, name, cached)


def _sent(request, name, cached):
    """The file; or that the reader has it already, for which it is looked for and not read."""
    digest, _dot, extension = name.partition(".")
    answer = get_conditional_response(request, etag=f'"{digest}"')
    try:
        if answer is None:
            answer = FileResponse(files.opened(name), content_type=TYPES[extension])
        elif not files.is_there(name):
            raise Http404
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Http404 from None
    except OSError:  # a shared cache may serve on what it has
        return HttpResponse(AWAY, status=503, content_type="text/plain", headers={"Cache-Control": STAFF_ONLY})
    for header, value in {**GUARDED, "Cache-Control": cached, "ETag": f'"{digest}"'}.items():
        answer[header] = value
    return answer
