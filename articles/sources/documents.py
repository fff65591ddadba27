"""Documents (Word, OpenDocument, a page of an old website) as the Markdown of a source, and what must not be lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from datetime import date

from articles.sources.edges import is_edge, tell
from articles.sources.office import Paper, may_be_heading
from articles.sources.office.counting import words
from articles.sources.source import Doubt, Source, Unreadable
from publishing.text import TooLong, converted, letters, plain, render

MOST_NAMED, NEAR = 60, 40
MOST_LAST = 4  # blocks at the end of a text that may be about the leaflet itself
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*:?")
_BOLD_FIRST = re.compile(r"\*\*([^*\n]+)\*\*:?  \n")
_QUOTED = re.compile("“([^“”]{2,})”")


def as_markdown(paper: Paper, name: str) -> str:
    """`# Title` and the text. Raises Unreadable."""
    try:
        made = converted(paper.html, top=2)
    except TooLong as why:
        raise Unreadable(f"{name}: {why}") from None
    paper.doubts += [one for one in made.doubts if not one.startswith("Look whether these words are missing")]
    paper.left.append(made.marks)
    return f"# {letters(' '.join(paper.title.split()))}\n\n{_headed(_without_edges(made.markdown, paper), paper)}\n"


def _without_edges(markdown: str, paper: Paper) -> str:
    """The text without its last lines that say only when and by whom it was made: they are offered."""
    blocks = markdown.rstrip().split("\n\n")
    at = len(blocks)
    for place in range(len(blocks) - 1, max(len(blocks) - MOST_LAST, 0) - 1, -1):
        shown = _shown(blocks[place]).strip()
        if blocks[place].strip() in ("---", "") or (is_edge(shown) and not blocks[place].startswith(("#", "[^"))):
            at = place
        elif not blocks[place].startswith("[^"):
            break
    notes = [one for one in blocks[at:] if one.startswith("[^")]
    paper.offered += [_shown(one).strip() for one in blocks[at:] if one.strip() not in ("---", "") and one not in notes]
    return "\n\n".join([*blocks[:at], *notes])


def _headed(markdown: str, paper: Paper) -> str:
    """Lines that are bold and stand over others, in a text without headings between them, as headings."""
    if paper.is_ranked:
        return markdown
    blocks, found = markdown.split("\n\n"), []
    for place, block in enumerate(blocks[:-1]):
        bold = _BOLD.fullmatch(block)
        if bold and may_be_heading(bold[1]) and not _BOLD.fullmatch(blocks[place + 1]) and "\n" not in block:
            words = bold[1].rstrip(": ")
            blocks[place] = f"## {words}"
            found.append(_shown(words).strip())
        elif (first := _BOLD_FIRST.match(block)) and may_be_heading(first[1]):
            blocks[place] = f"## {first[1].rstrip(': ')}\n\n{block[first.end() :]}"
            found.append(_shown(first[1]).strip())
    if found:
        listed = ", ".join(f"“{one}”" for one in found)
        paper.doubt(f"These bold lines became headings: {listed}. Look whether all of them are.")
    return "\n\n".join(blocks)


def finish(source: Source, paper: Paper, markdown: str) -> None:
    """Tell what the document says at its edges, where each doubt is, and every word that is nowhere."""
    source.pictures |= paper.pictures
    rows = markdown.split("\n")
    source.doubts = [_placed_by_line(one, rows) for one in source.doubts]
    for sentence in dict.fromkeys([*paper.doubts, *tell(paper.offered, source)]):
        source.doubts.append(Doubt(None, sentence, _place(sentence, paper)))
    lost = missing(paper.words, source, paper.left)
    if lost:
        listed = " ".join(lost[:MOST_NAMED]) + (" …" if len(lost) > MOST_NAMED else "")
        source.doubts.append(Doubt(None, f"Look whether these words are missing: “{listed}”."))


def missing(counted: Counter[str], source: Source, left: list[str]) -> list[str]:
    """The words of a document, counted by other code, that stand neither in the source nor in a doubt."""
    told = " ".join([*_said(source), *(one.message for one in source.doubts), *left])
    known = words(told)
    whole = " ".join(known)
    return sorted(word for word in (counted - known) if word in known or word not in whole)


def _said(source: Source) -> list[str]:
    """All that the source says, as patients or staff would read it."""
    out = [_shown(source.body)]
    out += [f"{question} {_shown(answer)}" for question, answer in source.questions]
    for one in fields(source):
        value = getattr(source, one.name)
        if isinstance(value, str) and one.name != "body":
            out.append(value)
        elif isinstance(value, date):
            out.append(value.isoformat())
        elif isinstance(value, list) and one.name not in ("doubts", "questions"):
            out += [" ".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in value]
    return out


def _shown(markdown: str) -> str:
    try:
        return plain(render(markdown))
    except TooLong:
        return markdown


def _place(sentence: str, paper: Paper) -> str:
    """The nearest heading, and the first words of the paragraph as they stand in the document."""
    for quoted in sorted(_QUOTED.findall(sentence), key=len, reverse=True):
        wanted = " ".join(quoted.split())
        for near, text, mark in paper.places:
            is_there = (len(wanted) > 2 and wanted in text) or (len(text) > 8 and text in wanted)
            if is_there or mark == wanted or text.startswith(f"{wanted} "):
                return _named(near, text)
    return ""


def _placed_by_line(doubt: Doubt, rows: list[str]) -> Doubt:
    """The lines of what was converted are nobody's: a place instead."""
    if doubt.line is None:
        return doubt
    above = rows[: doubt.line]
    near = next((row.lstrip("# ") for row in reversed(above) if row.startswith("#")), "")
    text = above[-1] if above and above[-1].strip() else ""
    return Doubt(None, doubt.message, _named(near, re.sub(r"^[#>*\s-]+|\\(?=\W)|[*]{2}", "", text)))


def _named(near: str, text: str) -> str:
    begun = text[:NEAR].rstrip()
    where = f"under “{near}”" if near and near != text else ""
    return ", ".join(filter(None, [where, f"at “{begun}”" if begun else ""]))
