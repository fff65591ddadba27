"""HTML inside a Markdown file as our Markdown, by the one converter; what ours cannot say is a doubt with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from publishing.text import TooLong, converted, outline

_BLOCKS = (
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
)
_BLOCKS += (
    "|h[1-6]|head|header|hr|html|iframe|li|main|nav|noscript|ol|p|pre|script|section|style|summary|svg|table|tbody|td"
)
_BLOCKS += "|tfoot|th|thead|tr|ul|video|audio|object|embed|picture|template|link|meta|img|input|button|label|select"
_BEGINS = re.compile(rf"\s{{0,3}}</?(?:{_BLOCKS})(?=[\s/>]|$)", re.IGNORECASE)
# Within these an empty line ends nothing.
_WHOLE = re.compile(r"<(/?)(table|ul|ol|dl|pre|script|style|svg|p)(?=[\s/>])[^<>]*?(/?)>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>\s*", re.IGNORECASE)
_PAIRS = [(r"b|strong", "**"), (r"i|em", "*"), (r"u|span|font|small|big|abbr|mark|time|center|nobr|cite|q|ins|kbd", "")]
_LINK = re.compile(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>([^<]*(?:<(?!/?a\b)[^<]*)*)</a>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\s[^<>]*>", re.IGNORECASE)
_RAISED = re.compile(r"<(sup|sub)(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
_STRUCK = re.compile(r"<(s|del|strike)(?:\s[^<>]*)?>([^<]*(?:<(?!/?\1\b)[^<]*)*)</\1>", re.IGNORECASE)
_ANY = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s[^<>]{0,500})?/?>")
_ATTRIBUTE = r"\b{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))"
LONGEST_LINE = 20_000
MOST = 500  # blocks of HTML in one file: each is read by itself


@dataclass
class Foreign:
    """`lines` are (line in the file, text); `doubts` (line in the file, sentence)."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line for _number, line in self.lines)

    def doubt(self, number: int, sentence: str) -> None:
        self.doubts.append((number, sentence))


def without_html(text: str, first: int = 1) -> Foreign:
    """The Markdown with its HTML as Markdown; `first` is the number of its first line."""
    out = Foreign()
    lines = list(enumerate(text.split("\n"), first))
    if "<" not in text:
        out.lines = lines
        return out
    code = code_in(text, first)
    lines = _without_comments(text, first, code, out)
    at = blocks = 0
    level, changed = 2, []
    while at < len(lines):
        number, line = lines[at]
        if number not in code and _BEGINS.match(line) and blocks < MOST:
            end = _end(lines, at)
            _block(number, "\n".join(one for _n, one in lines[at:end]), level, out)
            at, blocks = end, blocks + 1
            continue
        if heading := re.match(r"(#{1,6})\s", line):
            level = min(max(2, len(heading[1]) + (len(heading[1]) > 1)), 6)
        new = line if number in code or "<" not in line else _inline(number, line, out)
        if new != line:
            changed.append(str(number))
        out.lines += [(number, one) for one in new.split("\n")]
        at += 1
    out.lines = [one for at, one in enumerate(out.lines) if one[1] or not at or out.lines[at - 1][1]]
    if changed:
        listed = f"{'line' if len(changed) == 1 else 'lines'} {', '.join(changed[:20])}"
        out.doubt(int(changed[0]), f"tags of HTML became our Markdown ({listed}): look how it reads")
    return out


def code_in(text: str, first: int) -> set[int]:
    """The lines of fenced code, which is shown as it was typed."""
    if "```" not in text and "~~~" not in text:
        return set()
    tokens = outline(text.replace("\r", ""))
    return {first + row for one in tokens if one.type == "fence" and one.map for row in range(*one.map)}


def _without_comments(text: str, first: int, code: set[int], out: Foreign) -> list[tuple[int, str]]:
    """The lines without comments, of which none may reach patients; each is told."""
    parts, done = [], 0
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        number, inside = first + text.count("\n", 0, start), text[start + 4 : end]
        words = " ".join(inside.split())
        if number not in code:
            if words and not words.startswith(("more", "wp:", "/wp:")):
                out.doubt(number, f"a comment is left out: “{words}”")
            parts += [text[done:start], "\n" * inside.count("\n")]
            done = end + 3
        start = text.find("<!--", end + 3)
    return list(enumerate("".join([*parts, text[done:]]).split("\n"), first))


def _end(lines: list[tuple[int, str]], at: int) -> int:
    """Where a block of HTML ends: at an empty line that stands in nothing that must be whole."""
    depth = 0
    for place in range(at, len(lines)):
        line = lines[place][1]
        if not line.strip() and depth <= 0:
            return place
        for found in _WHOLE.finditer(line):
            if not found[3]:
                depth += -1 if found[1] else found[2].lower() != "p"
    return next((place for place in range(at, len(lines)) if not lines[place][1].strip()), len(lines))


def _block(number: int, html: str, level: int, out: Foreign) -> None:
    try:
        made = converted(html, top=level)
    except TooLong as why:
        out.lines.append((number, html.replace("\n", " ")))
        out.doubt(number, str(why))
        return
    if made.markdown.strip():
        out.doubt(number, f"HTML became our Markdown: “{' '.join(made.markdown.split())[:60]}”: look how it reads")
        out.lines += [(number, line) for line in ["", *made.markdown.split("\n"), ""]]
    elif words := re.findall(r"<(script|style|iframe|video|audio|object|embed|form)\b", html, re.I):
        out.doubt(number, f"what a browser would have done here is left out ({', '.join(dict.fromkeys(words))})")
    for doubt in made.doubts:
        out.doubt(number, doubt)
    for one in _IMAGE.findall(html):
        source = attribute(one, "src")
        if source and "/media/" not in source:
            out.lines += [
                (number, ""),
                (number, f"![{attribute(one, 'alt') or 'DESCRIBE THIS PICTURE'}]({source})"),
                (number, ""),
            ]


def _inline(number: int, line: str, out: Foreign) -> str:
    """One line whose simple tags are our signs; what is left is told."""
    bare = re.sub(r"`[^`]*`", "", line)
    if "<" not in bare:
        return line
    if len(line) > LONGEST_LINE:
        out.doubt(number, "this line is too long for its tags to be read; part it")
        return line
    line = _STRUCK.sub(lambda found: _struck(number, found[2], out), line)
    line = _RAISED.sub(lambda found: _raised(number, found[0], out), line)
    line = _LINK.sub(lambda found: f"[{found[2]}]({found[1]})", line)
    line = _IMAGE.sub(lambda found: f"![{attribute(found[0], 'alt')}]({attribute(found[0], 'src')})", line)
    for names, mark in _PAIRS:
        line = re.sub(
            rf"<({names})(?:\s[^<>]*)?>(\s*)(.*?)(\s*)</\1>", rf"\2{mark}\3{mark}\4", line, flags=re.IGNORECASE
        )
    is_row = line.lstrip().startswith("|")
    indent = re.match(r"\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?", line)[0]
    line = _BREAK.sub(" " if is_row else "  \n" + " " * len(indent), line).rstrip("\n") if _BREAK.search(line) else line
    for tag in dict.fromkeys(one for one in _ANY.findall(re.sub(r"`[^`]*`|<(?:https?|mailto|tel):[^<>]*>", "", line))):
        out.doubt(number, f"“{tag[:60]}” is a tag, which patients would read as it stands there")
    return line


def _struck(number: int, words: str, out: Foreign) -> str:
    out.doubt(number, f"“{words}” is struck out there, so it is left out")
    return ""


def _raised(number: int, html: str, out: Foreign) -> str:
    made = converted(f"<p>{html}</p>")
    for doubt in made.doubts:
        out.doubt(number, doubt)
    return made.markdown


def without_code(found: Foreign) -> None:
    """Take the lines of MDX that are a program's out; its values in braces are told."""
    left = []
    if found.lines:
        found.doubt(found.lines[0][0], "the file is a program's as much as a text (MDX): look how all of it reads")
    for number, line in found.lines:
        if re.match(r"(?:import|export)\s+[\w{*]", line):
            found.doubt(number, f"a line of a program is left out: “{line.strip()[:100]}”")
            continue
        if values := re.findall(r"(?<!\\)\{[^{}\n]*\}", line):
            found.doubt(number, f"“{values[0][:60]}” is a program's, and patients would read it as it stands there")
        left.append((number, line))
    found.lines = left


def attribute(tag: str, name: str) -> str:
    """What an attribute of a tag says."""
    found = re.search(_ATTRIBUTE.format(name), tag, re.IGNORECASE)
    return next((one for one in found.groups() if one is not None), "") if found else ""
