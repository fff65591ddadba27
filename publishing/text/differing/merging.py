"""Two texts that came of one, by passages: what neither changed, what one alone did, what both did. No models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publishing.text.differing.differences import matches, paragraphs

_HEADING = re.compile(r"\s*#{1,6}\s+(.*?)\s*#*\s*$")
_STEP = re.compile(r"\s*(\d{1,9})[.)]\s")


@dataclass(frozen=True)
class Merged:
    """Some paragraphs of two texts, each with the blank space behind it; `base` is None where it is not known.

    `of` says whose words differ from the base: "same", "mine", "theirs" or "both". `place` is where it stands.
    """

    base: str | None
    mine: str
    theirs: str
    of: str
    place: str = ""


def merge(base: str | None, mine: str, theirs: str) -> list[Merged]:
    """The passages of both texts in their order: joined, their `mine` are the one text and their `theirs` the other."""
    old, one, other = (paragraphs(text) if text is not None else None for text in (base, mine, theirs))
    found = _two(one, other) if old is None else _three(old, one, other)
    return list(_placed(found))


def _two(one: list, other: list) -> Iterator[Merged]:
    at, there = 0, 0
    for index, index_there in [*matches(_texts(one), _texts(other)), (len(one), len(other))]:
        if at < index or there < index_there:
            yield Merged(None, _whole(one[at:index]), _whole(other[there:index_there]), "both")
        if index < len(one):
            yield Merged(None, _whole([one[index]]), _whole([other[index_there]]), "same")
        at, there = index + 1, index_there + 1


def _three(old: list, one: list, other: list) -> Iterator[Merged]:
    """As it is done since diff3: what all three have in common parts what was changed."""
    mine, theirs = dict(matches(_texts(old), _texts(one))), dict(matches(_texts(old), _texts(other)))
    was, at, there = 0, 0, 0
    for index in [*sorted(mine.keys() & theirs.keys()), len(old)]:
        ends = mine.get(index, len(one)), theirs.get(index, len(other))
        if index == len(old):
            ends = len(one), len(other)
        yield from _changed(old[was:index], one[at : ends[0]], other[there : ends[1]])
        if index < len(old):
            yield Merged(_whole([old[index]]), _whole([one[ends[0]]]), _whole([other[ends[1]]]), "same")
        was, at, there = index + 1, ends[0] + 1, ends[1] + 1


def _changed(old: list, one: list, other: list) -> Iterator[Merged]:
    """What stands between; paragraph by paragraph where none came or went, so that neighbours are told apart."""
    if len(old) == len(one) == len(other) > 1:
        for parts in zip(old, one, other, strict=True):
            yield from _changed(*([part] for part in parts))
    elif old or one or other:
        texts = [_texts(parts) for parts in (old, one, other)]
        of = "theirs" if texts[0] == texts[1] else "mine" if texts[0] == texts[2] else "both"
        yield Merged(_whole(old), _whole(one), _whole(other), "same" if texts[1] == texts[2] else of)


def _placed(found: Iterator[Merged]) -> Iterator[Merged]:
    """With the heading above each, and the number of a step; neighbours that are the same as one."""
    heading, same = "", None
    for one in found:
        if one.of == "same":
            same = Merged(None, same.mine + one.mine, same.theirs + one.theirs, "same", "") if same else one
        else:
            if same:
                yield same
                same = None
            step = _STEP.match(one.mine or one.theirs)
            yield Merged(one.base, one.mine, one.theirs, one.of, heading + (f", step {step[1]}" if step else ""))
        if match := next(filter(None, map(_HEADING.match, reversed(one.mine.splitlines()))), None):
            heading = match[1]
    if same:
        yield same


def _texts(parts: list) -> list[str]:
    return [part.text for part in parts]


def _whole(parts: list) -> str:
    return "".join(part.text + part.space for part in parts)
