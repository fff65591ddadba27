"""Counts the words of a file of a word processor by other code than its readers': what counts must not trust them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from xml.parsers import expat

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"(?![0-9])\d")  # of another script
_PARTING = frozenset({"p", "h", "tab", "br", "cr", "line-break", "del", "moveFrom", "change", "a", "note", "tc", "s"})
_PARTING |= {"table-cell", "annotation", "deletion", "den", "num", "footnoteReference", "endnoteReference", "sym"}
# The parts of a Word file that say nothing to readers
_TECHNICAL = re.compile(
    r"(?:styles|stylesWithEffects|numbering|settings|webSettings|fontTable|people|commentsE\w+)\.xml\Z"
)
_UNREAD = frozenset({"change-info", "creator-initials", "creator", "date", "instrText", "sequence-decls", "forms"})
# How its contents are listed, not what they list
_UNREAD |= {"table-of-content-source", "alphabetical-index-source", "illustration-index-source"}


def words(text: str) -> Counter[str]:
    """How often each word stands in a text; letters that mean the same in one form."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return Counter(_WORD.findall(_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)))


def is_text_of_word(part: str, folder: str) -> bool:
    name = part.removeprefix(f"{folder}/" if folder else "")
    if not part.startswith(folder) or not name.endswith(".xml") or _TECHNICAL.search(name) or "/_rels/" in part:
        return False
    return "/" not in name or name.startswith("diagrams/data")


def counted(content: bytes, telling: frozenset[str] | None, whole: frozenset[str] = frozenset()) -> Counter[str]:
    """The words of one part: those in elements of the names `telling`, or all of those inside elements of `whole`.

    Of two forms of one thing (AlternateContent) the one with more of a word counts. Raises expat.ExpatError.
    """
    counting = _Counting(telling, whole)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = counting.start, counting.end
    parser.CharacterDataHandler = counting.said
    parser.Parse(content, True)
    return words("".join(counting.out[-1])) + counting.more


class _Counting:
    def __init__(self, telling, whole) -> None:
        self.telling, self.whole = telling, whole
        self.out: list[list[str]] = [[]]
        self.forms: list[Counter[str]] = []
        self.more: Counter[str] = Counter()
        self.told = self.inside = self.unread = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.told += self.telling is not None and local in self.telling
        self.inside += local in self.whole
        self.unread += local in _UNREAD
        if local == "AlternateContent":
            self.forms.append(Counter())
        elif local in ("Choice", "Fallback") and self.forms:
            self.out.append([])
        if local in _PARTING:
            self.out[-1].append(" ")
        elif local in ("noBreakHyphen",):
            self.out[-1].append("-")

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self.told -= self.telling is not None and local in self.telling
        self.inside -= local in self.whole
        self.unread -= local in _UNREAD
        if local in ("Choice", "Fallback") and self.forms:
            self.forms[-1] |= words("".join(self.out.pop()))
        elif local == "AlternateContent":
            found = self.forms.pop()
            if self.forms:
                self.out[-1].append(f" {' '.join(found.elements())} ")
            else:
                self.more += found
        if local in _PARTING:
            self.out[-1].append(" ")

    def said(self, text: str) -> None:
        if not self.unread and (self.told if self.telling is not None else self.inside):
            self.out[-1].append(text)
