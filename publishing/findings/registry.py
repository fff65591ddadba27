"""Checks of what is written for patients, and what they find. A check is registered beside what it speaks of.

Findings are told before patients read a text; what can hurt when a text changes is the matter of `safety`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from publishing.text import dice, digest


class Severity(StrEnum):
    MUST_FIX = "must fix"  # nobody can publish it
    PLEASE_ADD = "please add"  # passed with one typed reason, which is kept


@dataclass(frozen=True)
class Mend:
    """What one press of a button writes instead of what stands at a place of a field."""

    at: int
    old: str
    new: str

    @property
    def label(self) -> str:
        """What stands on the button."""
        return f"Write “{self.new}”" if len(self.new) <= SHORT and "\n" not in self.new else "Mend it"

    def mended(self, text: str) -> str | None:
        """The text with it, or None where it no longer stands there."""
        end = self.at + len(self.old)
        return text[: self.at] + self.new + text[end:] if text[self.at : end] == self.old else None


@dataclass(frozen=True)
class Finding:
    """What one check says of one place: a sentence, and what patients see or what to do, as another.

    `passage` are the words it speaks of, `line` is where they stand in the field, counted from 1; 0 is the whole text.
    """

    sentence: str
    effect: str = ""
    field: str = ""
    line: int = 0
    passage: str = ""
    mend: Mend | None = None
    link: str = ""  # a page where it is put right, where that is not the form
    check: Check | None = None
    number: int = 0  # of those that say the same of the same words, which one
    is_read_already: bool = False  # what patients read has it too

    @property
    def severity(self) -> Severity:
        return self.check.severity

    @property
    def is_must_fix(self) -> bool:
        return self.check.severity == Severity.MUST_FIX

    @property
    def form_field(self) -> str:
        """The field of the form in which it is put right."""
        return "sponsor" if self.field.startswith("sponsor_") else self.field

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes it the same finding in another text."""
        return self.check.id, self.field, " ".join(self.passage.split())

    @property
    def key(self) -> str:
        return digest([*self.same, self.number])[:16]


ALIKE = 0.7  # of the words
SHORT = 40  # letters on a button
MOST = 100  # of one check that are told
Finder = Callable[..., Iterable[Finding]]


@dataclass(frozen=True)
class Check:
    """One thing that is looked for. `title` says it as done: “Says when to get help”."""

    id: str
    title: str
    severity: Severity
    standard: str  # where the rule comes from
    find: Finder
    languages: frozenset[str] | None = None  # None: all
    of_whole_guides: bool = False  # an answer alone needs it not
    needs_record: bool = False  # it asks the database
    holds_commands: bool = False  # it leaves a person to decide, though a reason would do
    asks_somebody: bool = False  # whoever checks texts settles it, and not whoever writes them
    asks_ticks: bool = False  # each place takes a tick when it is published, and no reason beside

    def fits(self, guide) -> bool:
        speaks = self.languages is None or guide.language in self.languages
        return speaks and (guide.is_whole or not self.of_whole_guides)


_checks: dict[str, Check] = {}


def check(id: str, title: str, severity: Severity, standard: str, **told) -> Callable[[Finder], Finder]:
    """Decorates a function that is given a guide and yields its findings."""

    def register(find: Finder) -> Finder:
        _checks[id] = Check(id, title, severity, standard, find, **told)
        return find

    return register


def checks() -> list[Check]:
    """All that are registered, must fix first."""
    return sorted(_checks.values(), key=lambda one: one.severity != Severity.MUST_FIX)


def run(guide, *, only: Collection[str] | None = None) -> Iterator[Finding]:
    """What the checks find, or only some of them, by id. Where there is no record (`work`), it is not asked."""
    for one in checks():
        asked = (only is None or one.id in only) and (guide.work is not None or not one.needs_record)
        if asked and one.fits(guide):
            seen: Counter = Counter()
            for finding in islice(one.find(guide), MOST):
                finding = replace(finding, check=one)
                yield replace(finding, number=seen[finding.same])
                seen[finding.same] += 1


def beside(found: Iterable[Finding], live: Iterable[Finding]) -> list[Finding]:
    """The findings, with a mark on each that the live text has as well: same check, same words.

    Of what is asked to be added, nearly the same words will do: a corrected number makes no long sentence new.
    """
    found, live = list(found), list(live)
    exact, marked = Counter(one.same for one in live), []
    for one in found:
        marked.append(replace(one, is_read_already=exact[one.same] > 0))
        exact[one.same] -= exact[one.same] > 0
    left = [one for one in live if exact[one.same] > 0][:MOST]
    for place, one in enumerate(marked):
        if not (one.is_read_already or one.is_must_fix) and _take(one, left):
            marked[place] = replace(one, is_read_already=True)
    return marked


def _take(one: Finding, left: list[Finding]) -> bool:
    """Take the finding that says the same of words much alike out of those that are left."""
    for place, other in enumerate(left):
        if one.same[:2] == other.same[:2] and dice(set(one.passage.split()), set(other.passage.split())) >= ALIKE:
            del left[place]
            return True
    return False
