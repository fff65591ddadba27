"""The one place where trusted HTML is made: Markdown in, sanitised HTML out, for the staff preview and for publication.

What was frozen passes `sanitise` again whenever a page is made from it: a hole found later is then closed everywhere.
Pictures and icons are placeholders in it: `show_pictures` and `draw_icons` fill them in when the page is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape

import nh3

from publishing.text.html.eased import eased
from publishing.text.html.inline import PICTURE, is_safe
from publishing.text.html.markdown import CALLS, clean, parse, typed
from publishing.text.html.writer import ICONS, Writer
from publishing.text.once import once

RENDERER = 2
COLUMN = "(min-width: 40.5rem) 38rem, 94vw"  # how wide pictures stand on a page, for a browser that chooses among files

_CLASSES = {
    "p": {"where", "dial", *CALLS.values()},
    "section": {"risks", "call", *CALLS.values()},
    "ol": {"steps", "footnotes"},
    "li": {"lab"},
    "dl": {"rows"},
    "div": {"note", "scroll"},
    "span": {"keep", "ltr", "gap", "icon", "count", "when", *ICONS},
    "sup": {"footnote"},
    "th": {"center", "right"},
    "td": {"center", "right"},
}
_TONGUE = {"lang", "dir"}
_ATTRIBUTES = {
    "a": {"href", "rel", "id", "aria-label", *_TONGUE},
    **dict.fromkeys(("p", "strong", "span", "table"), _TONGUE),
    "img": {"src", "alt"},
    "section": {"id", "aria-labelledby"},
    "li": {"id"},
    "ol": {"start"},
    "th": {"scope", "data-label"},
    "td": {"data-label"},
    "div": {"tabindex", "role", "aria-label", *_TONGUE},
    **{f"h{rank}": {"id"} for rank in range(1, 7)},
}
_BARE = {
    "br", "hr", "em", "s", "code", "pre", "blockquote", "ul", "dt", "dd", "caption", "thead",
    "tbody", "tr"
}  # fmt: skip
_VALUES = {
    "rel": re.compile("noopener noreferrer"),
    "tabindex": re.compile("0"),
    "role": re.compile("group"),
    "scope": re.compile("col|row"),
    "start": re.compile("[0-9]{1,9}"),
    "src": PICTURE,
    "lang": re.compile("[a-z]{2,3}(?:-[a-z]{2,4})?"),
    "dir": re.compile("ltr|rtl"),
}

# These read sanitised HTML, where < and > stand in tags alone and each value stands in double quotes.
_TAG = re.compile(r"</?([a-z0-9]+)[^<>]*>")
INLINE = frozenset({"a", "em", "strong", "s", "code", "span", "sup", "img"})
NOTE_LINK = re.compile(
    r'<sup class="footnote">(?:[^<\n]|</?a\b)*</sup>|<a href="[^"<]*" aria-label="[^"<]*"[^<>]*>↩</a>'
)
SECTION = re.compile(r'<section id="([^"<]*)"[^<>]*><h2[^<>]*>((?:[^<]|<(?!/?h2|section))*)</h2>')
_RISKS = re.compile(r'<section id="[^"<]*" class="risks"[^<>]*>(?:[^<]|<(?!/?section))*</section>')
_DIAL = re.compile(rf'(<p class="dial ({"|".join(CALLS.values())})">)</p>')
_SHOWN = re.compile(rf'<img src="{PICTURE.pattern}" alt="([^"]*)">')
_ICON = re.compile(rf'<span class="icon ({"|".join(sorted(ICONS))})"></span>')


@dataclass(frozen=True)
class Part:
    """A piece of a text's HTML; `is_risks` says that it ends with a section marked as risks."""

    html: str
    is_risks: bool


@once
def render(text: str, *, language: str = "en", top: int = 2, prefix: str = "") -> str:
    """Markdown to sanitised HTML, the same for the same text whenever it is asked for.

    The highest heading becomes h{top} (1 to 6); where top is 2, each such opens a section. `prefix` (letters, digits,
    hyphens) stands before every id, for a text that shares its page. Raises TooLong beyond LONGEST bytes of UTF-8, and
    for tables of thousands of rows.
    """
    tokens = parse(text)
    if tokens is None:
        return sanitise("".join(f"<p>{escape(lines, quote=False)}</p>\n" for lines in typed(text)))
    return sanitise(Writer(tokens, language=language, top=top, prefix=prefix).write())


def render_html(text: str) -> str:
    """`render` as the preview calls it."""
    return render(text)


def _allowed(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES.get(tag, ())) or None
    if name == "href":
        return value if is_safe(value) else None
    return value if name not in _VALUES or _VALUES[name].fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags={*_ATTRIBUTES, *_CLASSES, *_BARE},
    attributes={tag: _ATTRIBUTES.get(tag, set()) | {"class"} for tag in {*_ATTRIBUTES, *_CLASSES}},
    attribute_filter=_allowed,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


def sanitise(html: str) -> str:
    """Only the elements, attributes and addresses that `render` writes; what it wrote comes out as it went in."""
    return _cleaner.clean(eased(clean(html)))


def parts(html: str) -> list[Part]:
    """The HTML cut behind each section of risks, where the emergency box stands. Joined they are the HTML."""
    found, start = [], 0
    for risks in _RISKS.finditer(html):
        found.append(Part(html[start : risks.end()], True))
        start = risks.end()
    return [*found, Part(html[start:], False)] if start < len(html) else found


def contents(html: str) -> list[tuple[str, str]]:
    """(anchor, words) of the heading of each section, in order."""
    return [(unescape(anchor), " ".join(plain(title).split())) for anchor, title in SECTION.findall(html)]


def show_pictures(html: str, sizes: Mapping[str, tuple]) -> str:
    """Pictures with their width and height in pixels; for one that has no size its alternative text, in its place.

    Behind its width and height a picture may have renditions, (name, width) each, of which a browser takes one.
    """

    def shown(picture: re.Match) -> str:
        name, alternative = picture.groups()
        if name not in sizes:
            return f'<span class="soft">{alternative}</span>' if alternative else ""
        width, height, *renditions = sizes[name]
        own = _srcset(name, width, renditions, name.rpartition(".")[2])
        image = f'{picture[0][:-1]} width="{int(width)}" height="{int(height)}" loading="lazy"{own}>'
        if name.endswith(".webp") or not (webp := _srcset("", 0, renditions, "webp")):
            return image
        return f'<picture><source type="image/webp"{webp}>{image}</picture>'

    return _SHOWN.sub(shown, html)


def _srcset(name: str, width: int, renditions: Iterable[tuple[str, int]], extension: str) -> str:
    """The attributes that offer the renditions of a kind, and the picture itself where it is of that kind."""
    known = {int(wide): each for each, wide in renditions if each.endswith(extension)}
    if not known:
        return ""
    offered = {int(width): name, **known} if name else known
    files = ", ".join(f"/media/{each} {wide}w" for wide, each in sorted(offered.items()))
    return f' srcset="{files}" sizes="{COLUMN}"'


def show_numbers(html: str, numbers: Mapping[str, str]) -> str:
    """At the end of each section that says when to call the HTML of its number, by "now", "today" or "visit"."""
    return _DIAL.sub(lambda dial: f"{dial[1]}{numbers[dial[2]]}</p>" if numbers.get(dial[2]) else "", html)


def draw_icons(html: str) -> str:
    """The drawings of the steps in place of their placeholders; the number of a step is left to the stylesheet."""
    return _ICON.sub(lambda icon: _DRAWN[icon[1]], html)


def plain(html: str) -> str:
    """The words of sanitised HTML, a line for each block; without the numbers that point to footnotes."""
    text = _TAG.sub(lambda tag: "" if tag[1] in INLINE else "\n", NOTE_LINK.sub("", html))
    lines = (line.strip() for line in unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


# The drawings of design/article.html, without ids: one page may show each of them several times.
def _drawn(shapes: str) -> str:
    return (
        '<svg width="72" height="72" viewBox="0 0 72 72" aria-hidden="true" fill="none" stroke="currentColor" '
        f'stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">{shapes}</svg>'
    )


def _dot(height: int) -> str:
    return f'<circle cx="36" cy="{height}" r="6" fill="#ffc233"/>'


_ARMS = (
    "M36 23L36 18M32 13L36 18L40 13M47.3 29.5L51.6 27M53.9 21L51.6 27L57.9 28M47.3 42.5L51.6 45M57.9 44L51.6 45L53.9 51"
    "M36 49L36 54M40 59L36 54L32 59M24.7 42.5L20.4 45M18.1 51L20.4 45L14.1 44M24.7 29.5L20.4 27M14.1 28L20.4 27L18.1 21"
)
_CELL = f'<circle cx="36" cy="36" r="13"/>{_dot(36)}<path d="{_ARMS}"/>'
_DRAWN = {
    "drop": _drawn(f'<path d="M36 11c9 11 15 18 15 27a15 15 0 0 1-30 0c0-9 6-16 15-27z"/>{_dot(39)}'),
    "cell": _drawn(_CELL),
    "cells": _drawn(
        "".join(f'<g transform="translate({place}) scale(.55)">{_CELL}</g>' for place in ("16.2 0", "-1 29", "33.4 29"))
    ),
    "drip": _drawn(
        '<path d="M32 9h8m-4 0v5m-10 0h20v19c0 4-4 7-10 7s-10-3-10-7zM36 40v8m0 1c4 5 5.5 7 5.5 9.5a5.5 5.5 0 0 1-11 0'
        f'c0-2.5 1.5-4.5 5.5-9.5z"/>{_dot(28)}'
    ),
}
