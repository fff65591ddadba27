"""What a result shows of a text: the block in which the words stand, cut so that nothing in it is torn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from publishing.text.rendering import INLINE, NOTE_LINK
from publishing.text.seeking.letters import bare, folded, words_written

AROUND, LONGEST, LONGEST_PIECE = 90, 220, 400
SENTENCE_ENDS = ".!?।۔؟"
_TAG = re.compile(r"<(/?)([a-z0-9]+)([^<>]*)>")
_ID = re.compile(r' id="([^"<]*)"')
_WORD, _DIGIT = re.compile(r"\S+"), re.compile(r"\d")
_JOINED = str.maketrans("", "", "-/'’.,:")  # what may join the parts of one word
_PARTS = re.compile(r"[^\s/–—]+")


class Block(NamedTuple):
    """A paragraph, point, heading or row of a table, with the section it stands in."""

    anchor: str
    text: str
    is_heading: bool


class _Reading:
    """Reads the HTML that the renderer writes into blocks; a row of a table keeps its heads beside its cells."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.anchor, self.text, self.label = "", [], ""
        self.heads, self.cells = [], None

    def said(self) -> str:
        text, self.text = " ".join(unescape("".join(self.text)).split()), []
        return text

    def end(self, tag: str = "") -> None:
        text = self.said()
        if self.cells is not None:
            if text:
                self.cells[-1:] = [f"{self.cells[-1]} {text}".strip() if self.cells else text]
        elif tag == "dt":
            self.label = text
        elif text:
            is_heading = tag[:1] == "h" and tag[1:].isdigit()
            self.found.append(Block(self.anchor, f"{self.label}: {text}" if self.label else text, is_heading))
            self.label = ""

    def open(self, tag: str, told: str) -> None:
        self.end()
        if tag == "tr":
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append("")
        elif tag == "table":
            self.heads = []
        if (tag == "section" or tag[:1] == "h") and (anchor := _ID.search(told)):
            self.anchor = unescape(anchor[1])

    def close(self, tag: str) -> None:
        self.end(tag)
        if tag != "tr" or self.cells is None:
            return
        cells, self.cells = self.cells, None
        if not self.heads:
            self.heads = cells
            return
        named = [
            f"{head}: {cell}" if head else cell
            for head, cell in zip([*self.heads, *[""] * len(cells)], cells, strict=False)
            if cell
        ]
        self.found.append(Block(self.anchor, "; ".join(named), False))


def blocks(html: str) -> Iterator[Block]:
    """The blocks of sanitised HTML, in order, each read only when it is asked for."""
    html, reading, last = NOTE_LINK.sub("", html), _Reading(), 0
    for tag in _TAG.finditer(html):
        reading.text.append(html[last : tag.start()])
        if tag[2] not in INLINE:
            if tag[1]:
                reading.close(tag[2])
            else:
                reading.open(tag[2], tag[3])
            yield from reading.found
            reading.found.clear()
        last = tag.end()
    reading.text.append(html[last:])
    reading.end()
    yield from reading.found


def piece(found: Iterable[Block], terms: list[Collection[str]]) -> tuple[str, list[tuple[str, bool]]]:
    """(anchor, pieces of text and whether each is one of the words) of what is best shown for the words of a query.

    Each word of the query is the forms in which it may stand in the text. Without any of them the beginning is shown.
    """
    best, place, seen = (0, 0, 0), 0, []
    for number, block in enumerate(found):
        seen.append(block)
        if best[0] and len(block.text) < 2:
            continue
        held = _held(block.text, terms)
        told = (held, -block.is_heading, -number)
        if held and (best[0] == 0 or told > best):
            best, place = told, number
            if held == len(terms) and not block.is_heading:
                break  # nothing that follows is better
    block = seen[place] if seen else Block("", "", False)
    if block.is_heading and place + 1 < len(seen) and not seen[place + 1].is_heading:
        return block.anchor, marked(seen[place + 1].text, terms)
    return block.anchor if best[0] else "", marked(block.text, terms)


def _held(text: str, terms: list[Collection[str]]) -> int:
    """How many of the words stand in a text; its letters are asked before any of its words is taken apart."""
    letters = text.lower() if text.isascii() else folded(text)
    near = [forms for forms in terms if any(form in letters for form in forms)]
    if not near:
        return 0
    words = _likely(text, [form.translate(_JOINED) for forms in near for form in forms])
    written = {form for word in words for forms in words_written(word[0]) for form in forms}
    return sum(not written.isdisjoint(forms) for forms in near)


def _likely(text: str, forms: list[str]) -> list[re.Match]:
    """The words of a text that may be one of these: to take each apart costs several times as much."""
    is_likely, words = re.compile("|".join(map(re.escape, forms))).search, list(_WORD.finditer(text))
    bare = text.lower().translate(_JOINED).split() if text.isascii() else []
    if len(bare) != len(words):
        bare = [_bare(word[0]) for word in words]
    return [word for word, letters in zip(words, bare, strict=True) if is_likely(letters)]


def _bare(word: str) -> str:
    """The letters of a word in the one spelling, without what may join its parts."""
    return (word.lower() if word.isascii() else folded(word)).translate(_JOINED)


def marked(text: str, terms: list[Collection[str]]) -> list[tuple[str, bool]]:
    """A text cut to what is shown, in pieces: (words, whether these are what was looked for)."""
    wanted = {form for forms in terms for form in forms}
    spans = list(_spans(text, wanted))
    start, end = _cut(text, spans[0][0] if spans else 0)
    shown, last = [("… ", False)] if start else [], start
    for first, after in spans:
        if start <= first and after <= end:
            shown += [(text[last:first], False), (text[first:after], True)]
            last = after
    shown.append((text[last:end].rstrip() + (" …" if end < len(text) else ""), False))
    return [one for one in shown if one[0]]


def _spans(text: str, wanted: Collection[str]):
    """(first letter, letter behind the last) of each word of the text that is wanted."""
    letters = _bare(text)
    likely = [joined for form in wanted if (joined := form.translate(_JOINED)) in letters]
    for word in _likely(text, likely) if likely else ():
        written = list(words_written(word[0]))
        if not any(form in wanted for forms in written for form in forms):
            continue
        is_whole = any(forms[0] in wanted for forms in written)
        for part in [word] if is_whole else _PARTS.finditer(word[0]):
            if is_whole or any(form in wanted for forms in words_written(part[0]) for form in forms):
                kernel = bare(part[0])
                first = (0 if is_whole else word.start()) + part.start() + part[0].find(kernel)
                yield first, first + len(kernel)


def _cut(text: str, first: int) -> tuple[int, int]:
    """Where to begin and to end: from the start of the sentence, where that is not far, and never within a dose."""
    if len(text) <= LONGEST:
        return 0, len(text)
    cuts, sentences, has_digits = [0], [0], _DIGIT.search(text) is not None
    for before, after in pairwise(_WORD.finditer(text)):
        if not has_digits or not (_DIGIT.search(before[0]) or _DIGIT.search(after[0])):
            cuts.append(after.start())
        if before[0][-1] in SENTENCE_ENDS:
            sentences.append(after.start())
    start = sentences[bisect_right(sentences, first) - 1]
    if first - start > 2 * AROUND:
        start = cuts[bisect_right(cuts, first - AROUND) - 1]
    cuts.append(len(text))
    end = cuts[bisect_left(cuts, min(start + LONGEST, len(text)))]
    # What has no blank for so long is no word, and is torn
    return max(start, first - LONGEST_PIECE), min(end, first + LONGEST_PIECE)
