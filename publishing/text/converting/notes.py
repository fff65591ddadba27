"""Footnotes of a foreign page: each word processor has its own names, but all of them link there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from publishing.text.converting.tree import BLOCKS, Node

MOST_BACK = 20  # links to one place that are looked at
_MARK = re.compile(r"\W*(?:\d{1,4}|[a-z]{1,5}|\W{1,3})\W*", re.IGNORECASE)


class Notes:
    """`label` of each link that refers to a note; `text` of each label: the element and the link back in it."""

    def __init__(self, root: Node, taken: frozenset[str]) -> None:
        self.label: dict[Node, str] = {}
        self.text: dict[str, Node] = {}
        self.back: set[Node] = set()
        self.blocks: set[Node] = set()
        nodes = list(root.nodes())
        places: dict[str, Node] = {}
        for node in nodes:
            for name in filter(None, (node.get("id"), node.get("name"))):
                places.setdefault(name, node)
        links = [node for node in nodes if node.tag == "a" and node.get("href").startswith("#")]
        self.leading: dict[str, list[Node]] = {}
        for link in links:
            self.leading.setdefault(link.get("href")[1:], []).append(link)
        labels = (str(number) for number in count(1) if str(number) not in taken)
        known: dict[Node, str] = {}
        for link in links:
            place = places.get(link.get("href")[1:])
            if link in self.back or place is None or not _MARK.fullmatch(link.text()):
                continue
            back = self._back(place, _names(link))
            block = _around(back) if back else None
            if back and block and block not in _above(link):
                if block not in known:
                    known[block] = next(labels)
                    self.text[known[block]] = block
                    self.blocks.add(block)
                self.label[link] = known[block]
                self.back.add(back)

    def _back(self, place: Node, names: set[str]) -> Node | None:
        """The link in a note that leads to where it is referred to."""
        note = place if place.tag in BLOCKS else _paragraph(place)
        for name in names:
            for link in self.leading.get(name, [])[:MOST_BACK]:
                if note in _above(link):
                    return link
        return None


def _above(node: Node | None) -> Iterator[Node]:
    """It and all that it stands in."""
    while node:
        yield node
        node = node.parent


def _names(link: Node) -> set[str]:
    """What leads to a link: its own names, those of what it holds and of what holds it alone."""
    around = [link, *list(link.nodes())[1:3]]
    parent = link.parent
    while parent and parent.tag in ("sup", "span"):
        around.append(parent)
        parent = parent.parent
    return {name for node in around for name in (node.get("id"), node.get("name")) if name}


def _paragraph(node: Node) -> Node:
    return next(one for one in _above(node) if one.tag in BLOCKS)


def _around(back: Node) -> Node:
    """The whole note: its paragraph, or what holds several and has a name."""
    block = _paragraph(back)
    parent = block.parent
    return parent if parent and parent.tag in ("div", "li", "aside") and parent.get("id") else block
