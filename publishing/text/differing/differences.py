"""What differs between two texts, in pieces a person can read. No Django models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

# A paragraph, an entry of a list, a row of a table and a heading are compared, and may move, each by itself.
_BEGINS = re.compile(r"[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|)")
# A number is one word, also where a blank parts its thousands: half of it is another number.
_GAP = r"[ \u00a0\u2009\u202f]"
_NUMBER = rf"\S*?(?<!\d)\d{{1,3}}(?:{_GAP}\d{{2,3}}){{0,4}}{_GAP}\d{{3}}(?!\d)\S*"
_PARTS = re.compile(rf"({_NUMBER}|\S*)(\s*)")
_BLANK = re.compile(r"\s")
# Words of one text times words of the other: what is compared beyond this would take too long, so it is shown whole.
MOST = 300_000_000
ALIKE = 0.4  # share of their words that two passages have in common where one became the other
_CHANGED = ("gone", "new")


@dataclass(frozen=True)
class Piece:
    """Some text that stayed ("same"), went ("gone"), came ("new") or only stands elsewhere than it did ("moved")."""

    kind: str
    text: str


class _Part(NamedTuple):
    """Some text, and the blank space behind it; `is_moved` for a whole paragraph that the other text has elsewhere."""

    text: str
    space: str
    is_moved: bool = False


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one list of pieces, word by word where a paragraph changed.

    Joined without "gone" they are `after`. Joined without "new" and "moved" they are `before` without the paragraphs
    that moved (and the blank space behind each): a moved one stands once, at its new place. Line ends count as \\n.
    """
    before, after = ("\n".join(re.split("\r\n?|\n", text)) for text in (before, after))
    old, new = paragraphs(before), paragraphs(after)
    pairs = matches([part.text for part in old], [part.text for part in new])
    old, new, pairs = _without_moved(old, new, pairs)
    found: list[Piece] = []
    start, new_start = 0, 0
    for index, new_index in [*pairs, (len(old), len(new))]:
        if start < index or new_start < new_index:
            found += _changes(old[start:index], new[new_start:new_index])
        if index < len(old):
            found += _same(old[index], new[new_index])
        start, new_start = index + 1, new_index + 1
    return _joined(found)


def shortened(found: list[Piece], around: int = 120) -> list[Piece]:
    """The same pieces with long unchanged stretches cut to what stands beside a change, and what moved to its ends.

    A cut leaves at least `around` signs and no part of a word, except in texts without blanks.
    """
    short = []
    for index, piece in enumerate(found):
        text = piece.text
        if piece.kind in ("same", "moved") and len(text) > 2 * around:
            is_whole = piece.kind == "moved"
            before = _beginning(text, around) if index or is_whole else ""
            after = _beginning(text[::-1], around)[::-1] if index < len(found) - 1 or is_whole else ""
            if len(before) + len(after) < len(text) - 1:
                text = f"{before} … {after}"
        short.append(Piece(piece.kind, text))
    return short


def _beginning(text: str, around: int) -> str:
    """The first signs of a text up to a blank: half a dose is another dose."""
    blank = _BLANK.search(text, around, 2 * around)
    return text[: blank.start() if blank else around]


def dice(one: Set, other: Set) -> float:
    """The share that two sets have in common, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def likeness(one: Counter, other: Counter) -> float:
    """The same of words in their number."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places (in `old`, in `new`) of a longest common subsequence; beyond MOST only of both ends."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head)
    inner = _longest(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((at, at) for at in range(head)),
        *((head + index, head + new_index) for index, new_index in inner),
        *((len(old) - at, len(new) - at) for at in range(tail, 0, -1)),
    ]


def _longest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    # Hyyrö's algorithm: one row of the usual table is one long integer, so that ten thousand words take milliseconds.
    if not old or not new or len(old) * len(new) > MOST:
        return []
    places: dict[str, int] = dict.fromkeys(old, 0)
    for at, text in enumerate(new):
        if text in places:
            places[text] |= 1 << at
    full = row = (1 << len(new)) - 1
    rows = [row]
    for text in old:
        common = row & places[text]
        if common:
            row = ((row + common) | (row - common)) & full
        rows.append(row)
    found = []
    index, new_index = len(old), len(new)
    while index and new_index:
        if rows[index] >> (new_index - 1) & 1:
            new_index -= 1
            continue
        index -= 1
        if rows[index] >> (new_index - 1) & 1:
            new_index -= 1
            found.append((index, new_index))
    return found[::-1]


def paragraphs(text: str) -> list[_Part]:
    lines: list[list[str]] = []
    is_open = False
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        if line.isspace() and lines:
            is_open = False
        elif not is_open or _BEGINS.match(line):
            lines.append([])
            is_open = True
        lines[-1].append(line)
    whole = ("".join(some) for some in lines)
    return [_Part(one.rstrip(), one[len(one.rstrip()) :]) for one in whole]


def _without_moved(
    old: list[_Part], new: list[_Part], pairs: list[tuple[int, int]]
) -> tuple[list[_Part], list[_Part], list[tuple[int, int]]]:
    """The paragraphs with those that moved taken out of the old and marked in the new, and the pairs renumbered."""
    kept, new_kept = dict(pairs), {new_index for _, new_index in pairs}
    gone = Counter(part.text for index, part in enumerate(old) if index not in kept)
    came = Counter(part.text for index, part in enumerate(new) if index not in new_kept)
    moved = gone & came
    del moved[""]
    to_mark = moved.copy()
    for index, part in enumerate(new):
        if index not in new_kept and to_mark[part.text] > 0:
            to_mark[part.text] -= 1
            new[index] = part._replace(is_moved=True)
    staying, renumbered = [], []
    for index, part in enumerate(old):
        if index in kept:
            renumbered.append((len(staying), kept[index]))
        elif moved[part.text] > 0:
            moved[part.text] -= 1
            continue
        staying.append(part)
    return staying, new, renumbered


def _words(paragraphs: Sequence[_Part]) -> list[_Part]:
    found: list[_Part] = []
    for part in paragraphs:
        if part.is_moved:
            found.append(part)
        else:
            found += [_Part(*words) for words in _PARTS.findall(part.text + part.space) if any(words)]
    return found


def _changes(old: Sequence[_Part], new: Sequence[_Part]) -> list[Piece]:
    """The pieces of paragraphs that stand between the same ones, word by word."""
    old, new = _words(old), _words(new)
    # What moved is no word of the old text.
    pairs = matches([part.text for part in old], ["\n" if part.is_moved else part.text for part in new])
    found: list[Piece] = []
    start, new_start = 0, 0
    for index, new_index in [*pairs, (len(old), len(new))]:
        found += [Piece("gone", part.text + part.space) for part in old[start:index]]
        for part in new[new_start:new_index]:
            found.append(Piece("moved" if part.is_moved else "new", part.text + part.space))
        if index < len(old):
            found += _same(old[index], new[new_index])
        start, new_start = index + 1, new_index + 1
    return _readable(_joined(found))


def _same(old: _Part, new: _Part) -> list[Piece]:
    if old.space == new.space:
        return [Piece("same", old.text + old.space)]
    return [Piece("same", old.text), Piece("gone", old.space), Piece("new", new.space)]


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, and between two others what went before what came."""
    joined: list[Piece] = []
    texts: dict[str, list[str]] = {"same": [], "gone": [], "new": []}

    def close(*kinds: str) -> None:
        for kind in kinds:
            if texts[kind]:
                joined.append(Piece(kind, "".join(texts[kind])))
                texts[kind] = []

    for piece in found:
        if piece.kind == "moved":
            close("same", *_CHANGED)
            joined.append(piece)
        elif piece.text:
            close(*_CHANGED) if piece.kind == "same" else close("same")
            texts[piece.kind].append(piece.text)
    close("same", *_CHANGED)
    return joined


def _readable(found: list[Piece]) -> list[Piece]:
    """A word that stayed by chance between longer changes is shown as changed: else every second word is struck."""
    sizes = [len(piece.text) if piece.kind in _CHANGED else 0 for piece in found]
    readable: list[Piece] = []
    for at, piece in enumerate(found):
        beside = piece.kind == "same" and min(
            max(sizes[max(at - 2, 0) : at] or [0]), max(sizes[at + 1 : at + 3] or [0])
        )
        if beside and 2 * len(piece.text) <= beside:
            readable += [Piece(kind, piece.text) for kind in _CHANGED]
        else:
            readable.append(piece)
    return readable
