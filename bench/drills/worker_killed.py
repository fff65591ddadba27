"""A worker of the server is killed under readers, three times: who it was just serving asks again, nobody else notices."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

from bench.drills.ground import Site
from bench.drills.mixed_requests import session_of
from bench.drills.visits import GUIDE, ask, serving, until

READERS, KILLS, APART, SOON = 8, 3, 3.0, 1.0  # seconds between two, and within which the last of its readers is told
ASKED = [GUIDE, "/", "/articles/", "/search/?q=blood", "/faq/"]


def workers(master):
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == master:
                found.append(int(entry.name))
    return found


def drill(folder):
    site = Site(folder / "site")
    site.furnish(5)
    with serving(site, WORKERS="2") as base:
        master, killed = session_of(site), []
        until(lambda: len(workers(master)) == 2, 20)
        ends = time.monotonic() + (KILLS + 1) * APART

        def read(number):
            """(when it was asked, what the answer was) until the end."""
            found = []
            while time.monotonic() < ends:
                number += 1
                began, code = time.monotonic(), 0
                with suppress(HTTPException):
                    code = ask(base, ASKED[number % len(ASKED)])[0]
                found.append((began, code))
            return found

        with ThreadPoolExecutor(READERS) as readers:
            reading = [readers.submit(read, number) for number in range(READERS)]
            for _kill in range(KILLS):
                time.sleep(APART)
                killed.append(time.monotonic())
                os.kill(workers(master)[0], signal.SIGKILL)
            told = [one for each in reading for one in each.result()]
        until(lambda: len(workers(master)) == 2, 20)
    lost = [began for began, code in told if not 0 < code < 500]
    late = [began for began in lost if not any(began - SOON < moment < began + SOON for moment in killed)]
    assert not late, f"{len(late)} of {len(told):,} requests failed that no killed worker was serving"
    assert len(lost) <= KILLS * READERS, f"{len(lost)} requests were lost with {KILLS} workers"
    assert len(told) > 100 * KILLS, f"only {len(told)} requests were answered"
    return f"{len(told):,} requests, {KILLS} workers killed: {len(lost)} lost with them, and the next were served"
