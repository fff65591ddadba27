"""Signs of nobody's script that stand in the words of a text for what is no word in it. No Django models."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIRST, _LAST = 0xF0000, 0x10FFFD
CELL = chr(_LAST)  # the end of a cell of a table
HELD = f"{chr(_FIRST)}-{CELL}"
UNREAD = re.compile(f"[{chr(_FIRST)}-{chr(_LAST - 1)}]")


class Token(NamedTuple):
    """Something dangerous, as it was `shown`; `value` and `unit` are what it means.

    `kind`: number, word, place (where a medicine goes), medicine (by how its name ends), where (a step happens), link,
    picture, note (one that stands in both texts), mark or blank (what is filled in by hand).

    A number has its digits (or its word) as value; "days" alone is a number without a value.
    """

    kind: str
    value: str
    shown: str
    unit: str = ""


class Signs:
    """The signs of two texts that are compared: what each is as Markdown, and the letters or token it is read as.

    The same means the same sign. A text that can be published does not hold more than there are.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, Token | None], str] = {}
        self.tokens: dict[str, Token] = {}
        self._markdown: dict[int, str] = {ord(CELL): " | "}
        self._letters: dict[int, str] = {}

    def sign(self, markdown: str, letters: str = "", token: Token | None = None) -> str:
        name = markdown, letters, token
        if name not in self.known:
            at = _FIRST + len(self.known)
            self.known[name] = chr(at)
            self._markdown[at] = markdown
            if token:
                self.tokens[chr(at)] = token
            else:
                self._letters[at] = UNREAD.sub("", letters).replace(CELL, "")
        return self.known[name]

    def written(self, text: str) -> str:
        """Words as people typed them: Markdown."""
        return text if text.isascii() else text.translate(self._markdown)

    def read(self, text: str) -> str:
        """Words with signs for what is dangerous, and no others."""
        return text if text.isascii() else text.translate(self._letters)

    def letters(self, text: str) -> str:
        return UNREAD.sub("", self.read(text))

    def plain(self, text: str) -> str:
        """Words that somebody wrote, whatever is in them."""
        return text if text.isascii() else _HOLDS.sub(lambda found: self.sign(found[0]), text)


_HOLDS = re.compile(f"[{HELD}]")
