"""Blocks as Markdown."""

from __future__ import annotations

from publishing.text.converting.blocks import Block
from publishing.text.converting.pieces import cell, heading, in_lines

MOST_NESTED = 6  # entries in entries


def written(blocks: list[Block], top: int = 2) -> str:
    """The Markdown of blocks, whose highest heading gets the rank `top`."""
    ranks = sorted(_ranks(blocks))
    return Writing({rank: min(top + place, 6) for place, rank in enumerate(ranks)}).write(blocks)


def _ranks(blocks: list[Block]) -> set[int]:
    own = {block.rank for block in blocks if block.kind == "heading"}
    return own.union(*(_ranks(block.inside) for block in blocks))


def _other_sign(before: str, *, is_numbered: bool) -> str:
    """A neighbouring list gets another sign than the one above it, or it would be the same list."""
    return (")" if before == "." else ".") if is_numbered else ("*" if before == "-" else "-")


class Writing:
    def __init__(self, ranks: dict[int, int]) -> None:
        self.ranks = ranks
        self.parts: list[str] = []
        self.tight = False  # whether the next entry stands right below the last one
        # Of the lists that are open: how far in their words stand, their sign, which list it is, its last number.
        self.open: list[tuple[int, str, str, int | None]] = []

    def write(self, blocks: list[Block]) -> str:
        notes = [block for block in blocks if block.kind == "note"]
        blocks = [block for block in blocks if block.kind != "note"]
        while blocks and blocks[-1].kind == "rule":
            blocks.pop()
        for block in [*blocks, *notes]:
            getattr(self, f"_{block.kind}")(block)
        return "".join(self.parts)

    def _put(self, markdown: str, *, indent: int = 0) -> None:
        if not markdown:
            return
        if self.parts:
            self.parts.append("\n" if self.tight else "\n\n")
        lines = markdown.split("\n")
        self.parts.append("\n".join(" " * indent + line if line else line for line in lines))
        self.tight = False

    def _alone(self, markdown: str) -> None:
        """What ends all lists."""
        if markdown:
            self._put(markdown)
            self.open = []

    def _text(self, block: Block) -> None:
        if block.depth >= 0 and self.open:
            del self.open[block.depth + 1 :]
            self._put(in_lines(block.pieces), indent=self.open[-1][0])
        else:
            self._alone(in_lines(block.pieces))

    def _heading(self, block: Block) -> None:
        if words := heading(block.pieces):
            self._alone(f"{'#' * self.ranks[block.rank]} {words}")

    def _rule(self, block: Block) -> None:
        if self.parts:
            self._alone("---")

    def _entry(self, block: Block) -> None:
        depth = min(block.depth, len(self.open), MOST_NESTED)
        words = in_lines(block.pieces)
        if not words:
            return
        before = self.open[depth] if depth < len(self.open) else None
        follows = None if block.number is None else block.number - 1
        is_same = before is not None and before[2:] == (block.of, follows)
        # A first entry that is not number 1 would go on with the words above it.
        self.tight = is_same or (before is None and depth > 0 and block.number in (None, 1))
        sign = before[1] if is_same else _other_sign(before[1] if before else "", is_numbered=block.number is not None)
        mark = sign if block.number is None else f"{block.number}{sign}"
        indent = self.open[depth - 1][0] if depth else 0
        self.open[depth:] = [(indent + len(mark) + 1, sign, block.of, block.number)]
        first, *others = words.split("\n")
        self._put("\n".join([f"{mark} {first}", *(" " * (len(mark) + 1) + line for line in others)]), indent=indent)

    def _table(self, block: Block) -> None:
        width = max(map(len, block.rows), default=0)
        rows = [
            [cell(one, bold=place > 0 or not block.has_head) for one in row] for place, row in enumerate(block.rows)
        ]
        rows = [row + [""] * (width - len(row)) for row in rows]
        head = [rows.pop(0) if block.has_head else [""] * width, ["---"] * width]
        if any(map(any, [*rows, head[0]])):
            self._alone("\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows]))

    def _quote(self, block: Block, before: str = "") -> None:
        if inside := Writing(self.ranks).write(block.inside):
            lines = f"{before}{inside}".split("\n")
            self._alone("\n".join(f"> {line}" if line else ">" for line in lines))

    def _box(self, block: Block) -> None:
        self._quote(block, "[!NOTE]\n")

    def _note(self, block: Block) -> None:
        inside = Writing(self.ranks).write(block.inside).split("\n")
        self._alone("\n".join([f"[^{block.of}]: {inside[0]}", *(f"    {line}" if line else "" for line in inside[1:])]))
