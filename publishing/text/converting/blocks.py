"""The blocks of a text on their way from a foreign page into Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishing.text.converting.pieces import Piece

Row = list[list[Piece]]


@dataclass
class Block:
    """A paragraph, a heading, an entry of a list, a table, or what holds others: a quote, a box, a footnote.

    `depth` says how far in an entry stands; a paragraph of depth 0 or more belongs to the entry above it.
    """

    kind: str  # text, heading, entry, table, quote, box, note, rule
    pieces: list[Piece] = field(default_factory=list)
    depth: int = -1
    rank: int = 0  # of a heading, as the page has it
    number: int | None = None  # of an entry; None where it has a bullet
    of: str = ""  # which list an entry is of; the label of a footnote
    rows: list[Row] = field(default_factory=list)
    has_head: bool = False
    inside: list[Block] = field(default_factory=list)
