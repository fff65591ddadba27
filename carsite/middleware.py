"""Headers for every answer, and the language, which comes from the path alone."""

from django.conf import settings
from django.utils import translation

from carsite.style import policy_hash

STAFF_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
FOREIGN = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def headers(get_response):
    """What a browser may do with a page: nothing but show it, and for staff run our own scripts."""
    public = (
        f"default-src 'none'; style-src {policy_hash()}; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors "
    )

    def middleware(request):
        response = get_response(request)
        is_staff_page = request.path.startswith("/admin/") and not getattr(response, "is_patient_page", False)
        # A preview may stand in a frame of the staff's own pages; nothing else may be framed.
        framed = "'self'" if response.headers.get("X-Frame-Options") == "SAMEORIGIN" else "'none'"
        response.headers.setdefault("Content-Security-Policy", (STAFF_POLICY if is_staff_page else public) + framed)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        return response

    return middleware


def language_of_the_path(get_response):
    """/hi/… is Hindi, everything else the first language: neither a cookie nor a browser's wish changes a page."""

    def middleware(request):
        first = request.path.split("/", 2)[1]
        request.LANGUAGE_CODE = first if first in FOREIGN else settings.LANGUAGE_CODE
        with translation.override(request.LANGUAGE_CODE):
            response = get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
