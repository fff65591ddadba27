"""Frozen HTML as it stands on a page: sanitised once more, with its pictures, its drawings, and links that lead on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

from publishing.text.html.rendering import SECTION, draw_icons, sanitise, show_numbers, show_pictures

_REMOTE = re.compile(r'<a( href="https?://([^"<]*)"[^<>]*)>([^<]*)')
_LABEL = re.compile(r'( aria-labelledby)="[^"]*"(><h2 id)="[^"]*"')
NUMBERED = "s_"  # before the number of a section; no heading makes an anchor with an underline
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


def led_on(html: str, said: str, led: Sequence[tuple[str, str, str]], ways: Ways = PATIENTS_WAYS) -> str:
    """The HTML with a line at the end of each of its sections: the words `said`, and links to the same elsewhere.

    `led` are (address, language, name) of each other text that has as many sections. The heading of a section goes by
    its number, here as there: the anchors that its words make would be most of what such a page weighs.
    """
    found, start = [], 0
    for number, section in enumerate(SECTION.finditer(html), 1):
        made = (
            f'<a{ways.attributes(f"{address}#{NUMBERED}{number}")} dir="auto" lang="{escape(language)}" '
            f'hreflang="{escape(language)}">{escape(name)}</a>'
            for address, language, name in led
        )
        end = html.find("</section>", section.end())
        heading = _LABEL.sub(rf'\1="{NUMBERED}{number}"\2="{NUMBERED}{number}"', section[0], count=1)
        line = f'<p class="small langs">{escape(said)} {" ".join(made)}</p>'
        found += [html[start : section.start()], heading, html[section.end() : end], line]
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
