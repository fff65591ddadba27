"""Reads an OpenDocument text into HTML for the one converter: every word, in its place or in a doubt."""

from __future__ import annotations

import re

from articles.sources.office.counting import counted
from articles.sources.office.drawings import box
from articles.sources.office.line import Line
from articles.sources.office.lists import Lists
from articles.sources.office.looks import Looks
from articles.sources.office.package import Element, Package
from articles.sources.office.paper import Paper, Part
from articles.sources.office.spans import Spans

MOST_ROWS, DEEPEST = 5_000, 30
_FROM_WORD = '<p style="mso-from:word"></p>'
_THROUGH = frozenset({"text.section", "text.index-body", "text.numbered-paragraph", "draw.text-box"})
_CONTENTS = frozenset(
    {"text.table-of-content", "text.alphabetical-index", "text.illustration-index", "text.table-index"}
)
_EDGES = frozenset({"style.header", "style.footer", "style.header-first", "style.footer-first", "style.header-left"})
_EDGES |= {"style.footer-left"}
_WHOLE = frozenset({"body", "master-styles"})


def read_opendocument(content: bytes, name: str, fallback: str) -> Paper:
    """The document; `fallback` is its title where it has none. Raises Unreadable."""
    package = Package(content, name)
    if b"encryption-data" in package.read("META-INF/manifest.xml", 5_000_000):
        package.refuse("it is kept by a password; save it without one")
    root, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = root.find("office.body/office.text") if root is not None else None
    if body is None:
        package.refuse("it holds no text; open it in its program and save it as .odt")
    reading = Reading(package, root, styles)
    paper = reading.read(body, styles, fallback)
    for part in ("content.xml", "styles.xml"):
        if part in package.parts:
            paper.words += counted(package.read(part), None, _WHOLE)
    return paper


class Reading:
    def __init__(self, package: Package, root: Element, styles: Element | None) -> None:
        self.package, self.paper = package, Paper()
        self.looks = Looks([one for one in (styles, root) if one is not None])
        self.lists = Lists([one for one in (styles, root) if one is not None])
        self.spans = Spans(package, self.looks, self.paper, self._box)
        self.depth = self.rows = 0

    def read(self, body: Element, styles: Element | None, fallback: str) -> Paper:
        self.spans.learn_changes(body)
        parts = self.blocks(body)
        notes = self._notes()
        self._edges(styles)
        self.paper.finish(parts, notes, fallback)
        self.paper.html = _FROM_WORD + self.paper.html
        return self.paper

    def blocks(self, node: Element, listed: tuple[str, int] | None = None) -> list[Part]:
        out: list[Part] = []
        for child in node:
            match child.tag:
                case "text.p" | "text.h":
                    out += self.paragraph(child, listed)
                    listed = (listed[0], listed[1] | 1024) if listed else None
                case "text.list":
                    out += self._list(child, (listed[1] & 1023) + 1 if listed else 0)
                case "table.table":
                    out.append(self.table(child))
                case tag if tag in _CONTENTS:
                    self._contents(child)
                case "draw.frame" | "draw.custom-shape" | "draw.g":
                    line = Line()
                    self.spans.drawn(child, line)
                    out += [Part("".join(line.html), "".join(line.text))] if line.html else []
                    out += [Part(one, _plain(one)) for one in line.boxes]
                case "text.change" | "text.change-start" | "text.change-end":
                    line = Line()
                    self.spans.changed(child, line)
                    self.spans.tell(line)
                case tag if tag in _THROUGH:
                    if child.get("text.display") == "none":
                        self.paper.doubt(f"A hidden part is left out: “{_words(child)}”.")
                    else:
                        out += self.blocks(child, listed)
        return out

    def paragraph(self, node: Element, listed: tuple[str, int] | None) -> list[Part]:
        style = node.get("text.style-name", "")
        line = Line(self.looks.of(style, "paragraph"))
        self.spans.walk(node, line)
        html, text = "".join(line.html), "".join(line.text)
        self.spans.tell(line)
        boxes = [Part(one, _plain(one)) for one in line.boxes]
        if not html:
            return boxes
        part = Part(f"<p>{html}</p>", text, None, line.is_bold, line.size, listed is None, is_marked=line.is_marked)
        rank = self.looks.rank(node)
        if rank is not None and text.strip():
            part.rank, part.html, part.is_plain = rank, html, False
        elif listed:
            part.mark = self.lists.mark(listed[1] & 1023)
            part.html = self.lists.written(html, listed[0], listed[1] & 1023, is_more=listed[1] > 1023)
        return [part, *boxes]

    def _list(self, node: Element, depth: int) -> list[Part]:
        name = self.lists.begin(node, depth)
        out: list[Part] = []
        for item in node:
            if item.tag in ("text.list-item", "text.list-header"):
                self.lists.at(item, depth)
                out += self.blocks(item, (name, depth))
        return out

    def table(self, node: Element) -> Part:
        rows: list[str] = []
        heads: list[str] = []
        texts: list[str] = []
        self.depth += 1
        if self.depth > DEEPEST:
            self.package.refuse("its tables stand too deeply in each other; copy its text into a new document")
        for row, is_head in _rows(node):
            self.rows += 1
            if self.rows > MOST_ROWS:
                self.package.refuse(f"its tables have more than {MOST_ROWS:,} rows; make several guides of it")
            written = "".join(self._cell(cell, texts) for cell in row if cell.tag == "table.table-cell")
            (heads if is_head else rows).append(f"<tr>{written}</tr>")
        self.depth -= 1
        head = f"<thead>{''.join(heads)}</thead>" if heads else ""
        return Part(f"<table>{head}{''.join(rows)}</table>", " ".join(texts))

    def _cell(self, cell: Element, texts: list[str]) -> str:
        parts = self.blocks(cell)
        texts += [part.text for part in parts]
        html = "".join(part.html if part.rank is None else f"<p>{part.html}</p>" for part in parts)
        spans = "".join(
            f' {name}="{cell.get(told)}"'
            for name, told in (("colspan", "table.number-columns-spanned"), ("rowspan", "table.number-rows-spanned"))
            if cell.get(told, "1").isdecimal() and cell.get(told, "1") != "1"
        )
        repeated = cell.get("table.number-columns-repeated", "1")
        times = min(int(repeated), 100) if repeated.isdecimal() and html else 1
        return f"<td{spans}>{html}</td>" * times

    def _box(self, node: Element) -> str:
        self.depth += 1
        if self.depth > DEEPEST:
            self.package.refuse("its boxes stand too deeply in each other; copy its text into a new document")
        inside = "".join(part.html if part.rank is None else f"<p>{part.html}</p>" for part in self.blocks(node))
        self.depth -= 1
        return box(inside) if _plain(inside).strip() or "<img" in inside else ""

    def _notes(self) -> str:
        out, number = [], 0
        while number < len(self.spans.notes):
            node = self.spans.notes[number]
            number += 1
            inside = "".join(part.html for part in self.blocks(node))
            inside = inside if inside.startswith("<p>") else f"<p></p>{inside}"
            back = f'<a href="#noteref{number}" id="note{number}">{number}</a> '
            out.append(f'<div id="notebox{number}">{inside.replace("<p>", f"<p>{back}", 1)}</div>')
        return "".join(out)

    def _contents(self, node: Element) -> None:
        """A list of contents: its lines stand as headings in the text."""
        for tag in ("text.p", "text.h"):
            self.paper.left += map(_words, node.iter(tag))

    def _edges(self, styles: Element | None) -> None:
        for edge in (one for one in styles.iter() if one.tag in _EDGES) if styles is not None else ():
            for node in edge.iter("text.p"):
                line = Line()
                self.spans.walk(node, line)
                self.paper.offer("".join(line.text))


def _rows(node: Element, is_head: bool = False) -> list[tuple[Element, bool]]:
    out = []
    for child in node:
        if child.tag == "table.table-row":
            out.append((child, is_head))
        elif child.tag in ("table.table-rows", "table.table-row-group", "table.table-header-rows"):
            out += _rows(child, child.tag == "table.table-header-rows")
    return out


def _words(node: Element) -> str:
    return " ".join(" ".join(node.itertext()).split())


def _plain(html: str) -> str:
    return re.sub(r"<[^<>]*>", " ", html)
