"""What differs between two texts, in pieces a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond this many words a comparison word by word takes too long; lines still show what changed.
MOST_WORDS = 2000


@dataclass(frozen=True)
class Piece:
    """Some text that stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one list of pieces: joined without "new" it gives `before`, without "gone" it gives `after`."""
    found: list[Piece] = []
    for old, new in _chunks(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if old == new:
            found.append(Piece("same", old))
        elif len(old) + len(new) > 12 * MOST_WORDS:
            found += [Piece("gone", old), Piece("new", new)]
        else:
            for gone, came in _chunks(WORDS.findall(old), WORDS.findall(new)):
                found += [Piece("same", gone)] if gone == came else [Piece("gone", gone), Piece("new", came)]
    return [piece for piece in found if piece.text]


def shortened(found: list[Piece], around: int = 120) -> list[Piece]:
    """The same pieces with long unchanged stretches cut to what stands beside a change."""
    short = []
    for index, piece in enumerate(found):
        text = piece.text
        if piece.kind == "same" and len(text) > 2 * around:
            before = text[:around] if index else ""
            after = text[-around:] if index < len(found) - 1 else ""
            text = f"{before} … {after}"
        short.append(Piece(piece.kind, text))
    return short


def _chunks(old: list[str], new: list[str]):
    """Pairs of stretches that belong together: equal ones, and replaced ones."""
    for _tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[start:end]), "".join(new[new_start:new_end])
