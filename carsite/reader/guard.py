"""What a browser may do with a page, as headers."""

from django.conf import settings

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
