"""The tokens of a text as blocks: paragraphs, headings, rows and entries. No Django models.

Two texts whose blocks have the same keys, in the same order, are the same page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token as Markup

from publishing.safety.signs import CELL, Signs, Token
from publishing.text import CALLS as text_calls
from publishing.text import TooLong, parse, parted, typed, words

# What a heading says of its section: how soon to call, and that it is of risks
CALLS = {call: mark.strip("()").upper() for mark, call in reversed(text_calls.items())}
OF_SECTIONS = ("RISKS", *CALLS.values())
# How loudly each warns
MARKS = {"NOTE": 1, "IMPORTANT": 2, "WARNING": 2, "CAUTION": 2, "RISKS": 2} | dict(
    zip(CALLS.values(), (3, 4, 5), strict=True)
)
_LEADS = re.compile(r"[^.!?।॥؟۔]\Z")
_CONTAINERS = {"blockquote_open": ">", "bullet_list_open": "-", "ordered_list_open": "1"}
_CLOSING = frozenset(name.replace("open", "close") for name in _CONTAINERS)


@dataclass
class Block:
    """A paragraph, heading, row of a table or entry of a list: its words, with signs for what is no word in them.

    `shape` is what it is and stands in. `is_first` if a blank line or another kind of block is above it. `under` is
    what leads a list: the block above it, or else the heading. `place` orders blocks; from 0 to 1. `level` is a
    heading's; `steps` is the number of the list whose step this is, or 0. `mark` is the kind of note it stands in, or
    RISKS for a heading that says so; blocks of one note have the same `note`. `cells` are a row's; `head` is the row
    that heads its table, `rows` are those that it heads.
    """

    text: str
    source: str
    kind: str
    shape: str = ""
    is_first: bool = True
    under: Block | None = None
    place: float = 0.0
    level: int = 0
    steps: int = 0
    mark: str = ""
    note: int = 0
    cells: Sequence[str] = ()
    head: Block | None = None
    rows: list[Block] = field(default_factory=list)

    @property
    def lead(self) -> str:
        return self.under.source if self.under else ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.shape, self.mark, self.text


def blocks(*texts: str, signs: Signs) -> list[list[Block]]:
    """The blocks of each of the texts, in order."""
    tokens = [_tokens(text) for text in texts]
    notes = [dict(_notes(some)) for some in tokens]
    both = set.intersection(*(set(some.values()) for some in notes))
    return [_Blocks(some, {**own}, both, signs).found for some, own in zip(tokens, notes, strict=True)]


def _tokens(text: str) -> list[Markup]:
    try:
        tokens = parse(text)
    except TooLong:
        tokens = None
    if tokens is not None:
        return tokens
    return [Markup("inline", "", 0, children=[Markup("text", "", 0, content=lines)]) for lines in typed(text)]


def _notes(tokens: Sequence[Markup]) -> Iterator[tuple[int, str]]:
    """The number of each footnote, and its text."""
    number = 0
    found: dict[int, str] = {}
    for token in tokens:
        if token.type == "footnote_reference_open":
            number = token.meta["number"]
            found[number] = ""
        elif token.type == "footnote_reference_close":
            number = 0
        elif number and token.content:
            found[number] += f"{token.content}\n"
    yield from found.items()


class _Container(NamedTuple):
    """A quote or list: its sign, what leads it, its mark, how many blocks came before it, and its own number."""

    sign: str
    under: Block | None
    mark: str
    before: int
    number: int


class _Blocks:
    """Reads the tokens of one text."""

    def __init__(self, tokens: Sequence[Markup], notes: dict[int, str], both: set[str], signs: Signs) -> None:
        self.signs, self.notes, self.both = signs, notes, both
        self.found: list[Block] = []
        self.inside: list[_Container] = []
        self.opened = 0  # quotes and lists
        self.heading: Block | None = None
        self.under: Block | None = None
        self.begins = ""  # what stands before the words of the next block
        self.entry: Markup | None = None  # an entry that has no block yet
        self.note, self.line = 0, -1
        self.called: Block | None = None  # the heading of the section that says when to call
        self.row: list[str] = []
        self.head: Block | None = None
        for number, token in enumerate(tokens):
            self._take(token, tokens[number - 1] if number else token)

    def _take(self, token: Markup, before: Markup) -> None:
        if token.type in _CONTAINERS:
            self._open(token)
        elif token.type in _CLOSING:
            self._close()
        elif token.type == "list_item_open":
            self.entry = token
        elif token.type == "footnote_reference_open":
            self.begins = self.signs.sign(f"[^{token.meta['number']}]: ")
        elif token.type in ("list_item_close", "footnote_reference_close"):
            if self.entry and self.begins:
                self._add("entry", "", None)  # the number of an empty entry
            self.entry, self.begins = None, ""
        elif token.type == "tr_open":
            self.row = []
        elif token.type == "tr_close":
            self._add_row()
        elif token.type == "table_close":
            self.head = None
        elif token.type in ("fence", "code_block"):
            self._add("code", self.signs.plain(token.content), token)
        elif token.type == "inline":
            text = self._flat(token.children or [])
            if before.type in ("th_open", "td_open"):
                self.row.append(text.strip())
            elif before.type == "heading_open":
                self._add("heading", text, before)
            else:
                self._add("entry" if self.entry else "paragraph", text, token)

    def _open(self, token: Markup) -> None:
        sign = _CONTAINERS[token.type]
        mark = self.inside[-1].mark if self.inside else ""
        under = self.under
        if sign == ">":
            if not any(outer.sign[0] == ">" for outer in self.inside):
                self.note += 1
            mark = token.meta.get("note", "") or mark
            sign += mark
        else:
            is_nested = bool(self.inside) and not self.entry and self.inside[-1].sign in ("-", "1")
            if is_nested and self.found and self._leads(self.found[-1].text):
                under = self.found[-1]
            elif is_nested:
                under = self.inside[-1].under
            start = token.attrs.get("start", 1)
            if start != 1:
                # Behind the number of the footnote that the list begins
                self.begins += self.signs.sign(f"{start}. ", f"{start}. ")
        self.opened += 1
        self.inside.append(_Container(sign, under, mark, len(self.found), self.opened))

    def _close(self) -> None:
        sign, _under, mark, before, _number = self.inside[-1]
        if mark and sign != ">" and len(self.found) == before:
            # A note that says nothing still has its title.
            self._add("paragraph", self.signs.sign(f"[!{mark}]"), None)
        self.inside.pop()

    def _leads(self, text: str) -> bool:
        return bool(_LEADS.search(self.signs.letters(text).rstrip()))

    def _add_row(self) -> None:
        sides = self.signs.sign("| "), self.signs.sign(" |")
        block = self._add("row", f"{sides[0]}{CELL.join(self.row)}{sides[1]}", None)
        if block:
            block.cells = [self.signs.letters(cell) for cell in self.row]
            if self.head:
                block.head = self.head
                self.head.rows.append(block)
            else:
                self.head = block

    def _add(self, kind: str, text: str, token: Markup | None) -> Block | None:
        begins, entry = self.begins, self.entry
        if entry and entry.meta.get("place"):
            begins += self._where(entry.meta["place"])
        text = begins + " ".join(text.split())
        if not text:
            return None
        self.begins, self.entry = "", None
        block = Block(text, self.signs.written(text), kind, "".join(outer.sign for outer in self.inside) + kind)
        first, last = (token.map if token else None) or (self.line + 1, -1)
        block.is_first, self.line = kind != "entry" or first != self.line, last
        if kind == "heading" and token and self.called and int(token.tag[1]) <= self.called.level:
            self.called = None
        if self.inside and any(outer.sign[0] == ">" for outer in self.inside):
            block.mark = self.inside[-1].mark
        elif self.called:
            block.mark = self.called.mark
        else:
            self.note += 1
        block.note = self.called.note if self.called and block.mark == self.called.mark else self.note
        if kind == "heading" and token:
            block.level = int(token.tag[1])
            block.shape += token.tag
            block.mark = "RISKS" if "risks" in token.meta else CALLS.get(token.meta.get("call", ""), block.mark)
            self.heading = self.under = block
            self.called = block if block.mark in CALLS.values() and not self.called else self.called
        elif kind == "entry":
            block.under = self.inside[-1].under
            block.steps = self.inside[-1].number if self.inside[-1].sign == "1" else 0
        elif kind == "paragraph" and not self.inside:
            self.under = block if self._leads(text) else self.heading
        self.found.append(block)
        return block

    def _where(self, place: str) -> str:
        where, _icon = parted(place)
        return self.signs.sign(f"(at: {place}) ", "", Token("where", where.casefold(), where) if where else None)

    def _flat(self, children: Sequence[Markup]) -> str:
        sign, closing, out = self.signs.sign, [], []
        for number, child in enumerate(children):
            match child.type:
                case "text":
                    out.append(self.signs.plain(child.content))
                case "softbreak" | "hardbreak":
                    out.append(" ")
                case "text_special":
                    out.append(sign(child.markup, child.content))
                case "code_inline":
                    out.append(f"{sign(child.markup)}{self.signs.plain(child.content)}{sign(child.markup)}")
                case "image":
                    out.append(self._picture(child))
                case "blank":
                    told = Token("blank", child.content.casefold(), child.content)
                    out.append(f"{sign('[[', '', told)}{self.signs.plain(child.content)}{sign(']]')}")
                case "footnote_ref":
                    out.append(self._reference(child.meta["id"] + 1))
                case "link_open":
                    address = str(child.attrs["href"])
                    # The value is no address that is only written out; then it is no link on the page.
                    begins, ends = ("<", ">") if child.markup == "autolink" else ("[", f"]({address})")
                    shown = address.removeprefix("mailto:") if begins == "<" else address
                    out.append(sign(begins, "", Token("link", f"({address})", shown)))
                    # Apart for the eye, so that "not" right behind it is a word of its own.
                    closing.append(sign(ends, " "))
                    if children[number + 1].type == "link_close":
                        out.append(self.signs.plain(address))
                case "link_close":
                    out.append(closing.pop())
                case "s_open" | "s_close":
                    # Its end is held as well: more or less may be crossed out than was.
                    out.append(sign("~~", "", Token("mark", child.type, "a crossed-out stretch")))
                case _:
                    out.append(sign(child.markup))
        return "".join(out)

    def _picture(self, token: Markup) -> str:
        address, shown = str(token.attrs["src"]), self.signs.plain(words([token]))
        begins = self.signs.sign("![" if shown else "![decorative", "", Token("picture", address, address))
        # Whatever touches a picture is no part of the last word that describes it.
        return begins + shown + self.signs.sign(f"]({address})", " ")

    def _reference(self, number: int) -> str:
        text = self.notes.get(number, "")
        shown = f"the note “{text.strip()[:40]}”"
        told = Token("note", text, shown) if text and text in self.both else None
        return self.signs.sign(f"[^{number}]", " ", told)  # between the words before and behind it
