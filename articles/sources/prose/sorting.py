"""Which place each line of a plain source has: title, heading, text, question, publication line … No Django models."""

from __future__ import annotations

import re
from itertools import pairwise

from articles.sources.prose.imprint import YEAR, is_address, mention_of
from articles.sources.prose.lines import asks, ends_sentence, is_numbered, label_of, marker_of
from articles.sources.prose.words import BRIEF, OF_A_ROW, VERBS, begins_faq, fold, is_faq
from articles.sources.source import LONGEST_QUESTION, Source, SourceLine

LONGEST_HEADING = 80
WRAPS_FROM = 45  # letters: a shorter line was not broken because it was full

ASKED = re.compile(
    r"(?:(?:Q|Question|Ques|प्रश्न|सवाल|سوال|ప్రశ్న|السؤال)\s{0,2}\d{0,3}|س)\s{0,2}[:.)：–-]\s*(?=\S)", re.IGNORECASE
)
ANSWERED = re.compile(
    r"(?:(?:A|Ans|Answer|उत्तर|जवाब|جواب|సమాధానం|జవాబు|الجواب)\s{0,2}\d{0,3}|ج)\s{0,2}[:.)：]\s+(?=\S)", re.IGNORECASE
)
AMOUNT = re.compile(r"[\W\d]+")
MEASURED = re.compile(r"\d\s?[^\W\d_A-Z]|\d\s?[%°]|\d:\d\d")
INNER_STOP = re.compile(r"[.!।۔]\s+\w")


def looks_like_heading(text: str) -> bool:
    """Whether it is short, not a sentence and not a row; a question may be somewhat longer."""
    longest = LONGEST_HEADING * 1.5 if asks(text) else LONGEST_HEADING
    if len(text) > longest or len(text.split()) > (20 if asks(text) else 13) or text[-1] in ",;…":
        return False
    if ends_sentence(text) or marker_of(text)[0] == 0 or label_of(text) or "|" in text or is_address(text):
        return False
    return any(letter.isalpha() for letter in text)


def joined(lines: list[SourceLine]) -> list[SourceLine]:
    """The lines with paragraphs that were broken by hand put together again."""
    is_wrapped = _is_wrapped(lines)
    whole: list[SourceLine] = []
    last = ""
    for line in lines:
        is_open = whole and not line.is_parted and len(last) >= WRAPS_FROM and _is_loose(line.text)
        if is_open and (is_wrapped or (line.text[0].islower() and not ends_sentence(last))) and not mention_of(last):
            whole[-1].text += " " + line.text
        else:
            whole.append(SourceLine(line.number, line.text, line.is_parted))
        last = line.text
    return whole


def _is_loose(text: str) -> bool:
    """Whether nothing shows that a line begins something of its own."""
    begins = marker_of(text)[0] is not None or label_of(text) or asks(text) or is_faq(text) or mention_of(text)
    return not begins


def _is_wrapped(lines: list[SourceLine]) -> bool:
    """Whether the lines were broken where the next word no longer fitted."""
    widest = max((len(line.text) for line in lines), default=0)
    if widest > 100:
        return False
    open_lines = [
        (before.text, after.text)
        for before, after in pairwise(lines)
        if not after.is_parted
        and len(before.text) >= WRAPS_FROM
        and not ends_sentence(before.text)
        and _is_loose(after.text)
    ]
    full = [before for before, after in open_lines if len(before) + 1 + len(after.split()[0]) > widest]
    return len(full) >= 3 and 10 * len(full) >= 8 * len(open_lines)


def is_short_row(text: str) -> bool:
    """Whether it is a label and a few words, no amount and no time: “Category: Cancer”, not “Dose: 5 mg”."""
    found = label_of(marker_of(text)[1])
    if not found or any(map(str.isdigit, found[0])) or OF_A_ROW.search(fold(found[0])):
        return False
    is_dated = bool(YEAR.search(found[1]))
    is_short = len(found[1].split()) <= (8 if is_dated else 4) and not ends_sentence(found[1])
    return is_short and (is_dated or not (MEASURED.search(found[1]) or AMOUNT.fullmatch(found[1])))


class Sorting:
    """Gives each line its place: title, lead, heading, text, stray, question, answer, imprint, claims, source …"""

    def __init__(self, lines: list[SourceLine], source: Source):
        self.lines, self.doubt = lines, source.doubt
        self.mentions = [mention_of(line.text) for line in lines]
        self.counts = self._counting()
        self.places: list[str] = []
        self.part = "start"
        self.title = ""
        self.left_faq_at: int | None = None
        for at in range(len(lines)):
            self.places.append(self._place(at))
        self._doubt_last_rows()

    def _counting(self) -> list[bool]:
        """Which publication lines count wherever they stand: plain ones, and weak ones before these or at the end."""
        counts, is_next = [], True
        for mention in reversed(self.mentions):
            is_next = mention is not None and (not mention.is_weak or is_next)
            counts.append(is_next)
        return counts[::-1]

    def _is_imprint(self, at: int) -> bool:
        mention = self.mentions[at]
        if mention is None or mention.kind == "sources":
            return False
        if self.part == "sources" and is_numbered(self.lines[at].text):
            return False
        if self.part == "sources" and not mention.wording and "|" not in mention.value:
            return False
        if mention.is_weak and self._before() == "question":
            return False
        return self.counts[at] or self.part in ("start", "tail")

    def _before(self) -> str:
        return self.places[-1] if self.places else ""

    def _next(self, at: int) -> str:
        """The next line when it is text, else nothing."""
        if at + 1 == len(self.lines) or self.counts[at + 1]:
            return ""
        text = self.lines[at + 1].text
        return "" if is_faq(text) else text

    def _place(self, at: int) -> str:
        text, mention = self.lines[at].text, self.mentions[at]
        if self._is_imprint(at):
            self.part = self.part if self.part == "start" else "tail"
            return "imprint"
        if "|" in text and self._follows_sponsor(at):
            return "claims"
        if not self.title:
            self.title = text
            return "title"
        if mention and mention.kind == "sources" and (not mention.is_weak or self.counts[at] or self.part == "tail"):
            self.part = "sources"
            return "inline source" if mention.value else "sources"
        if is_faq(text) or (begins_faq(text) and asks(self._next(at))):
            self.part = "faq"
            return "faq"
        if self.part == "faq":
            return self._in_faq(at)
        if self.part == "sources" and not self._leaves_sources(at):
            return "source"
        return self._in_text(at)

    def _doubt_last_rows(self) -> None:
        """Short rows above the publication lines may be some too, where what stands above them is of another kind."""
        shown = [place in ("text", "answer") for place in self.places]
        end = next((at for at, place in enumerate(self.places) if at and place == "imprint" and shown[at - 1]), None)
        if end is None:
            return
        at, is_parted = end, False
        while shown[at - 1] and not is_parted and is_short_row(self.lines[at - 1].text):
            at -= 1
            is_parted = self.lines[at].is_parted
        is_apart = is_parted and not self.lines[end].is_parted
        if at < end and shown[at - 1] and (is_apart or ends_sentence(self.lines[at - 1].text)):
            for line in self.lines[at:end]:
                self.doubt(line.number, f"“{line.text[:60]}” may be a publication line or the last row; check it")

    def _follows_sponsor(self, at: int) -> bool:
        mention = self.mentions[at - 1] if at else None
        return self._before() == "claims" or (
            self._before() == "imprint" and mention is not None and mention.kind == "sponsor"
        )

    def _in_text(self, at: int) -> str:
        line = self.lines[at]
        if self._is_short_row(at):
            return "short row"
        if self._opens_section(at):
            self._doubt_heading(line)
            self.part = "section"
            return "heading"
        if self.part == "start":
            self.part = "lead"
        if self.part == "lead" and marker_of(line.text)[0] is not None:
            self.part = "section"
        return {"lead": "lead", "tail": "stray"}.get(self.part, "text")

    def _is_short_row(self, at: int) -> bool:
        """Whether it is one of several short lines under a heading, of which the last is a heading of its own."""
        text, following = self.lines[at].text, self._next(at)
        if self._before() not in ("heading", "short row") or asks(text) or is_numbered(text):
            return False
        return bool(following) and looks_like_heading(text) and looks_like_heading(following)

    def _doubt_heading(self, line: SourceLine) -> None:
        quoted = f"“{line.text[:60]}”"
        if self.part == "start" and not asks(line.text) and fold(line.text) not in BRIEF:
            self.doubt(line.number, f"{quoted} follows the title directly; is it a second title, or is there no lead?")
        if self.part == "tail":
            self.doubt(line.number, f"the section {quoted} stands after the publication lines; does it belong there?")
        if self.left_faq_at and asks(line.text):
            self.doubt(self.left_faq_at, "taken for the end of the questions, but more questions follow; check it")
            self.left_faq_at = None

    def _opens_section(self, at: int) -> bool:
        line = self.lines[at]
        if not looks_like_heading(line.text):
            return False
        following = self._next(at)
        if is_numbered(line.text) and (is_numbered(following) or (at and is_numbered(self.lines[at - 1].text))):
            return False
        if not following:
            return self._before() != "heading" and self.part not in ("start", "tail")
        is_list_next = marker_of(following)[0] is not None and line.text.endswith((":", "："))
        return not (is_list_next and not line.is_parted and self._begins_list(line))

    def _begins_list(self, line: SourceLine) -> bool:
        """Whether “You may feel:” only leads up to the list below it; “Benefits:” is a heading."""
        words = line.text.rstrip(":： ").lower().split()
        if self._before() == "heading" or VERBS.intersection(words):
            return True
        if len(words) > 3:
            self.doubt(line.number, f"“{line.text[:60]}” may be a heading or the first words of the list; check it")
        return len(words) > 3

    def _in_faq(self, at: int) -> str:
        line, before = self.lines[at], self._before()
        is_begun = before in ("question", "answer")
        if is_begun and ANSWERED.match(line.text):
            return "answer"
        if self._is_question(line.text, is_awaited=before == "question"):
            return "question"
        if before == "question" or (is_begun and not self._leaves_faq(at)):
            return "answer"
        if is_begun:
            self.left_faq_at = line.number
        elif not self._opens_section(at):
            return "faq stray"
        return self._in_text(at)

    @staticmethod
    def _is_question(text: str, *, is_awaited: bool) -> bool:
        if len(text) > LONGEST_QUESTION:
            return False
        if ASKED.match(marker_of(text)[1]):
            return True
        return asks(text) and not (is_awaited and INNER_STOP.search(text))

    def _leaves_faq(self, at: int) -> bool:
        line, following = self.lines[at], self._next(at)
        if not looks_like_heading(line.text) or not ends_sentence(self.lines[at - 1].text) or not following:
            return False
        if line.text.endswith((":", "：")):
            return False
        if asks(following):
            self.doubt(line.number, f"“{line.text[:60]}” was kept in the answer above it; is it a heading?")
            return False
        return bool(ends_sentence(following) or label_of(following) or marker_of(following)[0] is not None)

    def _leaves_sources(self, at: int) -> bool:
        line, following = self.lines[at], self._next(at)
        if not looks_like_heading(line.text) or is_numbered(line.text) or re.search(r"\d{4}|//", line.text):
            return False
        is_text = bool(label_of(following)) or (len(following) > 60 and ends_sentence(following))
        if is_text and not line.is_parted:
            self.doubt(line.number, f"“{line.text[:60]}” was taken for a heading after the sources; check it")
        return is_text
