"""Two texts in two languages that should say the same numbers: where they do not. No Django models.

Numbers, their units and telephone numbers are compared, block by block where both texts have the same blocks, else
section by section, else as wholes. The order within a block is not: languages differ in it. Number words are compared
where it is known what they mean. A unit counts where both name one that is known; "a tablet" is one tablet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from publishing.safety.blocks import Block, blocks
from publishing.safety.dangers import Danger
from publishing.safety.often import Rate, otherwise, rates
from publishing.safety.sentences import Reader
from publishing.safety.signs import Signs, Token
from publishing.safety.words import BY_COMMAS, code_of, words_of
from publishing.safety.words.values import values_of

TOLD = 4  # numbers, or sentences, that are named together
ACROSS = 300  # letters
EVERY_OTHER = {"2", "15", "48"}
PERIODS = {"hours", "days", "nights", "weeks", "months"}
FEWEST = 7  # digits that a telephone number has more than
_DIALLED = frozenset("0123456789+-() ")
# Where a point parts thousands somewhere: Spanish. Elsewhere it stands before a fraction, and 1.500 is one and a half.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{2,3})*([.,])\d{3}(?![\d.,])")
_BY_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?![\d.,])")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_RANGE = re.compile(r"\s?-\s?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIGNS = "<>≤≥±~≈=+ "
_TIMES = {"thousand": 1_000, "lakh": 100_000, "million": 1_000_000, "crore": 10_000_000}
# Languages say these otherwise, or leave them out: 8 pm is 8 in the evening.
_SOFT = {"am", "pm", "o'clock", "times", "doses", "units", "spoons", "cups", "glasses"} | {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
}  # fmt: skip


@dataclass(frozen=True)
class Apart(Danger):
    """A sentence of a translation, `after`, that says other numbers than its original, `before`."""

    is_translation = True


class Number(NamedTuple):
    """A number as it is compared: its value, "" where only its unit is known; `is_word` where it was no digits.

    `place` is that of its sentence among those it was read with.
    """

    value: str
    unit: str
    shown: str
    place: int
    is_word: bool


def apart(original: str, translation: str, *, languages: tuple[str, str]) -> list[Apart]:
    """Each sentence of a translation that says other numbers than the original; both texts are Markdown.

    `languages` are that of the original and that of the translation. Where a number is only missing, the sentence that
    has it stands before, and what is across from it after.
    """
    signs = Signs()
    texts = blocks(original, translation, signs=signs)
    readers = [_Numbers(language, signs) for language in languages]
    found: dict[tuple[str, str], list[str]] = {}
    for some, others in _paired(*texts):
        both = readers[0].read(some), readers[1].read(others)
        said = [rates(sentences, language) for (sentences, _numbers), language in zip(both, languages, strict=True)]
        for before, after, what in _told(*(_without_every_other(*one) for one in zip(both, said, strict=True))):
            found.setdefault((before, after), []).append(what)
        for one, other in otherwise(*said):
            before, after = both[0][0][one.place], both[1][0][other.place]
            if (before, after) not in found:
                found[before, after] = [f"the original says “{one.shown}”, the translation says “{other.shown}”"]
    return [Apart(*both, tuple(dict.fromkeys(what))) for both, what in found.items()]


def _without_every_other(read: tuple[list[str], list[Number]], said: list[Rate]) -> tuple[list[str], list[Number]]:
    """Without the two of "every two days", which is every other day."""
    places = {one.place for one in said if one.count < 1}
    sentences, numbers = read
    of_time = [one for one in numbers if one.place in places and one.value in EVERY_OTHER and one.unit in PERIODS]
    return sentences, [one for one in numbers if one not in of_time]


def _paired(old: list[Block], new: list[Block]) -> Iterator[tuple[list[Block], list[Block]]]:
    sections = [_sections(some) for some in (old, new)]
    together = zip(*sections, strict=True) if len(sections[0]) == len(sections[1]) else [(old, new)]
    for some, others in together:
        if [one.kind for one in some] == [one.kind for one in others]:
            yield from (([one], [other]) for one, other in zip(some, others, strict=True))
        else:
            yield some, others


def _sections(some: list[Block]) -> list[list[Block]]:
    """The blocks before the first heading, and each heading with what stands below it up to the next."""
    found: list[list[Block]] = [[]]
    for one in some:
        if one.kind == "heading":
            found.append([])
        found[-1].append(one)
    return found


class _Numbers:
    """Reads the numbers of one text."""

    def __init__(self, language: str, signs: Signs) -> None:
        self.reader, self.values = Reader(words_of(language), signs), values_of(language)
        self.by_commas = code_of(language) in BY_COMMAS

    def read(self, some: Sequence[Block]) -> tuple[list[str], list[Number]]:
        """The sentences of these blocks, and their numbers."""
        sentences = [sentence for block in some for sentence in self.reader.sentences(block)]
        numbered = enumerate(sentences)
        found = [one for place, each in numbered for token in each.tokens for one in self._of(token, place)]
        return [one.source for one in sentences], found

    def _of(self, token: Token, place: int) -> Iterator[Number]:
        if token.kind == "link" and "tel:" in token.value:
            digits = "".join(filter(str.isdigit, token.value))
            yield Number(digits, "", digits, place, False)
        elif token.kind == "number":
            units = token.unit.split("/")
            factor = next((_TIMES[one] for one in units if one in _TIMES), 1)
            unit = "/".join(one for one in units if one not in _TIMES and one not in _SOFT)
            if token.value in self.values:
                yield Number(_written(self.values[token.value] * factor), unit, token.shown, place, True)
            elif not token.value:
                yield Number("", unit, token.shown, place, True)
            elif token.value[-1:].isdigit():
                is_one = _DAY.fullmatch(token.value) or _is_telephone(token.value)
                for part in filter(None, [token.value] if is_one else _RANGE.split(token.value.strip(_SIGNS))):
                    yield Number(_value(part, factor, self.by_commas), unit, token.shown, place, False)


def _is_telephone(written: str) -> bool:
    return sum(map(str.isdigit, written)) > FEWEST and not _DAY.fullmatch(written) and set(written) <= _DIALLED


def _value(written: str, factor: int, by_commas: bool) -> str:
    """One spelling of a number: digits of telephone numbers, thousands without signs, a point before decimals."""
    if _is_telephone(written):
        return "".join(filter(str.isdigit, written))
    if re.fullmatch(r"\d{1,3}/\d{1,3}", written) and int(written.partition("/")[2]):
        top, _slash, bottom = written.partition("/")
        return _written(Decimal(top) / Decimal(bottom)) if int(bottom) < 10 else written
    is_grouped = _BY_COMMAS.fullmatch(written) if by_commas else _THOUSANDS.fullmatch(written)
    plain = written.replace(",", "").replace(".", "") if is_grouped else written.replace(",", ".")
    return _written(Decimal(plain) * factor) if _PLAIN.fullmatch(plain) else plain


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _told(old: tuple[list[str], list[Number]], new: tuple[list[str], list[Number]]) -> Iterator[tuple[str, str, str]]:
    """(sentence of the original, sentence of the translation, what differs) of two stretches that are paired."""
    (sources, numbers), (others, across) = old, new
    apart = _without_equal(numbers, across)
    lost, came = map(_by_place, _weighty(*apart))
    if len(sources) == len(others):
        for place in sorted({*lost, *came}):
            yield sources[place], others[place], _said(lost.get(place, []), came.get(place, []))
        alone = set(_alone(numbers)) & set(_alone(across))
        for one, other in zip(*([it for it in some if it.place in alone] for some in apart), strict=False):
            if one.place == other.place and one.place not in {*lost, *came} and _is_near(one.unit, other.unit):
                yield sources[one.place], others[one.place], _said([one], [other])
    elif came:
        some = dict(list(lost.items())[:TOLD])
        before, gone = " ".join(sources[place] for place in some), [one for each in some.values() for one in each]
        yield from ((before, others[place], _said(gone, own)) for place, own in came.items())
    else:
        whole = " ".join(others)[:ACROSS]
        yield from ((sources[place], whole, _said(own, [])) for place, own in lost.items())


def _alone(numbers: list[Number]) -> Iterator[int]:
    """The sentences in which one number stands alone, as a word. "One" is told only there: it is an article as well."""
    for place, some in _by_place(numbers).items():
        if len(some) == 1 and some[0].is_word and some[0].value:
            yield place


def _by_place(numbers: list[Number]) -> dict[int, list[Number]]:
    found: dict[int, list[Number]] = {}
    for one in numbers:
        found.setdefault(one.place, []).append(one)
    return found


def _said(lost: list[Number], came: list[Number]) -> str:
    gone, here = (", ".join(dict.fromkeys(one.shown for one in some[:TOLD])) for some in (lost, came))
    if gone and here:
        return f"the original says {gone}, the translation says {here}"
    return f"the original says {gone}, the translation does not" if gone else f"the original does not say {here}"


def _without_equal(old: list[Number], new: list[Number]) -> tuple[list[Number], list[Number]]:
    """What each says beyond the other: first those that are the same in value and unit, then nearly so."""
    waiting: dict[str, dict[str, list[Number]]] = defaultdict(lambda: defaultdict(list))
    for one in reversed(new):
        waiting[one.value or "1"][one.unit].append(one)
    for is_same in (str.__eq__, _is_near):
        left = []
        for one in old:
            across = waiting[one.value or "1"]
            unit = next((unit for unit, others in across.items() if others and is_same(one.unit, unit)), None)
            if unit is None:
                left.append(one)
            else:
                across[unit].pop()
        old = left
    kept = {id(one) for across in waiting.values() for others in across.values() for one in others}
    return old, [one for one in new if id(one) in kept]


def _is_near(unit: str, other: str) -> bool:
    """The same where one says no unit, or degrees of no scale."""
    units = {unit, other}
    return len(units) == 1 or "" in units or ("°" in units and not units.isdisjoint({"°c", "°f"}))


def _weighty(lost: list[Number], came: list[Number]) -> tuple[list[Number], list[Number]]:
    """Without what languages say in words or leave out: a one, a unit alone, a number word with nothing across."""
    lost, came = ([one for one in some if not (one.is_word and one.value in ("", "1"))] for some in (lost, came))
    digits = [one for one in (*lost, *came) if not one.is_word]
    if digits or (lost and came):
        return lost, came
    lost, came = ([one for one in some if one.unit or one.value.startswith("0.")] for some in (lost, came))
    return lost, came
