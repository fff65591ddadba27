"""The words of one OpenDocument paragraph as HTML: spans, changes, notes, pictures; and what stands in boxes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from articles.sources.office.formulas import spoken
from articles.sources.office.line import Line
from articles.sources.office.looks import Looks
from articles.sources.office.package import Element, Package
from articles.sources.office.paper import Paper
from publishing.text import Unusable, pictures

_CLIP = re.compile(r"(-?\d+(?:\.\d+)?)(in|cm|mm|pt|pc|px|)")
_AN_INCH = {"in": 1, "cm": 2.54, "mm": 25.4, "pt": 72, "pc": 6, "px": 96, "": 1}
_FILLED = frozenset(
    {"date", "time", "author-name", "author-initials", "creation-date", "modification-date", "text-input"}
)
_FILLED |= {"placeholder", "conditional-text", "variable-get", "user-field-get", "drop-down", "bookmark-ref"}
_FILLED |= {
    "reference-ref",
    "note-ref",
    "sequence-ref",
    "database-display",
    "expression",
    "print-date",
    "editing-cycles",
}
_DROPPED = frozenset({"page-number", "page-count", "page-continuation"})


class Spans:
    def __init__(self, package: Package, looks: Looks, paper: Paper, box: Callable[[Element], str]) -> None:
        self.package, self.looks, self.paper, self.box = package, looks, paper, box
        self.notes: list[Element] = []
        self.struck: dict[str, tuple[str, str]] = {}

    def learn_changes(self, body: Element) -> None:
        """Struck words stand at the top of the file, and a mark where they stood."""
        for region in body.iter("text.changed-region"):
            gone = region.find("text.deletion")
            if gone is not None:
                words = " ".join(
                    " ".join("".join(one.itertext()) for one in gone if one.tag != "office.change-info").split()
                )
                by = gone.findtext("office.change-info/dc.creator", "")
                self.struck[region.get("text.id", "") or region.get("xml.id", "")] = (words, by)

    def changed(self, node: Element, line: Line) -> None:
        words, by = self.struck.pop(node.get("text.change-id", ""), ("", "")) if node.tag == "text.change" else ("", "")
        if words:
            line.struck.append(words)
            line.by.add(by)

    def tell(self, line: Line) -> None:
        self.paper.doubt_struck(line.struck, line.by, "".join(line.text))
        self.paper.doubt_comments(line.said_of, "".join(line.text))

    def walk(self, node: Element, line: Line) -> None:
        self._say(node.text, line)
        for child in node:
            self._child(child, line)
            self._say(child.tail, line)

    def _say(self, text: str | None, line: Line) -> None:
        if not text:
            return
        look = line.look
        line.look_of(text, look)
        told = (("b", look.is_bold(text)), ("i", look.italic), ("s", look.struck), (look.place, look.place))
        marks = [one for one, is_on in told if is_on]
        style = ["mso-hide:all"] if look.hidden else []
        style += [f"font-family:{look.font}"] if look.font.lower() in ("symbol", "wingdings") else []
        span = (f'<span style="{";".join(style)}">', "</span>") if style else ("", "")
        html = "".join(f"<{one}>" for one in marks) + escape(text) + "".join(f"</{one}>" for one in reversed(marks))
        line.add(span[0] + html + span[1], "" if look.hidden or look.struck else text)

    def _child(self, node: Element, line: Line) -> None:
        name = node.tag.partition(".")[2]
        match node.tag:
            case "text.span":
                look, line.look = line.look, self.looks.of(node.get("text.style-name", ""), "text", line.look)
                self.walk(node, line)
                line.look = look
            case "text.a":
                line.add(f'<a href="{escape(node.get("xlink.href", ""))}">')
                self.walk(node, line)
                line.add("</a>")
            case "text.s":
                line.add(" ", " ")
            case "text.tab":
                line.add('<span style="mso-tab-count:1"></span>', "\t")
            case "text.line-break":
                line.add("<br>", "\n")
            case "text.note":
                self._note(node, line)
            case "text.change" | "text.change-start" | "text.change-end":
                self.changed(node, line)
            case "office.annotation":
                self._comment(node, line)
            case "text.hidden-text" | "text.hidden-paragraph":
                self.paper.doubt(f"Hidden words are left out: “{node.get('text.string-value', '')}”.")
            case tag if tag.startswith("draw."):
                self.drawn(node, line)
            case _ if name in _DROPPED:
                self.paper.left.append("".join(node.itertext()))
            case _ if name in _FILLED:
                self.walk(node, line)
                self.paper.doubt(f"“{''.join(node.itertext())}” is a field that is filled in ({name}): is it right?")
            case _ if name not in ("annotation-end", "soft-page-break", "bookmark", "bookmark-start", "bookmark-end"):
                self.walk(node, line)

    def _note(self, node: Element, line: Line) -> None:
        body = node.find("text.note-body")
        if body is not None:
            self.notes.append(body)
            number = len(self.notes)
            self.paper.left.append(node.findtext("text.note-citation", ""))
            line.add(f'<a href="#note{number}" id="noteref{number}">{number}</a>', " ")

    def _comment(self, node: Element, line: Line) -> None:
        words = " ".join(
            " ".join("".join(one.itertext()) for one in node if one.tag in ("text.p", "text.list")).split()
        )
        by = node.findtext("dc.creator", "") or "somebody"
        if words:
            line.said_of.append((by, words))

    def drawn(self, node: Element, line: Line) -> None:
        """A frame: a picture, a box of text, a formula, or a file within the file."""
        words = node.findtext("svg.desc", "") or node.findtext("svg.title", "")
        box, image, held = node.find("draw.text-box"), node.find("draw.image"), node.find("draw.object")
        if node.tag != "draw.frame":
            inside = [one for one in node if one.tag in ("text.p", "text.list")]
            if inside:
                line.boxes.append(self.box(node))
            for one in node:
                if one.tag.startswith("draw.") and one.tag != "draw.enhanced-geometry":
                    self.drawn(one, line)
        elif box is not None:
            line.boxes.append(self.box(box))
        elif held is not None:
            self._object(held, line)
        elif image is not None:
            line.add(self._picture(node, image, words), " ")

    def _object(self, node: Element, line: Line) -> None:
        root = node.find("math.math")
        if root is None:
            root = self.package.xml(node.get("xlink.href", "").removeprefix("./").rstrip("/") + "/content.xml")
        if root is not None and root.tag == "math.math":
            words = spoken(root)
            line.add(escape(words), words)
            self.paper.doubt_formula(words)
        else:
            said = " ".join(" ".join(root.itertext()).split())[:1000] if root is not None else ""
            self.paper.doubt(f"A file stands in the document, and is left out: “{said}”.")

    def _picture(self, frame: Element, image: Element, words: str) -> str:
        part = image.get("xlink.href", "").removeprefix("./")
        if part not in self.package.parts:
            shows = f" What it shows: “{words}”." if words else ""
            self.paper.doubt(f"A picture is kept elsewhere and left out.{shows} Add its file with “Picture”.")
            return ""
        content, file_name = self.package.read(part), part.rpartition("/")[2]
        html = self.paper.picture(content, file_name, words, self._cut(frame, content))
        if html:
            self.paper.left.append(words)  # it stands in its tag
        return html

    def _cut(self, frame: Element, content: bytes) -> list[float]:
        """The shares of a picture that are cut away, as in Word: left, top, right, bottom."""
        clip: list[tuple[str, str]] = []
        for style in self.looks.chain(frame.get("draw.style-name", ""), "graphic"):
            props = style.find("style.graphic-properties")
            told = props.get("fo.clip", "") if props is not None else ""
            clip = _CLIP.findall(told) if told else clip
        if len(clip) != 4 or not any(float(one) for one, _unit in clip):
            return []
        top, right, bottom, left = (max(0.0, float(one) / _AN_INCH[unit]) for one, unit in clip)
        try:
            wide, high = pictures.inches(content)
        except Unusable:
            return []  # and nothing of it is shown
        return [min(one, 1.0) for one in (left / wide, top / high, right / wide, bottom / high)]
