"""10,000 requests of every kind, 16 at a time, of readers and of staff: no fault of the server, and memory stays flat."""

from __future__ import annotations

import itertools
import os
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from bench.drills.ground import Site
from bench.drills.visits import GUIDE, Staff, ask, serving

COUNT, WARM, AT_A_TIME, MOST = int(os.environ.get("REQUESTS", 10_000)), 3_000, 16, 1.2
WORDS = ("blood", "nurse", "cells", "heart", "रक्त", "%00", "a" * 300, "<script>", "गाइड", "CAR-T")
OPEN = [GUIDE, "/", "/articles/", "/faq/", "/new/", "/words/", "/sitemap.xml", "/feed/", "/robots.txt", "/llms.txt"]
OPEN += [f"{GUIDE}history/", f"{GUIDE}?fbclid=1", f"{GUIDE}history/1/", "/health/", "/admin/login/", "/articles/guide-3/"]
ODD = ["/nothing/", "/articles/none/", "/%c0%af", "/articles/?page=999999", "/media/x.png", "/h/AAAA-BBBB/", "/review/?k=x"]
OURS = ["/admin/", "/admin/articles/article/", "/admin/publishing/line/", "/admin/articles/article/1/change/"]
OURS += ["/admin/articles/article/1/preview/", "/admin/articles/article/?q=cell", "/admin/none/"]


def memory(session):
    """MiB of all processes of the server, pages they share counted once (PSS)."""
    total = 0
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == session:
                total += int(re.search(r"^Pss: +(\d+)", (entry / "smaps_rollup").read_text(), re.M)[1])
    return total / 1024


def session_of(site):
    """The session of the server, whose environment names our folder."""
    wanted = f"VAR={site.folder}".encode()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if b"gunicorn" in (entry / "cmdline").read_bytes() and wanted in (entry / "environ").read_bytes():
                return os.getsid(int(entry.name))
    raise AssertionError("the server does not run")


def drill(folder):
    site = Site(folder / "site")
    site.furnish(20)
    searches = [f"/search/?q={quote(one, safe='%')}" for one in WORDS]
    with serving(site, WORKERS="2") as base:
        staff, session = Staff(site, base, "administrator"), session_of(site)
        kinds = itertools.cycle([OPEN] * 12 + [searches] * 4 + [ODD] * 3 + [OURS])
        turns = {id(kind): itertools.cycle(kind) for kind in (OPEN, searches, ODD, OURS)}
        asked = [(kind is OURS, next(turns[id(kind)])) for kind in itertools.islice(kinds, COUNT)]
        began = time.monotonic()

        def visit(one):
            of_staff, path = one
            return path, (staff.ask(path) if of_staff else ask(base, path))[0]

        with ThreadPoolExecutor(AT_A_TIME) as visitors:
            first = list(visitors.map(visit, asked[:WARM]))
            warm = memory(session)
            rest = list(visitors.map(visit, asked[WARM:]))
        after, took = memory(session), time.monotonic() - began
        codes = Counter(code for _path, code in first + rest)
        faults = Counter(one for one in first + rest if not 0 < one[1] < 500)
        assert not faults, f"{faults.total()} faults: {dict(faults.most_common(9))}"
        assert session_of(site) == session
    assert after < MOST * warm, f"{warm:.0f} MiB became {after:.0f}"
    told = ", ".join(f"{count:,} × {code}" for code, count in sorted(codes.items()))
    return f"{len(asked):,} in {took:.0f} s: {told}; {warm:.0f} MiB warm, {after:.0f} at the end"

