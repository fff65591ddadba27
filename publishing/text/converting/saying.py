"""The words of one line on a walk over a foreign page, and what of them ours cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from publishing.text.converting.looks import Look, look_of, placed, signs
from publishing.text.converting.notes import Notes
from publishing.text.converting.pieces import PLAIN, Piece, safe, text_of
from publishing.text.converting.tree import Node
from publishing.text.html.inline import PICTURE

NEAR = 40  # letters that show where something stood
SPACER = ("0", "1", "2")  # pixels
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# What mail and Google put in front of an address, to see who follows it: by host, the name of the address in it.
_WRAPPED = re.compile(r"(?:(?:www\.)?google\.com|\w+\.safelinks\.protection\.outlook\.com)\Z")


def near(text: str) -> str:
    return " ".join(text.split())[:NEAR].rstrip()


class Saying:
    def __init__(self, notes: Notes, doubt: Callable[[str], None], *, is_word: bool) -> None:
        self.notes, self.doubt, self.is_word = notes, doubt, is_word
        self.line: list[Piece] = []
        self.gone: list[tuple[str, str]] = []  # sentences and words about this line, until it is known

    def say(self, text: str, look: Look) -> None:
        text = text if look.typed else _BLANKS.sub(" ", text)
        words = " ".join(text.split())
        if words and (look.struck or (look.hidden and self.is_word)):
            how = "is struck out" if look.struck else "cannot be seen"
            self.gone.append((f"“{{words}}” {how} there, so it is left out.", words))
            return
        if words and look.hidden:
            self.gone.append(("“{words}” is hidden there until it is opened, and stands in the text now.", words))
        text, unknown = signs(text, look)
        if unknown:
            self.gone.append(("Nobody knows which sign “{words}” is: write it anew.", unknown))
        if look.place and words:
            text, is_same = placed(text, look.place)
            if not is_same:
                self.gone.append((f"“{{words}}” was {look.place} and stands on the line now.", words))
        self.line.append(Piece(text, Look(look.bold, look.italic, look.href)))

    def inline(self, node: Node, look: Look) -> None:
        if node in self.notes.label:
            self.line.append(Piece(f"[^{self.notes.label[node]}]", PLAIN, True))
            return
        look = look_of(node, look)
        if node.tag == "a" and look.href:
            href = led_to(look.href)
            if not safe(href) and node.words():
                self.gone.append(("The link of “{words}” leads nowhere from here: its words stay.", node.words()))
            look = look._replace(href=href if safe(href) else "")
        self.walk(node, look)

    def walk(self, node: Node, look: Look) -> None:
        raise NotImplementedError

    def br(self, node: Node, look: Look) -> None:
        if not is_apparatus(node):
            self.line.append(Piece("\n"))

    def img(self, node: Node, look: Look) -> None:
        words, source = " ".join(node.get("alt").split()), node.get("src")
        own = PICTURE.search(source)
        if own and source.endswith(own[0]):
            label = re.sub(r"([\\\[\]])", r"\\\1", words) or "decorative"
            self.line.append(Piece(f"![{label}]({own[0]})", PLAIN, True))
        elif words and len(words) < 5 and not any(map(str.isalnum, words)):
            self.say(words, look)  # a smile
        elif not any(node.get(side) in SPACER for side in ("width", "height")):
            shows = f" What it shows: “{words}”." if words else ""
            self.gone.append((f"A picture is left out: add its file with “Picture”.{shows}", ""))

    def told(self) -> None:
        """Tell what of the line is gone, with the words beside it."""
        place = near(text_of(piece for piece in self.line if not piece.is_written))
        for sentence, words in self.gone:
            beside = f" It stood in “{place}”." if place and words and place not in words else ""
            self.doubt(sentence.replace("{words}", words) + beside)
        self.gone = []


def is_apparatus(node: Node) -> bool:
    """Whether it is the line that Word draws above its footnotes."""
    return node.parent is not None and "mso-element" in node.parent.style


def led_to(href: str) -> str:
    """Where a link leads in the end."""
    try:
        parts = urlsplit(href)
        if _WRAPPED.match(parts.netloc.lower()):
            asked = parse_qs(parts.query)
            return next((asked[name][0] for name in ("url", "q") if asked.get(name)), href)
    except ValueError:
        pass
    return href
