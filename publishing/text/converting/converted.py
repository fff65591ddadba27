"""HTML of others (Word, web, mail) as our Markdown, with a doubt for everything that ours cannot say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from publishing.text.converting.blocks import Block
from publishing.text.converting.notes import Notes
from publishing.text.converting.tree import Node, bounded, tree, words_of
from publishing.text.converting.typed import plain_lists
from publishing.text.converting.walking import Walker
from publishing.text.converting.writing import written
from publishing.text.html.rendering import plain, render

MOST_NAMED = 40  # lost words
_WORD = re.compile(r"\w+")
_OF_WORD = re.compile(r"\bmso-|urn:schemas-microsoft-com|Microsoft (?:Word|Excel)", re.IGNORECASE)


@dataclass(frozen=True)
class Converted:
    """Markdown, and sentences for a person about what is not as it was; `is_block` says that it is more than words
    that may stand within a sentence, and `marks` are the numbers that were typed and are counted now."""

    markdown: str
    doubts: tuple[str, ...]
    is_block: bool
    marks: str = ""


def converted(html: str, *, top: int = 2, taken: Iterable[str] = ()) -> Converted:
    """A page, or a part of one, as Markdown whose highest heading has the rank `top`.

    `taken` are the labels of footnotes that the text around it has. Raises TooLong.
    """
    doubts: list[str] = []
    root = tree(html)
    notes = Notes(root, frozenset(taken))
    is_word = _OF_WORD.search(html[:20_000]) is not None
    blocks = Walker(notes, doubts.append, is_word=is_word).walked(root)
    for label, node in notes.text.items():
        inside = _within(node, notes, doubts, is_word=is_word)
        blocks.append(Block("note", inside=inside or [Block("text")], of=label))
    markdown = written(blocks, top)
    marks = " ".join(f"{block.number} o" for block in blocks if block.of == "typed")
    if lost := _lost(bounded(html), root, " ".join([plain(render(markdown)), *doubts, marks])):
        doubts.append(f"Look whether these words are missing: “{' '.join(lost[:MOST_NAMED])}”.")
    is_block = len(blocks) > 1 or any(block.kind != "text" for block in blocks)
    return Converted(markdown, tuple(dict.fromkeys(doubts)), is_block, marks)


def from_plain(text: str) -> Converted:
    """Plain text whose lines with bullet signs are lists and whose lines with tabs are tables; all else as typed."""
    doubts: list[str] = []
    markdown = plain_lists(text.replace("\r\n", "\n"), doubts.append)
    return Converted(markdown, tuple(doubts), "\n" in markdown)


def _within(node: Node, notes: Notes, doubts: list[str], *, is_word: bool) -> list[Block]:
    notes.blocks.discard(node)
    return Walker(notes, doubts.append, is_word=is_word).walked(node)


def _lost(html: str, root: Node, told: str) -> list[str]:
    """Words of the page that stand neither in what patients would read nor in a doubt: the converter is not trusted."""
    marks = (node.text() for node in root.nodes() if node.style.get("mso-list", "").startswith("ignore"))
    links = (node.text() for node in root.nodes() if node.tag == "a" and node.get("href").startswith("#"))
    known = _words(" ".join([told, *marks, *links]))
    whole = " ".join(known)
    # Looks may part a word there that is whole here.
    return [word for word in _words(words_of(html)) - known if word in known or word not in whole]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", "")))
