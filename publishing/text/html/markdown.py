"""Markdown to tokens, within a fixed amount of work.

markdown-it-py is nearly linear, but dear, and a text made only of brackets or stars keeps it busy for minutes. So every
text has a purse: each line, row and block is priced before it is parsed, and what the purse cannot pay stays as it was
typed, but for a table: it would not be readable. Of guides of the greatest length, ordinary prose spends a sixth of it,
a dense one less than three quarters.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_block.table import table as stock_table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def as stock_footnote

from publishing.text.html.lists import note_labels
from publishing.text.once import once

LONGEST = 200_000
# One unit is about 4 microseconds where this was measured: the dearest text found takes 0.55 s, most floods 0.4 s.
PURSE = 110_000
LINE, CELL, LETTERS_PER_BRACKET = 5, 4, 15
DEEPEST = 16  # levels of quotes and lists in each other: a list takes two

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_MARKERS = re.compile(r"^([ \t>*+\-\d.)]*)\S", re.MULTILINE)
_MARKUP = re.compile(r"[&*<\[\\_`~]|[ \t]\n|\n[ \t]")
_TABLE = re.compile(r"^[^|\n]*\|.*\n[ \t>]*[-:|][-:| \t]+$", re.MULTILINE)
_BULLET = re.compile(r"[-*+] +[^\W_]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:|tel:)[^\s<>]+|([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+))>", re.IGNORECASE)
# A place that is filled in by hand: [[dose in the morning]]. Words of another program begin large: [[Page]], [[_TOC_]].
_BLANK = re.compile(r"\[\[((?!toc\])[^\W\d_][^\[\]\n|#:/\\<>*_`&!~]{1,59})\]\](?![\[(])")
_UNSAFE = re.compile(r'[\s"<>`\\{|}^]')
_RISKS = "(risks)"
# When to call, as a heading says it of its section, and what the pages call it; the most urgent first
CALLS = {"(call now)": "now", "(call today)": "today", "(next visit)": "visit"}
SECTION_MARKS = (_RISKS, *CALLS)
_NOTE = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|\Z)", re.IGNORECASE)


class TooLong(ValueError):
    """The text is longer than can be published; the message says by how much and what to do."""


def clean(text: str) -> str:
    """The text with line ends as \\n and without the characters that HTML cannot hold."""
    text = text.removeprefix("\ufeff")
    if not _UNCLEAN.search(text):
        return text
    text = re.sub("\r\n?|[\x0b\x0c]", "\n", text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


@once
def parse(text: str) -> list[Token] | None:
    """Block tokens whose inline tokens have their children; None when the text has more lines than the purse can pay.

    Whoever reads Markdown reads these. Beside what markdown-it says, `meta["note"]` of a quote is its kind of note,
    `meta["risks"]` marks a heading, `meta["call"]` ("now", "today" or "visit") one whose section says when to call,
    `meta["entries"]` of a list says that each of its entries has a label; then the first token of an entry has what
    `(at: …)` says in `meta["place"]`. Footnotes stand where they were written, with their `meta["number"]` (0: nothing
    refers to it). A "blank" has as content what is filled in there. A row of a table that has more cells than the table
    has columns names those that no page shows in `meta["beyond"]`. Raises TooLong beyond LONGEST bytes of UTF-8, and
    for more rows of tables than the purse can pay.
    """
    length = len(text.encode("utf-8", "surrogatepass"))
    if length > LONGEST:
        raise TooLong(
            f"This text is {length:,} bytes long; the longest that can be published is {LONGEST:,}. "
            "Split it into two guides."
        )
    text = clean(text)
    markers = _MARKERS.findall(text)
    # An entry, a footnote or a heading costs another line, a marker its letters; T-cell gets its own element.
    entries = sum(map(bool, map(str.strip, markers)))
    lines = len(markers) + entries + text.count("[^") + text.count("\n#")
    purse = PURSE - LINE * lines - 2 * sum(map(len, markers)) - text.count("-")
    if purse < 0:
        if _TABLE.search(text):
            raise TooLong(
                f"This text has {len(markers):,} lines, too many to be published with a table among them. "
                "Split it into two guides."
            )
        return None
    env: dict = {"purse": purse, "footnotes": {"refs": {}, "list": {}}}
    tokens = _parser.parse(text, env)
    for at, token in enumerate(tokens):
        if token.type == "footnote_reference_open":
            token.meta["number"] = env["footnotes"]["refs"][":" + token.meta["label"]] + 1
        elif token.level == 0 and token.type in ("bullet_list_open", "ordered_list_open"):
            note_labels(tokens, at, is_ordered=token.type == "ordered_list_open")
    return tokens


def typed(text: str) -> list[str]:
    """The paragraphs of a text that cannot be parsed, as they were typed."""
    return [lines.strip() for lines in re.split(r"\n(?:[ \t]*\n)+", clean(text)) if lines.strip()]


def outline(text: str) -> list[Token]:
    """The block tokens of a text of any length, whose inline tokens have no children. The text must be clean."""
    tokens: list[Token] = []
    _parser.block.parse(text, _parser, {"purse": 10**12}, tokens)
    return tokens


def phrase(content: str) -> list[Token]:
    """What stands in the text of one block."""
    env = {"purse": PURSE}
    return _parser.inline.parse(content, _parser, env, []) if _pays(env, _price(content)) else [_text(content)]


def _pays(env: dict, price: float) -> bool:
    if price > env["purse"]:
        return False
    env["purse"] -= price
    return True


def _price(content: str) -> float:
    # Each bracket may be looked for to the end of its block; the rest costs as often as it is named.
    marks = sum(map(content.count, "\n!&&***<<<<<<[[]\\\\___``~~~"))
    brackets = content.count("[") + content.count("![")
    return 4 + marks + brackets * len(content) / LETTERS_PER_BRACKET


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _inline(state: StateCore) -> None:
    """Parse the text of each block, unless it has no markup (the fast and usual case) or cannot be paid."""
    for number, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        _mark(state.tokens, number)
        if not _MARKUP.search(token.content) or not _pays(state.env, _price(token.content)):
            token.children = [_text(token.content)]
        else:
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _mark(tokens: list[Token], number: int) -> None:
    """Take the words that say what a block is out of its text."""
    token, before = tokens[number], tokens[number - 1]
    mark = next((one for one in SECTION_MARKS if token.content.lower().endswith(one)), "")
    if before.type == "heading_open" and mark and (title := token.content[: -len(mark)].rstrip()):
        before.meta |= {"call": CALLS[mark]} if mark in CALLS else {"risks": True}
        token.content = title
    quote = tokens[number - 2]
    found = before.type == "paragraph_open" and quote.type == "blockquote_open" and _NOTE.match(token.content)
    if found:
        quote.meta["note"] = found[1].upper()
        token.content = token.content[found.end() :].strip()
        before.hidden = tokens[number + 1].hidden = not token.content


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What is nested too deeply is one paragraph as it was typed (markdown-it itself would drop it)."""
    if state.level < DEEPEST:
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1)
    state.push("inline", "", 0).content = state.getLines(start, line, state.blkIndent, False).strip()
    state.push("paragraph_close", "p", -1)
    return True


def _line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that no other rule takes and that ends a paragraph: most lines, and asking each rule is dear."""
    first, below = state.bMarks[start] + state.tShift[start], start + 1
    if silent or state.is_code_block(start) or not state.src[first].isalpha():
        return False
    if below < state.lineMax and not state.isEmpty(below):
        indent = state.sCount[below]
        at = state.bMarks[below] + state.tShift[below]
        is_near = 0 <= indent < 4 + state.blkIndent and indent < 4 + max(state.listIndent, 0)
        if not (is_near and _BULLET.match(state.src, at, state.eMarks[below])):
            return False
    state.line = below
    state.push("paragraph_open", "p", 1).map = [start, below]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = state.src[first : state.eMarks[start]].strip(), [start, below], []
    state.push("paragraph_close", "p", -1)
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = stock_table(state, start, end, True)
    if silent or not found:
        return found
    below = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
    price = CELL * (below.strip(" \t|").count("|") + 1)
    room = int(state.env["purse"] // price)
    first = len(state.tokens)
    # One row more than can be paid shows whether there is one.
    stock_table(state, start, min(end, start + 2 + room), False)
    _mark_beyond(state, first)
    rows = state.line - start - 1
    if rows > room:
        head = state.src[state.bMarks[start] : state.eMarks[start]].strip()
        raise TooLong(
            f"The table that begins “{head[:40]}” is too long to be published with the rest of this text: of its rows, "
            f"the first {room:,} fit. Shorten it, or split the text into two guides."
        )
    return _pays(state.env, price * rows)


def _mark_beyond(state: StateBlock, first: int) -> None:
    """Note the cells for which a table has no column: the stock rule drops them."""
    columns = 0
    for token in state.tokens[first:]:
        columns += token.type == "th_open"
        if token.type != "tr_open" or not columns or not token.map:
            continue
        line = token.map[0]
        row = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        if row.count("|") < columns:
            continue
        cells = escapedSplit(row)
        beyond = [one.strip() for one in cells[columns + (cells[0] == "") :]]
        if any(beyond):
            token.meta["beyond"] = [one for one in beyond if one]


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # One inside a list, a quote or another footnote stays text; asked silently, it is where the paragraph above ends.
    return (silent or state.level == 0) and stock_footnote(state, start, end, silent)


def _address(state: StateInline, silent: bool) -> bool:
    """<https://...>, <mailto:...>, <tel:...> and <name@host>; whatever else stands in angle brackets is text."""
    found = state.src[state.pos] == "<" and _ADDRESS.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        link = state.push("link_open", "a", 1)
        link.attrs, link.markup = {"href": tidy(f"mailto:{found[1]}" if found[2] else found[1])}, "autolink"
        state.push("text", "", 0).content = found[1]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _blank(state: StateInline, silent: bool) -> bool:
    """[[dose in the morning]]: what somebody fills in by hand for one patient."""
    found = state.src[state.pos] == "[" and _BLANK.match(state.src, state.pos, state.posMax)
    if not found or found[1][0].isupper():
        return False
    if not silent:
        state.push("blank", "", 0).content = found[1].strip()
    state.pos = found.end()
    return True


def tidy(address: str) -> str:
    """The address as it was written, but for the characters that may not stand in one."""
    return _UNSAFE.sub(lambda found: quote(found[0]), address.strip())


def _make() -> MarkdownIt:
    parser = MarkdownIt("default", {"maxNesting": 40}).use(footnote_plugin, inline=False, move_to_end=False)
    parser.disable(["html_block", "html_inline", "linkify", "replacements", "smartquotes", "text_join"])
    parser.block.ruler.before("table", "deep", _deep)
    parser.block.ruler.before("table", "line", _line)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("footnote_def", _footnote, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("autolink", _address)
    parser.inline.ruler.before("link", "blank", _blank)
    parser.core.ruler.at("inline", _inline)
    # Only these characters can begin or end markup here; the stock set stops at every hyphen and colon as well.
    parser.inline.terminator_re = re.compile(r"[\n!&*<\[\\\]_`~]")
    # Which addresses may stand in a link is decided where the link is written, so that its words are kept.
    parser.validateLink = lambda address: True
    parser.normalizeLink = tidy
    return parser


_parser = _make()
