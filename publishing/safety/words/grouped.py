"""Numbers whose digits stand in groups: 1,000 and 1 000 are 1000, where nothing says that they could be another one.

No Django models. In doubt a number stays as it is written, so that a change of it is told: 1,500 in a language that
writes 1,5 for one and a half, or beside one such number; 1.000; and 2 500, which may be two of 500.
"""

from __future__ import annotations

import re

from publishing.safety.words.lists import code_of, fold

# A point before the fraction, commas between the groups: in Spanish each country has its own way.
BY_COMMAS = frozenset({"en", "hi", "ur"})
# By thousands, or as India counts: 1,00,000.
_GROUPS = re.compile(r"(?<![\d.,])[1-9](?:\d{0,2}(?:,\d{3})+|\d?(?:,\d\d)+,\d{3})(?![\d,])")
# Groups of nothing but zeros, which are no numbers of their own, and no part of a telephone number.
_SPACED = re.compile(r"(?<![\d.,+/(-])(?<!\d[ )])[1-9]\d{0,2}(?: 000)+(?![\d,./-]| [\d(-])")
_COMMA = re.compile(r"\d,\d")


def has_groups(language: str, *texts: str) -> bool:
    """Whether a comma between digits can only part groups, in texts of this language."""
    if code_of(language) not in BY_COMMAS:
        return False
    return not any(_COMMA.search(_GROUPS.sub("", fold(text))) for text in texts)


def with_commas(text: str) -> str:
    return _SPACED.sub(lambda found: found[0].replace(" ", ","), text)


def without_groups(number: str) -> str:
    return _GROUPS.sub(lambda found: found[0].replace(",", ""), number) if "," in number else number
