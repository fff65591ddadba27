"""A foreign table as rows of cells, with what of it ours cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

from publishing.text.converting.blocks import Block, Row
from publishing.text.converting.pieces import Piece, is_bold, text_of
from publishing.text.converting.tree import Node
from publishing.text.html.markdown import TooLong

MOST_COLUMNS, MOST_CELLS = 100, 20_000
TOO_LARGE = "A table in this has too many cells to be brought in. Take it in parts."


def rows_of(table: Node) -> Iterator[tuple[Node, bool]]:
    """Each row of its own, and whether it stands in the head; not those of tables inside it."""
    for child in table.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from ((row, child.tag == "thead") for row, _ in rows_of(child))


def cells_of(row: Node) -> list[Node]:
    return [child for child in row.children if isinstance(child, Node) and child.tag in ("td", "th")]


def grid(
    heads: list[bool], cells: list[list[tuple[Node, list[Block]]]], begun: str, doubt: Callable[[str], None]
) -> Block:
    """The table of such cells; `heads` says which rows the page calls its head. Raises TooLong."""
    written = [blocks for row in cells for _, blocks in row]
    if any(len(blocks) > 1 or any("\n" in text_of(one.pieces) for one in blocks) for blocks in written):
        doubt(f"In the table “{begun}” several lines of one cell became one line: look whether it reads well.")
    lines = [[(cell, _in_one(blocks)) for cell, blocks in row] for row in cells]
    first = [(cell, pieces) for cell, pieces in lines[0] if pieces]
    has_head = bool(first) and (heads[0] or all(cell.tag == "th" or is_bold(pieces) for cell, pieces in first))
    rows, is_joined = laid_out(lines)
    if is_joined:
        doubt(f"In the table “{begun}” cells were joined: their words stand in the first of them.")
    if not has_head:
        doubt(f"The table “{begun}” has no headings: write in its first row what stands in each column.")
    return Block("table", rows=rows, has_head=has_head)


def _in_one(blocks: list[Block]) -> list[Piece]:
    """What stands in a cell as one line."""
    out: list[Piece] = []
    for block in blocks:
        out += [Piece(" ")] if out else []
        out += block.pieces or _in_one(block.inside)
        for one in (cell for row in block.rows for cell in row if cell):
            out += [Piece(" "), *one]
    return out


def laid_out(rows: list[list[tuple[Node, list]]]) -> tuple[list[Row], bool]:
    """The rows with their cells below each other, the words of joined ones in the first; whether any were joined.

    Raises TooLong.
    """
    out: list[Row] = []
    below: dict[int, int] = {}  # rows that a joined cell above still covers, by column
    total, is_joined = 0, False
    for row in rows:
        line: Row = []
        for cell, pieces in row:
            while below.get(len(line), 0):
                below[len(line)] -= 1
                line.append([])
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            is_joined = is_joined or across > 1 or down > 1
            for number in range(across):
                below[len(line)] = down - 1
                line.append([] if number else pieces)
        while below.get(len(line), 0):
            below[len(line)] -= 1
            line.append([])
        total += len(line)
        if len(line) > MOST_COLUMNS or total > MOST_CELLS:
            raise TooLong(TOO_LARGE)
        out.append(line)
    columns = [list(column) for column in zip_longest(*out, fillvalue=[]) if any(column)]
    return [list(row) for row in zip(*columns, strict=True)], is_joined


def _span(cell: Node, name: str) -> int:
    written = cell.get(name)
    return max(1, min(int(written), MOST_COLUMNS)) if written.isdecimal() and len(written) < 6 else 1
