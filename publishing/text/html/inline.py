"""What stands inside one block of text: its HTML, its words, and the labels that make a list into rows or steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from publishing.text.letters.keeping import is_rtl, text_html

PICTURE = re.compile(r"/media/([0-9a-f]{64}\.(?:jpg|png|webp))")
NESTED = 12  # emphasis and links inside each other; what makes the PDF recurses over them
# Letters of addresses in one text: more than it can hold, but for one that is defined once and used often.
ROOM = 400_000
LONGEST_LABEL = 60  # letters

# An address of ours has no scheme; whatever has another scheme than these, or may be read as one, is no address.
_REMOTE = re.compile(r"https?://[^/]", re.IGNORECASE)
_SAFE = re.compile(r"(?:https?://[^/]|mailto:|tel:|/(?!/)|[#?]|[^/?#:]+(?:[/?#]|\Z))", re.IGNORECASE)
_STRAY = re.compile("[\x00-\x20\x7f-\xa0\\\\\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_COLON = re.compile(r":(?=\s|\Z|[\u0904-\u0939])|\uff1a")
_PLACE = re.compile(r"\(at:([^()\n]{1,80})\)\Z", re.IGNORECASE)

_TAGS = {"em_open": "em", "strong_open": "strong", "s_open": "s"}


def is_safe(address: str) -> bool:
    """Whether an address may stand in a link: http, https, mailto, tel, or within our own site."""
    return not _STRAY.search(address) and _SAFE.match(address) is not None


def is_remote(address: str) -> bool:
    return _REMOTE.match(address) is not None


def is_picture(address: str) -> bool:
    """Whether it is the address of a picture as this site keeps them."""
    return PICTURE.fullmatch(address) is not None


def words(children: Sequence[Token]) -> str:
    """The plain text of a block."""
    found = []
    for child in children:
        if child.type == "image":
            found.append(_alternative(child))
        else:
            found.append("\n" if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(found)


def _alternative(token: Token) -> str:
    alternative = words(token.children or []).strip()
    return "" if alternative.lower() == "decorative" else alternative


class Phrases:
    """Writes the HTML of blocks of text; `prefix` stands before the ids of footnotes.

    In a language written from right to left, a block of figures alone (`is_rtl`) would turn round too.
    """

    def __init__(self, prefix: str, *, is_rtl: bool = False) -> None:
        self.prefix, self.is_rtl = prefix, is_rtl
        self.room = ROOM
        self.uses: dict[int, list[str]] = {}

    def html(self, children: Sequence[Token]) -> str:
        out: list[str] = []
        closing: list[str] = []
        among_rtl = self.is_rtl or any(is_rtl(child.content) for child in children)
        for number, token in enumerate(children):
            if token.nesting > 0:
                start, end = self._opening(token, closing)
                out.append(start)
                closing.append(end)
                if start and end == "</a>" and children[number + 1].type == "link_close":
                    out.append(escape(str(token.attrs["href"])))
            elif token.nesting < 0:
                out.append(closing.pop())
            else:
                out.append(self._single(token, among_rtl))
        return "".join(out)

    def _single(self, token: Token, among_rtl: bool) -> str:
        match token.type:
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>\n"
            case "code_inline":
                return f"<code>{escape(token.content, quote=False)}</code>"
            case "image":
                return _picture(token)
            case "footnote_ref":
                return self._footnote(token)
            case "blank":
                return f'<span class="gap">{escape(token.content, quote=False)}</span>'
        return text_html(token.content, among_rtl=among_rtl)

    def _opening(self, token: Token, closing: list[str]) -> tuple[str, str]:
        if len(closing) >= NESTED:
            return "", ""
        if token.type != "link_open":
            tag = _TAGS[token.type]
            return f"<{tag}>", f"</{tag}>"
        address = str(token.attrs["href"])
        if address.lower().startswith("www."):
            address = f"https://{address}"
        self.room -= len(address)
        if "</a>" in closing or self.room < 0 or not is_safe(address):
            return "", ""
        rel = ' rel="noopener noreferrer"' if is_remote(address) else ""
        return f'<a href="{escape(address)}"{rel}>', "</a>"

    def _footnote(self, token: Token) -> str:
        number = token.meta["id"] + 1
        uses = self.uses.setdefault(number, [])
        # The underscore keeps these ids apart from those of headings.
        uses.append(f"{self.prefix}use_{number}_{len(uses) + 1}")
        return f'<sup class="footnote"><a href="#{self.prefix}note_{number}" id="{uses[-1]}">{number}</a></sup>'


def _picture(token: Token) -> str:
    alternative, source = _alternative(token), str(token.attrs["src"])
    if not is_picture(source):
        return text_html(alternative)
    return f'<img src="{source}" alt="{escape(alternative)}">'


def split_label(children: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """Label and text of an entry that reads `Label: text`, `**Label**: text` or `**Label:** text`; else None."""
    children = [child for child in children if child.content or child.type != "text"]
    length = depth = 0
    for number, child in enumerate(children):
        found = _COLON.search(child.content) if child.type == "text" else None
        if found and _splits(children, number, found, depth):
            after = number + 1 + depth
            label = [*children[:number], _text(child.content[: found.start()]), *children[number + 1 : after]]
            return _checked(label, [_text(child.content[found.end() :]), *children[after:]])
        length += len(child.content)
        depth += child.nesting
        if length > LONGEST_LABEL or child.type in ("softbreak", "hardbreak"):
            break
    return None


def _splits(children: Sequence[Token], number: int, found: re.Match, depth: int) -> bool:
    """Whether a colon ends a label: outside all markup, or the last letter of a label that is wholly strong."""
    is_last = found.end() == len(found.string.rstrip())
    following = children[number + 1].type if number + 1 < len(children) else ""
    if depth:
        return depth == 1 and children[0].type == "strong_open" and is_last and following == "strong_close"
    return found.end() < len(found.string) or following == "softbreak"


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _checked(label: list[Token], rest: list[Token]) -> tuple[list[Token], list[Token]] | None:
    label = [child for child in label if child.content or child.type != "text"]
    while rest and rest[0].type in ("text", "softbreak") and not rest[0].content.strip():
        del rest[0]
    if rest and rest[0].type == "text":
        rest[0] = _text(rest[0].content.lstrip())
    title = words(label)
    if not any(map(str.isalnum, title)) or len(title) > LONGEST_LABEL or not words(rest).strip():
        return None
    if label[0].type == "strong_open" and label[-1].type == "strong_close" and _is_one(label):
        label = label[1:-1]
    return label, rest


def _is_one(label: Sequence[Token]) -> bool:
    return sum(child.type == "strong_open" for child in label) == 1


def take_place(children: Sequence[Token]) -> str:
    """Take `(at: place)` off the end of a text and give the place; "" where there is none."""
    last = next((child for child in reversed(children) if child.content), None)
    if not last or last.type != "text":
        return ""
    found = _PLACE.search(last.content.rstrip())
    if not found:
        return ""
    last.content = last.content[: found.start()].rstrip()
    return found[1].strip()
