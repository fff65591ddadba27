"""What reading a source gives, and its lines before anything is made of them. No Django models."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from publishing.text import EMBEDDINGS, is_blank, is_turned

LONGEST_KEPT = 200_000  # bytes: a longer text is imported, but not published
MOST_LINES = 20_000
MOST_BRIEF_ROWS = 5
LONGEST_TITLE = 200  # letters, as the database keeps it
LONGEST_QUESTION = 300


class Unreadable(ValueError):
    """The file cannot be taken in. One sentence: its name, the line where there is one, and what to do."""


@dataclass(frozen=True)
class Doubt:
    """One thing that a person must look at before the article can be published."""

    line: int | None
    message: str

    def __str__(self):
        return self.message if self.line is None else f"line {self.line}: {self.message}"


@dataclass
class Source:
    """A guide as its file gives it; the body and the answers are our Markdown, all else is plain text."""

    title: str = ""
    lead: str = ""
    body: str = ""
    brief: list[tuple[str, str]] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    published_on: date | None = None
    uploaded_by: str = ""
    publisher_name: str = ""
    websites: list[str] = field(default_factory=list)
    social: list[str] = field(default_factory=list)
    sponsor_name: str = ""
    sponsor_wording: str = ""
    sponsor_address: str = ""
    sponsor_claims: list[str] = field(default_factory=list)
    sponsor_connection: str = ""
    language: str = ""
    topic: str = ""
    slug: str = ""
    translation_of: str = ""  # language and address of a guide: en/asthma
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, line: int | None, message: str) -> None:
        self.doubts.append(Doubt(line, message))


@dataclass
class SourceLine:
    """One line, or several where a paragraph was broken by hand; the number is that of the first, counted from 1."""

    number: int
    text: str
    is_parted: bool  # an empty line stands before it


INVISIBLE = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
BLANKS = re.compile("[\u00a0\u2007\u202f]")
BREAKS = re.compile("[\f\v\x85\u2028\u2029]")
RULE = re.compile(r"[-=*_~#—–━─ ]{3,}")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text with one kind of line end, one kind of blank and no byte order marks; every line keeps its number."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return BLANKS.sub(" ", text)


def lines_of(text: str, first: int = 1) -> list[SourceLine]:
    """The lines that say something. A form feed parts two lines that share one number."""
    lines, is_parted = [], False
    for number, whole in enumerate(text.split("\n"), first):
        for piece in BREAKS.split(whole):
            piece = " ".join(piece.strip().strip(INVISIBLE).split())
            if not piece or RULE.fullmatch(piece):
                is_parted = True
                continue
            lines.append(SourceLine(number, piece, is_parted))
            is_parted = False
    return lines


def refuse_what_is_not_text(text: str, name: str) -> None:
    """Raises Unreadable when the text is empty, holds control characters, or has far more lines than a guide."""
    if not text.strip() or is_blank(text):
        raise Unreadable(f"{name}: the file is empty; write the guide into it and try again.")
    found = NOT_TEXT.search(text)
    if found:
        line = cleaned(text[: found.start()]).count("\n") + 1
        raise Unreadable(
            f"{name}, line {line}: this is not plain text (character U+{ord(found[0]):04X}); "
            "save the guide as plain text in UTF-8 and try again."
        )
    if is_turned(text):
        line = next((number for number, line in enumerate(cleaned(text).split("\n"), 1) if is_turned(line)), 1)
        raise Unreadable(
            f"{name}, line {line}: a sign that nobody sees turns letters round (U+202D or U+202E); delete it, or type "
            "the words anew."
        )
    if sum(1 for line in text.split("\n") if line.strip()) > MOST_LINES:
        raise Unreadable(f"{name}: the file has more than {MOST_LINES:,} lines; make several guides of it.")


SCRIPTS = {
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "TELUGU": "te",
    "TAMIL": "ta",
    "BENGALI": "bn",
    "GUJARATI": "gu",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GURMUKHI": "pa",
    "LATIN": "en",
}
URDU_LETTERS = "ٹڈڑںےہگچپک"


def language_of(text: str) -> str:
    """The language that most letters speak for; "" when their script is none of ours."""
    letters = Counter(text)
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "").partition(" ")[0]] += count
    if not scripts:
        return "en"
    language = SCRIPTS.get(scripts.most_common(1)[0][0], "")
    if language == "ar" and 50 * sum(letters[letter] for letter in URDU_LETTERS) > scripts["ARABIC"]:
        return "ur"
    return language


def look_over(source: Source, text: str) -> None:
    """Adds what can be said of the whole: its language, and whether it fits."""
    if not source.language:
        found = language_of(text)
        source.language = found or "en"
        if not found:
            source.doubt(
                None, "the language is none that we know by its letters; say it in front matter (language: en)"
            )
    for number, line in enumerate(text.split("\n"), 1):
        if "\ufffd" in line:
            source.doubt(number, "a letter was lost here (�); write it again")
        if EMBEDDINGS.search(line):
            source.doubt(number, "signs that nobody sees set the direction of writing here; look at how it reads")
    if not source.body.strip():
        source.doubt(None, "there is no text besides the title and the lead")
    if len(text.encode()) > LONGEST_KEPT:
        source.doubt(None, f"the text is longer than {LONGEST_KEPT:,} bytes; make several guides of it")
    if len(source.title) > LONGEST_TITLE:
        source.doubt(None, f"the title has {len(source.title)} letters; {LONGEST_TITLE} is the most that can be kept")
    seen: set[str] = set()
    for question, _answer in source.questions:
        if question in seen:
            source.doubt(None, f"the question “{question[:60]}” stands twice; leave one")
        seen.add(question)
    source.doubts.sort(key=lambda doubt: doubt.line or 0)
