"""Sanitised HTML cut into passages, with what changed since another text marked in place.

A mark is an element without attributes that is put between the tags that are there, or around words between two of
them; words of the other text are escaped. So marking adds nothing that the sanitiser would have to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from publishing.text.differing.differences import ALIKE, likeness, matches, pieces

# In sanitised HTML < and > stand in tags alone, and each value in double quotes.
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)[^<>]*?(/?)>|[^<]+")
_BLOCKS = {
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "section", "blockquote", "pre", "hr",
    "ul", "ol", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_VOID = frozenset(["br", "hr", "img", "path", "circle"])
_HEADING = re.compile(r"h[1-6]")
_START = re.compile(r'\bstart="(\d+)"')
_ALT = re.compile(r'<img [^<>]*?alt="([^"]*)"')
NEW = '<ins><span class="sr">new: </span>', "</ins>"
GONE = '<del><span class="sr">gone: </span>', "</del>"


@dataclass
class Passage:
    """A paragraph, an entry, a table, a note or a heading: its HTML, with marks, and its words with and without them.

    `is_frame` is what only opens or closes a section, and holds no words. `was` are the words that it had before.
    """

    html: str
    words: str = ""
    was: str = ""
    is_frame: bool = False
    is_heading: bool = False
    is_touched: bool = False
    pictures: list[str] = field(default_factory=list)


@dataclass
class _Leaf:
    """What stands between two tags of blocks: its tokens, and the words they hold together."""

    tokens: list[str]
    is_new: bool = False
    was: str | None = None  # the words of the same leaf in the other text, where they differ
    gone: list[str] = field(default_factory=list)  # leaves of the other text that stood before it

    def __post_init__(self) -> None:
        self.text = "".join(unescape(token) for token in self.tokens if token[0] != "<")

    @property
    def key(self) -> str:
        return " ".join(self.text.split())

    @property
    def words(self) -> Counter:
        return Counter(self.key.casefold().split())


def passages(html: str, before: str | None = None) -> list[Passage]:
    """The passages of a text; where `before` is given, the HTML of the text that patients read, with marks."""
    if before is None or before == html:
        return _together(list(_cut(html)), "")
    new = [_Leaf(tokens) for tokens in _leaves(html)]
    end = _compare([one for one in map(_Leaf, _leaves(before)) if one.key], [one for one in new if one.key])
    return _together(list(_cut(html, iter(new))), end)


def _tokens(html: str) -> Iterator[re.Match]:
    return _TOKEN.finditer(html)


def _leaves(html: str) -> Iterator[list[str]]:
    """The tokens between each two tags of blocks, in order; an empty list where nothing is."""
    held: list[str] = []
    for token in _tokens(html):
        if token[2] in _BLOCKS:
            yield held
            held = []
        else:
            held.append(token[0])
    yield held


def _compare(old: Sequence[_Leaf], new: Sequence[_Leaf]) -> list[str]:
    """Say of each new leaf what it was, and which went before it; return those that went at the end."""
    pairs = matches([one.key for one in old], [one.key for one in new])
    start, new_start, end = 0, 0, []
    for index, new_index in [*pairs, (len(old), len(new))]:
        end = _between(old[start:index], new[new_start:new_index])
        if new_index < len(new):
            new[new_index].gone += end
        start, new_start = index + 1, new_index + 1
    return end


def _between(old: Sequence[_Leaf], new: Sequence[_Leaf]) -> list[str]:
    """The same for leaves between two that stayed: in their order, the nearest that are alike are the same."""
    waiting = list(old)
    for leaf in new:
        at = next((at for at, one in enumerate(waiting) if likeness(one.words, leaf.words) >= ALIKE), None)
        if at is None:
            leaf.is_new = True
        else:
            leaf.gone += [one.key for one in waiting[:at]]
            leaf.was, waiting = waiting[at].text, waiting[at + 1 :]
    return [one.key for one in waiting]


def _marked(leaf: _Leaf) -> Iterator[str]:
    """The tokens of a leaf with marks around what is new in it, and what went from it in its place."""
    if leaf.is_new:
        yield from (_around(NEW, token) if token[0] != "<" and token.strip() else token for token in leaf.tokens)
        return
    if leaf.was is None:
        yield from leaf.tokens
        return
    left = [[one.kind, one.text] for one in pieces(leaf.was, leaf.text)]
    for token in leaf.tokens:
        if token[0] == "<":
            yield token
            continue
        room = len(unescape(token))
        while left and (room or left[0][0] == "gone"):
            kind, text = left[0]
            taken = text if kind == "gone" else text[:room]
            room -= 0 if kind == "gone" else len(taken)
            yield _piece(kind, taken)
            left[0][1] = text[len(taken) :]
            if not left[0][1]:
                left.pop(0)
    yield from (_piece(kind, text) for kind, text in left)


def _piece(kind: str, text: str) -> str:
    html = escape(text, quote=False)
    if not text.strip() or kind not in ("gone", "new"):
        return "" if kind == "gone" else html
    return _around(GONE if kind == "gone" else NEW, html)


def _around(mark: tuple[str, str], html: str) -> str:
    """The words in the mark, the blank space at their ends outside it."""
    words = html.strip()
    before, _words, after = html.partition(words)
    return f"{before}{mark[0]}{words}{mark[1]}{after}"


@dataclass
class _Chunk:
    """One chunk of a text, while it is cut: whole elements, or a tag that opens or closes a section."""

    html: str = ""
    words: str = ""
    was: str = ""
    is_frame: bool = False
    is_heading: bool = False
    is_touched: bool = False
    gone: list[str] = field(default_factory=list)

    def take(self, leaf: _Leaf) -> None:
        html = "".join(_marked(leaf) if leaf.key else leaf.tokens)
        self.html += html.replace("</del><ins>", "</del> <ins>")
        self.words += f"{leaf.key} " if leaf.key else ""
        self.was += f"{leaf.was if leaf.was is not None else '' if leaf.is_new else leaf.key} "
        self.is_touched |= leaf.is_new or leaf.was is not None
        self.gone += leaf.gone


def _cut(html: str, leaves: Iterator[_Leaf] | None = None) -> Iterator[_Chunk]:
    """The chunks of a text: each top block, and of a list each entry, in a list of its own that goes on counting."""
    chunk, depth, opened, number, held = _Chunk(), 0, "", 1, []
    for token in _tokens(html):
        closes, tag, shuts = token[1], token[2], token[3]
        if tag not in _BLOCKS:
            held.append(token[0])
            continue
        chunk.take(next(leaves) if leaves else _Leaf(held))
        held = []
        if depth == 0 and tag in ("section", "hr"):
            yield chunk
            yield _Chunk(token[0], is_frame=True)
            chunk = _Chunk()
        elif depth == 0 and tag in ("ul", "ol", "dl") and not closes:
            opened, depth = token[0], 1
            number = int(found[1]) if (found := _START.search(token[0])) else 1
        elif depth == 1 and opened and closes and tag in ("ul", "ol", "dl"):
            opened, depth = "", 0
        else:
            depth += 0 if tag in _VOID or shuts else -1 if closes else 1
            if opened and depth == 2 and not closes and not chunk.html.strip():
                chunk.html = _list(opened, number)
                number += 1
            chunk.html += token[0]
            chunk.is_heading |= bool(_HEADING.fullmatch(tag)) and depth == (0 if closes else 1) and not opened
            if depth == (1 if opened else 0) and closes:
                chunk.html += f"</{_TOKEN.match(opened)[2]}>" if opened else ""
                yield chunk
                chunk = _Chunk()
    chunk.take(next(leaves) if leaves else _Leaf(held))
    yield chunk


def _list(opened: str, number: int) -> str:
    """The tag that opens a list, from its entry with that number on."""
    if not opened.startswith("<ol") or number == 1:
        return opened
    return f'{_START.sub("", opened)[:-1].rstrip()} start="{number}">'


def _together(found: list[_Chunk], end: list[str]) -> list[Passage]:
    """The chunks as passages; what went stands where it stood, as a passage of its own."""
    whole: list[Passage] = []
    for one in found:
        whole += map(_lost, one.gone)
        if one.is_frame:
            whole.append(Passage(one.html, is_frame=True))
        elif one.html.strip():
            words, was = (" ".join(text.split()) for text in (one.words, one.was))
            pictures = [unescape(alt) for alt in _ALT.findall(one.html)]
            whole.append(Passage(one.html, words, was, False, one.is_heading, one.is_touched, pictures))
    return whole + [_lost(text) for text in end]


def _lost(text: str) -> Passage:
    return Passage(f"<p>{_piece('gone', text)}</p>", "", text, is_touched=True)
