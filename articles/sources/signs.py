"""Lines that begin with a bullet's sign as entries of a list, in Markdown that knows no such sign."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from publishing.text import JUDGING, is_judging

_SURE = "•●○▪■◦‣⁃➤►▶➢➔✔✅☑✓✗✘❌☒☐❑❖"
_TWICE = "→·–—★"  # one alone may be the beginning of a sentence
_NESTED = "◦○"
_SIGN = re.compile(rf"(\s{{0,8}})([{_SURE}{_TWICE}])\ufe0f?[ \t\u00a0]*(?=\S)")

_COUNTED = re.compile(r"(\s{0,8})(?:(\d)\ufe0f?\u20e3|([①-⑳])|\((\d{1,2})\)(?=\s))[ \t\u00a0]*(?=\S)")
_LETTERED = re.compile(r"\s{0,8}(?:([a-h])|([ivx]{1,4}))[.)]\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

Line = tuple[int, str]


def with_lists(lines: list[Line], code: set[int]) -> list[Line]:
    """The lines with what begins with a sign as entries; lines in `code` stay."""
    out: list[Line] = []
    for is_text, group in groupby(lines, lambda line: bool(line[1].strip()) and line[0] not in code):
        run = list(group)
        out += _lettered(_counted(_paragraph(run))) if is_text else run
    return out


def _paragraph(run: list[Line]) -> list[Line]:
    found = [_SIGN.match(line) for _number, line in run]
    signs = [one[2] for one in found if one]
    if not signs or (len(signs) == 1 and signs[0] in _TWICE):
        return run
    are_kept = is_judging(signs)  # what they say must not be lost: do, do not
    has_outer = any(sign not in _NESTED for sign in signs)
    out: list[Line] = []
    for at, ((number, line), one) in enumerate(zip(run, found, strict=True)):
        if one is None:
            out.append((number, f"  {line.strip()}" if any(found[:at]) else line))
            continue
        if at and not any(found[:at]):
            out.append((number, ""))
        kept = f"{one[2]} " if are_kept and one[2] in JUDGING else ""
        indent = "  " if one[2] in _NESTED and has_outer and at else ""
        out.append((number, f"{indent}- {kept}{line[one.end() :]}"))
    return out


def _counted(run: list[Line]) -> list[Line]:
    """Lines that are counted by figures in boxes, circles or brackets, as a list that is counted."""
    found = [_COUNTED.match(line) for _number, line in run]
    if sum(one is not None for one in found) < 2:
        return run
    out: list[Line] = []
    for at, ((number, line), one) in enumerate(zip(run, found, strict=True)):
        if one is None:
            out.append((number, f"   {line.strip()}" if any(found[:at]) else line))
            continue
        if at and not any(found[:at]):
            out.append((number, ""))
        figure = next(group for group in one.groups()[1:] if group)
        out.append((number, f"{int(unicodedata.numeric(figure) if len(figure) == 1 else figure)}. {line[one.end() :]}"))
    return out


def _lettered(run: list[Line]) -> list[Line]:
    """Lines that are counted by letters, one after the other from the first, as a list that keeps them."""
    found = [_LETTERED.match(line) for _number, line in run]
    told = [one[0].strip(" .)") for one in found if one]
    if len(told) < 2 or (told != list("abcdefgh")[: len(told)] and told != list(_ROMAN)[: len(told)]):
        return run
    first = next(at for at, one in enumerate(found) if one)
    head = [*run[:first], *([(run[first][0], "")] if first else [])]
    kept = zip(run[first:], found[first:], strict=True)
    return head + [(number, f"- {line.strip()}" if one else f"  {line.strip()}") for (number, line), one in kept]
