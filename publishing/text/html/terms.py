"""Words that a page explains: where terms of the word list stand in a text, and the links that are put there.

Latin, Devanagari and Arabic script alike: a term is found between the ends of words, the longest first, in whatever
capitals; a word within a compound, an address or another word is not it. One walk over the words of a text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from publishing.text.letters.spelling import DASHES, one_spelling

MOST_WORDS = 6  # of one term
SHORTEST_PLURAL = 3  # letters
# Where a link would stand in a link, or where words are a name of what follows
_BARRED = frozenset({"a", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "svg", "th"})
_BLOCK = (*range(0x300, 0x3100), *range(0xFE20, 0xFE30))
_MARKS = "".join(sign for sign in map(chr, _BLOCK) if unicodedata.category(sign)[0] == "M")
_WITHIN = re.compile(r"<[^<>]*>")
# All tags but those within a line
_END = re.compile(r"<(/?)(?!(?:em|span|strong|br|hr|img)\b)([a-z0-9]+)[^<>]*>|\Z")
_WORD = re.compile(rf"&#?\w+;|([^\W_](?:[^\W_]|[{_MARKS}\u200c\u200d]|['’](?=[^\W_]))*)")
# What makes one of the words beside it: a compound, an address
_GLUE = re.compile(r"[-./@:_#~+]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]")
# Short vowels, which most Urdu and Arabic texts leave out, and the stroke that only makes a word longer
_VOWELS = re.compile("[\u0640\u064b-\u065f\u0670]")


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    before: str  # what parts it from the word before: " ", "-", "" for an end, or signs that join the two


class _Keys(dict):
    """Words by how they are written: of a page, where most stand many times."""

    def __missing__(self, word: str) -> str:
        key = self[word] = _key(word)
        return key


@dataclass(slots=True)
class _Node:
    following: dict[tuple[str, str], _Node] = field(default_factory=dict)
    ends: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # (term, the form's words as written)


def _key(word: str) -> str:
    if word.isascii():
        return word.casefold()
    return _VOWELS.sub("", one_spelling(word, "NFKC").casefold().replace("’", "'"))


def _is_exact(word: str) -> bool:
    """Whether its capitals are part of it: INR, T, mRNA, pH; not Biopsy."""
    return any(map(str.isupper, word[1:])) or (len(word) == 1 and word.isupper())


def _words(text: str) -> list[_Word]:
    return [word for some in _read(escape(text, quote=False), None) for word in some]


def is_fit(form: str) -> bool:
    """Whether a text can be looked for at all: one to six words, with nothing but blanks or hyphens between them."""
    words = _words(form)
    return 0 < len(words) <= MOST_WORDS and all(one.before in (" ", "-") for one in words[1:])


def forms_of(title: str, also: str, language: str) -> list[str]:
    """All spellings under which a term is looked for: its own, those that staff wrote, a line each, and plurals."""
    lines = (DASHES.sub("-", line).split() for line in (title, *also.split("\n")))
    given = [" ".join(words) for words in lines if words]
    return list(dict.fromkeys([*given, *(other for form in given for other in _plurals(form, language))]))


def _plurals(form: str, language: str) -> Iterator[str]:
    last = form.rpartition(" ")[2].rpartition("-")[2]
    if language[:2] not in ("en", "es") or len(last) < SHORTEST_PLURAL or not last[-1].isalpha():
        return
    if language[:2] == "es":
        yield form + ("s" if last[-1] in "aeiouáéó" else "es")
    elif last.endswith(("s", "x", "z", "ch", "sh")):
        yield form + "es"
    elif last[-1] == "y" and last[-2] not in "aeiou":
        yield form[:-1] + "ies"
    else:
        yield form + "s"


class Terms:
    """The terms of one language, each by its number with the spellings it is looked for under."""

    def __init__(self, terms: Iterable[tuple[int, Iterable[str]]]) -> None:
        self.waiting: dict[str, list[tuple[int, str]]] = {}  # by their first word those that no text had yet
        self.root, self.numbers = _Node(), {}  # by their first word the numbers of terms
        self.keys, self.all = _Keys(), set()
        for number, forms in terms:
            self.all.add(number)
            for form in forms:
                first = _key(form.partition(" ")[0].partition("-")[0])
                self.waiting.setdefault(first, []).append((number, form))
                self.numbers.setdefault(first, set()).add(number)

    def _plant(self, first: str) -> None:
        """Make ready what begins with a word: of a thousand terms a text has few."""
        for number, form in self.waiting.pop(first):
            node, words = self.root, _words(form)
            for place, word in enumerate(words):
                node = node.following.setdefault(("" if place == 0 else word.before, _key(word.text)), _Node())
            node.ends.append((number, tuple(word.text for word in words)))

    def found(self, html: str, known: Collection[int] = ()) -> dict[int, tuple[int, int]]:
        """By term the place where it first stands in sanitised HTML; those that are known are passed over."""
        places: dict[int, tuple[int, int]] = {}
        starts = self._starts(html, known)
        if not starts:
            return places
        wanted = len(self.all.difference(known))
        for words in _read(html, starts):
            self._find(words, html, known, places)
            if len(places) == wanted:
                break
        return places

    def _find(self, words: list[_Word], html: str, known: Collection[int], places: dict[int, tuple[int, int]]) -> None:
        at, keys = 0, self.keys
        for first in self.waiting.keys() & {keys[word.text] for word in words}:
            self._plant(first)
        while at < len(words):
            number, length = 0, 0
            if keys[words[at].text] in self.numbers:
                number, length = self._longest(words, keys, at)
            if length and number not in known and number not in places:
                place = _whole(html, words[at].start, words[at + length - 1].end)
                if place:
                    places[number] = place
            at += length or 1

    def _starts(self, html: str, known: Collection[int]) -> list[int]:
        """Where a term that is not known may begin. All else of a text need not be read."""
        known, keys, numbers = frozenset(known), self.keys, self.numbers
        firsts = {one for one in set(_WORD.findall(html)) if one and not numbers.get(keys[one], known) <= known}
        return sorted(at for first in firsts for at in _whole_words(html, first))

    def _longest(self, words: list[_Word], keys: Mapping[str, str], at: int) -> tuple[int, int]:
        """(term, count of its words) of the longest term that begins there; (0, 0) where none does."""
        node, best = self.root, (0, 0)
        if words[at].before not in ("", " "):
            return best
        for place in range(at, min(at + MOST_WORDS, len(words))):
            word = words[place]
            node = node.following.get(("" if place == at else word.before, keys[word.text]))
            if node is None:
                break
            if place + 1 < len(words) and words[place + 1].before not in ("", " "):
                continue  # a part of a compound
            seen = [one.text for one in words[at : place + 1]]
            fitting = [number for number, form in node.ends if _is_same(form, seen)]
            if fitting:
                best = min(fitting), place + 1 - at
        return best


def _is_same(form: tuple[str, ...], seen: list[str]) -> bool:
    return all(word == other for word, other in zip(form, seen, strict=True) if _is_exact(word))


def _read(html: str, starts: list[int] | None) -> Iterator[list[_Word]]:
    """The words of sanitised HTML outside of headings, links, code and heads of tables, of what stands together each.

    Of what stands together, between two ends of words, all or nothing: only where one of the places `starts` is.
    """
    barred, at = 0, 0
    for tag in _END.finditer(html):
        if not barred and (starts is None or _holds(starts, at, tag.start())):
            yield list(_together(html, at, tag.start()))
        at = tag.end()
        if starts and at > starts[-1]:
            return
        barred += 0 if tag[2] not in _BARRED else -1 if tag[1] else 1


def _whole_words(html: str, word: str) -> Iterator[int]:
    """Where a word stands that is no part of another."""
    at = html.find(word)
    while at >= 0:
        end = at + len(word)
        if not (html[at - 1 : at].isalnum() or html[end : end + 1].isalnum()):
            yield at
        at = html.find(word, end)


def _holds(starts: list[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def _together(html: str, start: int, end: int) -> Iterator[_Word]:
    """The words of what tags within a line part."""
    between, is_first = "", True
    tags = [*_WITHIN.finditer(html, start, end)]
    ends = [tag.start() for tag in tags] + [end]
    for last, end in zip([start, *(tag.end() for tag in tags)], ends, strict=True):
        for word in _WORD.finditer(html, last, end):
            if word[1]:
                parted = between + html[last : word.start()]
                yield _Word(*word.span(), word[0], "" if is_first else " " if parted == " " else _joint(parted))
                last, between, is_first = word.end(), "", False
        between = "" if is_first else between + html[last:end]


def _joint(between: str) -> str:
    """What parts two words: a blank, a hyphen, "" for an end between them, or the signs that join them."""
    between = _UNSEEN.sub("", between).replace("&nbsp;", " ")
    if between.isspace():
        return " "
    between = DASHES.sub("-", between)
    return between if _GLUE.fullmatch(between) else ""


def _whole(html: str, start: int, end: int) -> tuple[int, int] | None:
    """The same place, so that whatever is opened in it is closed in it; None where that cannot be."""
    for _try in range(4):
        depth = lowest = 0
        for tag in re.finditer(r"<(/?)[a-z][^<>]*>", html[start:end]):
            depth += -1 if tag[1] else 1
            lowest = min(lowest, depth)
        if lowest < 0:
            opened = re.search(r"<(?:em|span|strong)(?: [^<>]*)?>\Z", html[max(0, start - 40) : start])
            if opened is None:
                return None
            start -= len(opened[0])
        elif depth > 0:
            closed = re.compile(r"</(?:em|span|strong)>").match(html, end)
            if closed is None:
                return None
            end = closed.end()
        else:
            return start, end
    return None


def explained(
    html: str,
    places: Mapping[int, tuple[int, int]],
    show: Callable[[str], str] = str,
    led: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """The HTML as `show` makes it, each place a link to the meaning of its term, which stands on the same page.

    What the text says itself is led to by its anchor in `led`, and nothing leads back. The places are those of the HTML
    as it is given, so they are marked by a sign for private use that it does not hold.
    """
    if not places:
        return show(html)
    sign = next(one for one in map(chr, range(0xE000, 0xF900)) if one not in html)
    for number, (start, end) in sorted(places.items(), key=lambda one: -one[1][0]):
        html = f"{html[:start]}{sign}{number}{sign}{html[start:end]}{sign}{html[end:]}"
    before, *found = show(html).split(sign)
    links = (
        f"<dfn><a {_led(int(number), led)}>{words}</a></dfn>{after}"
        for number, words, after in zip(found[::3], found[1::3], found[2::3], strict=True)
    )
    return "".join([before, *links])


def _led(number: int, led: Mapping[int, str]) -> str:
    if number in led:
        return f'href="#{escape(led[number])}"'
    return f'href="#{anchor(number)}" id="{anchor(number)}-at"'


def anchor(number: int | str) -> str:
    """The id of a term's meaning on a page; no heading has one with an underline."""
    return f"w_{number}"
