"""One paragraph being written, and how its words look: the same of Word and of OpenDocument."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_BASED = 20  # styles that stand on each other
# What Word calls complex: from right to left, and the scripts of India and beyond
_COMPLEX = re.compile("[\u0590-\u0fff\ufb1d-\ufdff\ufe70-\ufeff]")


class Look(NamedTuple):
    bold: bool = False
    bold_complex: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    underlined: bool = False
    place: str = ""
    size: int = 0  # half points
    font: str = ""

    def is_bold(self, text: str) -> bool:
        """Whether this text is bold: words of complex scripts have a mark of their own."""
        return self.bold or (self.bold_complex and bool(_COMPLEX.search(text)))


@dataclass
class Line:
    look: Look = field(default_factory=Look)
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    by: set[str] = field(default_factory=set)
    said_of: list[tuple[str, str]] = field(default_factory=list)  # comments: by whom, and what
    boxes: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    underlined: list[bool] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)  # of so many letters

    def add(self, html: str, text: str = "") -> None:
        self.html.append(html)
        self.text.append(text)

    def look_of(self, text: str, look: Look) -> None:
        """Take down how a text looks; signs alone make no paragraph bold or large."""
        if any(map(str.isalnum, text)):
            self.bold.append(look.is_bold(text))
            self.underlined.append(look.underlined)
            self.sizes[look.size] += len(text)

    @property
    def is_bold(self) -> bool:
        return bool(self.bold) and all(self.bold)

    @property
    def is_marked(self) -> bool:
        """Whether all of it is underlined or in capitals, as some mark their headings."""
        text = "".join(self.text)
        return (bool(self.underlined) and all(self.underlined)) or (text.isupper() and len(text.strip()) > 3)

    @property
    def size(self) -> int:
        """That of most of its letters, in half points."""
        return max(self.sizes, key=self.sizes.get, default=0)
