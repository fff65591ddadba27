"""A page of an old website read: its encoding, its title, the site's own frame left out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape

from articles.sources.foreign import attribute
from articles.sources.office import Paper
from articles.sources.office.counting import words
from articles.sources.source import Unreadable
from publishing.text import Forgiving

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_LATIN = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1"}
_UNREAD = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_OF_PROGRAMS = re.compile(r"^(?:\[|<!\[|/?wp:|(?:Start|End)Fragment)|[{}]")
# Up to its own end and over no other beginning: so a page of beginnings without an end is read once.
_MARKS = re.compile(
    r"<!\[if !support(?:Lists|Footnotes)\]>[^<]*(?:<(?!!\[if |!\[endif\]>)[^<]*)*<!\[endif\]>", re.IGNORECASE
)
# What a browser would have shown otherwise; its words stand for themselves.
_APART = re.compile(
    r"<(/?)(?:noscript|iframe|object|video|audio|form|fieldset|label|button|select|option|textarea|svg|math)\b[^<>]*>",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^<>]*>((?:(?!</?title).)*)</title\s*>", re.IGNORECASE | re.DOTALL)
_H1 = re.compile(r"<h1\b[^<>]*>([^<]*(?:<(?!/?h1\b)[^<]*)*)</h1\s*>", re.IGNORECASE)
_LARGE = re.compile(
    r"<font\b[^<>]*\bsize\s*=\s*[\"']?(?:[5-7]|\+[2-4])\b[^<>]*>(.{0,1000}?)</font\s*>", re.IGNORECASE | re.DOTALL
)
_WITHIN = re.compile(r"</?(?:b|em|font|i|small|span|strong|su[bp]|u)(?:\s[^<>]*)?>", re.IGNORECASE)  # parts no word
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_LANG = re.compile(r"<(?:html|body)\b[^<>]*>", re.IGNORECASE)
_PARTS = re.compile(r"(?<!\s)\s+[|–—·»:-]\s+|(?<!\s)\s*\|\s*|\|\s*")
_FRAMES = re.compile(r"<(nav|header|footer)\b[^<>]*>([^<]*(?:<(?!/?\1\b)[^<]*)*)</\1\s*>", re.IGNORECASE)
_EDGE = re.compile(
    r"</?(?:address|article|blockquote|body|center|dd|div|dl|dt|h\d|hr|li|ol|p|section|table|tbody|td|th|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
# How LibreOffice writes what stands beside the text
_BESIDE = re.compile(
    r"<div\b[^<>]*\b(?:title=\"(?:header|footer)\"|(?P<contents>id=\"Table of Contents\d*\"))[^<>]*>", re.IGNORECASE
)
_DIV = re.compile(r"<(/?)div\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*\bhref\b[^<>]*>", re.IGNORECASE)
LONGEST = 2_000_000  # letters
MOST_LOOKED_AT = 200  # of one kind of tag: what has more of them is no leaflet
LEAST_SAID = 2  # words beside its links make a sentence
MOST_BEFORE = 12  # words above a title
MOST_LINKS = 60  # of a hundred words; more of them in links, and it leads through a site


# What pages are written in; Python knows others that are none, and some of those take hours.
_CODECS = re.compile(
    r"(?:windows|cp)-?\d{3,4}|iso-?8859-\d{1,2}|koi8-[ru]|big5(?:-hkscs)?|gbk|gb2312|gb18030|shift_jis|euc-(?:jp|kr)"
    r"|utf-16(?:le|be)?|mac(?:intosh|-roman)?|tis-620"
)


def decoded(content: bytes) -> str:
    """The page as text: as its mark or its head says, else UTF-8, else as Windows wrote pages."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    declared = _CHARSET.search(content[:4000])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        # Browsers too take the one for the other.
        return content.decode(name if _CODECS.fullmatch(name) and name not in _LATIN else "cp1252", "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def read_page(content: bytes, name: str, fallback: str) -> Paper:
    """The page; `fallback` is its title where it has none. Raises Unreadable."""
    html = decoded(content)
    if len(html) > LONGEST:
        raise Unreadable(f"{name}: this page is longer than {LONGEST:,} letters; make several guides of it.")
    if "\0" in html:
        raise Unreadable(f"{name}: this is a binary file, not a page; save it as HTML.")
    paper = Paper()
    head = _UNREAD.sub(" ", _COMMENT.sub(" ", html))
    for found in _COMMENT.finditer(html):
        said = " ".join(found[0][4:].removesuffix("-->").split())
        if said and not _OF_PROGRAMS.search(said) and len(said) < 300:
            paper.doubt(f"A comment is left out: “{said}”.")
    few = head.lower().count("<title") <= MOST_LOOKED_AT
    title = _TITLE.search(head) if few else None
    body = _TITLE.sub(" ", head) if few else head
    # Beyond the last end there is nothing to be looked for.
    last = body.rfind("<![endif]>") + len("<![endif]>")
    paper.words = words(_text(_WITHIN.sub("", _MARKS.sub(" ", body[:last]) + body[last:])))
    body = _without_edges(_without_frames(_APART.sub(r"<\1div>", body), paper), paper)
    paper.title, paper.html = _titled(body, _text(title[1]) if title else "", fallback, paper)
    paper.offered += _offered(head)
    paper.language = next((attribute(one, "lang") for one in _LANG.findall(head) if attribute(one, "lang")), "")
    near = ""
    for text, is_heading in _paragraphs(paper.html):
        near = text if is_heading else near
        paper.places.append((near, text, ""))
    return paper


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


def _titled(body: str, title: str, fallback: str, paper: Paper) -> tuple[str, str]:
    """(title, the rest): its one highest heading, else its one large line, else what the browser's window said."""
    small, found = body.lower(), []
    for look, tag in ((_LARGE, "<font"), (_H1, "<h1")):
        few = small.count(tag) <= MOST_LOOKED_AT
        some = [one for one in look.finditer(body) if _text(one[1])] if few else []
        found.append(some[0] if len(some) == 1 else None)
    large, heading = found
    # A word processor writes its title as large words over all others, and its headings as headings.
    is_first = large is not None and not _text(body[: large.start()])
    if one := large if is_first else heading or large:
        if len(_text(body[: one.start()]).split()) > MOST_BEFORE:
            paper.doubt(f"“{_text(one[1])}” is the title now, and stood below other words: look at how it begins.")
        return _text(one[1]), body[: one.start()] + body[one.end() :]
    if title:
        parts = [one for one in _PARTS.split(title) if one.strip()]
        cut = " · ".join(parts[1:])
        if cut:
            paper.doubt(f"The title was “{title}”; “{cut}” is taken for the site's name, and left out.")
        else:
            paper.left.append(title)
        return parts[0] if parts else title, body
    paper.doubt(f"The page has no title: “{fallback}” is the name of its file. Write the title.")
    return fallback, body


def _without_edges(body: str, paper: Paper) -> str:
    """Without what a word processor wrote beside the text: lines at the edges of its pages are offered, and a list of
    contents stands as headings in the text."""
    if body.lower().count("<div") > MOST_LOOKED_AT or not _BESIDE.search(body):
        return body
    out, done = [], 0
    for begun in _BESIDE.finditer(body):
        if begun.start() < done:
            continue
        depth, end = 0, len(body)
        for tag in _DIV.finditer(body, begun.start()):
            depth += -1 if tag[1] else 1
            if not depth:
                end = tag.end()
                break
        for said, _is_heading in _paragraphs(body[begun.start() : end]):
            if begun["contents"]:
                paper.left.append(said)
            else:
                paper.offer(said)
        out.append(body[done : begun.start()])
        done = end
    return "".join([*out, body[done:]])


def _without_frames(body: str, paper: Paper) -> str:
    """Without what leads through the old site: its navigation, and blocks that are links and little else."""

    def left_out(html: str) -> str:
        said = _text(html)
        if said:
            paper.doubt(f"This led through the old site, and is left out: “{said}”.")
        return " "

    small = body.lower()
    if sum(map(small.count, ("<nav", "<header", "<footer"))) <= MOST_LOOKED_AT:
        body = _FRAMES.sub(
            lambda one: left_out(one[2]) if one[1].lower() == "nav" or _is_links(one[2]) else one[0], body
        )
    out, done = [], 0
    for edge in [*_EDGE.finditer(body), None]:
        start, end = (edge.start(), edge.end()) if edge else (len(body), len(body))
        part = body[done:start]
        out += [left_out(part) if _is_links(part) else part, body[start:end]]
        done = end
    return "".join(out)


def _is_links(html: str) -> bool:
    parts = _LINK.split(html)[1:]
    if len(parts) < 2:
        return False
    links = [part[: part.lower().find("</a")] for part in parts if "</a" in part.lower()]
    said = _text(html)
    whole = re.findall(r"\w+", said)
    linked = re.findall(r"\w+", _text(" ".join(links)))
    if said.endswith((".", "।", "۔")) and len(whole) - len(linked) >= LEAST_SAID:
        return False
    return bool(whole) and 100 * len(linked) >= MOST_LINKS * len(whole)


def _offered(head: str) -> list[str]:
    out = []
    for one in _META.findall(head):
        name = attribute(one, "name").lower()
        if name in (
            "author",
            "dc.creator",
            "dcterms.modified",
            "dc.date",
            "last-modified",
            "date",
            "reviewed",
            "version",
        ):
            out.append(f"{name}: {attribute(one, 'content')}")
    return out


class _Paragraphs(Forgiving):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[tuple[str, bool]] = []
        self.line: list[str] = []
        self.is_heading = False

    def close_line(self) -> None:
        if said := " ".join("".join(self.line).split()):
            self.out.append((said, self.is_heading))
        self.line = []

    def handle_starttag(self, tag: str, attrs) -> None:
        if _EDGE.match(f"<{tag}>") or tag == "br":
            self.close_line()
        self.is_heading = bool(re.fullmatch(r"h\d", tag)) if _EDGE.match(f"<{tag}>") else self.is_heading

    def handle_endtag(self, tag: str) -> None:
        if _EDGE.match(f"<{tag}>"):
            self.close_line()

    def handle_data(self, data: str) -> None:
        self.line.append(data)


def _paragraphs(html: str) -> Iterator[tuple[str, bool]]:
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parser.close_line()
    yield from parser.out
