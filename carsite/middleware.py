"""Headers for every answer, and the language, which comes from the path alone."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils import translation

from carsite.reader.style import policy_hash

PATIENTS_POLICY = (
    f"default-src 'none'; style-src {policy_hash()}; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
STAFF_POLICY = (
    f"default-src 'self'; style-src 'self' {policy_hash()}; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# What a browser may do with a page: show it, and nothing else.
GUARD = {
    "Content-Security-Policy": PATIENTS_POLICY,
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
if settings.SECURE_HSTS_SECONDS:
    GUARD["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
FOREIGN = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/admin/") and not getattr(response, "is_patient_page", False):
            response.headers.setdefault("Content-Security-Policy", STAFF_POLICY)
        else:
            # What is not stored says nothing of its age, and a browser would guess one.
            response.headers.setdefault("Cache-Control", "no-cache")
        for name, value in GUARD.items():
            response.headers.setdefault(name, value)
        if request.method == "HEAD" and not response.streaming:
            length = str(len(response.content))
            response.content = b""
            response.headers["Content-Length"] = length
        if response.headers["X-Frame-Options"] == "SAMEORIGIN":
            # A preview may stand in a frame of the staff's own pages; nothing else may be framed.
            policy = response.headers["Content-Security-Policy"]
            response.headers["Content-Security-Policy"] = policy.replace("ancestors 'none'", "ancestors 'self'")
        return response

    return middleware


def language_of(path):
    """/hi/… is Hindi, everything else the first language."""
    first = path.split("/", 2)[1]
    return first if first in FOREIGN else settings.LANGUAGE_CODE


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
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
