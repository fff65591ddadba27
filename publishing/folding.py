"""Text folded so that accents, case and Unicode forms hide nothing from a search."""

from __future__ import annotations

import re
import unicodedata

DASHES = re.compile(r"[‐-―−]")
BLANKS = re.compile(r"\s+")
# What Markdown writes between the signs that patients read: **5** mg is 5 mg to them.
MARKS = str.maketrans({"*": "", "_": "", "`": "", "~": "", "\\": "", "⁄": "/", "’": "'", "‘": "'"})
# A telephone number and nothing else is found however its digits are grouped.
NUMBER = re.compile(r"[+(]?\d[\d ()./-]*")
FEWEST_DIGITS = 6
GROUPING = " -()./"


def fold(text: str) -> str:
    """Small letters without marks, digits of every script as 0 to 9, every dash as -, every blank as one space.

    Both what is searched for and what is searched in are folded alike, so a fold that is too coarse finds too much,
    never too little.
    """
    letters = unicodedata.normalize("NFKD", text.casefold()).casefold()
    if not letters.isascii():
        letters = DASHES.sub("-", "".join(map(_folded, letters)))
    return BLANKS.sub(" ", letters.translate(MARKS)).strip()


def _folded(letter: str) -> str:
    if letter.isascii():
        return letter
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(letter)
    return "" if category[0] == "M" or category == "Cf" else letter


def digits_of(wanted: str) -> str:
    """The digits of a folded telephone number; nothing for any other text."""
    digits = "".join(filter(str.isdigit, wanted))
    return digits if NUMBER.fullmatch(wanted) and len(digits) >= FEWEST_DIGITS else ""
