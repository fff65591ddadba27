"""What a browser may do with a page, as headers."""

from django.conf import settings

from carsite.reader.style import policy_hashes

SHOWN = (
    f"default-src 'none'; style-src {policy_hashes()}; img-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
STAFF_POLICY = (
    f"default-src 'self'; style-src 'self' {policy_hashes()}; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Nothing on a page can ask for anything, since no script runs; a tool that checks the site asks for its robots.txt so.
PATIENTS_POLICY = f"{SHOWN}; connect-src 'self'"
# The page of a check wears the desk's sheet as well, and its one small script.
CHECK_POLICY = SHOWN.replace("style-src ", "script-src 'self'; style-src 'self' ")
# A page that is filled in for one patient: what is typed there leaves it on paper alone.
FILLED_POLICY = SHOWN.replace("form-action 'self'", "form-action 'none'; connect-src 'none'")
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

# nginx keeps nothing that is already old when it comes, unless it is told the moment before all else: then it keeps it,
# asks each time, and goes on serving it while the site is down. It sends this on to nobody.
OF_PROXIES = {"X-Accel-Expires": "@1"} if settings.BEHIND_PROXY else {}
# What every stored page says besides
ALWAYS = OF_PROXIES | {
    # A shared cache asks each time, so a correction is seen at once, and goes on serving when the site is down.
    "Cache-Control": "public, max-age=0, stale-if-error=86400",
    "Vary": "Accept-Encoding",
    **GUARD,
}


def guarded(request, response):
    """The same answer with all guard headers. What is refused before any of our layers is reached passes here too."""
    if getattr(response, "is_filled_in", False):
        response.headers["Content-Security-Policy"] = FILLED_POLICY
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
        response.headers.setdefault("Content-Length", length)
    if response.headers["X-Frame-Options"] == "SAMEORIGIN":
        # A preview may stand in a frame of the staff's own pages; nothing else may be framed.
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace("ancestors 'none'", "ancestors 'self'")
    return response
