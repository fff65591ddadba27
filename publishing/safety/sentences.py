"""Markdown as sentences with what is dangerous in each. No Django models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from publishing.safety.reading import Reading, read
from publishing.safety.words import Words

_NOTE = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.IGNORECASE)
MARKS = {"NOTE": 1, "IMPORTANT": 2, "WARNING": 2, "CAUTION": 2, "RISKS": 2}  # how loudly each warns
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_ENTRY = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,2})[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+")
_MARKS_ONLY = re.compile(r"[\s|:=*_+-]*|[ \t]*(?:```[^`]*|~~~.*)")
_ASIDE = re.compile(r"\s*\((?:at:[^()\n]{1,80}|risks)\)\s*\Z", re.IGNORECASE)
_RISKS = "(risks)"
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
    else the heading. `place` orders blocks; from 0 to 1. `level` is a heading's. `mark` is the kind of note it stands
    in, or RISKS for a heading that says so; blocks of one note have the same `note`. `head` is the row that heads a
    row's table, `rows` are those that it heads.
    """

    lines: list[str]
    kind: str
    is_first: bool = True
    indent: int = 0
    under: str = ""
    place: float = 0.0
    source: str = ""
    level: int = 0
    is_step: bool = False
    mark: str = ""
    note: int = 0
    head: Block | None = None
    rows: list[Block] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.source, self.mark


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
        # Skin and eyes say nothing dangerous where nothing goes on them.
        self.alarms = [token for token in self.tokens if token.kind != "place" or self.reading.is_taking]
        self.is_listed = self.is_first and self.block.kind == "entry" and self.lead.is_warning
        self.is_warning = self.reading.is_warning or (self.block.kind == "entry" and self.lead.is_warning)
        self.key = (self.reading.words, self.reading.meanings, self.lead.meanings)


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    found: list[Block] = []
    is_open = False
    head: Block | None = None
    for line, mark, note in _noted(re.split("\r\n?|[\n\x0b\x0c]", text)):
        if _MARKS_ONLY.fullmatch(line):
            head = found[-1] if is_open and "-" in line and found[-1].kind == "row" else None
            is_open = False
            continue
        heading, entry = _HEADING.match(line), _ENTRY.match(line)
        last = found[-1] if found else None
        if heading:
            found.append(Block([line[heading.end() :].rstrip("# ")], "heading", level=len(heading[1])))
        elif "|" in line:
            found.append(Block([line], "row", head=head))
            if head:
                head.rows.append(found[-1])
        elif entry and _begins(entry, last, is_open):
            indent = len(entry[0].expandtabs(4))
            found.append(Block([line[entry.end() :]], "entry", not is_open, indent, is_step=bool(entry[2])))
        elif is_open and last and last.kind in ("entry", "paragraph"):
            last.lines.append(line)
            continue
        else:
            found.append(Block([line], "paragraph"))
        found[-1].mark, found[-1].note = mark, note
        is_open = True
    _lead(found)
    return found


def _noted(lines: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Each line without the marks of a quote, with the kind and the number of the note it stands in."""
    mark, note, is_quoted = "", 0, False
    for line in lines:
        quote = _QUOTE.match(line)
        rest = line[quote.end() :] if quote else line
        begins = _NOTE.fullmatch(rest) if quote and not is_quoted else None
        if not (quote and is_quoted):
            note += 1
            mark = begins[1].upper() if begins else ""
        is_quoted = bool(quote)
        yield "" if begins else rest, mark, note


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
            if block.kind == "heading" and block.source.lower().endswith(_RISKS) and block.source.lower() != _RISKS:
                block.mark = "RISKS"
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
        if MARKS.get(some[0].mark, 0) > 1 and some[0].mark != "RISKS":
            yield "a warning is gone", some
    for block in found:
        if block.is_step:
            yield "a step is gone", [block]


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
            self.parts[source] = [source] if block.kind in ("heading", "row") else list(_cut(source))
        return [Sentence(part, self.read(part), block, lead, not at) for at, part in enumerate(self.parts[source])]


def _cut(source: str) -> Iterator[str]:
    start = 0
    for end in (found.end() for found in _END.finditer(source)):
        if not _SHORT.search(source[max(start, end - 12) : end]):
            yield source[start:end].strip()
            start = end
    if rest := source[start:].strip():
        yield rest
