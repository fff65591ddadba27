"""Foreign HTML as a tree: first its limits, then nh3, whose answer is well formed, then the standard parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from publishing.text.html.eased import eased
from publishing.text.html.markdown import LONGEST, TooLong, clean

MOST_LETTERS, MOST_TAGS = 2_000_000, 60_000
LONGEST_TAG = 20_000
DEEPEST = 1_000  # of tags as they are opened; nh3 is quadratic in it
UNENDED = 200  # of tags and comments: Python's parser looks for the end of each anew
WALKED = 60  # of tags inside each other that keep their meaning; what is deeper keeps its words

_SECTIONS = {"address", "article", "aside", "body", "center", "div", "fieldset", "figure", "footer", "form", "header"}
_PARTS = {"details", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "legend", "main", "nav", "p", "pre"}
_LISTS = {"blockquote", "dd", "dl", "dt", "li", "ol", "section", "summary", "ul"}
_TABLES = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
BLOCKS = frozenset(_SECTIONS | _PARTS | _LISTS | _TABLES)
_LOOKS = {"b", "code", "del", "em", "font", "i", "ins", "s", "strike", "strong", "sub", "sup", "u"}
_INLINE = _LOOKS | {"a", "br", "img", "span"}
_ATTRIBUTES = {
    "*": {"style", "class", "id", "role", "aria-level", "data-aria-level", "data-listid", "name", "hidden"},
    "a": {"href"},
    "font": {"face"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# What a page says to browsers only
UNREAD = frozenset({"script", "style", "title", "xml"})
_VOID = frozenset({"br", "hr", "img"})
# The pictures themselves, which mail and Google write into the tag.
_FILES = re.compile(r"data:[^\"'\s<>]*")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)")
_LONG_TAG = re.compile(rf"<[A-Za-z/!][^<>]{{{LONGEST_TAG}}}")
_PARTING = {"a", "br", "del", "ins", "s", "strike"}
# Browsers close these by themselves, and old pages leave it to them.
_UNCLOSED = {
    "area",
    "base",
    "br",
    "col",
    "dd",
    "dt",
    "hr",
    "img",
    "input",
    "li",
    "link",
    "meta",
    "option",
    "p",
    "tbody",
}
_UNCLOSED |= {"td", "th", "thead", "tr", "wbr"}

TOO_LONG = "This is too long to be brought in at once: take it in parts."
TOO_OPEN = "Too many of its tags do not end: paste it as plain text."
TOO_DEEP = "This is nested too deeply to be read: paste it as plain text."


class Node:
    """An element; `children` are nodes and strings."""

    __slots__ = ("attributes", "children", "parent", "style", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []
        self.style = _style(attributes.get("style", ""))

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def nodes(self) -> Iterator[Node]:
        """It and every element in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def words(self) -> str:
        return " ".join(self.text().split())


def _style(written: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in written.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}


def tree(html: str) -> Node:
    """The body of a page. Raises TooLong."""
    html = bounded(html)
    builder = _Builder()
    builder.feed(
        nh3.clean(
            eased(html),
            tags=set(BLOCKS | _INLINE),
            attributes=_ATTRIBUTES,
            clean_content_tags=set(UNREAD),
            url_schemes={"http", "https", "mailto", "tel", "file"},
            link_rel=None,
        )
    )
    builder.close()
    if len(builder.root.words().encode("utf-8", "replace")) > LONGEST:
        raise TooLong(TOO_LONG)
    return builder.root


def bounded(html: str) -> str:
    """The page, fit to be parsed: without its files, neither too long nor too deep. Raises TooLong."""
    html = clean(_FILES.sub("data:,", html))
    if len(html) > MOST_LETTERS or _LONG_TAG.search(html):
        raise TooLong(TOO_LONG)
    if html.count("<", html.rfind(">") + 1) > UNENDED or html.count("<!--", html.rfind("-->") + 1) > UNENDED:
        raise TooLong(TOO_OPEN)
    tags, depth = _TAG.findall(html), 0
    if len(tags) > MOST_TAGS:
        raise TooLong(TOO_LONG)
    for end, tag in tags:
        if tag.lower() not in _UNCLOSED:
            depth += -1 if end else 1
            if depth > DEEPEST:
                raise TooLong(TOO_DEEP)
    return html


class Forgiving(HTMLParser):
    """Python’s reader of HTML, but what pages of Word begin with `<![` and do not end is a comment, not a fault."""

    def parse_marked_section(self, at: int, report: int = 1) -> int:
        try:
            return super().parse_marked_section(at, report)
        except AssertionError:
            return self.parse_bogus_comment(at)


class _Builder(Forgiving):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("body", {}, None)
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.depth < WALKED or tag in _VOID:
            node = Node(tag, attributes, self.at)
            self.at.children.append(node)
            if tag in _VOID:
                return
            self.at = node
        elif tag in BLOCKS:
            self.at.children.append(Node("br", {}, self.at))
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self.depth:
            return
        if self.depth <= WALKED and self.at.parent:
            self.at = self.at.parent
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


class _Words(Forgiving):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in UNREAD
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unread = max(0, self.unread - (tag in UNREAD))
        self._part(tag)

    def _part(self, tag: str) -> None:
        self.out.append(" " if tag in BLOCKS or tag in _PARTING else "")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.out.append(data)


def words_of(html: str) -> str:
    """What a page says, read by another parser than the tree is made with; the page must be bounded."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.out)
