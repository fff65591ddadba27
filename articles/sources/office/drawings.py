"""What Word draws: pictures, boxes of text, SmartArt, charts."""

from __future__ import annotations

from articles.sources.office.package import Element, Package
from articles.sources.office.paper import Paper


class Drawings:
    def __init__(self, package: Package, rels: dict[str, tuple[str, str]], paper: Paper) -> None:
        self.package, self.rels, self.paper = package, rels, paper

    def read(self, node: Element) -> tuple[str, list[Element]]:
        """(HTML of the pictures in it, the boxes of text in it)."""
        html: list[str] = []
        boxes: list[Element] = []
        self._walk(node, "", html, boxes)
        return "".join(html), boxes

    def _walk(self, node: Element, words: str, html: list[str], boxes: list[Element]) -> None:
        for child in node:
            match child.tag:
                case "w.txbxContent":
                    boxes.append(child)
                    continue
                case "wp.docPr" | "pic.cNvPr":
                    words = child.get("descr", "") or words
                    is_decorative = any(
                        one.tag.endswith(".decorative") and one.get("val") == "1" for one in child.iter()
                    )
                    words = "decorative" if is_decorative else words
                case "v.shape":
                    words = child.get("alt", "") or words
                case "pic.blipFill":
                    html.append(self._blip(child, words, node))
                    continue
                case "v.imagedata":
                    html.append(self._picture(child.get("r.id", ""), words))
                case "dgm.relIds":
                    self._diagram(child.get("r.dm", ""))
                case "c.chart":
                    self._chart(child.get("r.id", ""))
                case "o.OLEObject":
                    kind = child.get("ProgID", "")
                    self.paper.doubt(f"A file stands in the document ({kind}), and is not read: look what it says.")
                case "mc.AlternateContent":
                    found = next((one for one in child if len(one)), None)
                    if found is not None:
                        self._walk(found, words, html, boxes)
                    continue
            self._walk(child, words, html, boxes)

    def _blip(self, fill: Element, words: str, picture: Element) -> str:
        blip, source = fill.find("a.blip"), fill.find("a.srcRect")
        if blip is None:
            return ""
        cut = [0.0] * 4
        if source is not None:
            cut = [_percent(source.get(side, "0")) for side in "ltrb"]
        place = picture.find(".//a.xfrm")
        turned = place.get("rot", "0") if place is not None else "0"
        if blip.get("r.link"):
            shows = f" What it shows: “{words}”." if words else ""
            self.paper.doubt(f"A picture is kept elsewhere and left out.{shows} Add its file with “Picture”.")
        if not blip.get("r.embed"):
            return ""
        return self._picture(
            blip.get("r.embed", ""), words, cut, round(int(turned) / 60_000) if turned.isdecimal() else 0
        )

    def _picture(self, key: str, words: str, cut: list[float] = (), turned: int = 0) -> str:
        part, mode = self.rels.get(key, ("", ""))
        if not part or mode == "External":
            shows = f" What it shows: “{words}”." if words else ""
            self.paper.doubt(f"A picture is kept elsewhere and left out.{shows} Add its file with “Picture”.")
            return ""
        return self.paper.picture(self.package.read(part), part.rpartition("/")[2], words, cut, turned)

    def _diagram(self, key: str) -> None:
        root = self.package.xml(self.rels.get(key, ("", ""))[0])
        if root is not None:
            words = [" ".join(_text(one).split()) for one in root.iter("a.p")]
            self.paper.doubt(f"A drawing of words (SmartArt) is left out: “{' · '.join(filter(None, words))}”.")

    def _chart(self, key: str) -> None:
        root = self.package.xml(self.rels.get(key, ("", ""))[0])
        words = [] if root is None else [" ".join((one.text or "").split()) for one in root.iter() if one.tag in _SAID]
        self.paper.doubt(f"A chart is left out: “{' · '.join(dict.fromkeys(filter(None, words)))[:1000]}”.")


_SAID = ("a.t", "c.v")


def _text(node: Element) -> str:
    return "".join(one.text or "" for one in node.iter("a.t"))


def _percent(written: str) -> float:
    try:
        share = float(written.rstrip("%")) / (100 if written.endswith("%") else 100_000)
    except ValueError:
        return 0.0
    return min(max(share, 0.0), 0.98)


def box(inside: str) -> str:
    """A box of text: the converter makes a note of a table with one cell."""
    return f"<table><tr><td>{inside}</td></tr></table>"
