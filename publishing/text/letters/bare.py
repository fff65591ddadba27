"""Some words of Markdown without the signs that only mark them up, for who reads and does not write."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_BEGINS = re.compile(r"^[ \t]*(?:[-*+>]+[ \t]+|#{1,6}[ \t]+|\[![A-Z]+\][ \t]*)+", re.MULTILINE)
_SIGNS = re.compile(r"[*`]+|~~|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|\\(?=[^\w\s])")
_RULE = re.compile(r"^(?=[ \t|:]*-)[ \t|:-]+$\n?", re.MULTILINE)


def bare(markdown: str) -> str:
    """The words in one line. No figure is ever taken out; the cells of a row stand with commas between them."""
    lines = (_LINK.sub(r"\1", _BEGINS.sub("", line)) for line in _RULE.sub("", markdown).split("\n"))
    return " ".join(_SIGNS.sub("", _cells(line)).strip() for line in lines if line.strip())


def _cells(line: str) -> str:
    if not line.lstrip().startswith("|"):
        return line
    return ", ".join(cell.strip() for cell in re.split(r"(?<!\\)\|", line) if cell.strip())
