"""The letters under which guides stand from A to Z."""

from itertools import groupby

from publishing.text import fold

# Latin letters with marks stand under the letter without.
WITH_MARKS = {}
for _sign in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):
    WITH_MARKS.setdefault(fold(_sign)[:1], []).append(_sign)
NUMBERS = "0-9"


def letter_of(title):
    """The letter under which a guide stands: without marks, one for all numbers."""
    first = next((sign for sign in fold(title) if sign.isalnum()), "")
    return NUMBERS if first.isdecimal() else first.upper()


def signs_of(letter):
    """The signs with which titles begin that stand under a letter."""
    letter = letter.lower()
    return [*"0123456789"] if letter == NUMBERS else [letter, letter.upper(), *WITH_MARKS.get(letter, ())]


def by_letter(guides):
    """(letter, guides) of a whole list."""
    told = sorted(guides, key=lambda one: (letter_of(one.title), fold(one.title)))
    return [(letter, list(some)) for letter, some in groupby(told, lambda one: letter_of(one.title))]
