"""Prints: HTML to PDF, one at a time on this machine, with the fonts of the project alone.

Patients wait a few seconds at most; whatever stands in the way is said, and they print with their browser.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from fontTools.ttLib import TTFont

from carsite.reader.parts import missing_parts

FONTS = Path(__file__).parents[1] / "fonts"
PRINTER = Path(__file__).with_name("printer.py")
SECONDS = 5.0
SETTLING = 0.1  # until what was printed before is stored
LARGEST = 100_000  # bytes of a PDF
# More who wait would keep threads from readers of pages.
WAITING = BoundedSemaphore(4)


class Unprintable(Exception):
    """Why there is no PDF now, as a sentence."""


@cache
def missing() -> str:
    """What an operator has to install before anything is printed here, as a sentence; nothing where all is there."""
    left = missing_parts()
    return f"printed guides need parts of the system: sudo apt-get install {left}" if left else ""


def pdf_of(html: str, folder: Path, ready: Callable[[], bytes | None] = lambda: None) -> bytes:
    """The PDF of a page that loads nothing but what stands in it. Raises Unprintable.

    `folder` is where the lock stands that all processes share, and what the fonts keep to be found faster. `ready` is
    asked, when others were printed first, whether this was among them.
    """
    if missing():
        raise Unprintable(missing())
    if unknown := set(filter(str.isprintable, html)) - letters():
        raise Unprintable(f"no font of ours has these letters: {' '.join(sorted(unknown)[:9])}")
    if not WAITING.acquire(blocking=False):
        raise Unprintable("too many others wait")
    ends = time.monotonic() + SECONDS
    try:
        with alone(folder / "printing.lock", ends) as has_waited:
            if has_waited:
                time.sleep(SETTLING)
            return (has_waited and ready()) or _printed(html, folder, ends)
    finally:
        WAITING.release()


@cache
def letters() -> frozenset[str]:
    """All letters that the fonts have."""
    found: set[str] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


@contextmanager
def alone(path: Path, ends: float) -> Iterator[bool]:
    """One at a time, in all processes; whether others were first. Raises Unprintable when the moment has come."""
    has_waited = False
    with path.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends - 0.5:
                    raise Unprintable("others are printed first") from None
                has_waited = True
                time.sleep(0.05)
        yield has_waited


def _printed(html: str, folder: Path, ends: float) -> bytes:
    environment = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "XDG_CACHE_HOME": str(folder), "LANG": "C.UTF-8"}
    kept = {name: value for name in ("PATH", "LD_LIBRARY_PATH") if (value := os.environ.get(name))}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PRINTER)],
            input=html.encode(),
            capture_output=True,
            env=kept | environment,
            timeout=max(ends - time.monotonic(), 0.1),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unprintable("it takes too long") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unprintable(f"the printer failed: {said[-1] if said else done.returncode}")
    return done.stdout
