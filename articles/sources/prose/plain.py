"""The plain shape of a source: a title, paragraphs, headed sections, questions, publication lines. No Django models.

Each line is given exactly one place first (Sorting) and then put into the field of that place (Filling), so no line is
lost: what no rule takes is kept in the body and reported.
"""

from __future__ import annotations

from dataclasses import replace

from articles.sources.prose.imprint import Mention, Publication, claims_in
from articles.sources.prose.lines import heading, label_of, marker_of, written
from articles.sources.prose.sorting import ANSWERED, ASKED, Sorting, joined
from articles.sources.prose.words import BRIEF, fold, is_faq
from articles.sources.source import LONGEST_QUESTION, MOST_BRIEF_ROWS, Source, SourceLine, Unreadable, lines_of

Section = tuple[SourceLine | None, list[SourceLine]]
SHOWN = ("heading", "text", "short row", "answer")


def parse_plain(text: str, name: str) -> Source:
    """The plain shape read into a source. Raises Unreadable when it has no title."""
    source = Source()
    sorting = Sorting(joined(lines_of(text)), source)
    if not sorting.title:
        raise Unreadable(f"{name}: there is no title; write the title of the guide in the first line.")
    Filling(sorting, source)
    return source


class Filling:
    """Puts the lines into the fields of a source."""

    def __init__(self, sorting: Sorting, source: Source):
        self.source, self.doubt = source, source.doubt
        self.imprint = Publication(source)
        self.lead: list[SourceLine] = []
        self.sections: list[Section] = [(None, [])]
        self.questions: list[tuple[SourceLine, list[SourceLine]]] = []
        self.opened: SourceLine | None = None  # a heading of questions or sources that has nothing under it yet
        for line, place, mention in zip(sorting.lines, sorting.places, sorting.mentions, strict=True):
            if place in ("imprint", "inline source"):
                self.put_mention(line, mention)
            else:
                if place in SHOWN and mention and mention.is_doubtful:
                    self.doubt_mention(line)
                getattr(self, "put_" + place.replace(" ", "_"))(line)
        self.finish()

    def put_mention(self, line: SourceLine, mention: Mention) -> None:
        if mention.kind == "sources":
            self.source.sources.append(mention.value)
        elif mention.kind in ("unplaced", "record"):
            self.put_stray(line)
        else:
            self.imprint.take(line, mention)

    def put_title(self, line: SourceLine) -> None:
        found = label_of(line.text)
        self.source.title = found[1] if found and fold(found[0]) == "title" else line.text

    def put_lead(self, line: SourceLine) -> None:
        if label_of(line.text):
            self.doubt(line.number, f"a label line without a list (“{line.text[:60]}”) before the first heading")
        self.lead.append(line)

    def put_heading(self, line: SourceLine) -> None:
        self.doubt_title(line)
        self.sections.append((line, []))

    def put_text(self, line: SourceLine) -> None:
        self.doubt_title(line)
        self.sections[-1][1].append(line)

    def put_short_row(self, line: SourceLine) -> None:
        self.doubt(line.number, f"“{line.text[:60]}” may be a row of a list, or a heading with nothing under it")
        self.put_text(line)

    def put_stray(self, line: SourceLine) -> None:
        self.doubt(line.number, f"this line belongs to no field, so it was kept in the text: “{line.text[:60]}”")
        self.sections[-1][1].append(line)

    def put_claims(self, line: SourceLine) -> None:
        self.source.sponsor_claims += claims_in(line.text)

    def put_faq(self, line: SourceLine) -> None:
        self.doubt_opened()
        self.opened = line
        if not is_faq(line.text):
            self.doubt(line.number, f"“{line.text[:80]}” is not kept: the page has its own heading above the questions")

    def put_faq_stray(self, line: SourceLine) -> None:
        self.doubt(line.number, f"an answer without a question, kept in the text: “{line.text[:60]}”")
        if self.opened:
            self.sections.append((self.opened, []))
            self.opened = None
        self.sections[-1][1].append(line)

    def put_question(self, line: SourceLine) -> None:
        self.opened = None
        text = ASKED.sub("", marker_of(line.text)[1], count=1)
        if len(text) > LONGEST_QUESTION:
            self.doubt(line.number, f"the question has {len(text)} letters; {LONGEST_QUESTION} is the most")
        self.questions.append((replace(line, text=text), []))

    def put_answer(self, line: SourceLine) -> None:
        found, lines = ANSWERED.match(line.text), self.questions[-1][1]
        if found and lines:
            self.doubt(line.number, "an answer without a question, kept under the question above it")
        lines.append(replace(line, text=line.text[found.end() :] if found else line.text))

    def put_sources(self, line: SourceLine) -> None:
        self.doubt_opened()
        self.opened = line

    def put_source(self, line: SourceLine) -> None:
        self.opened = None
        self.source.sources.append(marker_of(line.text)[1])

    def doubt_mention(self, line: SourceLine) -> None:
        if not ANSWERED.match(line.text):
            self.doubt(line.number, f"“{line.text[:60]}” may be a publication line, but was kept in the text; check it")

    def doubt_title(self, line: SourceLine) -> None:
        if fold(line.text) == fold(self.source.title):
            self.doubt(line.number, "a second title; leave one")

    def doubt_opened(self) -> None:
        if self.opened:
            self.doubt(self.opened.number, f"a heading with nothing under it: “{self.opened.text}”")

    def finish(self) -> None:
        self.doubt_opened()
        self.imprint.finish()
        self.sections[-1][1].extend(self.imprint.left)
        if not any(lines or title for title, lines in self.sections):
            self.sections[0][1].extend(self.lead[1:])
            del self.lead[1:]
        self.source.lead = "\n\n".join(line.text for line in self.lead)
        self.source.questions = [(asked.text, self.answer(asked, lines)) for asked, lines in self.questions]
        self.source.body = "\n\n".join(filter(None, map(self.section, self.sections)))

    def answer(self, asked: SourceLine, lines: list[SourceLine]) -> str:
        if not lines:
            self.doubt(asked.number, f"a question without an answer: “{asked.text[:60]}”")
        return written("", lines, self.doubt)

    def section(self, section: Section) -> str:
        """One section as Markdown; nothing when its rows went into the brief."""
        title, lines = section
        if title is None:
            return written("", lines, self.doubt)
        words = title.text.rstrip(":：").rstrip()
        rows = [label_of(marker_of(line.text)[1]) for line in lines]
        if fold(words) in BRIEF and lines and all(rows) and not self.source.brief:
            self.source.brief = rows[:MOST_BRIEF_ROWS]
            lines = lines[MOST_BRIEF_ROWS:]
            if not lines:
                return ""
            self.doubt(lines[0].number, f"more than {MOST_BRIEF_ROWS} rows “in brief”; the others are kept in the text")
        elif not lines:
            self.doubt(title.number, f"a heading with nothing under it: “{words[:60]}”")
        return "\n\n".join(filter(None, [heading(words), written(words, lines, self.doubt)]))
