"""Words that are nearly the same: found by pairs of letters that a slip leaves whole, judged by the slips between."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from os.path import commonprefix

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from publishing.text.seeking.letters import script_of
from publishing.text.seeking.sounds import keys

FEWEST, LONG = 4, 7  # letters of a word in which one slip is forgiven, and two
SHARED = 5  # letters at the beginning of words that differ in their endings
BY_EAR = 5  # letters of a word that may be written by ear


def pairs(form: str) -> list[str]:
    """Each two letters that stand together, the beginning and the end counted as letters."""
    whole = f"^{form}$"
    return [whole[place : place + 2] for place in range(len(whole) - 1)]


def marks(form: str) -> list[str]:
    """The signs under which a form is found when it is not typed as it is written: pairs, length, sounds."""
    if not is_lettered(form):
        return []
    return sorted({*pairs(form), f"#{len(form)}", *(f"={key}" for key in keys(form))})


def is_lettered(form: str) -> bool:
    """Whether a form is a word, and neither a number nor a code: of these no slip is forgiven."""
    return len(form) > 2 and not any(sign.isdigit() or sign in "/.-" for sign in form)


def pieces(form: str) -> list[list[str]]:
    """The pairs of each piece of a word: as many slips as are forgiven leave one piece of it whole."""
    return _cut(form, 4 if len(form) >= LONG else 3)


def halves(form: str) -> list[list[str]]:
    """The pairs of each two pieces out of four: one slip leaves two of them whole, and few other words have both.

    Nothing of a short word, whose pieces are too small.
    """
    return [] if len(form) < LONG else [one + other for one, other in combinations(_cut(form, 4), 2)]


def _cut(form: str, count: int) -> list[list[str]]:
    whole = f"^{form}$"
    cuts = [round(number * len(whole) / count) for number in range(count + 1)]
    found = [whole[first:last] for first, last in zip(cuts, cuts[1:], strict=False)]
    return [[one[place : place + 2] for place in range(len(one) - 1)] for one in found if len(one) > 1]


def lengths(form: str, slips: int | None = None) -> list[str]:
    """The marks of all lengths that a word may have that differs by so many slips, or as many as are forgiven."""
    slips = slips_forgiven(form) if slips is None else slips
    return [f"#{number}" for number in range(len(form) - slips, len(form) + slips + 1)]


def slips_forgiven(form: str) -> int:
    return 0 if len(form) < FEWEST else 1 if len(form) < LONG else 2


def nearest(form: str, others: Iterable[str]) -> list[tuple[int, str]]:
    """(slips between, form) of those that may have been meant, the nearest first.

    What sounds the same is nearer, and may be one slip further off: it was written by ear.
    """
    most, own, found = slips_forgiven(form), set(keys(form)), []
    by_ear = most + (len(form) >= BY_EAR)
    for other, slips, _place in extract(form, list(others), scorer=OSA.distance, score_cutoff=by_ear, limit=None):
        if slips and script_of(other) == script_of(form):
            is_same = bool(own.intersection(keys(other)))
            if slips <= most or is_same:
                found.append((2 * slips - 2 * is_same + (form[0] != other[0]), other))
    return sorted(found)


def likeness(form: str, other: str) -> float:
    """How much of two forms is the same, to 100: for what is offered, and not searched in place of what was typed."""
    return ratio(form, other)


def begins_alike(form: str, other: str) -> bool:
    """Whether two words share all but their endings."""
    if not other.startswith(form[:SHARED]):
        return False
    shared = len(commonprefix((form, other)))
    return shared >= SHARED and shared >= 0.6 * max(len(form), len(other))
