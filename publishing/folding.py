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
WINDOW = 200


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


def around(text: str, wanted: str, reach: int = 80) -> tuple[str, str, str]:
    """(what stands before, what was found, what stands after) where the text first holds what is wanted.

    `wanted` is folded, what comes back is as it was written. Where nothing is found, the text's beginning comes first.
    """
    digits = digits_of(wanted)
    pattern = re.compile(f"[{re.escape(GROUPING)}]*".join(digits) if digits else re.escape(wanted))
    for start in (*range(0, len(text), WINDOW), None):
        # Most stretches are plain and quickly folded. What is longer than expected needs the whole text.
        begin, end = (0, len(text)) if start is None else (start, start + 2 * WINDOW + 3 * len(wanted))
        stretch = text[begin:end]
        if pattern.search(fold(stretch)) and (found := _found(stretch, pattern)):
            first, last = (begin + place for place in found)
            return _line_around(text, first, last, reach)
    return text[: 2 * reach], "", ""


def _line_around(text: str, first: int, last: int, reach: int) -> tuple[str, str, str]:
    """What was found with what stands beside it in its line, no more than `reach` signs on either side."""
    before = text[text.rfind("\n", 0, first) + 1 : first]
    after = text[last:].partition("\n")[0]
    return (
        before if len(before) <= reach else f"… {before[-reach:]}",
        text[first:last],
        after if len(after) <= reach else f"{after[:reach]} …",
    )


def _found(text: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where the pattern, which is of folded text, is found in the text as it was written."""
    folded, places = "", []
    for place, sign in enumerate(text):
        letters = fold(sign) or (" " if sign.isspace() and folded[-1:] not in ("", " ") else "")
        folded += letters
        places += [place] * len(letters)
    found = pattern.search(folded)
    if not found:
        return None
    end = places[found.end() - 1] + 1
    while end < len(text) and unicodedata.category(text[end])[0] == "M":
        end += 1
    return places[found.start()], end
