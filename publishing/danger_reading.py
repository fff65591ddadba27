"""What one sentence says: its words, and what is dangerous in it. No Django models."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from publishing.danger_words import AFTER_A_NUMBER, ORDINARY, UNITS, Words, fold

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)[^()]{0,200}\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)?)>?(?:\s+[\"'(][^()]{0,200})?\s*\)")
_LABEL = re.compile(r"\[([^\[\]]*)\](?:\[([^\[\]]*)\])?")
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:?|\[!\w+\]")
_MARKED = re.compile(r"[\[&\\*_`~]")
_ENTITY = re.compile(r"&#?\w+;")
# Between two digits a mark stays: 2*3 is not 23.
_EMPHASIS = re.compile(r"(?<![\d*`])[*`]++|(?<=\d)[*`]++(?!\d)|(?<!\w)_++|(?<!_)_++(?!\w)|~~")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_THESE = {"the", "this", "that", "these", "those", "your", "our", "my", "his", "her", "their"}


class Token(NamedTuple):
    """Something dangerous, as it was `shown`; `value` and `unit` are what it means.

    `kind`: number, word, place (where a medicine goes), medicine (by how its name ends), link, picture or mark.

    A number has its digits (or its word) as value; "days" alone is a number without a value.
    """

    kind: str
    value: str
    shown: str
    unit: str = ""


Meaning = tuple[str, str, str]


def meaning(token: Token) -> Meaning:
    return token.kind, token.value, token.unit


def meanings(tokens: Sequence[Token]) -> tuple[Meaning, ...]:
    return tuple(map(meaning, tokens))


@dataclass
class Reading:
    """What a sentence says: its words as small letters, what is dangerous in it, its clauses, and its and, or, but.

    A clause is its other telling words, and what turns it round ("not"). `taken`: words that stand where the names of
    medicines stand; `is_taking` if the sentence speaks of taking something.
    """

    words: tuple[str, ...]
    tokens: tuple[Token, ...]
    clauses: Sequence[tuple[frozenset[str], frozenset[str]]]
    joins: Sequence[str]
    taken: tuple[str, ...]
    is_taking: bool

    def __post_init__(self) -> None:
        self.bag = frozenset(self.words)
        self.content = frozenset(word for telling, _ in self.clauses for word in telling)
        self.turns = frozenset(turn for _, turning in self.clauses for turn in turning)
        self.meanings = meanings(self.tokens)


class _Lexeme(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_LETTERS = r"[^\s\d!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u2190-\u22ff\u0964\u0965\u060c\u061b\u061f\u06d4]"
_LEXEME = re.compile(
    rf"""(?P<link>(?:https?://|www\.|mailto:|tel:)[^\s<>()]+ | [\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]+)
    | (?P<phone>[+(]{{0,2}}\d(?:[\ ()-]{{0,2}}\d){{7,}})
    | (?P<number>(?:[<>≤≥±~≈=]{{1,3}}\s?|(?<![\w)])[+-])?\.?\d+(?:(?:[.,:/x]|\^[+-]?|\s?-\s?)\d+)*)
    | (?P<word>{_LETTERS}+(?:'{_LETTERS}+)* | °\s?[CcFf]?(?!{_LETTERS}) | [%‰])
    | (?P<stop>[,;:()—] | \s-\s)""",
    re.VERBOSE,
)


def read(source: str, words: Words, labels: Set[str] = frozenset()) -> Reading:
    """What a piece of Markdown says; `labels` are the names of links defined apart."""
    text, others = _plain(source, labels)
    text = fold(text)
    found = [_Lexeme(one.lastgroup or "", one[0], *one.span()) for one in _LEXEME.finditer(text)]
    small = [one.text.casefold() if one.kind == "phone" else _tight(one.text) for one in found]
    tokens: list[Token] = []
    clauses: list[tuple[list[str], list[str]]] = [([], [])]
    at = 0
    while at < len(found):
        start, join = at, words.joins.get(small[at])
        at, token = _token(text, found, small, at, words)
        if token:
            tokens.append(token)
            clauses[-1][1].extend([token.value] if token.value in words.turns else [])
            clauses[-1][0].extend([token.value] if token.kind in ("place", "medicine") else [])
        elif join or found[at].kind == "stop":
            clauses.append(([], []))
        elif small[at] not in words.small:
            clauses[-1][0].append(small[start])
        at += 1
    joins = [words.joins[one] for one in small if one in words.joins]
    kept = [(frozenset(telling), frozenset(turning)) for telling, turning in clauses if telling]
    taken, is_taking = _taken(small, words)
    return Reading(tuple(small), (*tokens, *others), kept, joins, taken, is_taking)


def _token(text: str, found: list[_Lexeme], small: list[str], at: int, words: Words) -> tuple[int, Token | None]:
    """The last lexeme of what begins at `at`, and its token if it is dangerous."""
    start, kind = at, found[at].kind
    if kind == "link":
        shown = found[at].text.rstrip(".,;:!?'")
        return at, Token("link", shown, shown)
    if kind in ("number", "phone") or small[at] in words.numbers:
        at, unit = _unit(text, found, small, at)
        return at, Token("number", small[start], text[found[start].start : found[at].end], unit)
    return _word(small, at, words) if kind == "word" else (at, None)


def _tight(text: str) -> str:
    return "".join(text.split()).casefold()


def _unit(text: str, found: list[_Lexeme], small: list[str], at: int) -> tuple[int, str]:
    """The last lexeme of the unit behind the number at `at` (`at` itself if it has none), and the unit's meaning."""
    meanings = []
    is_divided = False
    while True:
        for count in (2, 1):
            unit = AFTER_A_NUMBER.get(" ".join(small[at + 1 : at + 1 + count])) if at + count < len(found) else None
            gap = text[found[at].end : found[at + 1].start].strip() if unit else ""
            if unit and gap == ("/" if is_divided else "" if gap != "-" else "-"):
                break
        else:
            return at, "/".join(meanings)
        meanings.append(unit)
        at, is_divided = at + count, True


def _word(small: list[str], at: int, words: Words) -> tuple[int, Token | None]:
    """The last lexeme of the phrase that begins at `at`, and what it means if that is dangerous."""
    for several, meaning in words.words.get(small[at], ()):
        if tuple(small[at : at + len(several)]) == several:
            kind = "place" if meaning in words.places else "word"
            return at + len(several) - 1, Token(kind, meaning, " ".join(several))
    if _is_medicine(small[at], words):
        return at, Token("medicine", small[at].removesuffix("s"), small[at])
    unit = UNITS.get(small[at])
    return at, Token("number", "", small[at], unit) if unit else None


@lru_cache(maxsize=20_000)
def _is_medicine(word: str, words: Words) -> bool:
    return words.stem.fullmatch(word) is not None


def _taken(small: list[str], words: Words) -> tuple[tuple[str, ...], bool]:
    """The words that stand where the names of medicines stand, in order, and whether anything is taken at all."""
    if all(some.isdisjoint(small) for some in (words.taking, words.taken, words.ending)):
        return (), False
    is_name = [_is_name(one, words) for one in small]
    found: set[int] = set()
    is_open = False
    for at, one in enumerate(small):
        is_begun = one in words.taking or (one == "of" and at > 0 and small[at - 1] in words.taken)
        is_open = is_begun or (is_open and one not in words.bars)
        if is_open and is_name[at]:
            found.add(at)
    is_open = is_after_name = is_ending = False
    for at in range(len(small) - 1, -1, -1):
        one = small[at]
        if is_name[at]:
            behind = small[at + 1 : at + 2]
            if (is_open and not is_after_name) or (is_ending and not words.behind.intersection(behind)):
                found.add(at)
            is_after_name = True
        elif one in words.taken:
            is_open, is_after_name = True, False
        elif one in words.joins or one == ",":
            is_after_name = False
        elif one in words.bars and one != "a" or one in _THESE or one not in words.small and one not in words.words:
            is_open = False
        is_ending = is_ending or one in words.ending
    return tuple(dict.fromkeys(small[at] for at in sorted(found))), True


@lru_cache(maxsize=20_000)
def _is_name(word: str, words: Words) -> bool:
    """Whether nothing says that a word is no medicine's name."""
    is_known = word in words.everyday or word in words.small or word in words.words or word in words.numbers
    is_taking = word in words.taking or word in words.taken or word in words.ending
    is_word = len(word) > 3 and word[0].isalpha() and word not in words.bars and word not in AFTER_A_NUMBER
    return is_word and not is_known and not is_taking and not ORDINARY.fullmatch(word)


def _plain(source: str, labels: Set[str]) -> tuple[str, list[Token]]:
    """The words of a piece of Markdown, and the links, pictures and crossed-out stretches in it."""
    if not _MARKED.search(source):
        return source, []
    found = [Token("mark", "~~", "a crossed-out stretch")] * (source.count("~~") // 2)

    def take(kind: str, address: str, text: str) -> str:
        found.append(Token(kind, address, address))
        return "" if text.strip().casefold() == "decorative" else text

    def label(one: re.Match) -> str:
        name = (one[2] or one[1]).casefold()
        return take("link", f"[{name}]", one[1]) if name in labels else one[1]

    if "[" in source:
        source = _NOTE.sub("", _PICTURE.sub(lambda one: take("picture", one[2], one[1]), source))
        source = _LINK.sub(lambda one: take("link", one[2], one[1]), source)
        source = _LABEL.sub(label, source) if labels else source
    if "&" in source:
        source = _ENTITY.sub(lambda one: unescape(one[0]), source)
    return _ESCAPE.sub("", _EMPHASIS.sub("", source)), found
