"""What no text may exceed, however it was made: seconds of processor time, for a quiet machine. Exits with 1 where one does.

python bench/limits.py [WORD]      only those whose name holds the word

The texts, and what must become of them, stand in the tests. A limit is given for a machine on which the fixed work takes a
twentieth of a second; where neighbours or an older processor slow everything down, they slow that work down too.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "carsite.settings"

ROUNDS = 3


def cases():
    """(name, limit, what is done) of each."""
    from articles.tests.conftest import plain
    from articles.tests.test_source_findings import LINES, megabyte
    from publishing.findings import Guide, run
    from publishing.text import TooLong, Unusable
    from publishing.safety import find
    from publishing.tests import test_differences, test_rendering_figures, test_rendering_safety, test_rendering_tables
    from publishing.tests.test_pictures import white_png
    from publishing.text import LONGEST, Terms, forms_of, keep, pieces, render
    from publishing.text.pictures import clean

    def refused(what, given):
        try:
            what(given)
        except (TooLong, Unusable):
            pass

    for name, (before, after) in test_differences.WORST.items():
        yield f"compare ten thousand words, {name}", 0.5, lambda a=before, b=after: (pieces(a, b), find(a, b))
    for name, text in test_rendering_safety.FLOODS.items():
        yield f"render a flood, {name}", 1, lambda text=text: render(text)
    prose = test_rendering_safety.SECTION * (LONGEST // len(test_rendering_safety.SECTION.encode()))
    yield "render a long guide of ordinary prose", 1, lambda: render(prose)
    for rows in (7000, 8000):
        yield f"render a table of {rows} rows", 0.6, lambda rows=rows: render(test_rendering_tables.HEAD + "|a|b|\n" * rows)
    for name, text in test_rendering_tables.TOO_LONG.items():
        yield f"refuse a table, {name}", 0.6, lambda text=text: refused(render, text)
    for unit in test_rendering_figures.UNITS:
        for tail in test_rendering_figures.TAILS:
            text = unit * (200_000 // len(unit)) + tail
            yield f"hold figures together, {unit!r} and {tail!r}", 2, lambda text=text: keep(text)
    for line in LINES:
        yield f"read a megabyte of {line[:6]!r}", 2, lambda text=megabyte(line): plain(text)
    section = "## Risks\n\n" + "Take 5 mg at once if it hurts you, and call us at night. " * 12 + "\n\n"
    yield "find what is missing in 3,000 words", 0.05, lambda: list(run(Guide({"body": section * 20}, "en", 2026)))
    listed = [(number, forms_of(f"risk {number} of harm", "", "en")) for number in range(1_000)]
    html = render(section * 20)
    yield "look for a thousand terms in 3,000 words", 0.05, lambda: Terms(listed).found(html)
    flood = render("*!* " * 40_000 + "risk *1 of* harm " * 1_000)
    yield "look for terms in a flood of signs", 0.5, lambda: Terms(listed).found(flood)
    yield "refuse 256 million pixels", 0.2, lambda upload=white_png(16_000, 16_000): refused(clean, upload)


def seconds(what):
    began = time.process_time()
    what()
    return time.process_time() - began


def fixed_work():
    return seconds(lambda: sum(hash((number, str(number))) for number in range(250_000)))


def measured(what):
    """The least of some rounds, in seconds of a quiet machine: other programs make a measurement longer, never shorter."""
    least = []
    for _ in range(ROUNDS):
        before, spent = fixed_work(), seconds(what)
        least.append(spent / (20 * max(before, fixed_work(), 0.05)))
    return min(least)


def main(word=""):
    import django

    django.setup()
    beyond = 0
    for name, limit, what in cases():
        if word in name:
            took = measured(what)
            beyond += took >= limit
            print(f"{'BEYOND ' if took >= limit else ''}{name}: {took:.3f} s of {limit} s")
    return min(beyond, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
