"""Frozen HTML as it stands on a page: sanitised once more, with its pictures, its drawings, and links that lead on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

from publishing.text.rendering import SECTION, draw_icons, sanitise, show_numbers, show_pictures

_REMOTE = re.compile(r'<a( href="https?://([^"<]*)"[^<>]*)>([^<]*)')
_SCHEME = re.compile("^https?://")
_LINK = re.compile(r'(<a\b[^<>]*?) href="([^"<]*)"')


class Ways:
    """Where a page's links, pictures and forms lead. These are the patients' own; other ways show the same page."""

    prefix = ""  # what stands before the paths of the site
    folder = "/media/"
    inert = ""  # what keeps a form from being sent
    is_alone = False  # whether the page is a file outside the site

    def attributes(self, address: str) -> str:
        """The attributes of a link to that address, with a blank before them."""
        return f' href="{escape(address)}"'


PATIENTS_WAYS = Ways()


def led_on(html: str, said: str, led: Sequence[Sequence[tuple[str, str, str]]], ways: Ways = PATIENTS_WAYS) -> str:
    """The HTML with a line at the end of each of its sections: the words `said`, and links to the same elsewhere.

    `led` are, for each section in order, (address, language, name) of each link.
    """
    lines = []
    for links in led:
        made = (
            f'<a{ways.attributes(address)} dir="auto" lang="{escape(language)}" hreflang="{escape(language)}">'
            f"{escape(name)}</a>"
            for address, language, name in links
        )
        lines.append(f'<p class="small langs">{escape(said)} {" ".join(made)}</p>')
    found, start = [], 0
    for section, line in zip(SECTION.finditer(html), lines, strict=True):
        end = html.find("</section>", section.end())
        found += [html[start:end], line]
        start = end
    return "".join([*found, html[start:]])


def shown(
    html: str, sizes: Mapping[str, tuple], ways: Ways = PATIENTS_WAYS, numbers: Mapping[str, str] | None = None
) -> str:
    """What stands on the page, with the HTML of the numbers to call.

    Once more sanitised, so that a hole found later is closed on every page at once.
    """
    if ways.is_alone:
        sizes = {name: size[:2] for name, size in sizes.items()}  # beside such a page lies the original alone
    html = _told_once(draw_icons(show_pictures(sanitise(html), sizes)))
    html = show_numbers(html, numbers or {})
    if ways is PATIENTS_WAYS:
        return html
    html = _LINK.sub(lambda link: link[1] + ways.attributes(unescape(link[2])), html)
    return html.replace('src="/media/', f'src="{ways.folder}')


def _told_once(html: str) -> str:
    """Marks links whose address a reader of paper knows: it is what they say, or an earlier one has told it."""
    seen = set()

    def marked(link: re.Match) -> str:
        attributes, address, words = link.groups()
        is_told = address in seen or _SCHEME.sub("", words).rstrip("/") == address.rstrip("/")
        seen.add(address)
        return f'<a class="told"{attributes}>{words}' if is_told else link[0]

    return _REMOTE.sub(marked, html)
