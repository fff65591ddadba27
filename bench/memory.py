"""Memory of the project's own server after every kind of page was asked for, with one guide and with many.

python bench/memory.py [SIZE ...]      1 and 10000 unless said
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import itertools
import sys
import urllib.error
import urllib.request

import prepare
import servers

AT_A_TIME = 16
MOST = {"guides": 3000, "list pages": 99, "searches": 300, "maps": 20}
WORDS = ("kidney", "blood", "nurse", "cells", "guide", "risk", "tablet", "heart", "night", "water")


def paths(size):
    """What a crawler and many readers ask for; every page of guides twice, once to be made and once stored."""
    guides = [f"/articles/article-{number % size}/" for number in range(MOST["guides"])]
    pages = range(1, min(1 + size // 50, MOST["list pages"]) + 1)
    lists = [f"/{kind}/?page={number}" for kind in ("articles", "faq") for number in pages]
    searches = [f"/search/?q={one}+{other}" for one, other in itertools.product(WORDS, repeat=2)]
    maps = ["/sitemap.xml", *(f"/sitemap-questions.xml?p={number}" for number in range(1, MOST["maps"] + 1))]
    return [*guides, *guides, *lists, "/", "/topics/cancer-treatments/", *(searches * 3)[: MOST["searches"]], *maps]


def ask(path):
    request = urllib.request.Request(f"http://127.0.0.1:{servers.PORT}{path}", headers={"Accept-Encoding": "br"})
    with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()


def measure(size):
    """MiB (PSS) of all processes after the load."""
    prepare.ours(size)
    with servers.serving("", prepare.database("ours", size)) as server:
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as readers:
            list(readers.map(ask, paths(size)))
        return servers.memory(server)


def main():
    (prepare.WORK / "db").mkdir(parents=True, exist_ok=True)
    found = {size: measure(size) for size in (map(int, sys.argv[1:]) if sys.argv[1:] else (1, 10000))}
    least = min(found.values())
    print("| guides | MiB | × the least |\n| --: | --: | --: |")
    for size, mebibytes in found.items():
        print(f"| {size:,} | {mebibytes:.0f} | {mebibytes / least:.2f} |")


if __name__ == "__main__":
    main()
