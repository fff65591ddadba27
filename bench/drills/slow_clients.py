"""Clients who send a byte a second, 20 at a time, of the head or of a body: readers are served in under two seconds."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

from bench.drills.ground import Site
from bench.drills.visits import GUIDE, ask, serving

SLOW, SECONDS, BAR = 20, 15, 2.0
BODY = (
    "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n"
)


def longest_beside(base, first):
    """The longest that a reader waits, in s, beside slow clients who begin with these bytes."""
    place = urlsplit(base)
    slow = [socket.create_connection((place.hostname, place.port)) for _ in range(SLOW)]
    longest = 0.0
    try:
        for second in range(SECONDS):
            began = time.monotonic()
            for one in slow:
                with suppress(OSError):
                    one.send(first.encode() + b"G" if second == 0 else b"e")
            for page in (GUIDE, "/", "/search/?q=cells", "/admin/login/"):
                code, _text, took = ask(base, page)
                assert code == 200, f"{page}: {code}"
                longest = max(longest, took)
            time.sleep(max(0, 1 - time.monotonic() + began))
    finally:
        for one in slow:
            one.close()
    return longest


def drill(folder):
    site = Site(folder / "site")
    site.furnish()
    with serving(site) as base:
        for page in (GUIDE, "/", "/search/?q=cells", "/admin/login/"):
            ask(base, page)
        waits = {name: longest_beside(base, first) for name, first in {"heads": "", "bodies": BODY}.items()}
    assert max(waits.values()) < BAR, waits
    return "; ".join(f"{SLOW} slow {name}: a reader waits {wait:.2f} s at most" for name, wait in waits.items())
