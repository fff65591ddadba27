"""Tokens to the HTML that the patient site's stylesheet knows: sections, steps, rows, notes, tables, footnotes.

What is written here still passes the sanitiser: only `rendering.render` uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from publishing.text.html.inline import Phrases, split_label, words
from publishing.text.html.lists import Entry, end_of
from publishing.text.html.phrases import PHRASES
from publishing.text.letters.keeping import text_html
from publishing.text.letters.slugs import Anchors

ICONS = frozenset({"drop", "cell", "cells", "drip"})
PLACES = frozenset({"laboratory", "hospital", "home"})
_CALLS = 'class="call {}"'  # on a section that says when to call
CALLS_NOW = _CALLS.format("now")
DIALS = '<p class="dial '  # where the number to call stands in such a section
BACK_LINKS = 10  # from one footnote to its uses

_PLAIN = {
    "blockquote_open": "<blockquote>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "hr": "<hr>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>",
    "tr_close": "</tr>\n",
}

# What stands before the caption of a table
TABLES = frozenset(phrases["table"].lower() for phrases in PHRASES.values())

# Languages written from right to left
RTL = {"ar", "fa", "he", "ps", "sd", "ur"}


def parted(place: str) -> tuple[str, str]:
    """(where a step happens, the name of its icon) of what its `(at: ...)` says."""
    before, _comma, icon = place.rpartition(",")
    icon = icon.strip().lower()
    return (before.strip(), icon) if icon in ICONS else (place, "")


def label_of(children: Sequence[Token]) -> str:
    """The words of a head or caption for an attribute, where no sign may stand that opens or closes a tag."""
    return " ".join(words(children).replace("<", "‹").replace(">", "›").split())


class Writer:
    """Writes one text. `top` is the level its highest headings become; it is parted into sections where that is 2."""

    def __init__(self, tokens: Sequence[Token], *, language: str, top: int, prefix: str) -> None:
        self.tokens = tokens
        code = language.lower().split("-")[0]
        self.words = PHRASES.get(code, PHRASES["en"])
        # Where the house has no words in the language of the text, its own are marked as English, and the text as such.
        self.ours, self.theirs = "", ""
        if code not in PHRASES:
            self.ours = ' lang="en" dir="ltr"'
            self.theirs = f' lang="{escape(language)}" dir="{"rtl" if code in RTL else "ltr"}"'
        self.top, self.prefix = top, prefix
        self.phrases = Phrases(prefix, is_rtl=code in RTL)
        self.anchors = Anchors(prefix)
        self.highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
        self.rank = top - 1
        self.in_section, self.call = False, ""
        self.quotes: list[str] = []
        self.notes: list[int] = []
        self.heads: list[str] = []
        self.column = 0
        self.caption: list[Token] = []
        self.out: list[str] = []

    def write(self) -> str:
        self._blocks(0, len(self.tokens))
        self._close_section()
        self._footnotes()
        return "".join(self.out)

    def _blocks(self, at: int, end: int) -> None:
        while at < end:
            token = self.tokens[at]
            handler = _HANDLERS.get(token.type)
            if handler:
                at = handler(self, token, at)
            else:
                self.out.append(_PLAIN[token.type])
                at += 1

    def _inline(self, token: Token, at: int) -> int:
        self.out.append(self.phrases.html(token.children or []))
        return at + 1

    def _paragraph(self, token: Token, at: int) -> int:
        if token.nesting > 0 and self._is_caption(at):
            return at + 3
        if not token.hidden:
            self.out.append("<p>" if token.nesting > 0 else "</p>\n")
        elif token.nesting < 0 and self.tokens[at + 1].nesting >= 0:
            self.out.append("\n")
        return at + 1

    def _code(self, token: Token, at: int) -> int:
        self.out.append(f"<pre><code>{escape(token.content, quote=False)}</code></pre>\n")
        return at + 1

    # Headings and sections

    def _heading(self, token: Token, at: int) -> int:
        children = self.tokens[at + 1].children or []
        title = words(children)
        if title.strip():
            self.rank = min(self.rank + 1, self.top + int(token.tag[1]) - self.highest, 6)
            anchor, call = self.anchors.make(title), token.meta.get("call", "")
            if self.rank == self.top == 2 and token.level == 0:
                self._open_section(anchor, call, "risks" in token.meta)
                anchor += "-h"
            when = f'<span class="when">{self.words[call]}</span> ' if call else ""
            self.out.append(f'<h{self.rank} id="{anchor}">{when}{self.phrases.html(children)}</h{self.rank}>\n')
        return at + 3

    def _open_section(self, anchor: str, call: str, is_risks: bool) -> None:
        self._close_section()
        mark = f" {_CALLS.format(call)}" if call else ' class="risks"' if is_risks else ""
        self.out.append(f'<section id="{anchor}"{mark} aria-labelledby="{anchor}-h">')
        self.in_section, self.call = True, call

    def _close_section(self) -> None:
        if self.in_section:
            # Where its number stands: the page takes it from what the clinic says at that moment.
            self.out.append(f'{DIALS}{self.call}"></p></section>\n' if self.call else "</section>\n")

    # Quotes and notes

    def _quote(self, token: Token, at: int) -> int:
        kind = token.meta.get("note")
        self.quotes.append("</div>\n" if kind else "</blockquote>\n")
        self.out.append('<div class="note">' if kind else "<blockquote>\n")
        if kind and kind != "NOTE":
            title = self.words["tip" if kind == "TIP" else "important"]
            self.out.append(f"<p><strong{self.ours}>{title}</strong></p>\n")
        return at + 1

    def _end_quote(self, token: Token, at: int) -> int:
        self.out.append(self.quotes.pop())
        return at + 1

    # Tables

    def _is_caption(self, at: int) -> bool:
        """Whether a paragraph is the caption of the table below it: “Table: Doses by weight”."""
        if at + 3 >= len(self.tokens) or self.tokens[at + 3].type != "table_open":
            return False
        found = split_label(self.tokens[at + 1].children or [])
        if not found or words(found[0]).strip().lower() not in TABLES:
            return False
        self.caption = found[1]
        return True

    def _table(self, token: Token, at: int) -> int:
        # A table may be wider than a telephone, so its box scrolls, and is reached by keyboard.
        caption, self.caption, self.heads = self.caption, [], []
        name = escape(label_of(caption)) or self.words["table"]
        told = f"<caption>{self.phrases.html(caption)}</caption>" if caption else ""
        # The name of the box is the text's own where it has a caption, else ours.
        ours = "" if label_of(caption) else self.ours
        box = f'<div class="scroll" tabindex="0" role="group" aria-label="{name}"{ours}>'
        self.out.append(f"{box}<table{self.theirs if ours else ''}>{told}\n")
        return at + 1

    def _row(self, token: Token, at: int) -> int:
        self.column = 0
        self.out.append("<tr>")
        return at + 1

    def _cell(self, token: Token, at: int) -> int:
        children = self.tokens[at + 1].children or []
        html = self.phrases.html(children)
        is_head = token.tag == "th"
        if is_head:
            self.heads.append(label_of(children))
        is_first, label = self.column == 0, self.heads[self.column]
        self.column += 1
        tag, scope = ("th", ' scope="col"') if is_head and html else ("td", "")
        if not is_head and is_first and html and len(self.heads) > 1:
            tag, scope = "th", ' scope="row"'
        side = str(token.attrs.get("style", "")).removeprefix("text-align:")
        mark = f' class="{side}"' if side in ("center", "right") else ""
        # What the cell says, where a row is read alone, as on a telephone
        said = f' data-label="{escape(label)}"' if label and html and not is_head else ""
        self.out.append(f"<{tag}{scope}{mark}{said}>{html}</{tag}>")
        return at + 3

    # Lists, rows and steps

    def _list(self, token: Token, at: int) -> int:
        is_ordered = token.type == "ordered_list_open"
        start = token.attrs.get("start", 1)
        if entries := token.meta.get("entries"):
            (self._steps if is_ordered else self._rows)(entries)
            return end_of(self.tokens, at) + 1
        self.out.append("<ul>\n" if not is_ordered else "<ol>\n" if start == 1 else f'<ol start="{start}">\n')
        return at + 1

    def _rows(self, entries: Sequence[Entry]) -> None:
        self.out.append('<dl class="rows">')
        for label, text, at, end, _place in entries:
            self.out.append(f"<div><dt>{self.phrases.html(label)}</dt><dd>")
            html = self.phrases.html(text)
            self.out.append(html if at == end else f"<p>{html}</p>\n")
            self._blocks(at, end)
            self.out.append("</dd></div>\n")
        self.out.append("</dl>\n")

    def _steps(self, entries: Sequence[Entry]) -> None:
        self.out.append('<ol class="steps">\n')
        tag = f"h{self.rank + 1}" if self.rank < 6 else "p"
        for number, (label, text, at, end, place) in enumerate(entries, 1):
            html = self.phrases.html(text)
            self.out.append(f"{self._where(place, number)}<{tag}>{self.phrases.html(label)}</{tag}><p>{html}</p>")
            self._blocks(at, end)
            self.out.append("</li>\n")
        self.out.append("</ol>\n")

    def _where(self, place: str, number: int) -> str:
        """The beginning of a step: its icon, its number and where it happens."""
        place, icon = parted(place)
        is_lab = place.lower() == "laboratory"
        shape = icon or ("cell" if is_lab else "count")
        phrase = self.words["step at" if place else "step"]
        if self.theirs and place and place.lower() not in PLACES:
            where = f"{text_html(phrase.format(number=number, place=''))}<span{self.theirs}>{text_html(place)}</span>"
        else:
            called = self.words[place.lower()] if place.lower() in PLACES else place
            where = text_html(phrase.format(number=number, place=called))
        mark = ' class="lab"' if is_lab else ""
        return f'<li{mark}><span class="icon {shape}"></span><p class="where"{self.ours}>{where}</p>'

    # Footnotes

    def _footnote(self, token: Token, at: int) -> int:
        self.notes.append(at)
        return end_of(self.tokens, at) + 1

    def _footnotes(self) -> None:
        if not self.notes:
            return
        # A note that nothing refers to is written too: a text never loses words.
        numbers = {}
        for at in self.notes:
            numbers.setdefault(self.tokens[at].meta["number"] or None, at)
        used = sorted((number, at) for number, at in numbers.items() if number)
        rest = sorted(set(self.notes) - {at for _, at in used})
        self.out.append('<ol class="footnotes">\n')
        for number, at in enumerate([at for _, at in used] + rest, 1):
            self.out.append(f'<li id="{self.prefix}note_{number}">')
            self._blocks(at + 1, end_of(self.tokens, at))
            self._back_links(self.phrases.uses.get(number, ()))
            self.out.append("</li>\n")
        self.out.append("</ol>\n")

    def _back_links(self, anchors: Sequence[str]) -> None:
        label = self.words["back"]
        links = [f' <a href="#{anchor}" aria-label="{label}"{self.ours}>↩</a>' for anchor in anchors[:BACK_LINKS]]
        is_inside = links and self.out[-1] == "</p>\n"
        self.out[-1:] = [*links, "</p>\n"] if is_inside else [self.out[-1], *links]


_HANDLERS: dict[str, Callable[[Writer, Token, int], int]] = {
    "inline": Writer._inline,
    "paragraph_open": Writer._paragraph,
    "paragraph_close": Writer._paragraph,
    "heading_open": Writer._heading,
    "fence": Writer._code,
    "code_block": Writer._code,
    "blockquote_open": Writer._quote,
    "blockquote_close": Writer._end_quote,
    "bullet_list_open": Writer._list,
    "ordered_list_open": Writer._list,
    "table_open": Writer._table,
    "tr_open": Writer._row,
    "th_open": Writer._cell,
    "td_open": Writer._cell,
    "footnote_reference_open": Writer._footnote,
}
