"""64 log-ins at once, half of them with a wrong password: readers do not wait, nothing fails, and all get in at last."""

from __future__ import annotations

import re
import threading
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from bench.drills.ground import Site
from bench.drills.visits import GUIDE, OPENER, ask, serving, until

COUNT = 64


def log_in(base, who, password):
    """The code of one try, with the token of its own page."""
    with OPENER.open(f"{base}/admin/login/", timeout=60) as answer:
        page = answer.read().decode()
        cookie = "; ".join(one.split(";")[0] for one in answer.headers.get_all("Set-Cookie"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    sent = {"username": who, "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
    return ask(base, "/admin/login/", urllib.parse.urlencode(sent).encode(), Cookie=cookie)[0]


def drill(folder):
    site = Site(folder / "site")
    site.furnish()
    lines = (site.folder / "first-passwords.txt").read_text().splitlines()
    accounts = [tuple(line.split()[:2]) for line in lines if re.search(r"\(.+\)$", line)]
    assert len(accounts) == 4
    with serving(site) as base:
        ask(base, GUIDE)
        tries = [(*accounts[number % 4], number % 2) for number in range(COUNT)]
        waits, is_over = [], threading.Event()

        def read():
            while not is_over.is_set():
                code, _text, took = ask(base, GUIDE)
                assert code == 200
                waits.append(took)
                time.sleep(0.1)

        reader = ThreadPoolExecutor(1)
        reading = reader.submit(read)
        began = time.monotonic()
        with ThreadPoolExecutor(COUNT) as all_at_once:
            wrong = [f"stranger-{number}" for number in range(COUNT)]
            asked = [(who, word) if right else (wrong[n], "wrong") for n, (who, word, right) in enumerate(tries)]
            codes = list(all_at_once.map(lambda one: log_in(base, *one), asked))
        took = time.monotonic() - began
        is_over.set()
        reading.result()
        assert set(codes) <= {200, 302}, f"answers {sorted(set(codes))}"
        for who, word in accounts:
            until(lambda who=who, word=word: log_in(base, who, word) == 302, 60)
    assert max(waits) < 2, f"a reader waited {max(waits):.1f} s"
    return (
        f"{COUNT} in {took:.1f} s, {codes.count(302)} of {COUNT // 2} right ones at the first try, all at last; "
        f"readers waited {max(waits):.2f} s at most"
    )
