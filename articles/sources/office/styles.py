"""How Word's styles make paragraphs and words look, and how it counts its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.sources.office.line import MOST_BASED, Look
from articles.sources.office.package import Element

_HEADING = re.compile(r"heading ([1-9])")
_OFF = ("0", "false", "off", "none")
_ROMAN = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def val(node: Element | None, name: str, default: str = "") -> str:
    """The value of a property below a node."""
    found = None if node is None else node.find(name)
    return default if found is None else found.get("w.val", default)


def _is_on(node: Element | None, *names: str) -> bool | None:
    for name in names if node is not None else ():
        if (found := node.find(name)) is not None:
            return found.get("w.val", "1").lower() not in _OFF
    return None


class Styles:
    def __init__(self, root: Element | None) -> None:
        found = root.findall("w.style") if root is not None else []
        self.known = {one.get("w.styleId", ""): one for one in found}
        usual = [one.get("w.styleId") for one in found if one.get("w.type") == "paragraph" and one.get("w.default")]
        self.usual = usual[0] if usual else ""
        self.base = Look(size=20)
        if root is not None:
            self.base = self._with(self.base, root.find("w.docDefaults/w.rPrDefault/w.rPr"))

    def chain(self, style: str) -> Iterator[Element]:
        """The style and those that it stands on."""
        for _ in range(MOST_BASED):
            node = self.known.get(style)
            if node is None:
                return
            yield node
            style = val(node, "w.basedOn")

    def name(self, style: str) -> str:
        return val(self.known.get(style), "w.name", style).lower()

    def rank(self, style: str, props: Element | None) -> int | None:
        """Of a heading, 0 of the title; None of a paragraph."""
        for node in self.chain(style):
            name = val(node, "w.name").lower()
            if name == "title":
                return 0
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        for node in (props, *(one.find("w.pPr") for one in self.chain(style))):
            level = val(node, "w.outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else None
        return None

    def numbering(self, style: str, props: Element | None) -> tuple[str, int] | None:
        """(list, level) of a paragraph that Word counts."""
        level = ""
        for node in (props, *(one.find("w.pPr") for one in self.chain(style))):
            numbered = node.find("w.numPr") if node is not None else None
            if numbered is None:
                continue
            level = level or val(numbered, "w.ilvl")
            if number := val(numbered, "w.numId"):
                return (number, int(level) if level.isdecimal() else 0) if number != "0" else None
        return None

    def of_paragraph(self, style: str) -> Look:
        look = self.base
        for node in reversed(list(self.chain(style or self.usual))):
            look = self._with(look, node.find("w.rPr"))
        return look

    def of_run(self, look: Look, props: Element | None) -> Look:
        for node in reversed(list(self.chain(val(props, "w.rStyle")))):
            look = self._with(look, node.find("w.rPr"))
        return self._with(look, props)

    def _with(self, look: Look, props: Element | None) -> Look:
        if props is None or not len(props):
            return look
        told = {
            "bold": _is_on(props, "w.b"),
            "bold_complex": _is_on(props, "w.bCs"),
            "italic": _is_on(props, "w.i", "w.iCs"),
            "struck": _is_on(props, "w.strike", "w.dstrike"),
            "hidden": _is_on(props, "w.vanish", "w.webHidden"),
        }
        if under := val(props, "w.u"):
            told["underlined"] = under != "none"
        size = val(props, "w.sz")
        told["size"] = int(size) if size.isdecimal() else None
        fonts = props.find("w.rFonts")
        told["font"] = fonts.get("w.ascii") if fonts is not None else None
        return look._replace(**{name: value for name, value in told.items() if value is not None})


class Numbering:
    """Counts as Word does: by the abstract list, so that two lists of one kind go on."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, Element]] = {}
        self.abstract: dict[str, str] = {}
        self.own: dict[str, dict[int, Element]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        for node in root if root is not None else ():
            if node.tag == "w.abstractNum":
                levels = {int(one.get("w.ilvl", "0")): one for one in node.findall("w.lvl")}
                self.levels[node.get("w.abstractNumId", "")] = levels
            elif node.tag == "w.num":
                number = node.get("w.numId", "")
                self.abstract[number] = val(node, "w.abstractNumId")
                self.own[number] = {int(one.get("w.ilvl", "0")): one for one in node.findall("w.lvlOverride")}

    def mark(self, number: str, level: int) -> tuple[str, str]:
        """(the list that it belongs to, what Word writes in front of its next entry)."""
        abstract = self.abstract.get(number, number)
        node = self._level(number, abstract, level)
        kind, text = val(node, "w.numFmt", "decimal"), val(node, "w.lvlText", f"%{level + 1}.")
        counts = self.counts.setdefault(abstract, {})
        start = int(val(node, "w.start", "1") or 1)
        again = val(self.own.get(number, {}).get(level), "w.startOverride")
        if again.isdecimal() and (number, level) not in self.begun:
            counts[level] = int(again)
        else:
            counts[level] = counts[level] + 1 if level in counts else start
        self.begun.add((number, level))
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if kind == "bullet":
            return abstract, "•"
        if kind == "none" or not text.strip():
            return abstract, ""
        return abstract, re.sub(r"%(\d)", lambda found: self._figure(number, abstract, int(found[1]) - 1), text).strip()

    def _level(self, number: str, abstract: str, level: int) -> Element | None:
        own = self.own.get(number, {}).get(level)
        levels = self.levels.get(abstract, {})
        found = own.find("w.lvl") if own is not None else None
        return found if found is not None else levels.get(level, levels.get(0))

    def _figure(self, number: str, abstract: str, level: int) -> str:
        count = self.counts.get(abstract, {}).get(level, 1)
        kind = val(self._level(number, abstract, level), "w.numFmt", "decimal")
        return figure(kind, count)


def figure(kind: str, count: int) -> str:
    """A number as Word or OpenDocument writes it in front of a list."""
    if kind in ("lowerLetter", "upperLetter", "a", "A"):
        letters = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26) if count > 0 else str(count)
        return letters if kind[0] in "la" else letters.upper()
    if kind in ("lowerRoman", "upperRoman", "i", "I"):
        out = ""
        for value, sign in _ROMAN:
            while count >= value and len(out) < 20:
                out, count = out + sign, count - value
        return out if kind[0] in "li" else out.upper()
    return str(count)
