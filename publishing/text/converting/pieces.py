"""The words of one block with their looks, and how they are written in Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from publishing.text.converting.looks import Look
from publishing.text.html.inline import is_safe, words
from publishing.text.html.markdown import SECTION_MARKS, phrase, tidy
from publishing.text.letters.escaping import letters, line_start

PLAIN = Look()
BREAK = "  \n"
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u2002-\u200a\u202f]+")
_AROUND_ENDS = re.compile(r" ?\n ?")
_APART = re.compile(r"\n[ \u00a0]*\n\s*")


class Piece(NamedTuple):
    """Words of one look. A line end among them is one that people saw; `is_written` says that they are Markdown."""

    text: str
    look: Look = PLAIN
    is_written: bool = False


def trimmed(pieces: Iterable[Piece]) -> list[Piece]:
    """Without what says nothing at the ends and between two line ends; neighbours that look alike in one piece."""
    out: list[Piece] = []
    for piece in pieces:
        is_joined = out and not (piece.is_written or out[-1].is_written) and out[-1].look == piece.look
        if not piece.is_written and (not out or out[-1].text.endswith("\n")):
            piece = piece._replace(text=piece.text.lstrip(" \u00a0\r"))
        if is_joined:
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        elif piece.text:
            out.append(piece)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while out and not out[end].is_written:
            out[end] = out[end]._replace(text=strip(out[end].text))
            if out[end].text:
                break
            out.pop(end)
    return out


def folded(pieces: Iterable[Piece]) -> list[Piece]:
    """The same with one blank between words and none beside line ends."""
    out: list[Piece] = []
    for piece in trimmed(pieces):
        if piece.is_written:
            out.append(piece)
            continue
        text = _AROUND_ENDS.sub("\n", _BLANKS.sub(" ", piece.text))
        if out and out[-1].text.endswith((" ", "\n")) and not out[-1].is_written:
            text = text.lstrip(" ")
        if text.startswith("\n") and out and not out[-1].is_written:
            out[-1] = out[-1]._replace(text=out[-1].text.rstrip(" "))
        out.append(piece._replace(text=text))
    return trimmed(out)


def paragraphs(pieces: list[Piece]) -> list[list[Piece]]:
    """What two line ends in a row part."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, text in enumerate([piece.text] if piece.is_written else _APART.split(piece.text)):
            if number:
                parts.append([])
            parts[-1].append(piece._replace(text=text))
    return [part for part in map(trimmed, parts) if part]


def text_of(pieces: Iterable[Piece]) -> str:
    """What people read."""
    return "".join(piece.text for piece in pieces)


def lines_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The lines, as line ends part them."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = [piece.text] if piece.is_written else piece.text.split("\n")
        for number, part in enumerate(parts):
            if number:
                lines.append([])
            if part:
                lines[-1].append(piece._replace(text=part))
    return lines


def is_bold(pieces: Iterable[Piece]) -> bool:
    """Whether there are words, and all of them are bold."""
    seen = [piece.look.bold for piece in pieces if any(map(str.isalnum, piece.text)) and not piece.is_written]
    return bool(seen) and all(seen)


def in_line(pieces: Iterable[Piece], *, bold: bool = True) -> str:
    """The Markdown of one line, so that it reads letter for letter: what would not is left without its look."""
    pieces = folded(pieces)
    if not bold:
        pieces = folded(piece._replace(look=piece.look._replace(bold=False, italic=False)) for piece in pieces)
    wanted = text_of(pieces)
    looks = [piece for piece in pieces if piece.look != PLAIN]
    for strip in () if not looks else (lambda look: look, lambda look: PLAIN._replace(href=look.href)):
        markdown = "".join(_linked([piece._replace(look=strip(piece.look)) for piece in pieces]))
        if words(phrase(markdown)) == wanted.replace("\n", " "):
            return markdown
    return "".join(piece.text if piece.is_written else letters(piece.text) for piece in pieces)


def in_lines(pieces: Iterable[Piece]) -> str:
    """A paragraph: its lines as Markdown, none of which begins anything else."""
    written = [in_line(line) for line in lines_of(folded(pieces))]
    return BREAK.join(line_start(line) for line in written if line)


def heading(pieces: Iterable[Piece]) -> str:
    markdown = in_line(_in_one(pieces), bold=False)
    if markdown.lower().endswith(SECTION_MARKS):
        markdown = markdown[:-1] + "\\)"
    return markdown[:-1] + "\\#" if markdown.endswith("#") else markdown


def cell(pieces: Iterable[Piece], *, bold: bool = True) -> str:
    """What stands in a cell of a table, where a bar would end it."""
    return in_line(_in_one(pieces), bold=bold).replace("|", "\\|")


def _in_one(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece if piece.is_written else piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]


def _linked(pieces: list[Piece]) -> Iterator[str]:
    for href, group in groupby(pieces, lambda piece: "" if piece.is_written else piece.look.href):
        inside = list(group)
        if not href:
            yield "".join(_starred(inside))
            continue
        text = text_of(inside)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        inner = "".join(_starred(folded(inside)))
        yield f"{before}[{inner}]({_address(href)}){after}" if inner else text


def _address(href: str) -> str:
    href = tidy(href).replace("(", "%28").replace(")", "%29")
    return re.sub(r"&(?=#?\w{1,40};)", "&amp;", href)


def _starred(pieces: list[Piece]) -> Iterator[str]:
    """Bold and italic words between their stars, where no stars of others touch them."""
    is_starred = False
    for number, piece in enumerate(pieces):
        if piece.is_written:
            yield piece.text
            is_starred = False
            continue
        stars = "**" if piece.look.bold else "*" if piece.look.italic else ""
        before, inner, after = _edges(pieces, number) if stars and not is_starred else ("", "", piece.text)
        yield letters(before) + (f"{stars}{letters(inner)}{stars}" if inner else "") + letters(after)
        is_starred = bool(inner) and not after


def _edges(pieces: list[Piece], number: int) -> tuple[str, str, str]:
    """Words that are to be starred between what stays outside: blanks, and signs beside a letter, where stars would
    be letters."""
    text = pieces[number].text
    last = pieces[number - 1].text[-1:] if number else ""
    following = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or (_is_sign(text[start]) and _is_letter(last))):
        last, start = text[start], start + 1
    while start < end and (text[end - 1].isspace() or (_is_sign(text[end - 1]) and _is_letter(following))):
        following, end = text[end - 1], end - 1
    return text[:start], text[start:end], text[end:]


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"


def _is_letter(letter: str) -> bool:
    return letter != "" and not _is_sign(letter)


def safe(href: str) -> bool:
    """Whether an address may stand in a text of ours, and leads anywhere from there."""
    return is_safe(href) and re.match(r"(?:https?://|mailto:|tel:|/(?!/|[a-z]:[\\/]))", href, re.IGNORECASE) is not None
