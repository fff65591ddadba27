"""Markdown by its lines, with what the one parser says of the headings and paragraphs that begin with them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from articles.sources.source import BREAKS
from publishing.text import outline, phrase

TEXT = {"text", "text_special"}


@dataclass
class Row:
    """One line of Markdown; the level is that of the heading that begins with it, of `length` lines, 0 for any other.

    `is_paragraph` if a paragraph of so many lines begins with it, `is_underline` if it belongs to the heading above.
    """

    number: int
    text: str
    level: int = 0
    title: str = ""
    length: int = 1
    is_paragraph: bool = False
    is_underline: bool = False


def rows_of(text: str, before: int) -> list[Row]:
    """The lines, with what the parser says of the headings and paragraphs that begin with them."""
    lines = [line if line.strip() else "" for line in BREAKS.sub(" ", text).split("\n")]
    rows = [Row(number, line) for number, line in enumerate(lines, before + 1)]
    for token, words in pairwise(outline("\n".join(lines))):
        if token.level == 0 and token.map and token.type in ("heading_open", "paragraph_open"):
            row = rows[token.map[0]]
            row.length, row.is_paragraph = token.map[1] - token.map[0], token.type == "paragraph_open"
            if not row.is_paragraph:
                row.level, row.title = int(token.tag[1]), " ".join(words.content.split())
                for below in range(token.map[0] + 1, token.map[1]):
                    rows[below].is_underline = True
    return rows


def plain(words: str) -> str:
    """Markdown words without the backslashes that keep a letter a letter; marks and links stay as written."""
    found = phrase(words)
    if any(one.type in ("link_open", "image", "blank") for one in found):
        return words
    return "".join(
        one.content if one.type in TEXT else f"{one.markup}{one.content}{one.markup}" if one.content else one.markup
        for one in found
    )
