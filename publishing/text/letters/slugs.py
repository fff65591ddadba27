"""Anchors: the ids of headings, made from their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The ids that the page around a text uses, and q1, q2, ... for its questions; "-h" is the heading of a section.
RESERVED = frozenset({"main", "brief", "toc", "questions", "faq", "sources", "about", "words", "now", "ad", "top"})
LONGEST = 60

_QUESTION = re.compile(r"q\d+(?:-|\Z)")


class Anchors:
    """Gives out the ids of one text, each once, with `prefix` in front of all of them."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.taken = {f"{name}-h" for name in RESERVED}
        self.next: dict[str, int] = {}

    def make(self, title: str) -> str:
        """The id for a heading; the same id with "-h" behind it is free as well."""
        name = slug_of(title) or "part"
        if _QUESTION.match(name):
            name = f"part-{name}"
        # Counting on from the last one keeps a thousand equal headings from a million comparisons.
        anchor, number = name, self.next.get(name, 2)
        while anchor in self.taken or f"{anchor}-h" in self.taken:
            anchor, number = f"{name}-{number}", number + 1
        self.next[name] = number
        self.taken |= {anchor, f"{anchor}-h"}
        return self.prefix + anchor


def slug_of(title: str, longest: int = LONGEST) -> str:
    """Letters of every script with their combining marks, and digits, in lower case, with hyphens between words."""
    # A joiner (category Cf) shapes the letters beside it and parts no words.
    letters = [_letter(letter) for letter in one_address(title[: 4 * longest])]
    name = re.sub("-+", "-", "".join(letters)).strip("-")
    if len(name) > longest:
        end = name.rfind("-", 0, longest + 1)
        name = name[: end if end > 0 else longest]
    return name


def one_address(address: str) -> str:
    """An address as it is kept, whatever capitals and Unicode form it was typed in."""
    return address.lower() if address.isascii() else unicodedata.normalize("NFC", address.lower())


@lru_cache(maxsize=1_000)
def _letter(letter: str) -> str:
    if letter.isalnum():
        return letter
    category = unicodedata.category(letter)
    return letter if category[0] == "M" else "" if category == "Cf" else "-"
