"""Log lines that cannot be forged, and the address that slows down the guessing of passwords."""

import logging
import re

from django.conf import settings


class OneLine(logging.Formatter):
    """Control characters in what a stranger sent are escaped."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", super().formatMessage(record))


def address_of(request) -> str | None:
    """Where a log-in comes from: behind a proxy what the proxy itself says, which a stranger cannot forge."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")
