"""What a reader of a word processor's file gives, and how it writes HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from publishing.text import Unusable, pictures

UNDESCRIBED = "DESCRIBE THIS PICTURE"
NEAR = 40  # letters of a paragraph that name it
MOST_WORDS = 12  # of a bold line that is a heading
_PHONE = re.compile(r"(?:\d[\s().-]{0,3}){6}")
_COLON = re.compile(r"(?<!\s)\s*[:：]\s*(?=(?:</\w+>)*$)")
_PAGED = re.compile(r"(?:^|(?<!\w))(?:page|página|पृष्ठ|صفحہ|seite)(?:\s+(?:of|de|का|کا|von))?\s*$", re.IGNORECASE)
_MADE_UP = re.compile(r"\b(?:automatically generated|AI-generated content)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A picture as the document shows it, made anew; `file_name` is what it was called there."""

    made: pictures.Clean
    file_name: str


@dataclass
class Part:
    """One block of a document on its way to HTML. `rank` is that of a heading, 0 of a title; `size` in half points."""

    html: str
    text: str = ""
    rank: int | None = None
    is_bold: bool = False
    size: int = 0
    is_plain: bool = False  # a paragraph of its own, in no list
    is_marked: bool = False  # underlined, or in capitals
    mark: str = ""  # what is written in front of an entry of a list


@dataclass
class Paper:
    """`title` and `html` for the converter; `offered` the lines at the edges of its pages; `left` words that are left
    out for a reason that needs no person; `words` counted by other code."""

    title: str = ""
    html: str = ""
    is_ranked: bool = False  # whether its headings were looked for among bold lines already
    language: str = ""
    offered: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    # Of each paragraph: the nearest heading, its words, what is counted in front of it
    places: list[tuple[str, str, str]] = field(default_factory=list)
    pictures: dict[str, Shown] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def doubt(self, sentence: str) -> None:
        self.doubts.append(sentence)

    def doubt_struck(self, struck: Sequence[str], by: set[str], now: str = "") -> None:
        """Words that somebody struck and nobody has accepted; `now` is what is left of their paragraph."""
        if not struck:
            return
        said, whose = ", ".join(f"“{one}”" for one in struck), ", ".join(sorted(filter(None, by)))
        reads = f" It reads now: “{' '.join(now.split())}”." if now.strip() else ""
        whose = f" by {whose}" if whose else ""
        self.doubt(f"Struck out{whose} and left out: {said}.{reads} Look whether that is meant.")

    def offer(self, line: str) -> None:
        """A line at the edge of the pages; what stood before the number of the page is left out."""
        words = " ".join(line.split())
        said = _PAGED.sub("", words).strip(" |·–-")
        self.left.append(words[len(said) :] if words.startswith(said) else words)
        if said and said not in self.offered:
            self.offered.append(said)
        else:
            self.left.append(said)

    def doubt_comments(self, said: Sequence[tuple[str, str]], of: str) -> None:
        """What somebody wrote beside a paragraph."""
        for by, words in said:
            self.doubt(f"A comment by {by} is left out: “{words}”.{_said_of(of)}")

    def doubt_formula(self, words: str) -> None:
        self.doubt(f"A formula is written in one line now: “{words}”. Look whether it reads well.")

    def picture(self, content: bytes, file_name: str, words: str, cut: Sequence[float] = (), turned: int = 0) -> str:
        """The HTML of a picture, cut as the document shows it and made anew; a doubt where that cannot be."""
        words = " ".join(words.split())
        if _MADE_UP.search(words):
            self.doubt(f"The words of a picture were made by a program: “{words}”. Say what it shows.")
            words = ""
        try:
            if any(cut) or turned:
                content = pictures.cut(content, cut or (0, 0, 0, 0), turned)
            made = pictures.clean(content)
        except Unusable as why:
            shows = f" What it shows: “{words}”." if words else ""
            self.doubt(f"The picture “{file_name}” is left out.{shows} {why}")
            return ""
        self.pictures[made.name] = Shown(made, file_name)
        return f'<img src="/media/{made.name}" alt="{escape(words or UNDESCRIBED)}">'

    def finish(self, parts: list[Part], notes: str, fallback: str) -> None:
        """Find the title and the headings, and write the whole."""
        self.is_ranked = True
        _rank_bold(parts, self)
        headings = [part for part in parts if part.rank is not None and part.text.strip()]
        highest = min((part.rank for part in headings), default=None)
        top = [part for part in headings if part.rank == highest]
        if len(top) == 1 or (highest == 0 and top):
            self.title = " ".join(part.text.strip() for part in top[:1])
            parts = [part for part in parts if part is not top[0]]
            if len(top) > 1:
                self.doubt(f"The document has several titles: “{top[1].text.strip()}” is a heading now.")
        else:
            self.title = fallback
            self.doubt(f"The document has no title: “{fallback}” is the name of its file. Write the title.")
        near = ""
        for part in parts:
            near = " ".join(part.text.split()) if part.rank is not None else near
            if part.text.strip():
                self.places.append((near, " ".join(part.text.split()), part.mark))
        self.html = "".join(map(_written, parts)) + notes


def _said_of(paragraph: str) -> str:
    paragraph = " ".join(paragraph.split())
    begun = paragraph if len(paragraph) <= NEAR else f"{paragraph[:NEAR].rstrip()}"
    return f" It stood beside “{begun}”." if begun else ""


def _written(part: Part) -> str:
    return (
        part.html if part.rank is None else f"<h{max(1, min(part.rank, 6))}>{part.html}</h{max(1, min(part.rank, 6))}>"
    )


def may_be_heading(text: str) -> bool:
    """Whether a line may stand over others: short, no sentence, no telephone number."""
    text = text.strip()
    if not text or len(text.split()) > MOST_WORDS or text.endswith((".", ";", ",", "।", "۔")):
        return False
    return not _PHONE.search(text) and any(map(str.isalpha, text))


def _rank_bold(parts: list[Part], paper: Paper) -> None:
    """Bold lines that are larger than the text are headings, the larger the higher; others stay, and are told. Where
    none are larger, but for a title, those that stand over text are; where none are bold, those that are marked."""
    said = [part for part in parts if part.text.strip()]
    has_styles = any(part.rank for part in parts)
    may_be = [part for part in said if part.is_plain and part.rank is None and may_be_heading(part.text)]
    usual = _usual_size(parts)
    bold = [part for part in may_be if part.is_bold]
    large = sorted({part.size for part in bold if part.size > usual}, reverse=True)
    is_title = [part for part in bold if part.size > usual] == said[:1]
    found = []
    for part in bold:
        is_higher = part.size > usual or not large or (is_title and _is_over_text(part, said))
        if not has_styles and is_higher and not _asks(part.text):
            # A title by its style stays above them all, and so does the first line where all are alike.
            is_first = not large and part is said[0]
            part.rank = 0 if is_first else 1 + (large.index(part.size) if part.size > usual else len(large))
            found.append(_as_heading(part))
        elif not _asks(part.text):
            paper.doubt(f"“{' '.join(part.text.split())}” is bold, and stays so: is it a heading?")
    how = "bold lines"
    if not has_styles and not any(part.rank for part in bold if part is not said[0]):
        for part in may_be:
            if part.is_marked and part.rank is None and _is_over_text(part, said) and not _asks(part.text):
                part.rank, how = 1 + len(large), "lines, marked by their look,"
                found.append(_as_heading(part))
    if found:
        listed = ", ".join(f"“{one}”" for one in found)
        paper.doubt(f"These {how} became headings: {listed}. Look whether all of them are.")


def _usual_size(parts: list[Part]) -> int:
    sizes = Counter()
    for part in parts:
        if part.is_plain and not part.is_bold:
            sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _asks(text: str) -> bool:
    return text.rstrip().endswith(("?", "؟"))


def _is_over_text(part: Part, said: list[Part]) -> bool:
    """Whether what follows it is no such line."""
    at = next(number for number, one in enumerate(said) if one is part)
    return at + 1 < len(said) and not (said[at + 1].is_bold or said[at + 1].is_marked)


def _as_heading(part: Part) -> str:
    part.html = _COLON.sub("", re.sub(r"^<p>|</p>$", "", part.html))
    part.text = part.text.strip().rstrip(": ")
    return part.text
