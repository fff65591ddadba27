"""What reading a source gives, and its lines before anything is made of them. No Django models."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from publishing.text import is_blank, is_turned

LONGEST_KEPT = 200_000  # bytes: a longer text is imported, but not published
MOST_LINES = 20_000
MOST_BRIEF_ROWS = 5
LONGEST_TITLE = 200  # letters, as the database keeps it
LONGEST_QUESTION = 300
# What a doubt is about that a person settles by saying the language
LANGUAGE = "language"


class Unreadable(ValueError):
    """The file cannot be taken in. One sentence: its name, the line where there is one, and what to do."""


@dataclass(frozen=True)
class Doubt:
    """One thing that a person must look at before the article can be published."""

    line: int | None
    message: str
    place: str = ""  # in a document, which has no lines: the nearest heading, and the first words
    about: str = ""  # LANGUAGE where a person who says the language settles it

    def __str__(self):
        where = self.place if self.line is None else f"line {self.line}"
        said = f"{where}: {self.message}" if where else self.message
        return said.replace("\n", " ")  # each is one line beside its draft


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
    related: list[str] = field(default_factory=list)
    ai_part: str = ""
    is_machine: bool = False  # a machine translated it, or part of it
    language: str = ""
    is_guessed: bool = False  # its language, by its letters and words alone
    topic: str = ""
    slug: str = ""
    translation_of: str = ""  # language and address of a guide: en/asthma
    leaflet_number: str = ""  # as it was known where it came from
    old_addresses: list[str] = field(default_factory=list)  # where it stood on the old site
    keys: list[str] = field(default_factory=list)  # of its front matter, that have no place here
    is_draft: bool = False  # where it came from, it was not published
    pictures: dict = field(default_factory=dict)  # by the name in the text: those that came with it
    left: list[str] = field(default_factory=list)  # words that the page has by itself
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, line: int | None, message: str, about: str = "") -> None:
        self.doubts.append(Doubt(line, message, about=about))


@dataclass
class SourceLine:
    """One line, or several where a paragraph was broken by hand; the number is that of the first, counted from 1."""

    number: int
    text: str
    is_parted: bool  # an empty line stands before it


INVISIBLE = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
# What Word's fonts of signs draw at these places
_DRAWN = str.maketrans(
    "\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf06f\uf071\uf0e8\uf0e0\uf0fc\uf0fe\uf0fb\uf0fd\uf02d", "•▪➢❖□□☐➔→✔☑✘☒–"
)
BLANKS = re.compile("[\u00a0\u2007\u202f]")
BREAKS = re.compile("[\f\v\x85\u2028\u2029]")
RULE = re.compile(r"[-=*_~#—–━─ ]{3,}")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text with one kind of line end, one kind of blank and no byte order marks; every line keeps its number."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return BLANKS.sub(" ", text).translate(_DRAWN)


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
