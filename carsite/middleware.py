"""Headers for every answer, and the language, which comes from the path alone."""

from functools import cache

from django.core.exceptions import BadRequest
from django.http import Http404
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from carsite.reader import guarded, language_of
from publishing.models import Line, said_in


def headers(get_response):
    return lambda request: guarded(request, get_response(request))


class CompressedForStaff(GZipMiddleware):
    """The staff's pages: Django hides the length of each, and masks its tokens, against who measures them (BREACH)."""

    def process_response(self, request, response):
        is_text = response.get("Content-Type", "").startswith(("text/html", "application/json", "text/css"))
        if response.streaming or not is_text or not request.path_info.startswith("/admin/"):
            return response
        return super().process_response(request, response)


def moment(get_response):
    """`request.moment()` is the moment the request reads at: one for the whole page, so that no two parts disagree."""

    def middleware(request):
        if not hasattr(request, "moment"):  # a page that is stored is made for the moment it is stored under
            request.moment = cache(Line.objects.moment_of_reading)
        return get_response(request)

    return middleware


def no_nul(get_response):
    """PostgreSQL refuses the NUL character, and nobody means it: no address has one, and staff look for none."""

    def middleware(request):
        if "\0" in request.path_info:
            raise Http404("No page has such an address.")
        asked = request.META["QUERY_STRING"].replace("%00", "\0") + "".join(request.COOKIES.values())
        if request.path_info.startswith("/admin/") and "\0" in asked:
            raise BadRequest("A NUL character stands in the query or in a cookie.")
        return get_response(request)

    return middleware


def language_of_the_path(get_response):
    """Neither a cookie nor a browser's wish changes a page."""

    def middleware(request):
        request.LANGUAGE_CODE = language_of(request.path)
        with translation.override(said_in(request.LANGUAGE_CODE)):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
