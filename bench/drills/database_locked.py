"""Another program holds SQLite's lock for writing, for 3 and for 25 seconds: readers notice nothing, staff wait or are told."""

from __future__ import annotations

import sqlite3
import threading
import time

from bench.drills.ground import Site
from bench.drills.visits import GUIDE, Staff, ask, serving

FIRST = 'from articles.models import Article; print("pk", Article.objects.first().pk)'


def held(path, seconds, is_held):
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        is_held.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")


def locked(site, base, path, staff, seconds):
    """(code, text, seconds) of a save meanwhile, and the longest that a reader waited."""
    form, is_held = staff.form(path), threading.Event()
    form["lead"] = words = f"Written while it was locked for {seconds} seconds."
    other = threading.Thread(target=held, args=(site.folder / "site.sqlite3", seconds, is_held))
    other.start()
    is_held.wait()
    found = []
    saver = threading.Thread(target=lambda: found.append(staff.send(path, form)))
    saver.start()
    waits = []
    while other.is_alive():
        for page in (GUIDE, "/", "/search/?q=cells"):
            code, _text, took = ask(base, page)
            assert code == 200, f"{page} answered {code}"
            waits.append(took)
        time.sleep(0.2)
    saver.join()
    return *found[0], max(waits), words


def drill(folder):
    site = Site(folder / "site")
    site.furnish()
    path = f"/admin/articles/article/{site.do(FIRST).split('pk ')[1].strip()}/change/"
    with serving(site) as base:
        staff = Staff(site, base, "administrator")
        code, _text, took, longest, words = locked(site, base, path, staff, 3)
        assert code == 302 and took > 2, f"a save beside a lock of 3 s: {code} after {took:.1f} s"
        assert staff.form(path)["lead"] == words, "what was saved is not there"
        code, text, waited, slowest, words = locked(site, base, path, staff, 25)
        assert code == 503 and "Nothing was saved" in text and waited < 25, f"beside one of 25 s: {code}, {waited:.1f} s"
        form = staff.form(path)
        form["lead"] = words
        assert staff.send(path, form)[0] == 302 and staff.form(path)["lead"] == words, "nor afterwards"
    site.head()
    longest = max(longest, slowest)
    assert longest < 2, f"a reader waited {longest:.1f} s"
    return f"3 s: saved after {took:.1f}; 25 s: told after {waited:.1f}, saved later; readers waited {longest:.2f} s at most"
