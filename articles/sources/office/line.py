"""One paragraph being written, and how its words look: the same of Word and of OpenDocument."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_BASED = 20  # styles that stand on each other
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Look(NamedTuple):
    bold: bool = False
    bold_rtl: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    place: str = ""
    size: int = 0  # half points
    font: str = ""

    def is_bold(self, text: str) -> bool:
        """Whether this text is bold: words from right to left have a mark of their own."""
        return self.bold or (self.bold_rtl and bool(_RTL.search(text)))


@dataclass
class Line:
    look: Look = field(default_factory=Look)
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    by: set[str] = field(default_factory=set)
    boxes: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)  # of so many letters

    def add(self, html: str, text: str = "") -> None:
        self.html.append(html)
        self.text.append(text)

    def look_of(self, text: str, look: Look) -> None:
        """Take down how a text looks; signs alone make no paragraph bold or large."""
        if any(map(str.isalnum, text)):
            self.bold.append(look.is_bold(text))
            self.sizes[look.size] += len(text)

    @property
    def is_bold(self) -> bool:
        return bool(self.bold) and all(self.bold)

    @property
    def size(self) -> int:
        """That of most of its letters, in half points."""
        return max(self.sizes, key=self.sizes.get, default=0)
