"""Markdown as sentences with what is dangerous in each. No Django models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publishing.danger_reading import Reading, read
from publishing.danger_words import Words

_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_ENTRY = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,2})[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_MARKS_ONLY = re.compile(r"[\s|:=*_+-]*|[ \t]*(?:```[^`]*|~~~.*)")
_ASIDE = re.compile(r"\s*\((?:at:[^()\n]{1,80}|risks)\)\s*\Z", re.IGNORECASE)
_LEADS = re.compile(r"[^.!?।॥؟۔]\Z")

_END = re.compile(
    r"(?<![.!?।॥؟۔…])[.!?।॥؟۔…]++[\"'”’»)\]*_~]*(?=\s+(?![a-z]))|(?<![।॥؟۔])[।॥؟۔]++(?=[^\s\"'”’»)\]*_~.])"
)
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|dr|mr|mrs|ms|vs|approx|tel|prof)|(?<![^\s.])(?:डॉ|मि|कि|ग्रा|ली|एम|आई|माइक्रो|डि))\.\Z",
    re.IGNORECASE,
)

_DEFINED = re.compile(r"^ {0,3}\[([^\[\]^]+)\]:", re.MULTILINE)


@dataclass
class Block:
    """A paragraph, heading, row of a table or entry of a list, without the marks that say so.

    `is_first` if a blank line or another kind of block is above it. `under` is what leads a list: the line above it, or
    else the heading. `place` orders blocks; from 0 to 1.
    """

    lines: list[str]
    kind: str
    is_first: bool = True
    indent: int = 0
    under: str = ""
    place: float = 0.0
    source: str = ""


@dataclass(eq=False)
class Sentence:
    """A sentence as it was written, what it says, and what is said above its list.

    `is_free` until its other half in the other text is found; `is_equal` if that says exactly the same.
    """

    source: str
    reading: Reading
    block: Block
    lead: Reading
    is_free: bool = True
    is_equal: bool = False

    def __post_init__(self) -> None:
        self.words, self.tokens, self.place = self.reading.bag, self.reading.tokens, self.block.place
        self.content, self.turns = self.reading.content, self.reading.turns
        self.key = (self.reading.words, self.reading.meanings, self.lead.meanings)


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    found: list[Block] = []
    is_open = False
    for line in re.split("\r\n?|[\n\x0b\x0c]", text):
        quote = _QUOTE.match(line)
        line = line[quote.end() :] if quote else line
        if _MARKS_ONLY.fullmatch(line):
            is_open = False
            continue
        heading, entry = _HEADING.match(line), _ENTRY.match(line)
        last = found[-1] if found else None
        if heading:
            found.append(Block([line[heading.end() :].rstrip("# ")], "heading"))
        elif "|" in line:
            found.append(Block([line], "row"))
        elif entry and _begins(entry, last, is_open):
            found.append(Block([line[entry.end() :]], "entry", not is_open, len(entry[0].expandtabs(4))))
        elif is_open and last and last.kind in ("entry", "paragraph"):
            last.lines.append(line)
        else:
            found.append(Block([line], "paragraph"))
        is_open = True
    _lead(found)
    return found


def _begins(entry: re.Match, last: Block | None, is_open: bool) -> bool:
    """Whether a line that looks like an entry is one: a line that wraps may begin with "5. " as well."""
    indent, number = len(entry[1].expandtabs(4)), entry[2]
    is_beside_list = last is not None and last.kind == "entry"
    if indent >= 4 and not is_beside_list:
        return False
    if not is_open or number is None or int(number) == 1:
        return True
    return is_beside_list and last is not None and indent < last.indent


def _lead(found: Sequence[Block]) -> None:
    """Sets the source of each block, and of each entry what it stands under."""
    heading = under = ""
    for block in found:
        block.source = " ".join(" ".join(block.lines).split())
        if block.source.endswith(")"):
            block.source = _ASIDE.sub("", block.source)
        if block.kind == "heading":
            heading = under = block.source
        elif block.kind == "paragraph":
            under = block.source if _LEADS.search(block.source.rstrip("*_ ")) else heading
        elif block.kind == "entry":
            block.under = under


def runs(found: Sequence[Block]) -> list[list[Block]]:
    """The blocks with the entries of one list, when no blank line is between them, held together."""
    together: list[list[Block]] = []
    for block in found:
        if not block.is_first and together[-1][0].kind == "entry":
            together[-1].append(block)
        else:
            together.append([block])
    return together


class Reader:
    """Reads blocks as sentences, each different one once. `labels` are the names of links defined apart."""

    def __init__(self, words: Words, *texts: str) -> None:
        self.words = words
        self.labels = {label.casefold() for text in texts for label in _DEFINED.findall(text)}
        self.known: dict[str, Reading] = {}
        self.parts: dict[str, list[str]] = {}

    def read(self, source: str) -> Reading:
        if source not in self.known:
            self.known[source] = read(source, self.words, self.labels)
        return self.known[source]

    def sentences(self, block: Block) -> list[Sentence]:
        lead = self.read(block.under)
        source = block.source
        if source not in self.parts:
            self.parts[source] = [source] if block.kind in ("heading", "row") else list(_parts(source))
        return [Sentence(part, self.read(part), block, lead) for part in self.parts[source]]


def _parts(source: str) -> Iterator[str]:
    start = 0
    for end in (found.end() for found in _END.finditer(source)):
        if not _SHORT.search(source[max(start, end - 12) : end]):
            yield source[start:end].strip()
            start = end
    if rest := source[start:].strip():
        yield rest
