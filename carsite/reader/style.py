"""The patients' stylesheet as it stands in every page: read and minified once per process."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

SHEET = Path(__file__).parents[1] / "static" / "bedside.css"
PRINTED = SHEET.with_name("handout.css")
QUOTED = r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\''
COMMENT = re.compile(rf"({QUOTED})|/\*.*?\*/", re.DOTALL)
# Blanks before a colon or a bracket mean something ("p :hover", "and ("), so those stay.
BLANKS = re.compile(rf"({QUOTED})|[\s;]*(\}})\s*|\s*([{{;,>])\s*|(:)\s+|\s+")

# The admin's own rules for headings, lists and tables reach into the preview. They end here: the class stands twice
# so that ours outweigh them. Drawings keep the attributes that this would take away.
AS_IF_NEW = ":where(:not(svg,svg *)){all:revert}"


@cache
def style() -> str:
    """The whole stylesheet, minified: what stands in the <style> element of every patient page."""
    return minify(_sheet())


@cache
def guide_style(*, has_all: bool = True) -> str:
    """The same without what only other pages show, of the pages that are read most and over the slowest lines; and
    without what few texts have, where none of it stands: tables, pictures, cards that say when to call."""
    left = _without("elsewhere", _sheet())
    return minify(left if has_all else _without("seldom", left))


@cache
def printed_style() -> str:
    """The stylesheet of printed guides."""
    return minify(PRINTED.read_text(encoding="utf-8"))


@cache
def policy_hashes() -> str:
    """The inline styles a page may have, as the content policy names them: 'sha256-…', quotes included."""
    digests = (hashlib.sha256(one.encode()).digest() for one in (style(), guide_style(), guide_style(has_all=False)))
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)


@cache
def patient_text_style() -> str:
    """Style for the staff's preview of a text: our colours, and the rules for texts inside .markdownx-preview only."""
    sheet = _sheet()
    inside = f"{_between('ground', sheet)}{AS_IF_NEW}{_between('text', sheet)}"
    return minify(f"{_between('colours', sheet)}.markdownx-preview.markdownx-preview{{{inside}}}")


def minify(css: str) -> str:
    """Drop comments and the blanks that mean nothing; what stands in quotes is kept to the letter."""
    css = COMMENT.sub(lambda found: found[1] or " ", css)
    return BLANKS.sub(lambda found: found[1] or found[2] or found[3] or found[4] or " ", css).strip()


def _between(name: str, css: str) -> str:
    return "".join(re.findall(_marked(name), css, re.DOTALL))


def _without(name: str, css: str) -> str:
    return re.sub(_marked(name), "", css, flags=re.DOTALL)


def _marked(name: str) -> str:
    return rf"/\* {name}: begin \*/(.*?)/\* {name}: end \*/"


def _sheet() -> str:
    return SHEET.read_text(encoding="utf-8")
