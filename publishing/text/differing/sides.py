"""Two texts of trusted HTML beside each other, passage by passage, what went marked, and what came.

Both were made by `render`, so that < and > stand in tags alone. Marks go into it between words, never into a tag.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from publishing.text.differing.differences import ALIKE, likeness, matches
from publishing.text.html.rendering import plain

_PART = re.compile(r"<(/?)([a-z0-9]+)([^<>]*)>|[^<]+")
_INLINE = frozenset({"a", "em", "strong", "s", "code", "span", "sup", "img", "br"})
_ALONE = frozenset({"img", "br"})
_CELLS = frozenset({"td", "th"})
_HEADING = re.compile("h[1-6]")
_WORD = re.compile(r"\S+\s*|\s+")
_ID = re.compile(r' (?:id|aria-label|data-label)="[^"]*"')
MOST = 50  # runs looked at for one that is alike
_MARKS = {
    "same": "{}",
    "new": '<ins><span class="sr visually-hidden">new: </span>{}</ins>',
    "gone": '<del><span class="sr visually-hidden">gone: </span>{}</del>',
}


class _Token(NamedTuple):
    """A word, picture or line end with the opening tags that it stands in; or, with no key, the edge of a cell."""

    key: tuple
    html: str
    stack: tuple[str, ...]


@dataclass
class Run:
    """The words between two tags of blocks, or a row of a table; where it stands, for people."""

    heading: str
    shell: str  # what it is shown in by itself, with {} for the words
    number: int = 0  # of an entry in a numbered list
    html: str = ""
    tokens: list[_Token] = field(default_factory=list)

    @property
    def keys(self):
        return tuple(token.key for token in self.tokens)

    @property
    def words(self):
        return Counter(token.key[0].casefold() for token in self.tokens if token.key)


@dataclass(frozen=True)
class Sides:
    """One passage before and after: HTML with what went and what came marked, "" where there is none."""

    heading: str
    number: int
    before: str
    after: str
    is_same: bool


def sides(before: str, after: str) -> list[Sides]:
    """The passages of two texts of trusted HTML beside each other, in the order of the later one."""
    olds, news = list(_runs(before)), list(_runs(after))
    return [_sides(old, new) for old, new in _beside(olds, news)]


def _parts(html: str) -> Iterator[str | Run]:
    """The HTML as tags of blocks, and the runs of words between them. Joined they are the HTML."""
    reading = _Reading()
    for part in _PART.finditer(html):
        yield from reading.take(part)
    yield from reading.close()


def _runs(html: str) -> Iterator[Run]:
    return (part for part in _parts(html) if isinstance(part, Run))


class _Reading:
    """Where one is in the HTML: the heading above, the lists around, and the words since the last tag of a block."""

    def __init__(self) -> None:
        self.heading, self.lists, self.blocks = "", [], []
        self.stack: list[str] = []
        self.is_row = False
        self.html: list[str] = []
        self.tokens: list[_Token] = []

    def take(self, part: re.Match) -> Iterator[str | Run]:
        closing, tag, attributes = part.groups()
        if tag is None:
            self._words(part[0])
        elif tag in _INLINE:
            self._inline(part[0], closing, tag)
        elif self.is_row and tag in _CELLS:
            self._edge(part[0])
        else:
            yield from self.close()
            self._block(closing, tag, attributes or "")
            yield part[0]

    def close(self) -> Iterator[str | Run]:
        """What was read since the last tag of a block: a run, or blank space."""
        html, tokens = "".join(self.html), self.tokens
        self.html, self.tokens = [], []
        if any(token.key and (token.key[0] or token.html[0] == "<") for token in tokens):
            number, shell = self._shell()
            if self.blocks and _HEADING.fullmatch(self.blocks[-1]):
                self.heading = " ".join(plain(html).split())
            yield Run(self.heading, shell, number, html, tokens)
        elif html:
            yield html

    def _words(self, text: str) -> None:
        self.html.append(text)
        is_note = any("footnote" in tag for tag in self.stack)
        stack = tuple(self.stack)
        around = tuple(_ID.sub("", tag) for tag in stack if "keep" not in tag and "ltr" not in tag)
        for word in _WORD.findall(text):
            key = ("note",) if is_note else (word.strip(), *around)
            self.tokens.append(_Token(key, word, stack))

    def _inline(self, html: str, closing: str, tag: str) -> None:
        self.html.append(html)
        if tag in _ALONE:
            self.tokens.append(_Token((html,), html, tuple(self.stack)))
        elif closing:
            self.stack.pop()
        else:
            self.stack.append(html)

    def _edge(self, html: str) -> None:
        self.html.append(html)
        self.tokens.append(_Token((), html, ()))

    def _block(self, closing: str, tag: str, attributes: str) -> None:
        if closing:
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()
            if tag in self.blocks:
                del self.blocks[len(self.blocks) - 1 - self.blocks[::-1].index(tag) :]
        elif tag != "hr":
            self.blocks.append(tag)
            if tag in ("ol", "ul"):
                start = re.search(r'start="(\d+)"', attributes)
                self.lists.append([tag, int(start[1]) - 1 if start else 0])
            elif tag == "li" and self.lists:
                self.lists[-1][1] += 1
        self.is_row = bool(self.blocks) and self.blocks[-1] == "tr"

    def _shell(self) -> tuple[int, str]:
        """(the number of the entry, what the run is shown in by itself)."""
        if self.is_row:
            return 0, "<table><tbody><tr>{}</tr></tbody></table>"
        if "li" in self.blocks and self.lists:
            tag, number = self.lists[-1]
            if tag == "ol":
                return number, f'<ol start="{number}"><li>{{}}</li></ol>'
            return 0, "<ul><li>{}</li></ul>"
        if self.blocks and _HEADING.fullmatch(self.blocks[-1]):
            return 0, "<h3>{}</h3>"
        return 0, "<p>{}</p>"


def _beside(olds: Sequence[Run], news: Sequence[Run]) -> list[tuple[Run | None, Run | None]]:
    """Each old run beside the new one that it stayed or became; what went or came stands alone, in its place."""
    # One key for each text, as what is compared has to be hashed often.
    known: dict[tuple, str] = {}
    keys = [[known.setdefault(run.keys, str(len(known))) for run in runs] for runs in (olds, news)]
    found, start, new_start = [], 0, 0
    for at, new_at in [*matches(*keys), (len(olds), len(news))]:
        found += _likely(olds[start:at], news[new_start:new_at])
        if at < len(olds):
            found.append((olds[at], news[new_at]))
        start, new_start = at + 1, new_at + 1
    return found


def _likely(olds: Sequence[Run], news: Sequence[Run]) -> Iterator[tuple[Run | None, Run | None]]:
    """Of runs between the same ones, those that are alike beside each other, in order; two alone, alike or not."""
    if len(olds) == len(news) == 1:
        yield olds[0], news[0]
        return
    olds = list(olds)
    for new in news:
        at = next((at for at, old in enumerate(olds[:MOST]) if likeness(old.words, new.words) >= ALIKE), None)
        if at is None:
            yield None, new
        else:
            yield from ((old, None) for old in olds[:at])
            yield olds[at], new
            del olds[: at + 1]
    yield from ((old, None) for old in olds)


def _sides(old: Run | None, new: Run | None) -> Sides:
    told = new or old
    if old and new and old.keys == new.keys:
        shown = new.shell.format(new.html)
        return Sides(new.heading, new.number, shown, shown, True)
    changes = _changes(old.tokens if old else [], new.tokens if new else [])
    before = old.shell.format(_marks(changes, without="new")) if old else ""
    after = new.shell.format(_marks(changes, without="gone")) if new else ""
    return Sides(told.heading, told.number, before, after, False)


def _changes(old: Sequence[_Token], new: Sequence[_Token]) -> list[tuple[str, _Token]]:
    """The words of both, each marked: same (as the new text has it), gone or new."""
    found, start, new_start = [], 0, 0
    for at, new_at in [*matches([token.key for token in old], [token.key for token in new]), (len(old), len(new))]:
        found += [("gone", token) for token in old[start:at]]
        found += [("new", token) for token in new[new_start:new_at]]
        if at < len(old):
            found.append(("same", new[new_at]))
        start, new_start = at + 1, new_at + 1
    return found


def _marks(changes: Sequence[tuple[str, _Token]], *, without: str) -> str:
    """HTML in which what went and what came stands in marks, within the tags that it stood in."""
    out = []
    # The edge of a cell that went would take the row apart, so only words go, where both are shown.
    kept = [one for one in changes if one[0] != without and (one[1].key or one[0] != "gone" or without == "new")]
    for (stack, is_edge), group in groupby(kept, key=lambda one: (one[1].stack, not one[1].key)):
        words = list(group)
        if is_edge:
            out += [token.html for _kind, token in words]
            continue
        inner = "".join(
            _marked(kind, "".join(token.html for _kind, token in some))
            for kind, some in groupby(words, key=lambda one: one[0])
        )
        is_gone = all(kind == "gone" for kind, _token in words)
        tags = [_ID.sub("", tag) if is_gone else tag for tag in stack]
        names = [re.match(r"<([a-z0-9]+)", tag)[1] for tag in stack]
        out.append("".join(tags) + inner + "".join(f"</{name}>" for name in reversed(names)))
    return "".join(out)


def _marked(kind: str, html: str) -> str:
    """The blank behind the last word that went or came is neither struck out nor underlined."""
    words = html.rstrip()
    return _MARKS[kind].format(words) + html[len(words) :] if words else html
