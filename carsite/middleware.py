"""Headers for every answer, and the language, which comes from the path alone."""

from functools import cache

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import BadRequest
from django.http import Http404
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from carsite.faults import too_large
from carsite.reader import guarded, is_unwritten, language_of
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


def of_nobody(get_response):
    """Outside the staff's pages no cookie is looked at, and none is ever answered: a broken one would be, by one that
    takes it back. Pictures ask who is there, since staff see a page as it was."""

    def middleware(request):
        if request.path_info.startswith("/admin/"):
            return get_response(request)
        if not request.path_info.startswith(settings.MEDIA_URL):
            request.META.pop("HTTP_COOKIE", None)
            request.COOKIES = {}
        answer = get_response(request)
        answer.cookies.clear()
        if "Vary" in answer:  # nor does a cache keep a page apart for each reader's cookies
            told = [one for one in answer["Vary"].split(", ") if one.lower() != "cookie"]
            answer.headers.pop("Vary")
            if told:
                patch_vary_headers(answer, told)
        return answer

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
        if is_unwritten(request.LANGUAGE_CODE):
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            raise Http404("No page has such an address.")
        with translation.override(said_in(request.LANGUAGE_CODE)):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware


def much_from_staff_alone(get_response):
    """Whoever has not logged in sends no more than a form holds: what is larger is refused before any of it is read."""

    def middleware(request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if is_large and (settings.PUBLIC_ONLY or not get_user(request).is_staff):  # there nobody logs in
            return too_large(request)
        return get_response(request)

    return middleware
