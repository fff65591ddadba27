"""Markup that patients would see as letters: what some other program would have read, and our page does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publishing.findings.reading import Block, Guide, line_at, short
from publishing.findings.registry import Finding, Mend, Severity, check
from publishing.text import clean

_TAGS = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|details|div|dl|dt|em"
    "|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark"
    "|meta|nav|o:p|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot"
    "|th|thead|title|tr|tt|u|ul|video|audio|source|picture"
)
BOLD = "a mark of bold or italic letters"
MARKS = [
    # (what it is called, how it looks)
    ("a comment of HTML", r"<!--[^>]{0,200}"),
    ("a tag of HTML", rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>"),
    ("a code for a letter", r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d{0,2});"
     r"|&(?:nbsp|amp|lt|gt|quot|copy|reg|deg)\b"),
    ("a shortcode", r"\{\{[<%]?[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|\[/?[a-z]{3,20} [a-z_]{1,20}=[^\]\n]{1,99}\]"),
    ("a mark of another program",
     r"\{[#.:][^{}\n]{1,80}\}|\{[a-z-]{1,20}=[^{}\n]{1,80}\}|^:[ \t]{1,3}(?=\S).{0,80}$|"
     r"\[\[[^\[\]\n]{1,80}\]\]|^\[TOC\]$|^(?::{3,}|!{3} ?\S).{0,80}$|"
     r"\{[^{}\n]{1,80}\}|\[![a-z]{1,20}\]|%%[^%\n]{0,80}%%|^%%.{0,80}$|\^\[[^\[\]\n]{1,200}\]|"
     r"(?<![\w:]):(?:[a-z][a-z0-9_-]{2,30}|[+-]1):(?!\w)|^\.\. [a-z-]{1,20}::|^={1,5} \S.{0,80}$"),
    ("a line of a program", r"^(?:import|export)\s(?=[^\n]{0,200}(?:\bfrom\s+[\"']|=|;[ \t]*$)).{0,80}"),
    ("a formula of another program", r"\$\$[^$\n]{1,200}\$\$"),
    ("a command of LaTeX", r"\\[a-z]{3,20}\b"),
    ("a mark of a forum",
     r"\[/?(?:b|i|u|s|url|img|list|quote|code|color|size|center|table|tr|td)(?:=[^\]\n]{0,80})?\]"),
    ("a sign that only one font has", r"[\ue000-\uf8ff]"),
    ("a box to tick", r"^\[[ xX]\](?=\s)"),
    ("a link that is not closed", r"!?\[[^\[\]\n]{1,200}\](?:\([^()\n]{0,200}\)?|\[[^\[\]\n]{0,80}\])"),
    ("a heading without a blank behind its signs", r"^#{1,6}(?=[^\W\d_]{2}|\s).{0,80}$"),
    (BOLD, r"\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|(?<![\w*])\*(?=[^\W\d_])|(?<=[^\W\d_])\*(?![\w*])"),
    ("a mark for small or struck letters", r"(?<=[^\W_])~\d{1,3}~|(?<=[^\W_])\^\d{1,3}\^|==(?=\w)[^=\n]{1,80}==|"
     r"\^\^[^^\n]{1,80}\^\^|\+\+(?=\w)[^+\n]{1,80}\+\+|\|\|[^|\n]{1,80}\|\||(?<![\w~])~(?=\w)[^~\n]{1,80}~(?![\w~])"),
    ("a line of a table", r"^\|.{0,200}\|$|^[-:| ]{0,80}-{3}[-:| ]{0,80}\|[-:| ]{0,80}$"),
    ("a fence or a rule", r"^(?:`{3,}|~{3,}).{0,30}$"),
]  # fmt: skip
_ANY = re.compile("|".join(f"(?P<m{number}>{look})" for number, (_name, look) in enumerate(MARKS)), re.I | re.M)
# In a field that is no Markdown, what is written in it stands there as letters.
_PLAIN_MARKS = {"code": "a mark of code", "note": "a mark of a footnote"}
_PLAIN = re.compile(rf"{_ANY.pattern}|(?P<code>(?<!\w)`[^`\n]{{1,80}}`)|(?P<note>\[\^[^\[\]\s]{{1,30}}\])", re.I | re.M)
_MAY = re.compile(r"[<&{\[*_~^=|#:!`\\%+$\ue000-\uf8ff]|^(?:import|export)\s|^\.\. ", re.M)
_SIGN = "•◦▪▫■□●○‣⁃➢➤➔→✓✔✗✘☐☑★·–—"
_SIGNED = re.compile(rf"^[ \t]{{0,8}}[{_SIGN}][ \t\u00a0]{{0,4}}(?=\S)", re.M)
# a) b), i. ii., (1) (2), and figures in circles and boxes, which begin no list here
_COUNTED = re.compile(
    r"^[ \t]{0,8}(?:(?:[a-h]|[ivx]{1,4})[.)]|\((?:[a-h]|[ivx]{1,4}|\d{1,2})\)|\d\ufe0f?\u20e3|[\u2460-\u2473])"
    r"[ \t]*(?=\S)",
    re.M,
)
# Columns made by hand: by a line between them, or by blanks
_COLUMNS = re.compile(r"^[ \t]{0,3}[^\s|#>][^|\n]{0,200}(?:[ \t]\|[ \t]|[ ]{3,})(?=\S)[^\n]{0,500}$", re.M)
_TABBED = re.compile(r"^[^\t\n]{1,200}\t[^\n]{0,500}$", re.M)
MARKUP = "CommonMark, and WCAG 2.2, 1.3.1"


@check("markup", "No markup is read as letters", Severity.MUST_FIX, MARKUP)
def markup(guide: Guide) -> Iterator[Finding]:
    for block in guide.blocks:
        looks = _PLAIN if block.kind == "plain" else _ANY
        if block.field == "sources" or not _MAY.search(block.letters):
            continue
        for found in looks.finditer(block.letters):
            name = _PLAIN_MARKS.get(found.lastgroup) or MARKS[int(found.lastgroup[1:])][0]
            if name == BOLD and _is_footnote_star(block.letters, found):
                continue
            seen = found[0].strip()
            yield block.finding(
                f"“{short(seen)}” is {name}.", "Patients read it as it stands there. Take it out.", passage=seen
            )


def _is_footnote_star(letters: str, found: re.Match) -> bool:
    """One star behind a word, or before one, that points to a remark."""
    return found[0] == "*" and letters.count("*") < 3


@check("signs", "Lists are lists", Severity.MUST_FIX, "WCAG 2.2, 1.3.1")
def signs(guide: Guide) -> Iterator[Finding]:
    """Lines that begin with a sign, or are parted by tabs, run together into one paragraph."""
    for block in guide.body:
        lines = block.letters.split("\n")
        signed = [line for line in lines if _SIGNED.match(line)]
        first = signed[0].strip()[0] if signed and block.kind in ("text", "item") else ""
        if first and (len(signed) > 1 or first in "•▪●■◦‣➢➤" or (len(lines) > 1 and first not in "–—→·★")):
            yield _as_list(block, len(signed))
        counted = [line for line in lines if _COUNTED.match(line)]
        if len(counted) > 1 and block.kind in ("text", "item"):
            yield block.finding(
                f"{len(counted)} lines are counted by signs that make no list: “{short(counted[0].strip())}”.",
                "Patients read them as one paragraph. Write 1. 2. before them.", passage=counted[0].strip(),
            )  # fmt: skip
        columns = [line for line in block.source[block.start : block.end].split("\n") if _COLUMNS.match(line)]
        if len(columns) > 1 and block.kind == "text":
            yield block.finding(
                f"{len(columns)} lines are set in columns by hand: “{short(columns[0].strip())}”.",
                "Patients read them as one run of words. Make a table of them.", passage=columns[0].strip(),
            )  # fmt: skip
    for name in guide.markdown & set(guide.fields):
        source = clean(guide.fields[name] or "")
        rows = list(_TABBED.finditer(source)) if "\t" in source else []
        rows = [row for row in rows if row[0].strip() and not row[0].startswith((" ", "|"))]
        if len(rows) > 1:
            line = line_at(source, rows[0].start())
            yield Finding(
                f"{len(rows)} lines are parted by tabs, as in a table.",
                "Patients read them as one run of words. Make a table of them.", name, line, rows[0][0],
            )  # fmt: skip


def _as_list(block: Block, many: int) -> Finding:
    source = block.source[block.start : block.end]
    old = source.rstrip("\n")
    new = _SIGNED.sub("- ", old)
    if not old.startswith(("-", "*", "+", " ")) and "\n- " in new and not new.startswith("- "):
        first = new.index("\n- ")
        new = f"{new[:first]}\n{new[first:]}"
    said = f"{many} lines begin" if many > 1 else "A line begins"
    mend = Mend(block.start, old, new) if block.kind == "text" else None
    return Finding(
        f"{said} with a sign: “{_SIGNED.search(block.letters)[0].strip()}”.",
        "Patients read them as one paragraph. Make a list of them.", block.field, block.line, block.words, mend,
    )  # fmt: skip


# Before each grey sentence of a pattern that a guide may start from
GREY = "✎"
# What people write where something is still to come
_LEFT = re.compile(
    r"\[(?:insert|add|write|fill in|your|name of|enter|put|choose|to do|tbc|tbd|clinic|hospital|phone|date|xx)\b"
    r"[^\]\n]{0,120}\]"
    r"|\b(?:lorem ipsum|TODO|TBC|TBD|FIXME)\b|\bX{3,}\b|_{4,}|\?{3,}",
    re.I,
)
# Where “todo” is a word of the language: all, everything
_ALL = {"es", "pt", "gl"}


@check("left over", "No grey sentence is left", Severity.MUST_FIX, "Ours: a pattern is no text")
def left_over(guide: Guide) -> Iterator[Finding]:
    for block in guide.told:
        grey = [line.strip() for line in block.words.split("\n") if line.lstrip().startswith(GREY)]
        left = [found[0] for found in _LEFT.finditer(block.letters)]
        if guide.language.partition("-")[0] in _ALL:
            left = [one for one in left if one.lower() != "todo"]
        for one in grey or left:
            yield block.finding(
                f"“{short(one)}” is left over.", "It says what belongs here. Write that, or take it out.", passage=one
            )
