"""Which addresses of the site a copy holds, and how its files lead to each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import quote, unquote, urljoin

from publishing.text import address_parts

TAG = re.compile(r'<[a-z][a-z0-9-]*(?:\s+[^\s"=<>/]+(?:="[^"]*")?)*\s*/?>')
LEADING = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')
SHEET = re.compile(r"/handout(?:-large)?\.pdf$")
LONGEST = 240  # bytes of one part of a path; file systems know 255


def file_of(path: str, query: str = "") -> str | None:
    """The name of the file for an address, below the folder of the copy; None where no file could be called so."""
    parts = path.removeprefix("/").split("/")
    is_page = parts[-1] == ""
    name = [*parts[:-1], "index.html" if is_page else parts[-1]]
    if query:  # a further page of a list: ?page=2
        name[-1] = f"{re.sub('[^a-z0-9]+', '-', query)}.html"
    if any(part.startswith(".") or not part or len(part.encode()) > LONGEST or "\\" in part for part in name):
        return None
    return "/".join(name)


def leading_to(file: str, other: str, fragment: str = "") -> str:
    """The relative address by which one file leads to another, or to a place in itself."""
    if file == other and fragment:
        return f"#{fragment}"
    to = quote(relpath(other, str(PurePosixPath(file).parent)))
    return f"{to}#{fragment}" if fragment else to


class Leading:
    """Rewrites the addresses of one page, and notes which others of the copy it leads to.

    `wanted` says of a path and a query of the site whether the copy holds that page.
    """

    def __init__(self, address: str, file: str, site: str, wanted: Callable[[str, str], bool]) -> None:
        self.address, self.file, self.site, self.wanted = address, file, site, wanted
        self.found: dict[str, None] = {}

    def rewritten(self, html: str) -> str:
        return TAG.sub(self._tag, html)

    def _tag(self, found: re.Match) -> str:
        # What machines are told (canonical address, languages, feeds) names the site itself.
        is_of_site = found[0].startswith("<link") and 'rel="icon"' not in found[0]
        if 'rel="external"' in found[0]:
            return found[0]
        return LEADING.sub(lambda one: f'{one[1]}="{escape(self._value(one, is_of_site))}"', found[0])

    def _value(self, found: re.Match, is_of_site: bool) -> str:
        value = unescape(found[2])
        if found[1] == "srcset":
            pairs = (one.strip().partition(" ") for one in value.split(","))
            return ", ".join(f"{self._to(address)}{blank}{size}" for address, blank, size in pairs)
        return self.site + value if is_of_site and value.startswith("/") else value if is_of_site else self._to(value)

    def _to(self, value: str) -> str:
        own = value.removeprefix(self.site) if value.startswith(f"{self.site}/") else value
        parts = address_parts(own)
        if own.startswith(("#", "//")) or parts is None or parts.scheme:
            return value
        path, _, fragment = urljoin(self.address, own).partition("#")
        path, _, query = path.partition("?")
        path = unquote(path)
        file = file_of(path, query)
        if file is None or not self.wanted(path, query):
            return value if value.startswith(self.site) else self.site + urljoin(self.address, own)
        self.found[f"{path}?{query}" if query else path] = None
        return leading_to(self.file, file, fragment)
