"""The letters under which guides stand from A to Z."""

from functools import cache
from itertools import groupby

from publishing.text import fold

NUMBERS = "0-9"
# Where letters with marks, and other forms of letters and figures, have their numbers
MARKED = (*range(0x3400), *range(0xA640, 0xAC00), *range(0xF900, 0x10000))


def letter_of(title):
    """The letter under which a guide stands: without marks, one for all numbers."""
    first = next((sign for sign in fold(title) if sign.isalnum()), "")
    return NUMBERS if first.isdecimal() else first.upper()


def signs_of(letter):
    """The signs with which titles begin that stand under a letter: small, large, with marks; of numbers each figure."""
    letter = letter.upper()
    return sorted({letter, letter.lower(), *_other_forms().get(letter, ())})


@cache
def _other_forms():
    """By letter the further signs that stand under it, as `letter_of` says of each."""
    found = {}
    for sign in filter(str.isalnum, map(chr, MARKED)):
        letter = letter_of(sign)
        if letter not in (sign, sign.upper()):
            found.setdefault(letter, []).append(sign)
    return found


def by_letter(guides):
    """(letter, guides) of a whole list."""
    told = sorted(guides, key=lambda one: (letter_of(one.title), fold(one.title)))
    return [(letter, list(some)) for letter, some in groupby(told, lambda one: letter_of(one.title))]
