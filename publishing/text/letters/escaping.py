"""Words written as our Markdown, so that every one of them comes out letter for letter."""

from __future__ import annotations

import re

_MARKS = str.maketrans({mark: "\\" + mark for mark in "\\`*[]{"})
_MARKUP = re.compile(
    r"(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|&(?=#?\w{1,40};)|\((?=at:)", re.IGNORECASE
)
_LINE_START = re.compile(r"\A(?=#{1,6}(?:\s|$)|>|[-+:~=](?:\s|$)|:::|\+\+\+|[-=|:][-=|: ]*\Z)")
_NUMBER_START = re.compile(r"\A(\d{1,9})(?=[.)](?:\s|$))")


def letters(text: str) -> str:
    """Plain words in Markdown: what would be markup inside a line is kept as letters."""
    return _MARKUP.sub(lambda found: "\\" + found[0], text.translate(_MARKS))


def line_start(markdown: str) -> str:
    """A line of such words as it stands at its beginning, where more is markup."""
    return _NUMBER_START.sub(r"\1\\", _LINE_START.sub(r"\\", markdown))


def paragraph(text: str) -> str:
    """Plain words as a line of their own."""
    return line_start(letters(text))
