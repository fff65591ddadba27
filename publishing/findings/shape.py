"""How a text is built: headings, sections, sentences, tables, pictures, footnotes, links within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from markdown_it.token import Token

from publishing.findings.reading import Block, Guide, short
from publishing.findings.registry import Finding, Severity, check
from publishing.text import SECTION_MARKS, is_picture, render, words

LONGEST_SECTION, LONGEST_SENTENCE, WIDEST = 150, 20, 4
DECORATIVE, UNDESCRIBED = "decorative", "DESCRIBE THIS PICTURE"
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\]")
# What stands in brackets in a heading, and how near it is to a mark when that was meant
_BRACKETS = re.compile(r"[(\[]([^\W\d_][^()\[\]]{1,16})[)\]]")
_MEANT = 0.8
_BOLD = ("strong_open", "strong_close")


def pictures(guide: Guide) -> Iterator[tuple[Block, Token]]:
    for block in guide.body:
        yield from ((block, one) for one in block.children if one.type == "image")


@check("picture words", "Every picture has words", Severity.MUST_FIX, "WCAG 2.2, 1.1.1")
def picture_words(guide: Guide) -> Iterator[Finding]:
    for block, picture in pictures(guide):
        said = words(picture.children or []).strip() or picture.content.strip()
        if not said or said == UNDESCRIBED:
            name = str(picture.attrs["src"])
            yield block.finding(
                f"The picture “{short(name.rpartition('/')[2], 30)}” has no words.",
                "People who cannot see it learn nothing. Say what it shows, or write “decorative”.",
                passage=name,
            )


@check("picture elsewhere", "Every picture is here", Severity.MUST_FIX, "The promise that no page asks another host")
def picture_elsewhere(guide: Guide) -> Iterator[Finding]:
    for block, picture in pictures(guide):
        name = str(picture.attrs["src"])
        if not is_picture(name):
            yield block.finding(
                f"The picture “{short(name)}” is not here.",
                "Patients see only its words. Add it to the pictures.",
                passage=name,
            )


@check("footnote", "Every footnote has its text", Severity.MUST_FIX, "WCAG 2.2, 1.3.1")
def footnote(guide: Guide) -> Iterator[Finding]:
    for block in guide.body:
        for found in _FOOTNOTE.finditer(block.letters) if "[^" in block.letters else ():
            yield block.finding(
                f"The footnote “{found[0]}” has no text.",
                "Patients read the sign as it stands. Write its text below.",
                passage=found[0],
            )


def links(guide: Guide) -> Iterator[tuple[Block, str]]:
    """(block, address) of each link of the text."""
    for block in guide.body:
        yield from ((block, str(one.attrs["href"])) for one in block.children if one.type == "link_open")


# Where the page around a guide can be gone to
AROUND = re.compile(r"(?:main|brief|toc|questions|faq|sources|about|words|now|ad|top|q\d+)(?:-h)?")


def is_around(place: str) -> bool:
    """Whether a place stands on the page around the text."""
    return AROUND.fullmatch(place) is not None


@check("anchor", "Every link within the text leads somewhere", Severity.MUST_FIX, "WCAG 2.2, 2.4.4")
def anchor(guide: Guide) -> Iterator[Finding]:
    wanted = [(block, link) for block, link in links(guide) if link.startswith("#")]
    if not wanted:
        return
    known = ids(guide)
    for block, link in wanted:
        if link != "#" and link[1:] not in known and not is_around(link[1:]):
            yield block.finding(
                f"The link “{short(link)}” leads to no place in this text.",
                "Who follows it stays where they are. Name a heading that is there.",
                passage=link,
            )


def ids(guide: Guide) -> set[str]:
    html = "".join(render(guide.fields[name] or "", language=guide.language) for name in guide.tokens)
    return set(re.findall(r' id="([^"<]*)"', html))


@check(
    "headings", "Headings are in order", Severity.MUST_FIX, "WCAG 2.2, 1.3.1 and 2.4.6; NHS service manual, formatting"
)
def headings(guide: Guide) -> Iterator[Finding]:
    for _name, blocks in groupby(guide.body, key=lambda one: one.field):
        blocks = list(blocks)
        found = [one for one in blocks if one.kind == "heading"]
        for one in found:
            if not one.words:
                yield one.finding("A heading is empty.", "Patients see nothing there. Write it, or take its signs out.")
        for before, one in pairwise(found):
            if one.level > before.level + 1:
                here, wanted = "#" * one.level, "#" * (before.level + 1)
                yield one.finding(
                    f"The heading “{short(one.words)}” skips a level.",
                    f"Who hears the page misses one. Write it with {wanted}.",
                    passage=f"{here} {one.words}",
                    instead=f"{wanted} {one.words}",
                )
        if found and found[0].level > min(one.level for one in found):
            yield found[0].finding(
                f"The first heading, “{short(found[0].words)}”, is of a lower level than a later one.",
                "Who hears the page takes it for part of something. Begin with the highest level.",
            )
        yield from _bold_headings(blocks)


@check("section mark", "Marks of sections are read as such", Severity.PLEASE_ADD, "The guide for staff, When to call")
def section_mark(guide: Guide) -> Iterator[Finding]:
    for block in guide.body:
        for found in _BRACKETS.finditer(block.words) if block.kind == "heading" else ():
            mark = max(SECTION_MARKS, key=lambda one: _likeness(found[1], one))
            if _likeness(found[1], mark) < _MEANT:
                continue
            is_last = not block.words[found.end() :].strip(" .:")
            yield block.finding(
                f"“{found[0]}” in the heading “{short(block.words)}” is no mark.",
                f"Patients read it as it stands, and get no card. Write {mark} at the end of the heading.",
                passage=block.words[found.start() :] if is_last else found[0],
                instead=mark if is_last else None,
            )


def _likeness(words: str, mark: str) -> float:
    """How alike the letters of two texts are, from 0 to 1."""
    return SequenceMatcher(None, *(re.sub(r"[\W\d_]+", "", one.lower()) for one in (words, mark))).ratio()


def _bold_headings(blocks: list[Block]) -> Iterator[Finding]:
    """Lines that are only bold, and stand over others as headings do."""
    bold = [
        one
        for one, after in pairwise(blocks)
        if one.kind == "text" and _is_bold(one) and after.kind in ("text", "item") and not _is_bold(after)
    ]
    level = max([one.level for one in blocks if one.kind == "heading"][-1:] or [1])
    for one in bold if len(bold) > 1 else ():
        yield one.finding(
            f"“{short(one.words)}” is bold, and no heading.",
            "Who hears the page, or looks for a question, does not find it. Make it a heading.",
            passage=f"**{one.words}**",
            instead=f"{'#' * min(level + 1, 4)} {one.words}",
        )


def _is_bold(block: Block) -> bool:
    told = [one for one in block.children if one.type != "text" or one.content.strip()]
    is_whole = len(told) > 2 and (told[0].type, told[-1].type) == _BOLD
    only = is_whole and sum(one.type == "strong_open" for one in told) == 1
    return only and len(block.words) <= 100 and "\n" not in block.words and block.words[-1:] not in ".!:;,।۔"


@check("table heads", "Every table has heads", Severity.MUST_FIX, "WCAG 2.2, 1.3.1; PEMAT 19")
def table_heads(guide: Guide) -> Iterator[Finding]:
    for heads in _tables(guide):
        empty = [one for one in heads[1:] if not one.words] or (heads if not heads[0].words and len(heads) < 2 else [])
        if empty:
            cells = (one for one in guide.body if one.kind == "cell" and one.field == heads[0].field and one.words)
            words = next((one.words for one in (*heads, *cells) if one.words and one.line >= heads[0].line), "")
            yield heads[0].finding(
                f"A table has a column without a head: the one with “{short(words)}” in it.",
                "Nobody knows what stands in it. Write a word over each column.",
                passage=heads[0].source[heads[0].start : heads[0].end].strip(),
            )


@check("table columns", "No table has more than four columns", Severity.PLEASE_ADD, "PEMAT 19")
def table_columns(guide: Guide) -> Iterator[Finding]:
    for heads in _tables(guide):
        if len(heads) > WIDEST:
            yield heads[0].finding(
                f"A table has {len(heads)} columns.",
                "On a phone patients see part of it. Four at most, or two tables.",
                passage=heads[0].source[heads[0].start : heads[0].end].strip(),
            )


def _tables(guide: Guide) -> Iterator[list[Block]]:
    """The heads of each table."""
    for (_field, kind, _line), row in groupby(guide.body, key=lambda one: (one.field, one.kind, one.line)):
        if kind == "head":
            yield list(row)


@check("section", "No section runs over 150 words", Severity.PLEASE_ADD, "PEMAT 8; CDC Clear Communication Index 9")
def section(guide: Guide) -> Iterator[Finding]:
    for _key, blocks in groupby(guide.body, key=lambda one: (one.field, one.section)):
        blocks = list(blocks)
        count = sum(one.count for one in blocks if one.kind != "heading")
        if count > LONGEST_SECTION:
            said = f"under “{short(blocks[0].words)}”" if blocks[0].kind == "heading" else "before the first heading"
            yield blocks[0].finding(
                f"{count} words stand {said} without another heading.",
                "Patients lose their place. Part it by a heading.",
            )


@check("sentence", "No sentence has over 20 words", Severity.PLEASE_ADD, "NHS service manual, how we write")
def sentence(guide: Guide) -> Iterator[Finding]:
    for block in guide.told:
        if block.kind in ("heading", "head", "cell") or block.count <= LONGEST_SENTENCE:
            continue
        for one in block.sentences:
            count = sum(any(map(str.isalnum, word)) for word in one.split())
            if count > LONGEST_SENTENCE:
                yield block.finding(
                    f"A sentence has {count} words: “{short(one, 50)}”.", "Make two of it.", passage=one
                )
