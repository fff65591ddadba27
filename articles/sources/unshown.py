"""What of a Markdown text a page would not show, or show otherwise than it was written: each is a doubt."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from articles.sources.office.counting import words
from articles.sources.source import Source
from publishing.text import TooLong, outline, plain, render

MOST_NAMED = 40
_NO_WORDS = re.compile(
    r"!\[(?:[^\[\]\n\\]|\\.)*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?"  # a picture
    r"|(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|(?<=\])\[[^\[\]\n]*\]"  # where a link leads
    r"|^\s{0,3}\[[^\]\n]+\]:[ \t]*\S*|\[\^[^\]\n]*\]:?|\[![A-Za-z]+\]|<(?:https?|mailto|tel):[^<>\n]*>|https?://\S+"
    r"|^\s{0,3}(?:`{3,}|~{3,}).*$|(?<=\S)\s*\([\w :,;|/'-]+\)\s*$|\[\[[^\[\]\n]*\]\]|^\s{0,3}\d{1,9}[.)](?=\s)",
    re.MULTILINE,
)
_NUMBER = re.compile(r"^(\s{0,3})(\d{1,4})[.)]\s")
_STRUCK = re.compile(r"~~(?=\S)(.{1,200}?)(?<=\S)~~")
_ELSEWHERE = re.compile(r"!\[\[([^\[\]\n]{1,200})\]\]")


def tell_unshown(source: Source, text: str) -> None:
    """Words that stand nowhere on the page, numbers that the page counts anew, and words that are struck out."""
    body = "\n\n".join([source.body, *(answer for _asked, answer in source.questions)])
    for number, line in enumerate(text.split("\n"), 1):
        if found := _ELSEWHERE.search(line):
            source.doubt(number, f"the picture “{found[1]}” is named as another program does; add it here")
        for struck in _STRUCK.findall(line):
            source.doubt(number, f"“{struck}” is struck out, and patients would read it so; take it out")
    _tell_blocks(source, body)
    try:
        shown = plain(render(body))
    except TooLong:
        return
    stands = words(shown)
    lost, whole = words(unescape(_NO_WORDS.sub(" ", body))) - stands, " ".join(stands)
    # A part of a word may be joined to another there. A number stands for itself; what stands too seldom is lost.
    missing = [word for word in lost if word in stands or word.isdecimal() or word not in whole]
    if missing:
        listed = " ".join(missing[:MOST_NAMED]) + (" …" if len(missing) > MOST_NAMED else "")
        source.doubt(None, f"these words would stand nowhere on the page: “{listed}”; look where they stood")


def _tell_blocks(source: Source, body: str) -> None:
    lines = body.split("\n")
    for token in outline(body.replace("\r", "")):
        if token.type == "code_block" and token.map:
            said = lines[token.map[0]].strip()[:60]
            source.doubt(None, f"“{said}” is indented, and would stand as a program's text: take the blanks away")
        if token.type == "fence" and token.info.strip():
            said = token.content.strip().split("\n")[0][:60]
            source.doubt(None, f"“{said}” is written for a program ({token.info.strip()[:20]}): take it out")
        if token.type == "ordered_list_open" and token.level == 0 and token.map:
            rows = (_NUMBER.match(line) for line in lines[token.map[0] : token.map[1]])
            told = [int(one[2]) for one in rows if one]
            if len(set(told)) > 1 and any(second != first + 1 for first, second in pairwise(told)):
                said = ", ".join(map(str, told[:8]))
                source.doubt(None, f"a list is numbered {said}, and patients would read {told[0]}, {told[0] + 1}, …")
