"""Digests that hold for ever: SHA-256 of canonical JSON, so that anybody can recompute them without this project."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence


def canonical(value: object) -> str:
    """Canonical JSON: keys sorted, no blanks, text as it is, moments in UTC with microseconds, days as ISO 8601.

    Raises TypeError for anything else than text, numbers, truth values, None, days, moments, lists and mappings.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def moment(value: datetime.datetime) -> str:
    """A moment in UTC with microseconds: 2025-06-24T06:30:00.000000Z. Raises ValueError for one without a zone."""
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be digested.")
    value = value.astimezone(datetime.UTC)
    if value.year < 1000:  # which this writes without its zeros
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{value.isoformat(timespec='microseconds')[:26]}Z"


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form.")
