"""Lines that begin with a bullet's sign as entries of a list, in Markdown that knows no such sign."""

from __future__ import annotations

import re
from itertools import groupby

from publishing.text import JUDGING, is_judging

_SURE = "•●○▪■◦‣⁃➤►▶➢➔✔✅☑✓✗✘❌☒☐❑❖"
_TWICE = "→·–—★"  # one alone may be the beginning of a sentence
_NESTED = "◦○"
_SIGN = re.compile(rf"(\s{{0,8}})([{_SURE}{_TWICE}])\ufe0f?[ \t\u00a0]*(?=\S)")

Line = tuple[int, str]


def with_lists(lines: list[Line], code: set[int]) -> list[Line]:
    """The lines with what begins with a sign as entries; lines in `code` stay."""
    if not any(sign in line for _number, line in lines for sign in _SURE + _TWICE):
        return lines
    out: list[Line] = []
    for is_text, group in groupby(lines, lambda line: bool(line[1].strip()) and line[0] not in code):
        run = list(group)
        out += _paragraph(run) if is_text else run
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
