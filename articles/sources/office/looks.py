"""How OpenDocument's styles make words look."""

from __future__ import annotations

from articles.sources.office.line import MOST_BASED, Look
from articles.sources.office.package import Element


class Looks:
    def __init__(self, roots: list[Element]) -> None:
        self.known: dict[tuple[str, str], Element] = {}
        self.base: dict[str, Element] = {}
        for root in roots:
            for node in root.iter("style.style"):
                self.known[node.get("style.family", ""), node.get("style.name", "")] = node
            for node in root.iter("style.default-style"):
                self.base[node.get("style.family", "")] = node

    def chain(self, name: str, family: str) -> list[Element]:
        """The style and those that it stands on, the lowest first."""
        out: list[Element] = []
        while len(out) < MOST_BASED and (node := self.known.get((family, name))) is not None:
            out.append(node)
            name = node.get("style.parent-style-name", "")
        base = self.base.get(family)
        return [*([base] if base is not None else []), *reversed(out)]

    def of(self, name: str, family: str, look: Look | None = None) -> Look:
        look = look or Look()
        for node in self.chain(name, family)[1 if family == "text" and family in self.base else 0 :]:
            props = node.find("style.text-properties")
            if props is not None:
                look = look._replace(**_changes(props))
        return look

    def rank(self, node: Element) -> int | None:
        """Of a heading, 0 of the title."""
        name, seen = node.get("text.style-name", ""), 0
        while seen < MOST_BASED:
            if name == "Title":
                return 0
            style = self.known.get(("paragraph", name))
            if style is None:
                break
            name, seen = style.get("style.parent-style-name", ""), seen + 1
        level = node.get("text.outline-level", "1")
        return (int(level) if level.isdecimal() else 1) if node.tag == "text.h" else None


def _changes(props: Element) -> dict[str, object]:
    told: dict[str, object] = {}
    if weight := props.get("fo.font-weight"):
        told["bold"] = weight in ("bold", "600", "700", "800", "900")
    if weight := props.get("style.font-weight-complex"):
        told["bold_complex"] = weight in ("bold", "600", "700", "800", "900")
    if slant := props.get("fo.font-style"):
        told["italic"] = slant in ("italic", "oblique")
    if line := props.get("style.text-line-through-style") or props.get("style.text-line-through-type"):
        told["struck"] = line != "none"
    if line := props.get("style.text-underline-style"):
        told["underlined"] = line != "none"
    if shown := props.get("text.display"):
        told["hidden"] = shown == "none"
    if place := props.get("style.text-position"):
        first = place.split()[0] if place.split() else ""
        told["place"] = "sub" if first.startswith(("sub", "-")) else "sup" if first not in ("0%", "") else ""
    size = props.get("fo.font-size", "")
    if size.endswith("pt") and size[:-2].replace(".", "", 1).isdecimal():
        told["size"] = round(float(size[:-2]) * 2)
    if font := props.get("style.font-name") or props.get("fo.font-family"):
        told["font"] = font.strip("'\"")
    return told
