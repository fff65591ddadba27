"""Markdown as sentences with what is dangerous in each. No Django models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from publishing.safety.blocks import MARKS, OF_SECTIONS, Block
from publishing.safety.reading import Reading, read
from publishing.safety.signs import HELD, Signs
from publishing.safety.words import Words

_END = re.compile(
    rf"(?<![.!?।॥؟۔…])[.!?।॥؟۔…]++[\"'”’»)\]*_~{HELD}]*(?=\s+(?![a-z]))"
    rf"|(?<![।॥؟۔])[।॥؟۔]++(?=[^\s\"'”’»)\]*_~.{HELD}])"
)
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|dr|mr|mrs|ms|vs|approx|tel|prof|sr|sra|dra|ej|aprox|núm)|(?<![^\s.])(?:डॉ|मि|कि|ग्रा|ली|एम|आई|माइक्रो|डि))\.\Z",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Sentence:
    """A sentence as it was written, what it says, and what is said above its list.

    `is_free` until its other half in the other text is found; `is_equal` if that says exactly the same. `is_first` in
    its block.
    """

    source: str
    reading: Reading
    block: Block
    lead: Reading
    is_first: bool
    is_free: bool = True
    is_equal: bool = False

    def __post_init__(self) -> None:
        self.words, self.tokens, self.place = self.reading.bag, self.reading.tokens, self.block.place
        self.content, self.turns = self.reading.content, self.reading.turns
        # Alone, a note and where a step happens say nothing dangerous; nor do skin and eyes where nothing goes on them.
        quiet = ("where", "note") if self.reading.is_taking else ("where", "note", "place")
        self.alarms = [token for token in self.tokens if token.kind not in quiet]
        self.is_listed = self.is_first and self.block.kind == "entry" and self.lead.is_warning
        self.is_warning = self.reading.is_warning or (self.block.kind == "entry" and self.lead.is_warning)
        self.key = (self.reading.words, self.reading.meanings, self.lead.meanings)


def runs(found: Sequence[Block]) -> list[list[Block]]:
    """The blocks with the entries of one list, when no blank line is between them, held together."""
    together: list[list[Block]] = []
    for block in found:
        if not block.is_first and together[-1][0].kind == "entry":
            together[-1].append(block)
        else:
            together.append([block])
    return together


def sections(found: Sequence[Block]) -> Iterator[list[Block]]:
    """Each heading with all that stands beneath it, up to the next heading of its level or above."""
    for at, block in enumerate(found):
        if block.kind == "heading":
            ends = (other for other in range(at + 1, len(found)) if 0 < found[other].level <= block.level)
            yield list(found[at : next(ends, len(found))])


def parts(found: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """What may not go unnoticed if all of it is gone, with how to say so: sections, then warnings, then steps."""
    for section in sections(found):
        yield f"the section “{section[0].source}” is gone", section
    for _, noted in groupby(found, key=lambda block: block.note):
        some = list(noted)
        if MARKS.get(some[0].mark, 0) > 1 and some[0].mark not in OF_SECTIONS:
            yield "a warning is gone", some
    for block in found:
        if block.steps:
            yield "a step is gone", [block]


class Reader:
    """Reads the blocks of two texts as sentences, each different one once."""

    def __init__(self, words: Words, signs: Signs, *, has_groups: bool = False) -> None:
        self.words, self.signs, self.has_groups = words, signs, has_groups
        self.known: dict[str, Reading] = {}
        self.parts: dict[str, list[str]] = {}

    def read(self, text: str) -> Reading:
        if text not in self.known:
            self.known[text] = read(text, self.words, self.signs, has_groups=self.has_groups)
        return self.known[text]

    def lead(self, block: Block) -> Reading:
        return self.read(block.under.text if block.under else "")

    def sentences(self, block: Block) -> list[Sentence]:
        lead, text = self.lead(block), block.text
        if text not in self.parts:
            self.parts[text] = [text] if block.kind in ("heading", "row") else list(_cut(text))
        written = self.signs.written
        return [
            Sentence(written(part), self.read(part), block, lead, not at) for at, part in enumerate(self.parts[text])
        ]


def _cut(source: str) -> Iterator[str]:
    start = 0
    for end in (found.end() for found in _END.finditer(source)):
        if not _SHORT.search(source[max(start, end - 12) : end]):
            yield source[start:end].strip()
            start = end
    if rest := source[start:].strip():
        yield rest
