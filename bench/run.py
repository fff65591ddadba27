"""make bench: ours beside the limit and Wagtail in one run, in rounds that alternate. See README.md.

python bench/run.py [--sizes 1000 10000] [--rounds 20] [--no-wagtail]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time

import prepare
import years

PAGES = {"article": "/articles/article-0/", "index": "/articles/"}
# Long enough that what the others left in the processor's caches does not count
BATCH = {"ours": 500, "limit": 500, "wagtail": 20, "wagtail-cached": 250}
BARS = (("limit", "at most", 1.3), ("wagtail", "at least", 25), ("wagtail-cached", "at least", 1.4))
MISSED = 12  # ms
IMPORTED = 8  # ms a guide with five questions


class Contestant:
    """One contestant in its own interpreter, asked in batches."""

    def __init__(self, name, size):
        self.name, self.file = name, prepare.database(name, size)
        self.process = self.start()

    def start(self, *more):
        is_wagtail = self.name.startswith("wagtail")
        python, folder = (prepare.WAGTAIL_PYTHON, prepare.WAGTAIL) if is_wagtail else (prepare.OURS, prepare.ROOT)
        process = subprocess.Popen(
            [python, prepare.HERE / "one.py", self.name, self.file, *more],
            cwd=folder,
            env=os.environ | {"VAR": str(prepare.WORK), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if process.stdout.readline() != "ready\n":
            raise SystemExit(f"{self.name} did not start: see the lines above.")
        return process

    def ask(self, kind, path, repeat):
        self.process.stdin.write(f"{kind} {path} {repeat}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} ended: see the lines above.")
        return json.loads(answer)["ms"]

    @contextlib.contextmanager
    def publishing(self):
        """Meanwhile another process publishes a guide each second."""
        publisher = self.start("publish")
        try:
            yield
        finally:
            publisher.kill()
            publisher.wait()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def measure(size, names, rounds):
    """CPU ms of one request by (name, page): the mean of each batch. The first two rounds are for warming."""
    contestants, found = [Contestant(name, size) for name in names], {}
    for number in range(rounds + 2):
        for page, path in PAGES.items():
            shift = number % len(contestants)
            for one in contestants[shift:] + contestants[:shift]:
                times = one.ask("stored", path, BATCH[one.name])
                if number > 1:
                    found.setdefault((one.name, page), []).append(statistics.fmean(times))
    for page, path in PAGES.items():
        found["ours", f"missed {page}"] = contestants[0].ask("missed", path, 5 * rounds)
    for one in contestants:
        with one.publishing():
            for page, path in PAGES.items():
                found[one.name, f"{page}, published each second"] = one.ask("second", path, 4)
    for one in contestants:
        one.stop()
    return found


def show(size, names, found):
    print(
        f"\n### {size:,} guides with five questions each: CPU ms of one request, median (least to most of the rounds)\n"
    )
    pages = [*PAGES, *(f"{page}, published each second" for page in PAGES)]
    print("| | " + " | ".join(pages) + " |\n| --- |" + " --: |" * len(pages))
    for name in names:
        cells = [found[name, page] for page in pages]
        shown = [f"{statistics.median(ms):.3f} ({min(ms):.3f} to {max(ms):.3f})" for ms in cells]
        print(f"| {name} | " + " | ".join(shown) + " |")
    print("\n| bar | article | index |\n| --- | --: | --: |")
    for name, how, bar in BARS:
        if name in names:
            print(f"| {how} {bar} × {'' if name == 'limit' else 'less than '}{name} | {ratios(found, name)} |")
    missed = [f"{statistics.median(found['ours', f'missed {page}']):.1f} ms" for page in PAGES]
    print(f"| missed: at most {MISSED} ms | " + " | ".join(missed) + " |")


def ratios(found, name):
    """The median of the ratios of the same rounds, and their middle half."""
    cells = []
    for page in PAGES:
        pairs = zip(found["ours", page], found[name, page], strict=True)
        each = [ours / theirs if name == "limit" else theirs / ours for ours, theirs in pairs]
        low, middle, high = statistics.quantiles(each, n=4)
        cells.append(f"{middle:.2f} ({low:.2f} to {high:.2f})")
    return " | ".join(cells)


def fill(sizes, with_wagtail):
    """Fill what is not filled yet. Returns whether Wagtail takes part."""
    (prepare.WORK / "db").mkdir(parents=True, exist_ok=True)
    smaller = 0
    for size in sizes:
        print(f"Filling {size:,} guides, where that was not done before ...", file=sys.stderr)
        if took := prepare.ours(size, smaller):
            print(
                f"Import with publishing, {size - smaller:,} more: {took[0]:.1f} ms of CPU a guide, {took[1]:.1f} ms of wall; the bar is {IMPORTED} ms"
            )
        prepare.the_limit(size)
        if with_wagtail:
            try:
                prepare.wagtail()
                if took := prepare.wagtail_filled(size, smaller):
                    print(f"Wagtail's add_child, {size - smaller:,} more: {took}")
            except subprocess.CalledProcessError as problem:
                print(f"Skipped: Wagtail, since it could not be installed here ({problem.stderr.strip()[-200:]})")
                with_wagtail = False
        smaller = size
    return with_wagtail


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--no-wagtail", action="store_true")
    asked = parser.parse_args()
    began = time.strftime("%Y-%m-%d %H:%M")
    print(f"{began}, {os.cpu_count()} cores, {' '.join(f'{load:.1f}' for load in os.getloadavg())} already running")
    with_wagtail = fill(sorted(asked.sizes), not asked.no_wagtail)
    names = ["ours", "limit", *(["wagtail", "wagtail-cached"] if with_wagtail else [])]
    if asked.no_wagtail:
        print("Skipped: Wagtail, as asked.")
    for size in sorted(asked.sizes):
        show(size, names, measure(size, names, asked.rounds))
    years.show(Contestant, min(asked.sizes), asked.rounds)


if __name__ == "__main__":
    main()
