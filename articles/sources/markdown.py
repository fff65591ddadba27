"""The Markdown shape of a source, with or without front matter: the body stays as it was written. No Django models."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from articles.sources.front import Front
from articles.sources.matter import FENCES, divided
from articles.sources.prose.imprint import mention_of
from articles.sources.prose.words import fold, is_faq
from articles.sources.source import BREAKS, LONGEST_QUESTION, Source, Unreadable
from publishing.text import outline, phrase

NO_LEAD = re.compile(r"[|<\[]|!\[|:::")
TEXT = {"text", "text_special"}
BOLD = re.compile(r"\s{0,3}(?:\*\*|__)((?:(?!\*\*|__).)+)(?:\*\*|__)\s*")
LONGEST_LEAD = 400  # letters of the first paragraph of a document; a longer one is text


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


def has_front_matter(text: str) -> bool:
    return text.lstrip().partition("\n")[0].rstrip() in FENCES


def is_markdown(text: str, name: str) -> bool:
    """Whether the text has front matter or begins with `# Title`, or is a .md file with a heading anywhere."""
    if has_front_matter(text) or rows_of(text.strip("\n ").partition("\n")[0], 0)[0].level == 1:
        return True
    return not name.lower().endswith(".txt") and any(
        row.level and row.length == 1 for row in rows_of(text, 0)
    )  # a line may be drawn under any other


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
    rows = take_questions(rows, source)
    doubt_headings(rows, source)
    doubt_imprint(rows, source)
    body = "\n".join(row.text for row in rows).strip("\n")
    source.body = "\n\n".join(filter(None, [source.body, body]))
    return source


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
    starts = [at for at, row in enumerate(section) if row.level == 3 and row.title] or _in_bold(section)
    first = starts[0] if starts else len(section)
    for start, end in zip(starts, [*starts, len(section)][1:], strict=True):
        number, question = section[start].number, plain(section[start].title)
        answer = "\n".join(row.text for row in section[start + section[start].length : end]).strip("\n")
        if not answer:
            source.doubt(number, f"a question without an answer: “{question[:60]}”")
        elif len(question) > LONGEST_QUESTION:
            source.doubt(number, f"the question has {len(question)} letters; {LONGEST_QUESTION} is the most")
        source.questions.append((question, answer))
    stray = next((row for row in section[section[0].length : first] if row.text), None)
    if stray and starts:
        source.doubt(stray.number, "text between the heading and its first question, kept in the text")
    return section[:first] if stray or not starts else []


def _in_bold(section: list[Row]) -> list[int]:
    """Where bold lines that ask stand over their answers: all of them, or none."""
    bold = [at for at, row in enumerate(section) if row.is_paragraph and row.length == 1 and BOLD.fullmatch(row.text)]
    asked = {at: BOLD.fullmatch(section[at].text)[1] for at in bold}
    if not asked or not all(words.rstrip().endswith(("?", "؟")) for words in asked.values()):
        return []
    for at, words in asked.items():
        section[at].title = " ".join(words.split())
    return bold


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
