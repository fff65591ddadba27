"""How easily a text is read: the published formulas, on counts of our own. Advice, which blocks nothing.

Flesch-Kincaid (Kincaid and others, 1975) and SMOG (McLaughlin, 1969) hold for English alone. No formula is known to
hold for patients' texts in the site's other languages: of these it is said that nothing was measured. A number counts
as a word of one syllable; SMOG passes it over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from publishing.findings.reading import Block, Guide, sentences
from publishing.findings.syllables import syllables
from publishing.safety import code_of

EASY, MEDIUM = 8, 11  # up to which school year
FEWEST = 30  # words; of fewer a formula says nothing
MANY = 3  # syllables of a word that SMOG counts
HARD = 4  # syllables of one that is told
TOLD = 5  # sentences and words
_WORD = re.compile(r"[^\W_](?:[^\W_]|[-’'](?=[^\W_]))*")


@dataclass(frozen=True)
class Counts:
    """What the formulas ask of a text."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    many: int = 0  # words of three syllables or more

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def flesch_kincaid(self) -> float:
        """The school year in which a text is understood."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float:
        """The same by McLaughlin; of fewer than 30 sentences it is near enough to advise by."""
        return 1.043 * (self.many * 30 / self.sentences) ** 0.5 + 3.1291


def counts(lines: Iterable[str]) -> Counts:
    """Of lines, each of which is one or more sentences."""
    number = words = heard = many = 0
    known: dict[str, int] = {}
    for line in lines:
        told = sentences(line)
        number += len(told)
        for word in _WORD.findall(line):
            words += 1
            if not word[0].isascii() or word[0].isdigit():
                heard += 1
                continue
            if word not in known:
                known[word] = syllables(word)
            heard += known[word]
            many += known[word] >= MANY
    return Counts(words, number, heard, many)


def school_year(text: str, language: str) -> int | None:
    """The school year of a text, a line for each block; None where nothing can be measured."""
    if code_of(language) != "en":
        return None
    found = counts(text.split("\n"))
    if found.words < FEWEST or not found.sentences:
        return None
    return max(0, min(99, round(found.flesch_kincaid)))


def level(year: int | None) -> str:
    """easy, medium or hard; nothing where it was not measured."""
    return "" if year is None else "easy" if year <= EASY else "medium" if year <= MEDIUM else "hard"


@dataclass(frozen=True)
class Ease:
    """What a writer is told: the year, and where the longest sentences and the hard words stand."""

    year: int | None
    smog: int | None
    longest: list[tuple[Block, str, int]]  # with how many words
    hard: list[tuple[Block, str]]

    @property
    def level(self) -> str:
        return level(self.year)


def ease_of(guide: Guide) -> Ease:
    """How easily the text of a guide is read, without its heads and tables."""
    blocks = [one for one in guide.body if one.kind in ("text", "item")]
    lines = [one for block in blocks for one in block.sentences]
    found = counts(lines) if guide.language == "en" else Counts()
    is_measured = found.words >= FEWEST and found.sentences > 0
    long = [(block, one, len(_WORD.findall(one))) for block in blocks for one in block.sentences]
    long = sorted((one for one in long if one[2] > 15), key=lambda one: -one[2])[:TOLD]
    return Ease(
        max(0, round(found.flesch_kincaid)) if is_measured else None,
        round(found.smog) if is_measured else None,
        long,
        _hard(blocks) if guide.language == "en" else [],
    )


def _hard(blocks: list[Block]) -> list[tuple[Block, str]]:
    """Words of many syllables, the most frequent first, each where it stands first."""
    first: dict[str, tuple[Block, str]] = {}
    often: Counter = Counter()
    for block in blocks:
        for word in _WORD.findall(block.words):
            if len(word) > 7 and word.isascii() and syllables(word) >= HARD:
                first.setdefault(word.lower(), (block, word))
                often[word.lower()] += 1
    return [first[word] for word, _times in often.most_common(TOLD)]
