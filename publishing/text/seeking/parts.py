"""What a result shows of a text: the block in which the words stand, cut so that nothing in it is torn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from html import escape, unescape
from itertools import chain, islice
from typing import NamedTuple

from publishing.text.html.rendering import INLINE, NOTE_LINK
from publishing.text.seeking.cutting import cut
from publishing.text.seeking.letters import bare, folded, words_written

BETWEEN = "\0"  # which no text holds
_TAG = re.compile(r"<(/?)([a-z0-9]+)([^<>]*)>")
_END = re.compile(rf"<(/?)(?!(?:{'|'.join(sorted(INLINE))})\b)([a-z0-9]+)([^<>]*)>")  # of a block
_WHOLE_END = re.compile(f"({_END.pattern.replace('(/?)', '/?').replace('([a-z0-9]+)([^<>]*)', '[a-z0-9]+[^<>]*')})")
_TAG_WITHIN = re.compile(rf"</?(?:{'|'.join(sorted(INLINE))})\b[^<>]*>")
_HEADING_ENDS = re.compile("</h[0-9]")
_ID = re.compile(r' id="([^"<]*)"')
_WORD = re.compile(r"\S+")
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
        self.anchor, self.text, self.label = "", "", ""
        self.heads, self.cells = [], None

    def end(self, tag: str = "") -> None:
        text, self.text = _said(self.text), ""
        if self.cells is not None:
            if text:
                self.cells[-1:] = [f"{self.cells[-1]} {text}".strip() if self.cells else text]
        elif tag == "dt":
            self.label = text
        elif text:
            self.found.append(Block(self.anchor, f"{self.label}: {text}" if self.label else text, _is_heading(tag)))
            self.label = ""

    def open(self, tag: str, told: str) -> None:
        if tag == "tr":
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append("")
        elif tag == "table":
            self.heads = []
        self.anchor = _anchor(tag, told) or self.anchor

    def close(self, tag: str) -> None:
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


def _said(raw: str) -> str:
    """What stands between two ends of blocks, as it is read."""
    if "<" in raw:
        raw = _TAG.sub("", raw)
    return " ".join((unescape(raw) if "&" in raw else raw).split())


def _is_heading(tag: str) -> bool:
    return tag[:1] == "h" and tag[1:].isdigit()


def _anchor(tag: str, told: str) -> str:
    found = _ID.search(told) if tag == "section" or tag[:1] == "h" else None
    return unescape(found[1]) if found else ""


def blocks(html: str) -> Iterator[Block]:
    """The blocks of sanitised HTML, in order, each read only when it is asked for."""
    html, reading, last = NOTE_LINK.sub("", html), _Reading(), 0
    for tag in _END.finditer(html):
        start = tag.start()
        if start > last:
            reading.text = html[last:start]
            reading.end(tag[2] if tag[1] else "")
        if tag[1]:
            reading.close(tag[2])
        else:
            reading.open(tag[2], tag[3])
        yield from reading.found
        reading.found.clear()
        last = tag.end()
    reading.text = html[last:]
    reading.end()
    yield from reading.found


def piece(html: str, terms: list[Collection[str]], lead: str = "") -> tuple[str, list[tuple[str, bool]]]:
    """(anchor, pieces of text and whether each is one of the words) of what is best shown for the words of a query.

    Each word of the query is the forms in which it may stand in the text. Without any of them the beginning is shown.
    Best is the block that has most of them; of these a heading comes last, then the first.
    """
    is_plain = html.isascii() and "<table" not in html and "<dt" not in html
    found, place = (_best_of_plain if is_plain else _best_of_all)(lead, html, terms)
    block = found[max(place, 0)] if found else Block("", "", False)
    if block.is_heading and place + 1 < len(found) and not found[place + 1].is_heading:
        return block.anchor, marked(found[place + 1].text, terms)
    return block.anchor if place >= 0 else "", marked(block.text, terms)


def _best_of_all(lead: str, html: str, terms: list[Collection[str]]) -> tuple[list[Block], int]:
    """(blocks, the place of the best or -1), each block read only while a better one may follow."""
    best, place, seen, most = (0, 0, 0), -1, [], len(terms)
    if html.isascii():
        most = len(_near(_TAG.sub("", f"{lead}\n{html}".lower()), terms))  # a tag may stand in a word
    for number, block in enumerate(chain([Block("", lead, False)] if lead else [], blocks(html))):
        seen.append(block)
        held = _held(block.text, terms)
        told = (held, -block.is_heading, -number)
        if held and told > best:
            best, place = told, number
        if best[0] >= most and (not most or not seen[place].is_heading):
            break  # nothing that follows is better
    return seen, place


def _best_of_plain(lead: str, html: str, terms: list[Collection[str]]) -> tuple[list[Block], int]:
    """The same of a text without tables and lists of terms, in letters that need no folding: there the letters of all
    blocks are asked first, and only those blocks are read that may be the best, and the one behind it."""
    parts = _WHOLE_END.split(f"{escape(lead)}<p>{NOTE_LINK.sub('', html) if '<a' in html else html}")
    raw, tags = parts[::2], parts[1::2]
    letters = BETWEEN.join(raw).lower()
    near, held = _by_block(_TAG_WITHIN.sub("", letters) if "<" in letters else letters, terms)
    is_heading = {place: place < len(tags) and _HEADING_ENDS.match(tags[place]) is not None for place in held}
    best = (0, False, 0)
    for told in sorted(((count, not is_heading[place], -place) for place, count in held.items()), reverse=True):
        if told <= best:
            break
        best = max(best, (_held(_said(raw[-told[2]]), near), *told[1:]))
    shown = islice((place for place in range(-best[2], len(raw)) if raw[place] and not raw[place].isspace()), 2)
    ends = [_HEADING_ENDS.match(tag) is not None for tag in (*tags, "")]
    found = [Block(_anchor_before(tags[:place]), _said(raw[place]), ends[place]) for place in shown]
    return found, 0 if best[0] else -1


def _by_block(letters: str, terms: list[Collection[str]]) -> tuple[list[Collection[str]], Counter[int]]:
    """(the terms of which letters stand in any block, how many of them in each), the blocks parted by BETWEEN."""
    near, held = [], Counter()
    for forms in terms:
        places = set()
        for form in forms:
            at, place, last = letters.find(form), 0, 0
            while at >= 0:
                place, last = place + letters.count(BETWEEN, last, at), at
                places.add(place)
                end = letters.find(BETWEEN, at)
                at = letters.find(form, end) if end >= 0 else -1
        if places:
            near.append(forms)
            held.update(places)
    return near, held


def _anchor_before(tags: list[str]) -> str:
    """The id of the section or heading that was opened last."""
    for tag in reversed(tags):
        told = _TAG.fullmatch(tag)
        if not told[1] and (anchor := _anchor(told[2], told[3])):
            return anchor
    return ""


def _held(text: str, terms: list[Collection[str]]) -> int:
    """How many of the words stand in a text; its letters are asked before any of its words is taken apart."""
    letters = text.lower() if text.isascii() else folded(text)
    near = _near(letters, terms)
    if not near:
        return 0
    words = _likely(text, [_unjoined(form) for forms in near for form in forms], _unjoined(letters))
    written = {form for word in words for forms in words_written(word[0]) for form in forms}
    return sum(not written.isdisjoint(forms) for forms in near)


def _near(letters: str, terms: list[Collection[str]]) -> list[Collection[str]]:
    return [forms for forms in terms if any(form in letters for form in forms)]


def _likely(text: str, forms: list[str], letters: str) -> list[re.Match]:
    """The words of a text that may be one of these: to take each apart costs several times as much.

    Its letters are given too, as `_bare` has them.
    """
    likely = re.compile("|".join(map(re.escape, forms)))
    if text.isascii():
        starts = _starts(text, letters, likely)
        return [word for start in starts if (word := _WORD.match(text, start))]
    words, bare = list(_WORD.finditer(text)), letters.split()
    if len(bare) != len(words):
        bare = [_bare(word[0]) for word in words]
    return [word for word, letters in zip(words, bare, strict=True) if likely.search(letters)]


def _starts(text: str, letters: str, likely: re.Pattern) -> Iterator[int]:
    """Where words of a text begin in which one of these stands, by the blanks before each: there are as many among the
    letters."""
    words, start, place, last, told = text.split(" "), 0, 0, 0, -1
    for hit in likely.finditer(letters):
        blanks, last = letters.count(" ", last, hit.start()), hit.start()
        start += sum(map(len, words[place : place + blanks])) + blanks
        place += blanks
        if place != told:
            told = place
            yield start


def _bare(word: str) -> str:
    """The letters of a word in the one spelling, without what may join its parts."""
    return _unjoined(word.lower() if word.isascii() else folded(word))


def _unjoined(letters: str) -> str:
    if letters.isascii():
        return letters.encode().translate(None, b"-/'.,:").decode()  # five times as fast
    return letters.translate(_JOINED)


def marked(text: str, terms: list[Collection[str]]) -> list[tuple[str, bool]]:
    """A text cut to what is shown, in pieces: (words, whether these are what was looked for)."""
    wanted = {form for forms in terms for form in forms}
    spans = list(_spans(text, wanted))
    start, end = cut(text, spans[0][0] if spans else 0)
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
    for word in _likely(text, likely, letters) if likely else ():
        written = list(words_written(word[0]))
        if not any(form in wanted for forms in written for form in forms):
            continue
        is_whole = any(forms[0] in wanted for forms in written)
        for part in [word] if is_whole else _PARTS.finditer(word[0]):
            if is_whole or any(form in wanted for forms in words_written(part[0]) for form in forms):
                kernel = bare(part[0])
                first = (0 if is_whole else word.start()) + part.start() + part[0].find(kernel)
                yield first, first + len(kernel)
