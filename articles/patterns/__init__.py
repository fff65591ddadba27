"""Patterns that a new guide may start from: headings, each with one grey sentence on what belongs below it.

Before each grey sentence stands the sign by which findings know those that were left.

One file each: what it is called, what it has, a line of dashes, and the text. No Django models.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

NAMES = ("treatment", "test", "operation", "medicine", "condition", "visit")


class Pattern(NamedTuple):
    name: str
    title: str
    says: str
    text: str


@cache
def patterns():
    """All patterns, in the order in which they are offered."""
    found = []
    for name in NAMES:
        head, text = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8").split("---\n", 1)
        found.append(Pattern(name, *head.splitlines()[:2], text))
    return found
