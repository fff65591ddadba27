"""Prints: HTML to PDF, one at a time on this machine, with the fonts of the project alone.

Patients wait a few seconds at most; whatever stands in the way is said, and they print with their browser.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from fontTools.ttLib import TTFont

from carsite.reader.parts import missing_parts

FONTS = Path(__file__).parents[1] / "fonts"
PRINTER = Path(__file__).with_name("printer.py")
SECONDS, PATIENT_SECONDS = 5.0, 25.0  # for a reader who waits, and where nobody does
DEAR = 3.5  # seconds of the processor: what took less and came to no end had to wait for others
SETTLING = 0.1  # until what was printed before is stored
LARGEST = 100_000  # bytes of a PDF
# What could not be printed, by its digest: until when nobody tries it again, why, and how long it rested. Else
# strangers could keep one processor busy with a guide that has no sheet; a guide that changed has another digest.
# Where the machine was busy it is soon tried again, each time later.
RESTING: dict[str, tuple[float, str, float]] = {}
REST, SHORT_REST, MOST_RESTING = 600.0, 10.0, 500
# More who wait would keep threads from readers of pages.
WAITING = BoundedSemaphore(4)


class Unprintable(Exception):
    """Why there is no PDF now, as a sentence."""


class Unlettered(Unprintable):
    """It holds letters that no font of ours has: it was never printed, on no machine."""


class Hindered(Unprintable):
    """Nothing is wrong with the guide: the machine had other things to do, and later it may be printed."""


@cache
def missing() -> str:
    """What an operator has to install before anything is printed here, as a sentence; nothing where all is there."""
    left = missing_parts()
    return f"printed guides need parts of the system: sudo apt-get install {left}" if left else ""


def pdf_of(
    html: str, folder: Path, ready: Callable[[], bytes | None] = lambda: None, *, is_patient: bool = False
) -> bytes:
    """The PDF of a page that loads nothing but what stands in it. Raises Unprintable.

    `folder` is where the lock stands that all processes share, and what the fonts keep to be found faster. `ready` is
    asked, when others were printed first, whether this was among them. Who `is_patient` has time, and no reader waits.
    """
    if missing():
        raise Unprintable(missing())
    if unknown := set(filter(str.isprintable, html)) - letters():
        raise Unlettered(f"no font of ours has these letters: {' '.join(sorted(unknown)[:9])}")
    key = hashlib.sha256(html.encode()).hexdigest()
    if (resting := RESTING.get(key)) and time.monotonic() < resting[0] and not (is_patient and resting[2] < REST):
        raise (Unprintable if resting[2] >= REST else Hindered)(resting[1])
    if not WAITING.acquire(blocking=False):
        raise Hindered("too many others wait")
    ends = time.monotonic() + (PATIENT_SECONDS if is_patient else SECONDS)
    try:
        with alone(folder / "printing.lock", ends) as has_waited:
            if has_waited:
                time.sleep(SETTLING)
            return (has_waited and ready()) or _tried(html, folder, ends, None if has_waited else key)
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
                    raise Hindered("others are printed first") from None
                has_waited = True
                time.sleep(0.05)
        yield has_waited


def warm(folder: Path) -> None:
    """Print a word, so that the first reader need not wait until fonts and library were read from the disk."""
    with suppress(Unprintable, OSError):
        pdf_of('<html lang="en"><title>a</title><p>a <b>a</b> अ <b>अ</b> ا <b>ا</b></html>', folder, is_patient=True)


def _tried(html: str, folder: Path, ends: float, key: str | None) -> bytes:
    """The PDF. What had all the time there is, and failed, rests under its key; who waited had less."""
    try:
        return _printed(html, folder, ends)
    except Unprintable as problem:
        if key:
            if len(RESTING) >= MOST_RESTING:
                RESTING.clear()
            rested = RESTING[key][2] if key in RESTING else SHORT_REST / 2
            rest = min(2 * rested, REST) if isinstance(problem, Hindered) else REST
            RESTING[key] = time.monotonic() + rest, str(problem), rest
        raise


def _printed(html: str, folder: Path, ends: float) -> bytes:
    environment = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf"), "XDG_CACHE_HOME": str(folder), "LANG": "C.UTF-8"}
    kept = {name: value for name in ("PATH", "LD_LIBRARY_PATH") if (value := os.environ.get(name))}
    before = processor_of_children()
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
        if processor_of_children() - before < DEAR:
            raise Hindered("the machine is busy") from None
        raise Unprintable("it takes too long") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unprintable(f"the printer failed: {said[-1] if said else done.returncode}")
    return done.stdout


def processor_of_children() -> float:
    """Seconds that ended processes took which this one started: of prints one at a time, so of the last."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
