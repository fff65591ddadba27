"""The words of one Word paragraph as HTML: runs, fields, changes, notes, pictures; and what stands in boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from articles.sources.office.drawings import Drawings
from articles.sources.office.formulas import spoken
from articles.sources.office.line import Line, Look
from articles.sources.office.package import Element
from articles.sources.office.styles import Styles, val

_LINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"')
_DROPPED = frozenset({"TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "XE", "TC", "RD"})
_KEPT = frozenset({"HYPERLINK", "SEQ", "QUOTE", "LISTNUM", "INCLUDEPICTURE", "ADVANCE", ""})
_THROUGH = frozenset({"w.ins", "w.moveTo", "w.smartTag", "w.sdt", "w.sdtContent", "w.customXml", "w.bdo", "w.dir"})
_THROUGH |= {"w.ruby", "w.rubyBase", "w.rt"}


class Runs:
    def __init__(self, styles: Styles, drawings: Drawings, rels: dict, box: Callable[[Element], str]) -> None:
        self.styles, self.drawings, self.rels, self.box = styles, drawings, rels, box
        self.paper = drawings.paper
        self.fields: list[dict] = []  # those that are open, also across paragraphs
        self.dropped: list[str] = []  # words of tables of contents
        self.notes: list[tuple[str, str]] = []  # (kind, id) in their order
        self.comments: dict[str, tuple[str, str]] = {}  # by their number: by whom, and what

    def walk(self, node: Element, line: Line) -> None:
        for child in node:
            match child.tag:
                case "w.r":
                    self.run(child, line)
                case "w.hyperlink":
                    target = self.rels.get(child.get("r.id", ""), ("", ""))
                    self._linked(child, line, target[0] if target[1] == "External" else "")
                case "w.sdt" if child.find("w.sdtPr/w.showingPlcHdr") is not None:
                    self._to_fill_in(child, line)
                case "w.fldSimple":
                    self._begin(child.get("w.instr", ""), is_shown=True)
                    self.walk(child, line)
                    self._end(line)
                case "w.del":
                    self._struck(child, line)
                case "w.moveFrom":
                    line.moved.append(" ".join("".join(one.text or "" for one in child.iter("w.t")).split()))
                case "m.oMath" | "m.oMathPara":
                    self._formula(child, line)
                case "mc.AlternateContent":
                    self.walk(chosen(child), line)
                case tag if tag in _THROUGH:
                    self.walk(child, line)

    def _to_fill_in(self, node: Element, line: Line) -> None:
        before = len(line.text)
        for child in node:
            if child.tag == "w.sdtContent":
                self.walk(child, line)
        said = " ".join("".join(line.text[before:]).split())
        self.paper.doubt(f"“{said}” is what Word shows where nobody has filled anything in: write what belongs there.")

    def _linked(self, node: Element, line: Line, address: str) -> None:
        if address:
            line.add(f'<a href="{escape(address)}">')
        self.walk(node, line)
        if address:
            line.add("</a>")

    def _formula(self, node: Element, line: Line) -> None:
        words = spoken(node)
        line.add(escape(words), words)
        self.paper.doubt_formula(words)

    def _struck(self, node: Element, line: Line) -> None:
        words = "".join(one.text or "" for one in node.iter() if one.tag in ("w.t", "w.delText"))
        if words.strip():
            line.struck.append(" ".join(words.split()))
            line.by.add(node.get("w.author", ""))

    # Fields

    def _begin(self, instruction: str, *, is_shown: bool = False) -> None:
        self.fields.append({"instruction": instruction, "is_shown": is_shown, "is_open": False, "words": []})
        if is_shown:
            self._kind(self.fields[-1])

    @staticmethod
    def _kind(one: dict) -> str:
        words = one["instruction"].split()
        one["kind"] = words[0].upper() if words else ""
        return one["kind"]

    def _field(self, char: Element, line: Line) -> None:
        match char.get("w.fldCharType"):
            case "begin":
                self._begin("")
            case "separate" if self.fields:
                self.fields[-1]["is_shown"] = True
                self._kind(self.fields[-1])
            case "end" if self.fields:
                self._end(line)

    def _end(self, line: Line) -> None:
        one = self.fields.pop()
        kind, said = self._kind(one), " ".join("".join(one["words"]).split())
        if one["is_open"]:
            line.add("</a>")
        if kind not in _KEPT | _DROPPED and not self.is_dropping and (said or kind.startswith("FORM")):
            self.paper.doubt(f"“{said}” is a field that Word fills in ({kind}): is it right as it stands?")

    @property
    def is_dropping(self) -> bool:
        return any(one["is_shown"] and one.get("kind") in _DROPPED for one in self.fields)

    # Runs

    def run(self, node: Element, line: Line) -> None:
        props = node.find("w.rPr")
        look = self.styles.of_run(line.look, props)
        opened, closed = self._marks(look, props, len("".join(one.text or "" for one in node.iter("w.t"))))
        for child in node:
            html, text = self._said(child, line)
            if self.fields and not self.fields[-1]["is_shown"]:
                continue
            if not html:
                continue
            if self.is_dropping:
                (self.dropped if any(one.get("kind") == "TOC" for one in self.fields) else self.paper.left).append(text)
                continue
            for one in self.fields:
                one["words"].append(text)
                found = (
                    _LINK.search(one["instruction"]) if not one["is_open"] and one.get("kind") == "HYPERLINK" else None
                )
                if found and "\\l" not in one["instruction"]:
                    line.add(f'<a href="{escape(found[1])}">')
                    one["is_open"] = True
            b = ("<b>", "</b>") if look.is_bold(text) else ("", "")
            line.look_of(text, look)
            is_seen = not (look.struck or look.hidden)
            line.add(f"{b[0]}{opened}{html}{closed}{b[1]}", text if is_seen else "")

    @staticmethod
    def _marks(look: Look, props: Element | None, many: int) -> tuple[str, str]:
        marks, style = [], []
        if look.italic:
            marks.append("i")
        if look.struck:
            marks.append("s")
        place = val(props, "w.vertAlign")
        raised = val(props, "w.position")
        if place in ("superscript", "subscript"):
            marks.append("sup" if place == "superscript" else "sub")
        elif raised.lstrip("-").isdecimal() and int(raised) and many <= 3:
            marks.append("sub" if raised.startswith("-") else "sup")
        if look.hidden:
            style.append("mso-hide:all")
        if look.font.lower() in ("symbol", "wingdings"):
            style.append(f"font-family:{look.font}")
        opened = "".join(f"<{one}>" for one in marks)
        closed = "".join(f"</{one}>" for one in reversed(marks))
        span = f'<span style="{";".join(style)}">' if style else ""
        return span + opened, closed + ("</span>" if span else "")

    def _said(self, child: Element, line: Line) -> tuple[str, str]:
        """(HTML, words) of what stands in a run."""
        match child.tag:
            case "w.t":
                return escape(child.text or ""), child.text or ""
            case "w.tab" | "w.ptab":
                return '<span style="mso-tab-count:1"></span>', "\t"
            case "w.br" | "w.cr":
                return ("<br>", "\n") if child.get("w.type") not in ("page", "column") else (" ", " ")
            case "w.noBreakHyphen":
                return "-", "-"
            case "w.sym":
                return self._sign(child)
            case "w.fldChar":
                self._field(child, line)
            case "w.instrText" if self.fields:
                self.fields[-1]["instruction"] += child.text or ""
            case "w.footnoteReference" | "w.endnoteReference":
                return self._note(child)
            case "w.commentReference":
                line.said_of += [one for one in [self.comments.pop(child.get("w.id", ""), None)] if one]
            case "w.delText" if (child.text or "").strip():
                line.struck.append(child.text.strip())
            case "w.drawing" | "w.pict" | "w.object":
                return self._drawn(child, line)
            case "mc.AlternateContent":
                for one in chosen(child):
                    html, text = self._said(one, line)
                    if html:
                        line.add(html, text)
            case "w.ruby":
                self.walk(child, line)
        return "", ""

    @staticmethod
    def _sign(child: Element) -> tuple[str, str]:
        code = child.get("w.char", "")
        try:
            sign = chr(int(code, 16))
        except ValueError:
            return "", ""
        font = escape(child.get("w.font", ""))
        return f'<span style="font-family:{font}">{escape(sign)}</span>', sign

    def _note(self, child: Element) -> tuple[str, str]:
        kind = child.tag[2:].removesuffix("Reference")
        self.notes.append((kind, child.get("w.id", "")))
        number = len(self.notes)
        return f'<a href="#note{number}" id="noteref{number}">{number}</a>', " "

    def _drawn(self, node: Element, line: Line) -> tuple[str, str]:
        html, boxes = self.drawings.read(node)
        line.boxes += map(self.box, boxes)
        return html, " " if html else ""


def chosen(node: Element) -> Element:
    """Of two forms of one thing the newer, unless it says nothing."""
    for name in ("mc.Choice", "mc.Fallback"):
        found = node.find(name)
        if found is not None and len(found):
            return found
    return node if not len(node) else node[-1]
