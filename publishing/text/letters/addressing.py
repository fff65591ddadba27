"""What people type or bring as an address, in its parts."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def address_parts(address: str) -> SplitResult | None:
    """The parts of an address (RFC 3986, section 3); None of what is none, as `https://[name of ward].org`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
