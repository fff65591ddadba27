"""A guide as the checks read it: blocks of words with their place in each field, from the tokens of the one parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it.token import Token

from publishing.findings.registry import Finding, Mend
from publishing.safety import code_of
from publishing.text import TooLong, clean, parse, typed, words

MARKDOWN = "markdown"
# An end of a sentence, with what closes behind it; no abbreviation before it and no decimal point.
_END = re.compile(r"[.!?।۔؟…][\"'”’»)\]]{0,3}\s+|\n\n+")
_SHORT = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "no",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "etc",
        "vs",
        "approx",
        "tel",
        "ext",
        "fig",
        "mg",
        "ml",
        "kg",
        "max",
        "min",
        "डॉ",
        "प्रो",
        "ڈاکٹر",
    ]
)
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])\.")


@dataclass(eq=False)
class Block:
    """Words that stand together: a heading, a paragraph, an entry of a list, a cell; or a line of a plain field."""

    field: str
    kind: str  # heading, text, item, head, cell, plain
    words: str
    line: int
    start: int  # where to look for its words in the field
    end: int
    source: str = field(repr=False, default="")  # the whole field
    level: int = 0
    children: Sequence[Token] = field(repr=False, default=())
    is_risks: bool = False
    call: str = ""  # of a heading: how soon its section says to call
    is_label: bool = False  # an entry `Label: text`
    section: int = 0  # counted by headings

    @cached_property
    def letters(self) -> str:
        """What patients see as it was typed, without code."""
        if self.kind == "plain":
            return self.words
        return "".join(map(_seen, self.children))

    @cached_property
    def count(self) -> int:
        return counted(self.words)

    @cached_property
    def sentences(self) -> list[str]:
        text = self.words
        if self.is_label and ":" in text[:70]:
            label, _colon, rest = text.partition(":")
            return [label.strip(), *sentences(rest)]
        return sentences(text)

    def at(self, passage: str) -> int:
        """Where the words stand in the field, or -1."""
        found = self.source.find(passage, self.start, self.end)
        return found if passage else -1

    def finding(self, sentence: str, effect: str = "", *, passage: str = "", instead: str | None = None) -> Finding:
        """A finding about words of this block; `instead` is what a button can write in their place."""
        at = self.at(passage)
        line = self.line + self.source.count("\n", self.start, at) if at >= 0 else self.line
        mend = Mend(at, passage, instead) if at >= 0 and instead is not None else None
        return Finding(sentence, effect, self.field, line, passage or self.words, mend)


def _seen(token: Token) -> str:
    """What stands in a token as it was typed. What a stroke makes a letter is meant as one, but for < & {."""
    # A stroke before a letter makes nothing of it: both stand there.
    is_meant = token.content in "<&{}>" or (len(token.content) == 2 and token.content.startswith("\\"))
    if token.type == "text" or token.info == "entity" or (token.type == "text_special" and is_meant):
        return token.content
    return "\n" if "break" in token.type else "\0"


def counted(text: str) -> int:
    """Words: what stands between blanks and holds a letter or a digit."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def sentences(text: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(text):
        last = text[max(start, end.start() - 12) : end.start() + 1].split()
        word = last[-1].rstrip(".").lstrip("(“\"'").casefold() if last else ""
        is_number = len(last) == 1 and _NUMBERED.fullmatch(text[start : end.start() + 1].strip())
        if end[0][0] == "." and (word in _SHORT or is_number):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [one for one in found if any(map(str.isalnum, one))]


def short(text: str, most: int = 60) -> str:
    """The beginning of a passage, as a sentence names it."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


@dataclass(eq=False)
class Guide:
    """What is checked. `fields`: each text by its name; those of `markdown` are read as such.

    `is_whole` says that it is no answer beside a guide; `around` gives the texts that patients read on the same page,
    asked only where one may say what is missing; `listed` the spellings that the word list explains, asked likewise;
    `year` is the present one. What follows is for checks that ask the record.
    """

    fields: Mapping[str, str]
    language: str
    year: int
    markdown: frozenset[str] = frozenset({"body", "answer", "meaning"})
    title: str = ""
    is_whole: bool = True
    around: Callable[[], Sequence[str]] = tuple
    listed: Callable[[], Sequence[str]] = tuple
    work: object = None
    wording_of: object = None  # the edition from which it differs in wording alone
    edition: object = None
    at: object = None
    together: Sequence[Guide] = ()  # those that are looked at with it
    asked: dict = field(default_factory=dict, repr=False)  # what the record said of all of them

    def __post_init__(self) -> None:
        self.language = code_of(self.language)

    def once(self, name: str, ask: Callable[[Sequence[Guide]], object]) -> object:
        """What the record says of all guides that are looked at together: it is asked once."""
        if name not in self.asked:
            self.asked[name] = ask(self.together or [self])
        return self.asked[name]

    @cached_property
    def tokens(self) -> dict[str, list[Token]]:
        return {name: _parsed(self.fields.get(name, "")) for name in sorted(self.markdown) if name in self.fields}

    @cached_property
    def blocks(self) -> list[Block]:
        return [block for name in self.fields for block in self._read(name)]

    def _read(self, name: str) -> Iterator[Block]:
        text = self.fields[name] or ""
        if name in self.markdown:
            yield from _blocks(name, clean(text), self.tokens[name])
            return
        at = 0
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield Block(name, "plain", line.strip(), number, at, at + len(line), text)
            at += len(line) + 1

    @cached_property
    def told(self) -> list[Block]:
        """What the guide itself says: all but what stands beside it."""
        return [one for one in self.blocks if one.field not in BESIDE]

    @cached_property
    def body(self) -> list[Block]:
        return [one for one in self.blocks if one.field in self.markdown]

    @cached_property
    def text(self) -> str:
        return "\n".join(one.words for one in self.told)

    @cached_property
    def page(self) -> str:
        """All that patients read with it."""
        return "\n".join([self.text, *self.around()])

    @cached_property
    def count(self) -> int:
        return sum(one.count for one in self.told)


BESIDE = frozenset({"sources", "sponsor_name", "sponsor_claims", "sponsor_connection"})


def _parsed(text: str) -> list[Token]:
    try:
        tokens = parse(text)
    except TooLong:
        return []  # publishing refuses it as a whole
    if tokens is not None:
        return tokens
    made = []
    for paragraph in typed(text):
        inline = Token("inline", "", 0, content=paragraph, children=[Token("text", "", 0, content=paragraph)])
        made += [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]
    return made


def _blocks(name: str, source: str, tokens: Sequence[Token]) -> Iterator[Block]:
    """Each block of text of a Markdown field, in order."""
    starts = [0, *(at + 1 for at, sign in enumerate(source) if sign == "\n"), len(source) + 1]
    opened: list[str] = []
    labelled: list[int] = []
    near, section = (0, len(starts) - 1), 0
    for number, token in enumerate(tokens):
        if token.map:
            near = (token.map[0], max(token.map[1], token.map[0] + 1))
        if token.nesting > 0:
            opened.append(token.type)
            if "entries" in token.meta:
                labelled.append(len(opened))
        elif token.nesting < 0:
            if labelled and labelled[-1] == len(opened):
                labelled.pop()
            opened.pop()
        elif token.type == "inline":
            above = tokens[number - 1]
            kind = _kind(opened)
            section += kind == "heading"
            yield Block(
                name, kind, words(token.children or []).strip(), near[0] + 1,
                starts[near[0]], starts[min(near[1], len(starts) - 1)], source,
                level=int(above.tag[1]) if kind == "heading" else 0,
                children=token.children or (),
                is_risks="risks" in above.meta, call=above.meta.get("call", ""),
                is_label=bool(labelled) and kind == "item", section=section,
            )  # fmt: skip


def _kind(opened: Sequence[str]) -> str:
    inside = opened[-1]
    if inside in ("heading_open", "th_open", "td_open"):
        return {"heading_open": "heading", "th_open": "head", "td_open": "cell"}[inside]
    return "item" if "list_item_open" in opened else "text"


def line_at(source: str, at: int) -> int:
    """The line of a place in a text, counted from 1."""
    return source.count("\n", 0, at) + 1
