"""How OpenDocument counts its lists."""

from __future__ import annotations

from html import escape

from articles.sources.office.package import Element
from articles.sources.office.styles import figure


class Lists:
    def __init__(self, roots: list[Element]) -> None:
        self.styles: dict[str, dict[int, Element]] = {}
        for root in roots:
            for node in root.iter("text.list-style"):
                self.styles[node.get("style.name", "")] = {
                    int(one.get("text.level", "1")) - 1: one for one in node if one.get("text.level", "").isdecimal()
                }
        self.counts: dict[str, dict[int, int]] = {}
        self.named: dict[str, str] = {}  # by the name of a list in the file, its own
        self.open: list[tuple[str, str]] = []  # (list, style) at each depth
        self.number = 0

    def begin(self, node: Element, depth: int) -> str:
        """The name of the list, new or one that goes on."""
        del self.open[depth:]
        above = self.open[-1] if self.open else ("", "")
        style = node.get("text.style-name", "") or above[1]
        going_on = self.named.get(node.get("text.continue-list", ""))
        if node.get("text.continue-numbering") == "true" and depth == 0:
            going_on = self.named.get(f"style {style}", going_on)
        if depth and above[0]:
            name = above[0]
        elif going_on:
            name = going_on
        else:
            self.number += 1
            name = str(self.number)
        if depth:
            self.counts.get(name, {}).pop(depth, None)
        for called in (node.get("xml.id", ""), f"style {style}"):
            if called:
                self.named[called] = name
        self.open.append((name, style))
        return name

    def at(self, item: Element, depth: int) -> None:
        """The next entry begins."""
        del self.open[depth + 1 :]
        name, style = self.open[depth]
        counts = self.counts.setdefault(name, {})
        level = self._level(style, depth)
        start = item.get("text.start-value", "")
        first = level.get("text.start-value", "1") if level is not None else "1"
        if item.tag == "text.list-header":
            return
        if start.isdecimal():
            counts[depth] = int(start)
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else int(first) if first.isdecimal() else 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]

    def written(self, html: str, name: str, depth: int, *, is_more: bool) -> str:
        """An entry, or a further paragraph of one."""
        if is_more:
            return f"<p>{html}</p>"
        mark = f'<span style="mso-list:Ignore">{escape(self.mark(depth))} </span>'
        return f'<p style="mso-list:l{name} level{depth + 1} lfo1">{mark}{html}</p>'

    def _level(self, style: str, depth: int) -> Element | None:
        levels = self.styles.get(style, {})
        return levels.get(depth, levels.get(0))

    def mark(self, depth: int) -> str:
        """What is written in front of the entry that begins."""
        name, style = self.open[min(depth, len(self.open) - 1)]
        level = self._level(style, depth)
        if level is None or level.tag != "text.list-level-style-number" or not level.get("style.num-format"):
            return "•"
        prefix, suffix = level.get("style.num-prefix", ""), level.get("style.num-suffix", "")
        count = self.counts.get(name, {}).get(depth, 1)
        return f"{prefix}{figure(level.get('style.num-format', '1'), count)}{suffix or '.'}".strip()
