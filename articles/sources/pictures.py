"""Pictures that a Markdown text or a page names by a file beside it: taken from there, made anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from articles.sources.office import Shown
from articles.sources.source import Source
from publishing.text import Unusable, pictures

_SHOWN = re.compile(
    r"(!\[(?:[^\[\]\\]|\\.)*\]\()\s*<?((?:[^()\s<>]|\([^()\s<>]*\))+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*(\))"
)
_TAG = re.compile(r"(<img\b[^<>]*?\bsrc\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|/media/)", re.IGNORECASE)
MOST = 300  # pictures in one text

Beside = Callable[[str], bytes | None]


def taken(source: Source, beside: Beside) -> None:
    """Take the pictures that the texts of a source name from beside its file; what is not there stays a finding."""
    taking = _Taking(source, beside)
    source.body = taking.of(source.body)
    source.questions = [(question, taking.of(answer)) for question, answer in source.questions]


def of_page(html: str, beside: Beside, found: dict[str, Shown], doubt: Callable[[str], None]) -> str:
    """A page whose pictures are those of ours, where their files are beside it."""

    def ours(one: re.Match) -> str:
        name = _own(one[2].strip("\"'"), beside, found, doubt)
        return f'{one[1]}"/media/{name}"' if name else one[0]

    return _TAG.sub(ours, html)


class _Taking:
    def __init__(self, source: Source, beside: Beside) -> None:
        self.source, self.beside = source, beside

    def of(self, markdown: str) -> str:
        return _SHOWN.sub(self._one, markdown) if "![" in markdown else markdown

    def _one(self, one: re.Match) -> str:
        name = _own(one[2], self.beside, self.source.pictures, lambda sentence: self.source.doubt(None, sentence))
        return f"{one[1]}/media/{name}{one[3]}" if name else one[0]


def _own(address: str, beside: Beside, found: dict[str, Shown], doubt: Callable[[str], None]) -> str:
    """The name of the picture of ours, or "" where its file is not beside."""
    if _ELSEWHERE.match(address) or len(found) >= MOST:
        return ""
    path = unquote(address.partition("?")[0].partition("#")[0])
    content = beside(path)
    if content is None:
        return ""
    try:
        made = pictures.clean(content)
    except Unusable as why:
        doubt(f"The picture “{path}” cannot be taken in. {why}")
        return ""
    found[made.name] = Shown(made, path.rpartition("/")[2])
    return made.name
