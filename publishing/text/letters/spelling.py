"""Text folded so that accents, case and Unicode forms hide nothing from a search."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from publishing.text.letters.unseen import BLANK

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
    folded = one_spelling(one_spelling(text.casefold(), "NFKD").casefold(), "NFKD", has_marks=False)
    return BLANKS.sub(" ", DASHES.sub("-", folded).translate(MARKS)).strip()


def named(text: str) -> str:
    """A name, a word or an address in the one spelling by which it is looked up: its marks count, its form does not."""
    return " ".join(one_spelling(text, "NFKC").casefold().split())


def one_spelling(text: str, form: str, *, has_marks: bool = True) -> str:
    """The text in a Unicode form, without signs that show nothing, with digits of every script as 0 to 9.

    Each fold of the house is made of this one, and then differs in what it was made for.
    """
    if text.isascii():
        return text
    return "".join(_seen(sign, has_marks) for sign in unicodedata.normalize(form, text))


@lru_cache(maxsize=4_000)
def _seen(sign: str, has_marks: bool) -> str:
    if sign.isascii():
        return sign
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    is_unseen = category == "Cf" or (category[0] == "M" and not has_marks)
    return "" if is_unseen or BLANK.match(sign) else sign


def digits_of(wanted: str) -> str:
    """The digits of a folded telephone number; nothing for any other text."""
    digits = "".join(filter(str.isdigit, wanted))
    return digits if NUMBER.fullmatch(wanted) and len(digits) >= FEWEST_DIGITS else ""


EMPHASIS = "*_`~"
REACH, WINDOW = 80, 400
# The codes of countries are written so that none begins another.
_TWO = "(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])"
COUNTRY = f"(?:[17]|{_TWO}|(?!{_TWO})[2-9][0-9][0-9])"
GAP = "[ ()./-]{0,4}"
# What ends otherwise like a number may be its end: 2222 3333 in 080 2222 3333.
ALONE = r"(?<!\d[-./() ])(?<!\d[)] )"
_ABROAD = re.compile(rf"(?:\+|00)({COUNTRY})([0-9]*)")


def at_home(wanted: str) -> str:
    """The digits that every spelling of a folded telephone number has: without a country's code, and without the 0
    that stands in its place. Nothing for any other text."""
    digits = digits_of(wanted)
    if not digits:
        return ""
    local = number_parts(wanted)[1]
    return local if len(local) >= FEWEST_DIGITS else digits


def number_parts(wanted: str) -> tuple[str, str]:
    """(the country's code or "", the digits behind it, or behind the first 0) of a folded telephone number."""
    digits = digits_of(wanted)
    abroad = _ABROAD.fullmatch("+" + digits if wanted.startswith("+") else digits)
    code, local = abroad.groups() if abroad else ("", digits)
    return code, local.lstrip("0")


class _Signs(dict):
    """What each sign is folded to; asked for once, since a text has many letters and few different ones."""

    def __missing__(self, sign):
        self[sign] = fold(sign) or (" " if sign.isspace() else "")
        return self[sign]


_signs = _Signs()


def places(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int, bool]]:
    """(first sign, sign behind the last, is_whole) wherever a pattern of folded text is found in the text as written.

    It is not whole where it begins or ends within one sign, such as the g of ㎎.
    """
    letters, at = [], []
    for place, sign in enumerate(text):
        for letter in _signs[sign]:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                at.append(place)
    at.append(len(text))
    found = []
    for match in pattern.finditer("".join(letters)):
        first, last = match.span()
        end = at[last - 1] + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        found.append((at[first], end, (not first or at[first - 1] < at[first]) and at[last - 1] < at[last]))
    return found


def sought(wanted):
    """The pattern, of folded text, of every spelling that is surely meant: no part of a longer number or word."""
    folded = fold(wanted)
    digits = digits_of(folded)
    if digits:
        return re.compile(_number(folded, digits))
    before, after = "", ""
    if folded[0].isalnum():
        before = r"(?<!\w)" + (r"(?<!\d[.,/-])(?<!\d - )" if folded[0].isdigit() else "")
    if folded[-1].isdigit():
        after = r"(?!\d|[.,/-]\d| - \d)"
    elif folded[-1].isalpha():
        after = r"(?!(?!s(?!\w))[a-z])"  # languages that write the case behind a word do not use these letters
    return re.compile(before + re.escape(folded) + after)


def _number(folded, digits):
    code, local = number_parts(folded)
    if len(local) < FEWEST_DIGITS:
        return rf"(?<![\d+]){GAP.join(digits)}(?!\d| ?\d\d\d|[-./]\d)"
    behind = GAP.join(local)
    abroad = rf"(?:\+|00){GAP}{GAP.join(code) or COUNTRY}{GAP}(?:0{GAP})?{behind}"
    if code:
        abroad += f"|{GAP.join(code + local)}"
    home = GAP.join(digits) if digits[0] == "0" and not code else rf"(?:0{GAP}|{ALONE}){behind}"
    return rf"(?<![\d+])(?:{abroad}|{home})(?!\d| ?\d\d\d|[-./]\d)"


def _patterns(wanted: str) -> tuple[re.Pattern[str], ...]:
    """Of a text as it is mostly written and of folded text, the spelling that is wanted before any other."""
    spellings = dict.fromkeys(filter(None, (digits_of(wanted), at_home(wanted))))
    gap = re.escape(GROUPING + EMPHASIS)
    return tuple(re.compile(f"[{gap}]*".join(digits)) for digits in spellings) or (re.compile(re.escape(wanted)),)


def around_found(text: str, wanted: str) -> tuple[str, str, str]:
    """(what stands before, what was found, what stands after) where the text holds what is wanted.

    `wanted` is folded, what comes back is as it was written. Where nothing is found, the text's beginning comes first.
    """
    patterns, lowered = _patterns(wanted), text.lower()
    # Most texts are plainly written, and to find it in one of them is a hundred times as quick as to fold it.
    quick = (pattern.search(lowered) for pattern in patterns if len(lowered) == len(text))
    if found := next(filter(None, quick), None):
        return _beside(text, *found.span())
    for pattern in patterns:
        for start in (*range(0, len(text), WINDOW), None):
            # What is longer than expected needs the whole text.
            begin, end = (0, len(text)) if start is None else (start, start + 2 * WINDOW + 3 * len(wanted))
            if pattern.search(fold(text[begin:end])) and (some := places(text[begin:end], pattern)):
                return _beside(text, begin + some[0][0], begin + some[0][1])
    return text[: 2 * REACH], "", ""


def around_match(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    """The same for a pattern of folded text."""
    found = places(text, pattern)
    return _beside(text, *found[0][:2]) if found else (text[: 2 * REACH], "", "")


def _beside(text: str, first: int, last: int) -> tuple[str, str, str]:
    """What was found with what stands beside it in its line, no more than REACH signs on either side."""
    before = text[text.rfind("\n", 0, first) + 1 : first]
    after = text[last:].partition("\n")[0]
    return (
        before if len(before) <= REACH else f"… {before[-REACH:]}",
        text[first:last],
        after if len(after) <= REACH else f"{after[:REACH]} …",
    )
