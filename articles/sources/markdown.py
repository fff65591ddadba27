"""The Markdown shape of a source, with or without front matter: the body stays as it was written. No Django models."""

from __future__ import annotations

import re
from itertools import zip_longest

from articles.sources.asked import raise_bold, raise_heading_of_questions, take_questions
from articles.sources.front import Front
from articles.sources.matter import FENCES, divided
from articles.sources.prose.imprint import mention_of
from articles.sources.prose.notes import bring_home
from articles.sources.prose.words import fold
from articles.sources.rows import TEXT, Row, plain, rows_of
from articles.sources.source import Source, Unreadable
from publishing.text import phrase

NO_LEAD = re.compile(r"[|<\[]|!\[|:::|.*\[\^|.*\^\[")
LONGEST_LEAD = 400  # letters of the first paragraph of a document; a longer one is text


def has_front_matter(text: str) -> bool:
    return text.lstrip().partition("\n")[0].rstrip() in FENCES


def is_markdown(text: str, name: str) -> bool:
    """Whether the text has front matter or begins with `# Title`, or is a .md file with a heading anywhere.

    A line may be drawn under any other; under the first one, in a .md file, it makes a title.
    """
    first = text.strip("\n ").split("\n", 2)
    if has_front_matter(text) or rows_of(first[0], 0)[0].level == 1:
        return True
    if name.lower().endswith(".txt"):
        return False
    return rows_of("\n".join(first[:2]), 0)[0].level == 1 or any(
        row.level and row.length == 1 for row in rows_of(text, 0)
    )


def parse_markdown(text: str, name: str, *, is_converted: bool = False) -> Source:
    """The Markdown shape read into a source; `is_converted` if we have written it ourselves. Raises Unreadable."""
    source = Source()
    before = 0
    has_front = has_front_matter(text)
    if has_front:
        is_toml = text.lstrip().startswith("+++")
        front, text, before = divided(text, name)
        Front(front, name, source, is_toml=is_toml)
    rows = rows_of(text, before)
    take_title(rows, source)
    if not source.title:
        raise Unreadable(
            f"{name}: there is no title; write “# The title” in the first line, or title: in the front matter."
        )
    if not has_front:
        take_lead(rows, source, is_converted=is_converted)
    raise_heading_of_questions(rows, source)
    rows = take_questions(rows, source)
    raise_bold(rows, source)
    _raised(rows)
    doubt_headings(rows, source)
    doubt_imprint(rows, source)
    body = "\n".join(row.text for row in rows).strip("\n")
    source.body = "\n\n".join(filter(None, [source.body, body]))
    bring_home(source)
    return source


def take_title(rows: list[Row], source: Source) -> None:
    """Take a leading title out of the rows; other titles are doubted."""
    is_told = bool(source.title)
    while rows and not rows[0].text:
        del rows[0]
    if rows and rows[0].level == 1:
        title = plain(rows[0].title)
        if not source.title or fold(title) == fold(source.title):
            source.title = source.title or title
            del rows[: rows[0].length]
        elif len([row for row in rows if row.level == 1]) == 1:
            _under_title(rows, source, title)
            return
    elif is_told and len([row for row in rows if row.level == 1]) == 1:
        _lowered(next(row for row in rows if row.level == 1), rows)
    doubt_titles(rows, source)


def _raised(rows: list[Row]) -> None:
    """Headings that all begin below the second level, as those of a document whose highest was of its questions."""
    headings = [row for row in rows if row.level]
    more = min((row.level for row in headings), default=2) - 2
    if more > 0 and all(row.length == 1 and row.text.lstrip().startswith("#") for row in headings):
        for row in headings:
            row.text, row.level = row.text.lstrip()[more:], row.level - more


def _lowered(row: Row, rows: list[Row]) -> None:
    """The one `#` further down, under a title of the front matter, is a heading."""
    at = rows.index(row)
    row.text, row.level = f"## {row.title}", 2
    for below in rows[at + 1 : at + row.length]:
        below.text, below.is_underline = "", False
    row.length = 1


def _under_title(rows: list[Row], source: Source, title: str) -> None:
    """The one `#` below a title of the front matter: its words are kept as the lead, or as a heading."""
    if not source.lead:
        source.lead = title
        del rows[: rows[0].length]
    else:
        rows[0].text, rows[0].level = f"#{rows[0].text}" if rows[0].text.startswith("#") else f"## {title}", 2
        del rows[1 : rows[0].length]
        rows[0].length = 1


def doubt_titles(rows: list[Row], source: Source) -> None:
    """More titles than one: of a file that has its title elsewhere, all headings are one level lower, told once."""
    titles = [row for row in rows if row.level == 1]
    if len(titles) > 1 and all(row.length == 1 and row.text.lstrip().startswith("#") for row in rows if row.level):
        for row in rows:
            if row.level:
                row.text, row.level = "#" * (row.level < 6) + row.text.lstrip(), min(row.level + 1, 6)
        listed = ", ".join(f"“{row.title[:60]}”" for row in titles[:5])
        source.doubt(titles[0].number, f"a second title: {listed}; all headings are one level lower now")
        return
    for row in titles:
        source.doubt(row.number, f"a second title: “{row.title[:60]}”; leave one # and write ## for the others")


def take_lead(rows: list[Row], source: Source, *, is_converted: bool = False) -> None:
    """Take the first paragraph, when one stands before the first heading.

    Of a document it must be plain words over more than themselves: else bold letters would be lost.
    """
    while rows and not rows[0].text:
        del rows[0]
    if rows and rows[0].is_paragraph and not NO_LEAD.match(rows[0].text):
        length = rows[0].length
        if is_converted and _stays(rows, length):
            return
        lead = " ".join(row.text.strip() for row in rows[:length])
        if any(one.type not in TEXT for one in phrase(lead)):
            source.doubt(
                rows[0].number, "the lead is shown as plain text; take the stars, underlines and links out of it"
            )
        source.lead = plain(lead)
        del rows[:length]


def _stays(rows: list[Row], length: int) -> bool:
    words = " ".join(row.text.strip() for row in rows[:length])
    is_alone = not any(row.level for row in rows[length:])
    return is_alone or len(words) > LONGEST_LEAD or any(one.type not in TEXT for one in phrase(words))


def doubt_imprint(rows: list[Row], source: Source) -> None:
    """Publication lines in the text: they are for the front matter, and would be shown as steps and risks."""
    for row in rows:
        if not row.level and ":" in row.text[:70]:
            mention = mention_of(row.text.strip())
            if mention and mention.is_doubtful:
                source.doubt(row.number, f"“{row.text.strip()[:60]}” may belong above the text, between lines of ---")


def doubt_headings(rows: list[Row], source: Source) -> None:
    """A heading with nothing under it, not even a smaller heading."""
    rows = [row for row in rows if row.text and not row.is_underline]
    for row, following in zip_longest(rows, rows[1:]):
        if row.level and (following is None or 0 < following.level <= row.level):
            source.doubt(row.number, f"a heading with nothing under it: “{row.title[:60]}”")
