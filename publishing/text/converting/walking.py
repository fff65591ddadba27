"""A walk over a foreign page that makes blocks of it, and doubts of what ours cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable

from publishing.text.converting import typed
from publishing.text.converting.blocks import Block
from publishing.text.converting.looks import Look, look_of
from publishing.text.converting.notes import Notes
from publishing.text.converting.pieces import PLAIN, Piece, paragraphs, text_of, trimmed
from publishing.text.converting.saying import Saying, is_apparatus, near
from publishing.text.converting.tables import cells_of, grid, rows_of
from publishing.text.converting.tree import BLOCKS, Node

_LIST = re.compile(r"(l\d+)\s+level(\d)")
_COUNTED = re.compile(r"(\d{1,9})\W{0,2}")
_HEADING = re.compile(r"h([1-6])|Mso(?:Title|Heading([7-9]))")
MOST_QUOTES = 3  # in each other


class Walker(Saying):
    def __init__(self, notes: Notes, doubt: Callable[[str], None], *, is_word: bool) -> None:
        super().__init__(notes, doubt, is_word=is_word)
        self.blocks: list[Block] = []
        self.next = Block("text")  # what the line becomes
        self.lists: list[tuple[str, bool]] = []  # name, whether it is numbered
        self.counts: dict[tuple[str, int], int] = {}  # the last number of each list at each depth
        self.is_term = False  # whether the line is a term, and what is said of it follows

    def walked(self, node: Node, look: Look = PLAIN) -> list[Block]:
        self.walk(node, look)
        self.close()
        blocks = typed.found(self.blocks, self.doubt)
        for block in blocks:
            if any("\t" in piece.text for piece in block.pieces):
                self.doubt(f"“{near(text_of(block.pieces))}” had a tab in it, which is a blank now: is it a table?")
        return blocks

    def walk(self, node: Node, look: Look) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.say(child, look)
            elif child not in self.notes.blocks:
                self.element(child, look)

    def element(self, node: Node, look: Look) -> None:
        kind, is_comment = node.get("class"), node.style.get("mso-element", "").startswith("comment")
        is_mark = node.style.get("mso-list", "").startswith("ignore") or node in self.notes.back
        if is_mark or kind.startswith("MsoCommentReference"):
            return
        if is_comment or kind.startswith("MsoToc"):
            if words := node.words():
                self.doubt(f"{'A comment' if is_comment else 'A line of the contents'} is left out: “{words}”.")
        elif "mso-tab-count" in node.style:
            self.line.append(Piece("\t", look))
        else:
            handler = _HANDLERS.get(node.tag) or (Walker.block if node.tag in BLOCKS else Walker.inline)
            handler(self, node, look)

    def close(self) -> None:
        """Make a block of the line, if it says anything."""
        block, self.next = self.next, self.after()
        self.is_term = False
        self.told()
        parts = paragraphs(trimmed(self.line))
        self.line = []
        if not parts and block.kind == "entry":
            self.next = block  # its words come in a block of their own
        for number, part in enumerate(parts):
            new = self.after() if number else block
            new.pieces = part
            self.blocks.append(new)

    def after(self) -> Block:
        return Block("text", depth=len(self.lists) - 1)

    def block(self, node: Node, look: Look) -> None:
        if not self.is_term:
            self.close()
        self.is_term = False
        numbered = _LIST.search(node.style.get("mso-list", ""))
        marker = _marker(node) if numbered else ""
        rank = _rank(node)
        if rank is not None and not self.lists:
            self.next = Block("heading", rank=rank)
            self.line += [Piece(f"{marker} ")] if marker else []
        elif numbered:
            self.next = self.of_word(numbered[1], int(numbered[2]) - 1, marker)
        self.walk(node, look_of(node, look))
        self.close()
        if numbered or rank is not None:
            self.next = self.after()

    def of_word(self, name: str, depth: int, marker: str) -> Block:
        """An entry of Word's lists, which are paragraphs with a mark in front."""
        counted, number = _COUNTED.fullmatch(marker), None
        if counted:
            number = int(counted[1])
        elif len(marker) > 1 and any(map(str.isalnum, marker)):
            number = self.counts.get((name, depth), 0) + 1
            self.doubt(f"A list has “{marker}” in front, and {number} now: does the text speak of “{marker}”?")
        if number is not None:
            self.counts[name, depth] = number
        for deeper in [key for key in self.counts if key[0] == name and key[1] > depth]:
            del self.counts[deeper]
        return Block("entry", depth=depth, number=number, of=name)

    def list(self, node: Node, look: Look) -> None:
        self.close()
        name, depth, start = node.get("data-listid") or str(id(node)), len(self.lists), node.get("start")
        if node.tag == "ol" and node.get("type").lower() in ("a", "i"):
            self.doubt("A list was counted with letters and has figures now: does the text speak of them?")
        if start.isdecimal() and len(start) < 9:
            self.counts[name, depth] = int(start) - 1
        self.lists.append((name, node.tag == "ol"))
        self.walk(node, look_of(node, look))
        self.close()
        self.lists.pop()
        self.next = self.after()

    def entry(self, node: Node, look: Look) -> None:
        self.close()
        name, is_counted = self.lists[-1] if self.lists else ("", False)
        depth, number = max(len(self.lists) - 1, 0), None
        level = node.get("aria-level") or node.get("data-aria-level")
        if level in tuple("123456789"):
            depth = int(level) - 1
        if is_counted:
            value = node.get("value")
            is_given = value.isdecimal() and len(value) < 9
            number = int(value) if is_given else self.counts.get((name, depth), 0) + 1
            self.counts[name, depth] = number
        self.next = Block("entry", depth=depth, number=number, of=name)
        self.walk(node, look_of(node, look))
        self.close()
        self.next = self.after()

    def term(self, node: Node, look: Look) -> None:
        self.close()
        self.next = Block("entry", depth=len(self.lists), of=str(id(node.parent)))
        self.walk(node, look_of(node, look)._replace(bold=True))
        if text_of(self.line).strip():
            self.line.append(Piece(": "))
            self.is_term = True

    def said(self, node: Node, look: Look) -> None:
        """What is said of a term follows in its line."""
        self.walk(node, look_of(node, look))
        self.close()

    def rule(self, node: Node, look: Look) -> None:
        self.close()
        if not is_apparatus(node):
            self.blocks.append(Block("rule"))

    def apart(self, node: Node, look: Look) -> list[Block]:
        """The blocks of a part that stands for itself."""
        return Walker(self.notes, self.doubt, is_word=self.is_word).walked(node, look)

    def quote(self, node: Node, look: Look) -> None:
        self.close()
        if self.lists or _quotes(node) > MOST_QUOTES:
            self.block(node, look)
        elif inside := self.apart(node, look):
            self.blocks.append(Block("quote", inside=inside))

    def table(self, node: Node, look: Look) -> None:
        self.close()
        look = look_of(node, look)
        for child in node.children:
            if isinstance(child, Node) and child.tag == "caption":
                self.element(child, look)
        rows = list(rows_of(node))
        cells = [[(cell, self.apart(cell, look_of(cell, look))) for cell in cells_of(row)] for row, _ in rows]
        full = [blocks for row in cells for _, blocks in row if blocks]
        is_layout = node.get("role") == "presentation"
        if len(full) == 1 and not is_layout and all(block.kind not in ("table", "box") for block in full[0]):
            self.doubt(f"A table of one cell became a note: “{_begun(full)}”.")
            self.blocks.append(Block("box", inside=full[0]))
        elif is_layout or any(block.kind in ("table", "box", "heading") for blocks in full for block in blocks):
            if not is_layout:
                self.doubt(f"A table was taken apart, cell after cell: “{_begun(full)}”. Look at the order.")
            self.blocks += [block for blocks in full for block in blocks]
        elif full:
            self.blocks.append(grid([is_head for _, is_head in rows], cells, _begun(full), self.doubt))


def _rank(node: Node) -> int | None:
    """Of a heading, as the page has it: 0 for Word's title."""
    found = _HEADING.fullmatch(node.tag) or _HEADING.fullmatch(node.get("class").partition(" ")[0])
    if found:
        return int(found[1] or found[2] or 0)
    level = node.get("aria-level")
    return int(level) if node.get("role") == "heading" and level in tuple("123456789") else None


def _marker(node: Node) -> str:
    """What Word wrote in front of an entry of a list."""
    marks = (one for one in node.nodes() if one.style.get("mso-list", "").startswith("ignore"))
    return next((mark.words() for mark in marks), "")


def _quotes(node: Node | None) -> int:
    """How many quotes it stands in, itself counted."""
    count = 0
    while node:
        count += node.tag == "blockquote"
        node = node.parent
    return count


def _begun(full: list[list[Block]]) -> str:
    first = full[0][0]
    while first.inside:
        first = first.inside[0]
    return near(text_of(first.pieces or [piece for row in first.rows for cell in row for piece in cell]))


_HANDLERS: dict[str, Callable[[Walker, Node, Look], None]] = {
    "blockquote": Walker.quote,
    "br": Walker.br,
    "dd": Walker.said,
    "dt": Walker.term,
    "hr": Walker.rule,
    "img": Walker.img,
    "li": Walker.entry,
    "ol": Walker.list,
    "table": Walker.table,
    "ul": Walker.list,
}
