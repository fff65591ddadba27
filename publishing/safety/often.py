"""How often a sentence says to do something, and where a translation says it otherwise. No Django models.

Languages say it with other words and leave it out: told is only where both say how often, and differ.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from publishing.safety.words.lists import code_of, small_letters
from publishing.safety.words.often import COUNTS, NO_COUNT, OTHER, PERIODS
from publishing.safety.words.values import values_of

_NEAR = 30  # letters between a count and what it counts for
# Of a word; signs of Hindi and Urdu that stand on letters are part of it.
_IN_WORD = r"[\w\u0900-\u0963\u064b-\u065f\u0670]"
_HALF = Decimal("0.5")


class Rate(NamedTuple):
    """So many times in a period, which is "" where none is said; `place` is that of its sentence."""

    count: Decimal
    period: str
    shown: str
    place: int


@dataclass(frozen=True)
class _Often:
    """What is looked for in one language."""

    count: re.Pattern
    counts: dict[str, Decimal]
    strong: re.Pattern
    weak: re.Pattern
    other: re.Pattern
    periods: dict[str, str]
    before: tuple[str, ...]  # words beside which "once" counts nothing
    after: tuple[str, ...]

    def counted(self, text: str) -> Iterator[re.Match]:
        for found in self.count.finditer(text):
            words = (
                text[max(0, found.start() - 20) : found.start()].split(),
                text[found.end() : found.end() + 20].split(),
            )
            is_bound = any(" ".join(words[0][-3:]).endswith(one) for one in self.before)
            if self.value(found) > 1 or not (is_bound or words[1] and words[1][0].strip(",.") in self.after):
                yield found

    def value(self, found: re.Match) -> Decimal:
        written = found["alone"] or found["number"]
        return self.counts[written] if written in self.counts else Decimal(written)


def rates(sentences: Sequence[str], language: str) -> list[Rate]:
    often = _often(code_of(language))
    return [] if often is None else [one for place, text in enumerate(sentences) for one in _read(text, often, place)]


def otherwise(old: list[Rate], new: list[Rate]) -> Iterator[tuple[Rate, Rate]]:
    """(rate of the original, rate of the translation) where both say one that the other does not."""
    waiting: dict[Decimal, dict[str, list[Rate]]] = {}
    for one in reversed(new):
        waiting.setdefault(one.count, {}).setdefault(one.period, []).append(one)
    for is_same in (str.__eq__, lambda period, other: "" in (period, other)):
        lost = []
        for one in old:
            across = waiting.get(one.count, {})
            period = next((it for it, some in across.items() if some and is_same(one.period, it)), None)
            if period is None:
                lost.append(one)
            else:
                across[period].pop()
        old = lost
    left = {id(one) for across in waiting.values() for some in across.values() for one in some}
    yield from zip(old, (one for one in new if id(one) in left), strict=False)


def _read(source: str, often: _Often, place: int) -> Iterator[Rate]:
    text = small_letters(source)

    def blank(found: re.Match) -> str:
        return " " * len(found[0])

    for found in often.other.finditer(text):
        yield Rate(_HALF, often.periods[found[1]], found[1], place)
    text = often.other.sub(blank, text)
    found = [
        (one.start(1), one.end(1), is_strong)
        for is_strong in (True, False)
        for one in (often.strong if is_strong else often.weak).finditer(text)
    ]
    periods, counted = sorted(found), set()
    for count in often.counted(text):
        start, end = count.span()
        near = _nearest(periods, start, end)
        if near:
            start, end = min(start, near[0]), max(end, near[1])
            counted.add(near[0])
        period = often.periods[text[near[0] : near[1]]] if near else ""
        yield Rate(often.value(count), period, text[start:end], place)
    for start, end, is_strong in periods:
        period = often.periods[text[start:end]]
        if is_strong and start not in counted:
            yield Rate(Decimal(1), period, text[start:end], place)


def _nearest(periods: list[tuple[int, int, bool]], start: int, end: int) -> tuple[int, int, bool] | None:
    """The period beside a count, if one is near."""
    at = bisect(periods, (start,))
    beside = periods[max(0, at - 1) : at + 1]
    near = [(max(one[0] - end, start - one[1]), one) for one in beside]
    return min((one for one in near if one[0] <= _NEAR), default=(0, None))[1]


@cache
def _often(code: str) -> _Often | None:
    if code not in COUNTS:
        return None
    values = {word: value for word, value in values_of(code).items() if value >= 1 and value == int(value)}
    alone, behind = COUNTS[code]
    alone = {small_letters(word): Decimal(count) for count, _blank, word in _rows(alone)}
    number = rf"(?P<number>\d{{1,2}}|{_either(values)}) (?:{_either(_listed(behind))})"
    count = rf"(?<!{_IN_WORD})(?:(?P<alone>{_either(alone) or '(?!)'})|{number})(?!{_IN_WORD})"
    periods, patterns = {}, []
    for text in (*PERIODS[code], OTHER[code]):
        phrases = {small_letters(one): period for period, _b, told in _rows(text) for one in told.split("|")}
        periods |= phrases
        patterns.append(re.compile(rf"(?<!{_IN_WORD})({_either(phrases)})(?!{_IN_WORD})"))
    before, after = (tuple(map(small_letters, _listed(part))) for part in NO_COUNT[code])
    return _Often(re.compile(count), alone | values, *patterns, periods, before, after)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    return (" ".join(row.split()).partition(" ") for row in text.split(",") if row.strip())


def _either(words) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(
        re.escape(one) for one in sorted({small_letters(one) for one in words}, key=len, reverse=True) if one
    )
