"""What one sentence says: its words, and what is dangerous in it. No Django models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from publishing.safety.signs import CELL, HELD, UNREAD, Signs, Token
from publishing.safety.words import (
    AFTER_A_NUMBER,
    UNITS,
    Words,
    fold,
    is_medicine,
    taken,
    with_commas,
    without_groups,
)

Meaning = tuple[str, str, str]
BETWEEN = frozenset({"a", "se", "ya", "yaa", "aur", ",", "-", "–", "—"})  # two numbers, in Spanish, Hindi and Urdu


class Element(NamedTuple):
    """A telling word, or something dangerous, where it stands.

    `breaks` is what stands between the one before and this: "," a comma, "&" an and or or, ";" another stop, "?" the
    beginning of a condition, "!" of a reason. `at` is its first word, `end` behind its last; `cell` counts in a row.
    `weighs` if its place matters: it is dangerous, or has an opposite.
    """

    name: str | Meaning
    shown: str
    token: Token | None
    breaks: str
    at: int
    end: int
    cell: int
    weighs: bool


def meaning(token: Token) -> Meaning:
    return token.kind, token.value, token.unit


def is_number(token: Token) -> bool:
    return token.kind == "number" and token.value != ""


def quoted(token: Token) -> str:
    """It as people are told of it; words stand in quotation marks."""
    is_word = token.kind in ("word", "place", "medicine", "where") or not token.value
    return f"“{token.shown}”" if is_word else token.shown


def meanings(tokens: Sequence[Token]) -> tuple[Meaning, ...]:
    return tuple(map(meaning, tokens))


@dataclass
class Reading:
    """What a sentence says: its words as small letters, what is telling in it, its clauses, and its and, or, but.

    A clause is its other telling words, and what turns it round ("not"). `taken`: words that stand where the names of
    medicines stand; `is_taking` if the sentence speaks of taking something, `is_warning` if it forbids or urges.
    `opposites`: to words of it those that say the opposite.
    """

    words: tuple[str, ...]
    order: tuple[Element, ...]
    clauses: Sequence[tuple[frozenset[str], frozenset[str]]]
    joins: Sequence[str]
    taken: tuple[str, ...]
    is_taking: bool
    is_warning: bool
    opposites: dict[str, frozenset[str]]

    def __post_init__(self) -> None:
        self.tokens = tuple(one.token for one in self.order if one.token)
        self.bag = frozenset(self.words)
        self.content = frozenset(word for telling, _ in self.clauses for word in telling)
        self.turns = frozenset(turn for _, turning in self.clauses for turn in turning)
        self.meanings = meanings(self.tokens)


class _Lexeme(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_LETTERS = (
    f"[^{HELD}" + r"\s\d!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u205e\u2190-\u22ff\u0964\u0965\u060c\u061b\u061f\u06d4]"
)
_LEXEME = re.compile(
    rf"""(?P<link>(?:https?://|www\.|mailto:|tel:)[^\s<>(){HELD}]+ | [\w.+-]{{1,64}}@[\w-]{{1,64}}\.[\w.-]+)
    | (?P<phone>[+(]{{0,2}}\d(?:[\ ()-]{{0,2}}\d){{7,}})
    | (?P<number>(?:[<>≤≥±~≈=]{{1,3}}\s?|(?<![\w)])[+-])?\.?\d+(?:(?:[.,:/x]|\^[+-]?|\s?-\s?)\d+)*)
    | (?P<word>{_LETTERS}+(?:'{_LETTERS}+)* | °\s?[CcFf]?(?!{_LETTERS}) | [%‰])
    | (?P<stop>[,;:()—|] | \s-\s)
    | (?P<held>[{HELD}])""",
    re.VERBOSE,
)


def read(source: str, words: Words, signs: Signs, *, has_groups: bool = False) -> Reading:
    """What the words of a block say, with the signs that stand in them; `has_groups` if 1,000 is 1000 there."""
    text = fold(signs.read(source))
    if has_groups:
        text = with_commas(text)
    found, inserted = _lexemes(text, signs)
    small = [_small(one, words, has_groups) for one in found]
    order, clauses = _order(text, found, small, inserted, words)
    joins = [words.joins[one] for one in small if one in words.joins]
    kept = [(frozenset(telling), frozenset(turning)) for telling, turning in clauses if telling]
    is_warning = any(one.token.value in words.warnings for one in order if one.token and one.token.kind == "word")
    opposites = {word: words.opposites[word] for word in words.opposites.keys() & small}
    return Reading(tuple(small), tuple(order), kept, joins, *taken(small, words), is_warning, opposites)


Inserted = list[tuple[int, Token | None]]


def _lexemes(text: str, signs: Signs) -> tuple[list[_Lexeme], Inserted]:
    """The words, numbers and stops; and before which of them a token, or (None) the end of a cell, stands."""
    found: list[_Lexeme] = []
    inserted: Inserted = []
    for one in _LEXEME.finditer(text):
        if one.lastgroup != "held":
            found.append(_Lexeme(one.lastgroup or "", one[0], *one.span()))
        else:
            inserted.append((len(found), None if one[0] == CELL else signs.tokens[one[0]]))
    return found, inserted


def _order(
    text: str, found: list[_Lexeme], small: list[str], inserted: Inserted, words: Words
) -> tuple[list[Element], list[tuple[list[str], list[str]]]]:
    """The telling elements, and the clauses: the telling words of each, and what turns it round."""
    order: list[Element] = []
    clauses: list[tuple[list[str], list[str]]] = [([], [])]
    breaks, cell, at = "", 0, 0
    inserted = inserted[::-1]
    while True:
        while inserted and inserted[-1][0] <= at:
            _, token = inserted.pop()
            if token:
                order.append(Element(meaning(token), token.shown, token, breaks, at, at, cell, True))
            else:
                cell += 1
            breaks = "" if token else f"{breaks};"
        if at >= len(found):
            return order, clauses
        start, (at, token) = at, _token(text, found, small, at, words)
        added = "" if token else _break(found[start].kind, small[start], words)
        breaks += added
        if token:
            clauses[-1][1].extend([token.value] if token.value in words.turns else [])
            clauses[-1][0].extend([token.value] if token.kind in ("place", "medicine") else [])
        elif set(added) & set(",&;"):
            clauses.append(([], []))
        at += 1
        is_telling = token is None and at == start + 1 and found[start].kind != "stop"
        if is_telling and small[start] not in words.small and small[start] not in words.joins:
            clauses[-1][0].append(small[start])
            order.append(
                Element(small[start], small[start], None, breaks, start, at, cell, small[start] in words.opposites)
            )
            breaks = ""
        elif token:
            order.append(Element(meaning(token), token.shown, token, breaks, start, at, cell, True))
            breaks = ""


def _break(kind: str, word: str, words: Words) -> str:
    if kind == "stop" or word in words.joins:
        return "," if word == "," else "&" if words.joins.get(word) in ("and", "or") else ";"
    return "?" if word in words.conditions else "!" if word in words.reasons else ""


def _token(text: str, found: list[_Lexeme], small: list[str], at: int, words: Words) -> tuple[int, Token | None]:
    """The last lexeme of what begins at `at`, and its token if it is dangerous."""
    start, kind = at, found[at].kind
    if kind == "link":
        shown = found[at].text.rstrip(".,;:!?'")
        return at, Token("link", shown, shown)
    if kind in ("number", "phone") or small[at] in words.numbers or _counts(small, at, words):
        at, unit = _unit(text, found, small, at)
        shown = UNREAD.sub("", text[found[start].start : found[at].end])
        # "Una tableta" is a tablet, and says no more than "la tableta".
        value = "" if unit and small[start] in words.articles else small[start]
        return at, Token("number", value, shown, unit)
    return _word(small, at, words) if kind == "word" else (at, None)


def _small(one: _Lexeme, words: Words, has_groups: bool) -> str:
    """What is compared of it: nothing of how people of two countries write the same."""
    if one.kind == "phone":
        return one.text.casefold()
    tight = _tight(one.text)
    if one.kind == "number":
        return without_groups(tight) if has_groups else tight
    return words.spelt.get(tight, tight)


def _counts(small: list[str], at: int, words: Words) -> bool:
    """Whether a word that is no number everywhere is one where it stands: before what it counts, how often, or as the
    lesser of two numbers ("una o dos tabletas", "ek do goli")."""
    if small[at] in words.counting:
        return _counted(small, at) > 0 or _is_lesser(small, at, words)
    if small[at] not in words.articles:
        return False
    counted = _counted(small, at)
    if counted and " ".join(small[at + 1 : at + 1 + counted]) in UNITS:
        return True
    # What is no measure by itself ("una vez en casa") is counted only where it is said how often.
    behind = at + 1 + counted
    return any(tuple(small[behind : behind + len(one)]) == one for one in words.often) or _is_lesser(small, at, words)


def _counted(small: list[str], at: int) -> int:
    """How many words behind it name what a number counts."""
    return next((count for count in (2, 1) if " ".join(small[at + 1 : at + 1 + count]) in AFTER_A_NUMBER), 0)


def _is_lesser(small: list[str], at: int, words: Words) -> bool:
    """Whether a further number stands behind it: behind an "or", a "to" or a comma, or a word right behind a word."""
    is_parted = small[at + 1 : at + 2] != [] and (small[at + 1] in words.joins or small[at + 1] in BETWEEN)
    other = at + (2 if is_parted else 1)
    if other >= len(small) or not (is_parted or small[at] in words.counting):
        return False
    if small[other] in words.numbers or (is_parted and small[other][0].isdigit()):
        return True
    return small[other] in words.counting and _counted(small, other) > 0


def _tight(text: str) -> str:
    return "".join(text.split()).casefold()


def _unit(text: str, found: list[_Lexeme], small: list[str], at: int) -> tuple[int, str]:
    """The last lexeme of the unit behind the number at `at` (`at` itself if it has none), and the unit's meaning."""
    meanings = []
    is_divided = False
    while True:
        for count in (2, 1):
            unit = AFTER_A_NUMBER.get(" ".join(small[at + 1 : at + 1 + count])) if at + count < len(found) else None
            gap = UNREAD.sub("", text[found[at].end : found[at + 1].start]).strip() if unit else ""
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
            if not meaning:
                return at + len(several) - 1, None
            kind = "place" if meaning in words.places else "word"
            return at + len(several) - 1, Token(kind, meaning, " ".join(several))
    if is_medicine(small[at], words):
        return at, Token("medicine", small[at].removesuffix("s"), small[at])
    unit = UNITS.get(small[at])
    return at, Token("number", "", small[at], unit) if unit else None
