"""The passages of a translation across from those of its original, and what changed there since. No Django models."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from publishing.text import dice, digest, matches, paragraphs, pieces

ALIKE = 0.4  # of their words: one passage became the other
_MARK = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Part:
    """A paragraph, heading, entry or row: the sign it begins with, its words as Markdown, and the space behind it."""

    mark: str
    words: str
    space: str

    @property
    def kind(self) -> str:
        sign = self.mark.strip()
        if sign[:1] == "#":
            return sign
        if sign:
            return "1" if sign[0].isdigit() else "-"
        return "|" if self.words[:1] in ("|", ">") else ""

    @property
    def is_told(self) -> bool:
        """Whether it holds letters that could be translated."""
        return bool(_LETTER.search(self.words))


@dataclass
class Row:
    """One passage of the original as patients read it now, with the translation that stands across from it.

    `before` is what the original said when it was translated, where that differs, or of a passage that is gone.
    `need`: "" nothing; new, changed, gone. `own` is "" where nothing is translated yet.
    """

    field: str
    number: int
    part: Part
    before: str | None = None
    own: str = ""
    need: str = ""
    place: int = 0  # among all of the page
    apart: list = field(default_factory=list)  # numbers that differ
    of: str = ""  # what stands before the names of a question's fields
    label: str = ""  # what staff call the field; nothing for the text itself
    terms: list = field(default_factory=list)  # words of the list that stand in it, and how they are told
    is_right: bool = False  # whether it was ticked as right in a form that was not saved

    @property
    def name(self) -> str:
        return f"{self.of}{self.field}-{self.number}"

    @property
    def pair(self) -> tuple[str, str]:
        """What is remembered where somebody says that the translation is right beside this passage."""
        return digest(self.part.words), digest(self.own)

    @property
    def pieces(self) -> list:
        now = "" if self.need == "gone" else self.part.words
        return pieces(now if self.before is None else self.before, now)


def cut(text: str, *, is_whole: bool = False) -> list[Part]:
    """The parts of a text; joined they are the text. `is_whole` for a field that is one passage."""
    if is_whole:
        return [Part("", text, "")] if text else []
    found = []
    for part in paragraphs(text):
        mark = _MARK.match(part.text)[0]
        found.append(Part(mark, part.text[len(mark) :], part.space))
    return found


def beside(name: str, old: str, new: str, mine: str, settled: Set[tuple[str, str]], *, is_whole: bool) -> list[Row]:
    """The rows of one field: `old` is what was translated, `new` what patients read now, `mine` the translation.

    `settled` are the pairs that somebody called right since. What is gone from the original stands last.
    """
    before, after, own = (cut(text, is_whole=is_whole) for text in (old, new, mine))
    became = _became(before, after)
    is_of_new = [one.kind for one in own] == [one.kind for one in after]
    # Laid out as both are, a translation may stand in the order of either: what changed places is asked about.
    is_of_both = is_of_new and [one.kind for one in before] == [one.kind for one in after]
    across = _across(after if is_of_new else before, own)
    rows = []
    for place, part in enumerate(after):
        if not part.is_told:
            continue
        at = became.get(place)
        held = across.get(place if is_of_new else at)
        row = Row(name, place, part, before[at].words if at is not None and before[at].words != part.words else None)
        told = own[held].words if held is not None else ""
        row.own = "" if told in (part.words, row.before) else told
        if not row.own:
            row.need = "new"
        elif (at is None or row.before is not None or is_of_both and at != place) and row.pair not in settled:
            row.need = "changed"
        rows.append(row)
    if not is_of_new:
        rows += _gone(name, before, own, across, set(became.values()), len(after))
    return rows


def _gone(name: str, before: list[Part], own: list[Part], across: dict, kept: set, first: int) -> list[Row]:
    """What is translated of passages that the original no longer has."""
    lost = [(at, held) for at, held in across.items() if at not in kept and own[held].is_told]
    lost += [(None, held) for held in range(len(own)) if held not in set(across.values()) and own[held].is_told]
    rows = []
    for number, (at, held) in enumerate(lost, first):
        was = before[at].words if at is not None else ""
        if own[held].words != was:
            rows.append(Row(name, number, own[held], was, own[held].words, "gone"))
    return rows


def _became(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """By the place of each new passage, that of the old one which it was."""
    found = {now: was for was, now in matches([one.words for one in old], [one.words for one in new])}
    left = [at for at in range(len(old)) if at not in set(found.values())]
    words = {at: frozenset(old[at].words.casefold().split()) for at in left}
    for now, part in enumerate(new):
        if now in found or not left:
            continue
        here = frozenset(part.words.casefold().split())
        likeness, at = max((dice(words[at], here), -at) for at in left)
        if likeness >= ALIKE:
            found[now] = -at
            left.remove(-at)
    return found


def _across(original: Sequence[Part], own: Sequence[Part]) -> dict[int, int]:
    """By the place of each passage of the original, that of the translation which stands across from it."""
    kinds = [[one.kind for one in some] for some in (original, own)]
    if len(original) == len(own):
        return {at: at for at in range(len(own))}
    heads = [[at for at, kind in enumerate(some) if kind[:1] == "#"] for some in kinds]
    if len(heads[0]) != len(heads[1]):
        return dict(matches(*kinds))
    found: dict[int, int] = {}
    ends = [[0, *some, len(kinds[side])] for side, some in enumerate(heads)]
    for place in range(len(ends[0]) - 1):
        (start, end), (own_start, own_end) = ((some[place], some[place + 1]) for some in ends)
        pairs = zip(range(end - start), range(own_end - own_start), strict=False)
        if end - start != own_end - own_start:
            pairs = matches(kinds[0][start:end], kinds[1][own_start:own_end])
        found |= {start + at: own_start + held for at, held in pairs}
    return found


def written(new: str, typed: dict[int, str], kept: Sequence[str], *, is_whole: bool) -> str:
    """A field of the translation: the passages of the original with what was typed in place of each.

    What is not translated yet stays as it is in the original. `kept` are passages that are gone there, and stay here.
    """
    parts = cut(new, is_whole=is_whole)
    told = []
    for place, part in enumerate(parts):
        words = _BLANK_LINES.sub("\n", typed.get(place, "").strip())
        words = words[len(_MARK.match(words)[0]) :] if part.mark else words
        told.append(part.mark + (words or part.words) + part.space)
    text = "".join(told)
    return "\n\n".join([text.rstrip("\n"), *kept]) if kept else text
