"""Lists and tables that people typed with signs and tabs: found among paragraphs, and in plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from publishing.text.converting.blocks import Block
from publishing.text.converting.pieces import Piece, lines_of, text_of

# One of these is enough; of the others two in a row.
_SURE = re.compile(r"[ \t\u00a0]*([•●○▪■◦‣⁃·➤➢►▶→✔✅☑✓✗✘❌☒☐❑❖§]\ufe0f?|[-–o](?=\t|[ \u00a0]{2}))[ \t\u00a0]*(?=\S)")
_DASH = re.compile(r"[ \t\u00a0]*([-–—*])[ \u00a0][ \t\u00a0]*(?=\S)")
_NUMBER = re.compile(r"[ \t\u00a0]*(\d{1,3})[.)۔](?:\t|[ \u00a0])[ \t\u00a0]*(?=\S)")
_NESTED = "o◦▪§"
# Signs that say do and do not
JUDGING, _AGAINST = "✔✅☑✓✗✘❌☒☐", "✗✘❌☒☐"

Doubt = Callable[[str], None]


class Sign(NamedTuple):
    """What a line begins with: "bullet" or "dash" and the sign, "number" and the figure; "tabs" and how many cells."""

    kind: str
    mark: str
    width: int = 0
    at: int = 0  # where the sign stands

    @property
    def run(self) -> str:
        """What is alike in lines of one list, or of one table."""
        return f"tabs {self.mark}" if self.kind == "tabs" else self.kind


def sign_of(line: str) -> Sign | None:
    begins = (("bullet", _SURE.match(line)), ("number", _NUMBER.match(line)), ("dash", _DASH.match(line)))
    for kind, begun in begins:
        if begun:
            return Sign(kind, begun[1], begun.end(), begun.start(1))
    cells = line.strip().split("\t")
    return Sign("tabs", str(len(cells))) if len(cells) > 1 and all(map(str.strip, cells)) else None


def is_list(signs: list[Sign]) -> bool:
    """Whether lines that follow each other and begin so are a list or a table."""
    kind = signs[0].kind
    if kind == "number":
        first = int(signs[0].mark)
        return len(signs) > 1 and [int(sign.mark) for sign in signs] == list(range(first, first + len(signs)))
    return kind == "bullet" or len(signs) > 1


def _runs(lines: Iterable[tuple]) -> Iterable[tuple[list[Sign] | None, list]]:
    """Neighbouring lines (…, sign) by kind of sign: the signs where they are a list, else None."""
    for key, group in groupby(
        lines, lambda line: line[-1] and (line[-1].kind, line[-1].kind == "tabs" and line[-1].mark)
    ):
        run = list(group)
        signs = [line[-1] for line in run]
        yield (signs if key and is_list(signs) else None), run


def depths(signs: list[Sign]) -> list[int]:
    """How far in each entry stands: the hollow sign below the full one."""
    seen = [signs[0].mark]
    out = []
    for sign in signs:
        if sign.mark not in seen:
            seen.append(sign.mark)
        out.append(seen.index(sign.mark) if sign.mark in _NESTED else 0)
    return out


def is_judging(marks: list[str]) -> bool:
    """Whether the signs of a list say do and do not, so that they must not be lost as bullets."""
    judged = {mark[0] for mark in marks if mark[0] in JUDGING}
    return len(judged) > 1 or any(mark in _AGAINST for mark in judged)


def _widths(signs: list[Sign]) -> list[int]:
    """How many letters of each line are its bullet, and go."""
    is_kept = is_judging([sign.mark for sign in signs])
    return [sign.at if is_kept and sign.mark[0] in JUDGING else sign.width for sign in signs]


def found(blocks: list[Block], doubt: Doubt) -> list[Block]:
    """The blocks with typed lists as lists and lines of tabs as tables."""
    lines = []
    for place, block in enumerate(blocks):
        if block.kind != "text" or block.depth >= 0:
            lines.append((place, block, None))
        else:
            lines += [(place, replace(block, pieces=line), sign_of(text_of(line))) for line in lines_of(block.pieces)]
    out: list[Block] = []
    for signs, run in _runs(lines):
        if signs is None:
            out += _joined(run)
        elif signs[0].kind == "tabs":
            out.append(_table([block.pieces for _, block, _ in run], doubt))
        else:
            out += [
                Block("entry", _without(block.pieces, width), depth, number=_number(sign), of="typed")
                for (_, block, _), sign, depth, width in zip(run, signs, depths(signs), _widths(signs), strict=True)
            ]
    return out


def _joined(run: list[tuple]) -> list[Block]:
    """Lines of one paragraph in one again."""
    out = []
    for _, group in groupby(run, lambda line: line[0]):
        first, *others = [block for _, block, _ in group]
        for other in others:
            first.pieces += [Piece("\n"), *other.pieces]
        out.append(first)
    return out


def _number(sign: Sign) -> int | None:
    return int(sign.mark) if sign.kind == "number" else None


def _without(pieces: list[Piece], width: int) -> list[Piece]:
    """The line without so many letters at its beginning."""
    out = []
    for piece in pieces:
        out.append(piece._replace(text=piece.text[width:]))
        width = max(0, width - len(piece.text))
    return out


def _table(lines: list[list[Piece]], doubt: Doubt) -> Block:
    doubt(
        f"Lines with tabs became a table, which begins “{' '.join(text_of(lines[0]).split())[:40]}”. "
        "Write in its first row what stands in each column."
    )
    return Block("table", rows=[_cells(line) for line in lines])


def _cells(line: list[Piece]) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[]]
    for piece in line:
        for number, part in enumerate([piece.text] if piece.is_written else piece.text.strip("\n").split("\t")):
            if number and (len(cells) > 1 or text_of(cells[0]).strip()):
                cells.append([])
            cells[-1].append(piece._replace(text=part))
    while len(cells) > 1 and not text_of(cells[-1]).strip():
        cells.pop()
    return cells


def plain_lists(text: str, doubt: Doubt) -> str:
    """Plain text whose lines with signs are lists and whose lines with tabs are tables; all other lines as typed."""
    lines = [(line, sign_of(line)) for line in text.split("\n")]
    if not any(sign and (sign.kind == "bullet" or "\t" in line) for line, sign in lines):
        return text
    parts: list[str] = []
    for signs, run in _runs(lines):
        if signs is None or (signs[0].kind in ("dash", "number") and not any("\t" in line for line, _ in run)):
            parts.append("\n".join(line for line, _ in run).strip("\n"))
        elif signs[0].kind == "tabs":
            parts.append(_typed_table([line for line, _ in run], doubt))
        else:
            parts.append(_typed_list(run, signs))
    return "\n\n".join(filter(None, parts))


def _typed_list(run: list[tuple], signs: list[Sign]) -> str:
    out = []
    for (line, _), sign, depth, width in zip(run, signs, depths(signs), _widths(signs), strict=True):
        mark = f"{sign.mark}." if sign.kind == "number" else "-"
        out.append("  " * min(depth, 8) + f"{mark} {' '.join(line[width:].split())}")
    return "\n".join(out)


def _typed_table(lines: list[str], doubt: Doubt) -> str:
    block = _table([[Piece(line)] for line in lines], doubt)
    rows = [[" ".join(text_of(cell).split()).replace("|", "\\|") for cell in row] for row in block.rows]
    width = len(rows[0])
    head = [[""] * width, ["---"] * width]
    return "\n".join("| " + " | ".join(row) + " |" for row in [*head, *rows])
