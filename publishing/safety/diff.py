"""The safety diff: of all that changed between two Markdown texts, only what can hurt. No Django models.

It is told by single sentences, and in doubt a change is told: a false alarm costs a tick, a miss may cost a life.
A section, a warning or a step that is gone is told once, whatever it said, and so is a text that lost its warning mark.
A name of a medicine is known from a list, or by how it ends; a changed one also by where it stands: behind "take",
before "tablets". What a sentence or list with a warning names or lists may not come or go unseen. What is dangerous
and now stands beneath another heading is told, and so are steps in another order; an entry that went from one list to
another beneath the same heading is seen when what leads the two lists differs in something dangerous.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from heapq import nlargest

from publishing.safety.beneath import beneath_others, steps_in_another_order
from publishing.safety.blocks import Block, blocks
from publishing.safety.changes import (
    alone,
    gone,
    having,
    is_led_otherwise,
    told,
    unmarked,
    unmarked_sections,
)
from publishing.safety.columns import beside_others
from publishing.safety.counting import beyond
from publishing.safety.dangers import Danger
from publishing.safety.sentences import Reader, Sentence, runs
from publishing.safety.signs import Signs
from publishing.safety.words import LANGUAGES, code_of, has_groups, words_of
from publishing.text import dice, once

# Shares of their words that two sentences must have in common to be taken for the same one: wherever they stand
# within a paragraph, if nothing else is like them there, and anywhere.
CLOSE, NEAR, ALIKE = 0.6, 0.2, 0.4
TOLD = 12


def knows(language: str) -> bool:
    """Whether the words of the language are looked for; else only numbers, units, telephone numbers and links are."""
    return code_of(language) in LANGUAGES


def is_substance(before: str, after: str, language: str = "en") -> bool:
    """Whether going from one text to the other changes anything dangerous."""
    return bool(find(before, after, language=language))


@once
def find(before: str, after: str, *, language: str = "en") -> list[Danger]:
    """Each sentence, entry, row or heading in which something dangerous changed, came or went, in their order.

    Both texts are Markdown. No two dangers have the same key. A first publication has no before: nobody calls it.
    """
    if before == after:
        return []
    signs = Signs()
    texts = blocks(before, after, signs=signs)
    reader = Reader(words_of(language), signs, has_groups=has_groups(language, before, after))
    old, new = _changed(*texts, reader)
    pairs, equal = _pairs(old, new)
    lost = list(unmarked([*pairs, *equal]))
    olds, news = ([one for one in _every(paragraphs) if not one.is_equal] for paragraphs in (old, new))
    found = [(two[1].place, *_shown(*two), told(*two)) for two in pairs]
    # Before the single sentences, which are no longer free when a whole that they belong to is told.
    found += [*lost, *gone(texts[0], olds), *unmarked_sections(*texts, olds)]
    found += [(one.place, *_shown(one, whole), what) for one, whole, what in alone(olds, news, is_gone=True)]
    found += [(one.place, *_shown(whole, one), what) for one, whole, what in alone(news, olds, is_gone=False)]
    found += beside_others(*texts, reader)
    found += [*beneath_others(*texts, equal, reader), *steps_in_another_order(*texts)]
    what_by_text: dict[tuple[str, str], dict[str, None]] = {}
    for _place, was, is_now, what in sorted(found, key=lambda one: one[0]):
        if what:
            what_by_text.setdefault((was, is_now), {}).update(dict.fromkeys(what))
    return [Danger(*both, _short(list(what))) for both, what in what_by_text.items()]


def _shown(one: Sentence | None, other: Sentence | None) -> tuple[str, str]:
    """The two sentences; with what leads their lists when they moved from one to another."""
    is_led = one and other and is_led_otherwise(one, other)
    lead, new_lead = (f"{some.block.lead} … " if some and is_led else "" for some in (one, other))
    return (lead + one.source if one else "", new_lead + other.source if other else "")


def _short(what: list[str]) -> tuple[str, ...]:
    return (*what[:TOLD], f"and {len(what) - TOLD} more") if len(what) > TOLD else tuple(what)


@dataclass(eq=False)
class _Paragraph:
    sentences: list[Sentence]
    is_free: bool = True

    def __post_init__(self) -> None:
        self.content = frozenset(word for one in self.sentences for word in one.content)
        self.words = frozenset(word for one in self.sentences for word in one.words)


def _every(paragraphs: Iterable[_Paragraph]) -> list[Sentence]:
    return [one for some in paragraphs for one in some.sentences]


def _changed(before: list[Block], after: list[Block], reader: Reader) -> tuple[list[_Paragraph], list[_Paragraph]]:
    """The paragraphs of both texts that do not stand, anywhere, in the other."""
    texts = [before, after]
    for number, text in enumerate(texts):
        for place, block in enumerate(text):
            block.place = (place + number) / (len(text) + 1)
    left = _without_equal(*map(runs, texts), key=lambda run: tuple(block.key for block in run))
    left = _without_equal(
        *([block for run in some for block in run] for some in left),
        key=lambda block: (block.key, reader.lead(block).meanings),
    )
    old, new = ([_Paragraph(reader.sentences(block)) for block in some] for some in left)
    return old, new


def _without_equal(old: Iterable, new: Iterable, *, key: Callable[[object], Hashable]) -> tuple[list, list]:
    old, new = [(key(one), one) for one in old], [(key(one), one) for one in new]
    both = Counter(name for name, _ in old) & Counter(name for name, _ in new)
    return beyond(old, both.copy()), beyond(new, both)


Pairs = list[tuple[Sentence, Sentence]]


def _pairs(old: list[_Paragraph], new: list[_Paragraph]) -> tuple[Pairs, Pairs]:
    """Sentence by sentence what became of it: within its paragraph first, then wherever it may have gone.

    Those that changed, and those that say exactly the same.
    """
    together = [(one.sentences, other.sentences) for one, other in _alike(old, new, NEAR)]
    every = [_every(old), _every(new)]
    pairs, equal = [], []
    for two in together:
        equal += _set_equal(*two)
        # Before a sentence is taken for one that moved here: else two doses that changed places would not be seen.
        pairs += _alike(*two, CLOSE)
    equal += _set_equal(*every)
    for two in together:
        pairs += _alike(*two, NEAR)
    return pairs + _alike(*every, ALIKE), equal


def _set_equal(old: list[Sentence], new: list[Sentence]) -> Pairs:
    pairs = []
    waiting = defaultdict(list)
    for one in old:
        if one.is_free:
            waiting[one.key].append(one)
    for other in new:
        if other.is_free and waiting[other.key]:
            one = waiting[other.key].pop()
            one.is_free = other.is_free = False
            one.is_equal = other.is_equal = True
            pairs.append((one, other))
    return pairs


def _alike(old: list, new: list, least: float) -> list[tuple]:
    """Pairs of sentences or paragraphs, the most alike first; what is paired is no longer free."""
    old, new = ([one for one in some if one.is_free] for some in (old, new))
    places = having(new)
    near = []
    for index, one in enumerate(old):
        shared = Counter(at for word in one.words for at in places.get(word, ()))
        for at in nlargest(4, shared, key=lambda at: (shared[at], -abs(at - index))):  # noqa: B023
            likeness = _likeness(one, new[at])
            if likeness >= least:
                near.append((-likeness, abs(at - index), index, at))
    pairs = []
    for *_, index, at in sorted(near):
        if old[index].is_free and new[at].is_free:
            old[index].is_free = new[at].is_free = False
            pairs.append((old[index], new[at]))
    return pairs


def _likeness(one: Sentence | _Paragraph, other: Sentence | _Paragraph) -> float:
    words = dice(one.words, other.words)
    return (2 * dice(one.content, other.content) + words) / 3 if one.content or other.content else words
