"""Questions with their answers in Markdown: below a heading of questions, as headings, in bold, or by a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.sources.office import may_be_heading
from articles.sources.prose.lines import asks
from articles.sources.prose.sorting import ANSWERED, ASKED
from articles.sources.prose.words import begins_faq, is_faq
from articles.sources.rows import Row, plain
from articles.sources.source import LONGEST_QUESTION, Source

_MARK = r"(?P<mark>\s{0,3}(?:(?:\d{1,3}[.)]|[-*+])\s+)?)"
_BEGUN = re.compile(
    _MARK + r"(?P<wrap>\*\*|__|\*|_)(?P<words>(?!\s)(?:(?!(?P=wrap)).)+)(?P=wrap)(?P<tail>\s?[?؟:]{0,2})(?P<rest>.*)"
)
_LETTER = re.compile(_MARK + r"(?P<rest>\S.*)")
_BOLD_LETTER = re.compile(r"(\*\*|__)(.{1,20}?)\1\s*(?=\S)")
_WRAPPED = re.compile(r"(\*\*|__|\*|_)((?:(?!\1).)+)\1")
SHOWN, MOST_LISTED = 60, 8


@dataclass(frozen=True)
class Begun:
    """A line that begins with words in bold or italics: those words, what follows them, and the mark before them."""

    words: str
    rest: str
    mark: str
    is_strong: bool

    @property
    def asks(self) -> bool:
        return asks(self.words) and (self.is_strong or not self.rest)

    @property
    def is_alone(self) -> bool:
        return self.is_strong and not self.rest and not self.mark.strip()


def begun(row: Row) -> Begun | None:
    found = None if row.level or row.is_underline else _BEGUN.fullmatch(row.text)
    if found is None:
        return None
    words = f"{found['words'].strip()}{found['tail']}".rstrip(": ")
    return Begun(" ".join(words.split()), found["rest"].strip(), found["mark"], len(found["wrap"]) == 2)


def take_questions(rows: list[Row], source: Source) -> list[Row]:
    """Take the sections of questions, with the answers below each of them; return the rows that are left."""
    left: list[Row] = []
    at = 0
    while at < len(rows):
        end, level = at + 1, rows[at].level
        if level >= 2 and (is_faq(rows[at].title) or begins_faq(rows[at].title)):
            first = next((row for row in rows[end:] if row.text), rows[at])
            # Some set their questions as high as the heading above them.
            has_peers = first.level == level and asks(first.title)
            while end < len(rows) and not _ends(rows[end], level, has_peers=has_peers):
                end += 1
            left += _asked(rows[at:end], source)
        else:
            left.append(rows[at])
        at = end
    return left


def _ends(row: Row, level: int, *, has_peers: bool) -> bool:
    """Whether a section of that level ends before this line."""
    return 1 <= row.level <= level and not (has_peers and row.level == level and asks(row.title))


def _asked(section: list[Row], source: Source) -> list[Row]:
    """Take the questions of one section; return what is no question."""
    starts = _headings(section) or _in_bold(section, source) or _by_letter(section)
    places = sorted(starts)
    first = places[0] if places else len(section)
    for start, end in zip(places, [*places, len(section)][1:], strict=True):
        question, answer = starts[start], _answer(starts[start], section[start:end])
        number, words = section[start].number, _unmarked(question.words)
        if not answer:
            source.doubt(number, f"a question without an answer: “{words[:SHOWN]}”")
        elif len(words) > LONGEST_QUESTION:
            source.doubt(number, f"the question has {len(words)} letters; {LONGEST_QUESTION} is the most")
        source.questions.append((words, answer))
        source.left += _letters_of(question, section[start:end])
    stray = next((row for row in section[section[0].length : first] if row.text), None)
    if stray and starts:
        source.doubt(stray.number, "text between the heading and its first question, kept in the text")
    if not starts and stray:
        source.doubt(
            section[0].number, f"no question is found under “{section[0].title[:SHOWN]}”; write ### before each"
        )
    elif starts and not stray and not is_faq(section[0].title):
        told = f"“{section[0].title[:SHOWN]}” is not kept: the page has its own heading above the questions"
        source.doubt(section[0].number, told)
    elif starts and not stray:
        source.left.append(section[0].title)
    return section[:first] if stray or not starts else []


def _headings(section: list[Row]) -> dict[int, Begun]:
    """The highest headings below that of the section."""
    level = min((row.level for row in section[1:] if row.level and row.title), default=0)
    return {
        at: Begun(row.title, "", "", True)
        for at, row in enumerate(section[1:], 1)
        if row.title and row.level and row.level == level
    }


def _in_bold(section: list[Row], source: Source) -> dict[int, Begun]:
    """The lines that ask in bold or italics, each with its answer behind or below it; others in bold are told."""
    found = {at: one for at, row in enumerate(section) if (one := begun(row))}
    asked = {at: one for at, one in found.items() if one.asks}
    others = [at for at, one in found.items() if one.is_alone and at not in asked]
    if asked and others:
        listed = ", ".join(f"“{found[at].words[:SHOWN]}”" for at in others[:MOST_LISTED])
        source.doubt(section[others[0]].number, f"in bold among the questions, and kept in the answer above: {listed}")
    return asked


def _by_letter(section: list[Row]) -> dict[int, Begun]:
    """`Q: …` over `A: …`."""
    found = {}
    for at, row in enumerate(section[1:], 1):
        line = _LETTER.fullmatch(row.text)
        if line and ASKED.match(line["rest"]):
            found[at] = Begun(line["rest"], "", line["mark"], False)
    return found


def _answer(question: Begun, rows: list[Row]) -> str:
    indent = len(question.mark)
    # A heading may be underlined; else the answer may go on in the line below.
    below = rows[rows[0].length if rows[0].level else 1 :]
    below = [row.text[indent:] if indent and row.text[:indent].isspace() else row.text for row in below]
    answer = "\n".join([question.rest, *below] if question.rest else below).strip("\n")
    bold = _BOLD_LETTER.match(answer)
    if bold and ANSWERED.match(f"{bold[2]} x"):
        return answer[bold.end() :]
    found = ANSWERED.match(answer)
    return answer[found.end() :] if found else answer


def _letters_of(question: Begun, rows: list[Row]) -> list[str]:
    """The letters before a question and its answer, which the page has by its shape."""
    lines = [question.words, question.rest, *(row.text for row in rows[1:])]
    return [found[0] for one in lines for look in (ASKED, ANSWERED) if (found := look.match(one.strip(" *_")))]


def _unmarked(words: str) -> str:
    """A question without the marks around all of it, and without the letter before it."""
    found = _WRAPPED.fullmatch(words)
    words = found[2].strip() if found else words
    return plain(ASKED.sub("", words, count=1))


def raise_heading_of_questions(rows: list[Row], source: Source) -> None:
    """“Questions” in bold over its questions is a heading."""
    for at, row in enumerate(rows):
        one = begun(row) if row.is_paragraph and row.length == 1 else None
        if one and one.is_alone and is_faq(one.words):
            above = next((other.level for other in reversed(rows[:at]) if other.level), 2)
            _raise(row, one.words, max(2, above))
            source.doubt(row.number, f"“{one.words}” in bold became a heading: look whether it is one")


def raise_bold(rows: list[Row], source: Source) -> None:
    """Lines in bold over their text: in a text without headings all that may be some, else those that ask."""
    has_headings = any(row.level for row in rows)
    level, raised = 1, []
    for at, row in enumerate(rows):
        level = row.level or level
        one = begun(row) if row.is_paragraph else None
        if one is None or not one.is_alone or not (one.asks or (not has_headings and may_be_heading(one.words))):
            continue
        below = next((other for other in rows[at + 1 :] if other.text), None)
        follows = begun(below) if below is not None else None
        if below is None or below.level or (follows and follows.is_alone):
            continue
        raised.append((row, one.words, min(level + 1, 6)))
    if len(raised) == 1 and not has_headings and not asks(raised[0][1]):
        return
    for row, words, depth in raised:
        _raise(row, words, depth, is_parted=row.length > 1)
    if raised:
        listed = ", ".join(f"“{words[:SHOWN]}”" for _row, words, _depth in raised[:MOST_LISTED])
        source.doubt(raised[0][0].number, f"lines in bold became headings: {listed}; look whether all of them are")


def _raise(row: Row, words: str, level: int, *, is_parted: bool = False) -> None:
    row.text = f"{'#' * level} {words}" + ("\n" if is_parted else "")
    row.level, row.title, row.length, row.is_paragraph = level, words, 1, False
