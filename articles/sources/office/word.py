"""Reads a Word file into HTML for the one converter: every word, in its place or with a doubt that quotes it."""

from __future__ import annotations

import re
from html import escape

from articles.sources.office.counting import counted, is_text_of_word
from articles.sources.office.drawings import Drawings, box
from articles.sources.office.line import Line
from articles.sources.office.package import Element, Package
from articles.sources.office.paper import Paper, Part
from articles.sources.office.runs import Runs, chosen
from articles.sources.office.styles import Numbering, Styles, val

MOST_ROWS = 5_000
DEEPEST = 30  # tables and boxes in each other
_THROUGH = frozenset({"w.sdt", "w.sdtContent", "w.customXml", "w.ins", "w.moveTo", "w.body", "w.smartTag"})
_NO_HEADINGS = ("caption", "quote", "intense quote")
# So that the converter knows where its HTML is from
_FROM_WORD = '<p style="mso-from:word"></p>'


def read_word(content: bytes, name: str, fallback: str) -> Paper:
    """The document; `fallback` is its title where it has none. Raises Unreadable."""
    package = Package(content, name)
    if b"macroEnabled" in package.read("[Content_Types].xml", 2_000_000):
        package.refuse("it carries a program (a macro); save it as a plain .docx, which has none")
    targets = [part for part, _mode in package.rels("").values() if part.endswith(".xml") and "docProps" not in part]
    main = next((one for one in targets if one in package.parts), "word/document.xml")
    root = package.xml(main)
    body = root.find("w.body") if root is not None else None
    if body is None:
        package.refuse("it holds no document of Word; open it there and save it anew")
    reading = Reading(package, main)
    paper = reading.read(body, fallback)
    folder = main.rpartition("/")[0]
    for part in package.parts:
        if is_text_of_word(part, folder):
            paper.words += counted(package.read(part), frozenset({"t", "delText"}))
    return paper


class Reading:
    def __init__(self, package: Package, main: str) -> None:
        self.package, self.paper = package, Paper()
        self.folder, self.rels = main.rpartition("/")[0], package.rels(main)
        self.styles = Styles(self._beside("styles.xml"))
        self.numbering = Numbering(self._beside("numbering.xml"))
        self.runs = Runs(self.styles, Drawings(package, self.rels, self.paper), self.rels, self._box)
        self.begun: Line | None = None  # a paragraph whose end is struck, or a large first letter: it goes on
        self.depth = self.rows = 0

    def _beside(self, name: str) -> Element | None:
        return self.package.xml(f"{self.folder}/{name}" if self.folder else name)

    def read(self, body: Element, fallback: str) -> Paper:
        self.runs.comments = self._comments()
        parts = self.blocks(body)
        notes = self._notes()
        self.paper.doubt_comments(list(self.runs.comments.values()), "")  # those that stand beside nothing
        self._edges()
        self._contents(parts)
        self.paper.finish(parts, notes, fallback)
        self.paper.html = _FROM_WORD + self.paper.html
        return self.paper

    def blocks(self, node: Element) -> list[Part]:
        out: list[Part] = []
        for child in node:
            if child.tag == "w.p":
                out += self.paragraph(child)
            elif child.tag == "w.tbl":
                out.append(self.table(child))
            elif child.tag == "mc.AlternateContent":
                out += self.blocks(chosen(child))
            elif child.tag == "w.altChunk":
                self.paper.doubt(
                    "A file stands within the document, and is not read: open it in Word, and save it anew."
                )
            elif child.tag == "w.sdt" and val(child, "w.sdtPr/w.docPartObj/w.docPartGallery") == "Table of Contents":
                self._listed(child)
            elif child.tag in ("w.del", "w.moveFrom"):
                self._tell_struck(_words(child), child.get("w.author", ""))
            elif child.tag in _THROUGH:
                out += self.blocks(child)
        return out

    def paragraph(self, node: Element) -> list[Part]:
        props = node.find("w.pPr")
        style = val(props, "w.pStyle") or self.styles.usual
        line, self.begun = self.begun or Line(self.styles.of_paragraph(style)), None
        line.look = self.styles.of_paragraph(style)
        self.runs.walk(node, line)
        mark = props.find("w.rPr") if props is not None else None
        is_open = mark is not None and any(mark.find(name) is not None for name in ("w.del", "w.moveFrom"))
        frame = props.find("w.framePr") if props is not None else None
        if is_open or (frame is not None and frame.get("w.dropCap", "none") != "none"):
            self.begun = line
            return []
        return self._written(line, style, props)

    def _written(self, line: Line, style: str, props: Element | None) -> list[Part]:
        html, text = "".join(line.html), "".join(line.text)
        self._tell_changes(line, text)
        boxes = [Part(one, _plain(one)) for one in line.boxes]
        if not text.strip() and "<img" not in html and not html:
            return boxes
        if self.styles.name(style).startswith("toc ") and text.strip():
            (self.paper.left if self.styles.name(style) == "toc heading" else self.runs.dropped).append(text)
            return boxes
        rank = self.styles.rank(style, props)
        numbered = self.styles.numbering(style, props) if text.strip() or "<img" in html else None
        part = Part(
            f"<p>{html}</p>",
            text,
            None,
            line.is_bold,
            line.size,
            not self.styles.name(style).startswith(_NO_HEADINGS),
            is_marked=line.is_marked,
        )
        name, mark = self.numbering.mark(*numbered) if numbered else ("", "")
        if mark and not (rank is not None and mark == "•"):  # LibreOffice counts its headings with nothing
            part.is_plain, part.mark = False, mark
            ignored = f'<span style="mso-list:Ignore">{escape(mark)} </span>'
            listed = f'<p style="mso-list:l{_figure(name)} level{numbered[1] + 1} lfo1">{ignored}{html}</p>'
            part.html = listed if rank is None else f"<p>{escape(mark)} {html}</p>"
        if rank is not None and text.strip():
            part.rank, part.is_plain = rank, False
            part.html = part.html.removeprefix("<p>").removesuffix("</p>")
        return [part, *boxes]

    # What was changed in Word and is not yet accepted

    def _tell_changes(self, line: Line, text: str) -> None:
        for one in filter(None, line.moved):
            self.paper.doubt(f"“{one}” was moved to another place: look whether it stands where it belongs.")
        self.paper.doubt_struck(line.struck, line.by, text)
        self.paper.doubt_comments(line.said_of, text)

    def _tell_struck(self, words: str, by: str = "") -> None:
        self.paper.doubt_struck([words] if words else [], {by})

    # Tables and boxes

    def table(self, node: Element) -> Part:
        rows, below, texts = [], {}, []
        self.depth += 1
        if self.depth > DEEPEST:
            self.package.refuse("its tables stand too deeply in each other; copy its text into a new document")
        for row in _rows(node):
            self.rows += 1
            if self.rows > MOST_ROWS:
                self.package.refuse(f"its tables have more than {MOST_ROWS:,} rows; make several guides of it")
            props = row.find("w.trPr")
            if props is not None and props.find("w.del") is not None:
                self._tell_struck(" | ".join(filter(None, (_words(cell) for cell in _cells(row)))))
                continue
            is_head = props is not None and props.find("w.tblHeader") is not None
            rows.append([is_head, self._row(row, below, texts)])
        self.depth -= 1
        return Part(_table(rows), " ".join(texts))

    def _row(self, row: Element, below: dict, texts: list[str]) -> list[dict]:
        cells, column = [], int(val(row.find("w.trPr"), "w.gridBefore", "0") or 0)
        cells += [{"html": "", "across": column, "down": 1}] if column else []
        for cell in _cells(row):
            props = cell.find("w.tcPr")
            across, merged = (
                int(val(props, "w.gridSpan", "1") or 1),
                props.find("w.vMerge") if props is not None else None,
            )
            parts = self.blocks(cell)
            texts += [part.text for part in parts]
            html = "".join(part.html if part.rank is None else f"<p>{part.html}</p>" for part in parts)
            if merged is not None and merged.get("w.val") != "restart" and column in below:
                below[column]["down"] += 1
                below[column]["html"] += html if any(part.text.strip() for part in parts) else ""
            else:
                cells.append({"html": html, "across": min(across, 100), "down": 1})
                below.pop(column, None)
                if merged is not None:
                    below[column] = cells[-1]
            column += across
        return cells

    def _box(self, node: Element) -> str:
        begun, self.begun, self.depth = self.begun, None, self.depth + 1
        if self.depth > DEEPEST:
            self.package.refuse("its boxes stand too deeply in each other; copy its text into a new document")
        inside = "".join(part.html if part.rank is None else f"<p>{part.html}</p>" for part in self.blocks(node))
        self.begun, self.depth = begun, self.depth - 1
        return box(inside) if _plain(inside).strip() or "<img" in inside else ""

    # What stands in other parts

    def _notes(self) -> str:
        out, number, known = [], 0, {}
        while number < len(self.runs.notes):
            kind, key = self.runs.notes[number]
            number += 1
            if kind not in known:
                root = self._beside(f"{kind}s.xml")
                known[kind] = {one.get("w.id", ""): one for one in (root if root is not None else ())}
            node = known[kind].get(key)
            parts = self.blocks(node) if node is not None else []
            back = f'<a href="#noteref{number}" id="note{number}">{number}</a> '
            inside = "".join(part.html for part in parts)
            inside = inside if inside.startswith("<p>") else f"<p></p>{inside}"
            out.append(f'<div id="notebox{number}">{inside.replace("<p>", f"<p>{back}", 1)}</div>')
        return "".join(out)

    def _comments(self) -> dict[str, tuple[str, str]]:
        root = self._beside("comments.xml")
        found = {}
        for one in root if root is not None else ():
            if words := _words(one):
                found[one.get("w.id", "")] = (one.get("w.author", "") or "somebody", words)
        return found

    def _edges(self) -> None:
        """The lines of headers and footers, each once."""
        for part, _mode in self.rels.values():
            name = part.rpartition("/")[2]
            root = self.package.xml(part) if name.startswith(("header", "footer")) and part.endswith(".xml") else None
            for node in root.iter("w.p") if root is not None else ():
                line = Line(self.styles.of_paragraph(""))
                self.runs.walk(node, line)
                words = " ".join("".join(line.text).split())
                self._tell_changes(line, words)
                self.paper.offer(words)

    def _listed(self, node: Element) -> None:
        """A list of contents as Word makes it, its own heading too."""
        for number, one in enumerate(node.iter("w.p")):
            line = Line()
            self.runs.walk(one, line)
            said = "".join(line.text)
            (self.runs.dropped if number else self.paper.left).append(said)

    def _contents(self, parts: list[Part]) -> None:
        """A list of contents goes without a word where the headings say the same."""
        known = {" ".join(part.text.split()).casefold() for part in parts if part.rank is not None}
        for line in filter(str.strip, self.runs.dropped):
            words = " ".join(line.rstrip(" \t0123456789.").split())
            if words and words.casefold() not in known:
                self.paper.doubt(f"A line of the contents is left out: “{' '.join(line.split())}”.")
            else:
                self.paper.left.append(line)


def _rows(node: Element) -> list[Element]:
    return _inside(node, "w.tr")


def _cells(node: Element) -> list[Element]:
    return _inside(node, "w.tc")


def _inside(node: Element, wanted: str) -> list[Element]:
    """Rows or cells, also those that stand in a control."""
    out = []
    for child in node:
        out += [child] if child.tag == wanted else _inside(child, wanted) if child.tag in _THROUGH else []
    return out


def _table(rows: list) -> str:
    def cell(one: dict) -> str:
        spans = "".join(f' {name}="{n}"' for name, n in (("colspan", one["across"]), ("rowspan", one["down"])) if n > 1)
        return f"<td{spans}>{one['html']}</td>"

    head = [row for is_head, row in rows if is_head]
    body = [row for is_head, row in rows if not is_head]
    written = ["".join(map(cell, row)) for row in (*head, *body)]
    html = "".join(f"<tr>{row}</tr>" for row in written[: len(head)])
    rest = "".join(f"<tr>{row}</tr>" for row in written[len(head) :])
    return f"<table>{f'<thead>{html}</thead>' if head else ''}{rest}</table>"


def _words(node: Element) -> str:
    paragraphs = [
        "".join(one.text or "" for one in p.iter() if one.tag in ("w.t", "w.delText")) for p in node.iter("w.p")
    ]
    return " ".join(" ".join(paragraphs).split())


def _plain(html: str) -> str:
    return re.sub(r"<[^<>]*>", " ", html)


def _figure(name: str) -> str:
    return "".join(filter(str.isdecimal, name)) or "0"
