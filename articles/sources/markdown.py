"""The Markdown shape of a source, with or without front matter: the body stays as it was written. No Django models."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from articles.sources.front import Front, divided
from articles.sources.imprint import mention_of
from articles.sources.source import BREAKS, LONGEST_QUESTION, Source, Unreadable
from articles.sources.words import fold, is_faq

BLOCK_START = re.compile(r"(?:[-*+>|<]|#{1,6}\s|`{3}|~{3}|!\[|\[|:::|\d+[.)]\s| {4}|\t)")
MARKUP = re.compile(r"(?<![\w\\])[*_`]+\w|\]\(")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass
class Row:
    """One line of Markdown; the level is that of its heading, 0 for any other line."""

    number: int
    text: str
    level: int = 0
    title: str = ""


def has_front_matter(text: str) -> bool:
    return text.lstrip().partition("\n")[0].rstrip() == "---"


def is_markdown(text: str, name: str) -> bool:
    """Whether the text has front matter or begins with `# Title`, or is a .md file with a heading anywhere."""
    if has_front_matter(text) or _heading(text.strip("\n ").partition("\n")[0])[0] == 1:
        return True
    return not name.lower().endswith(".txt") and any(row.level for row in rows_of(text, 0))


def parse_markdown(text: str, name: str) -> Source:
    """The Markdown shape read into a source. Raises Unreadable."""
    source = Source()
    before = 0
    has_front = has_front_matter(text)
    if has_front:
        front, text, before = divided(text, name)
        Front(front, name, source)
    rows = rows_of(text, before)
    take_title(rows, source)
    if not source.title:
        raise Unreadable(
            f"{name}: there is no title; write “# The title” in the first line, or title: in the front matter."
        )
    if not has_front:
        take_lead(rows, source)
    rows = take_questions(rows, source)
    doubt_headings(rows, source)
    doubt_imprint(rows, source)
    body = "\n".join(row.text for row in rows).strip("\n")
    source.body = "\n\n".join(filter(None, [source.body, body]))
    return source


def _heading(line: str) -> tuple[int, str]:
    """(level, words) of `## Words ##`, else (0, "")."""
    if not line.startswith(("#", " #", "  #", "   #")):
        return 0, ""
    line = line.strip()
    words = line.lstrip("#")
    level = len(line) - len(words)
    if level > 6 or (words and not words[0].isspace()):
        return 0, ""
    words = words.strip()
    shorter = words.rstrip("#")
    return level, shorter.rstrip() if not shorter or shorter[-1].isspace() else words


def rows_of(text: str, before: int) -> list[Row]:
    """The lines with the levels of their headings; inside fenced code there are none."""
    rows, fence = [], ""
    for number, line in enumerate(BREAKS.sub(" ", text).split("\n"), before + 1):
        line = line if line.strip() else ""
        start = line.lstrip()[:3]
        if fence:
            fence = "" if start == fence and not line.strip().strip(fence[0]) else fence
            rows.append(Row(number, line))
            continue
        if start in ("```", "~~~"):
            fence = start
        rows.append(Row(number, line, *_heading(line)))
    return rows


def plain(words: str) -> str:
    """Markdown words without the backslashes that keep a letter a letter."""
    return ESCAPE.sub(r"\1", words)


def take_title(rows: list[Row], source: Source) -> None:
    """Take a leading `# Title` (or a line underlined with =) out of the rows; other titles are doubted."""
    while rows and not rows[0].text:
        del rows[0]
    if len(rows) > 1 and not rows[0].level and re.fullmatch(r" {0,3}=+\s*", rows[1].text):
        rows[0].level, rows[0].title = 1, rows[0].text.strip()
        rows[0].text = f"# {rows[0].title}"
        del rows[1]
    if rows and rows[0].level == 1:
        title = plain(rows[0].title)
        if not source.title or fold(title) == fold(source.title):
            source.title = source.title or title
            del rows[0]
    for row in rows:
        if row.level == 1:
            source.doubt(row.number, f"a second title: “{row.title[:60]}”; leave one # and write ## for the others")


def take_lead(rows: list[Row], source: Source) -> None:
    """Take the first paragraph, when one stands before the first heading."""
    while rows and not rows[0].text:
        del rows[0]
    length = next((at for at, row in enumerate(rows) if not row.text or row.level), len(rows))
    if length and not BLOCK_START.match(rows[0].text):
        lead = " ".join(row.text.strip() for row in rows[:length])
        if MARKUP.search(lead):
            source.doubt(
                rows[0].number, "the lead is shown as plain text; take the stars, underlines and links out of it"
            )
        source.lead = plain(lead)
        del rows[:length]


def take_questions(rows: list[Row], source: Source) -> list[Row]:
    """Take the sections of questions (`## Questions` with `### …?` in it); return the rows that are left."""
    left: list[Row] = []
    at = 0
    while at < len(rows):
        end = at + 1
        if rows[at].level == 2 and is_faq(rows[at].title):
            while end < len(rows) and not 1 <= rows[end].level <= 2:
                end += 1
            left += _asked(rows[at:end], source)
        else:
            left.append(rows[at])
        at = end
    return left


def _asked(section: list[Row], source: Source) -> list[Row]:
    """Take the questions of one section; return what is no question."""
    starts = [at for at, row in enumerate(section) if row.level == 3 and row.title]
    first = starts[0] if starts else len(section)
    for start, end in zip(starts, [*starts, len(section)][1:], strict=True):
        number, question = section[start].number, plain(section[start].title)
        answer = "\n".join(row.text for row in section[start + 1 : end]).strip("\n")
        if not answer:
            source.doubt(number, f"a question without an answer: “{question[:60]}”")
        elif len(question) > LONGEST_QUESTION:
            source.doubt(number, f"the question has {len(question)} letters; {LONGEST_QUESTION} is the most")
        source.questions.append((question, answer))
    stray = next((row for row in section[1:first] if row.text), None)
    if stray and starts:
        source.doubt(stray.number, "text between the heading and its first question, kept in the text")
    return section[:first] if stray or not starts else []


def doubt_imprint(rows: list[Row], source: Source) -> None:
    """Publication lines in the text: they are for the front matter, and would be shown as steps and risks."""
    for row in rows:
        if not row.level and ":" in row.text[:70]:
            mention = mention_of(row.text.strip())
            if mention and mention.is_doubtful:
                source.doubt(row.number, f"“{row.text.strip()[:60]}” may belong above the text, between lines of ---")


def doubt_headings(rows: list[Row], source: Source) -> None:
    """A heading with nothing under it, not even a smaller heading."""
    rows = [row for row in rows if row.text]
    for row, following in zip_longest(rows, rows[1:]):
        if row.level and (following is None or 0 < following.level <= row.level):
            source.doubt(row.number, f"a heading with nothing under it: “{row.title[:60]}”")
