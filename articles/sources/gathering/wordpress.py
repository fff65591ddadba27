"""The export of a WordPress site (WXR): what it shows to everybody, each page a source of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import islice
from xml.etree import ElementTree

from articles.sources.prose import days
from articles.sources.source import Unreadable
from publishing.text import address_parts

MOST_POSTS, MOST_ELEMENTS = 20_000, 1_500_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLOCK = re.compile(
    r"</?(?:address|article|blockquote|div|dl|figure|form|h[1-6]|hr|iframe|ol|p|pre|section|table|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\[caption\b[^\[\]]*\]([^\[]*(?:\[(?!/?caption\b)[^\[]*)*)\[/caption\]", re.IGNORECASE)
_IMAGE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)", re.IGNORECASE)
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]{1,40}(?:\s[^\[\]\n]{0,300})?/?\]", re.IGNORECASE)
_KINDS = ("post", "page")
_WITHOUT_A_WORD = ("attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "wp_global_styles")
_SAID = {
    "draft": "it is a draft there",
    "pending": "it waits for somebody there",
    "private": "only staff read it there",
    "future": "it comes out later there",
    "trash": "it is in the bin there",
    "auto-draft": "it is a draft there",
    "inherit": "it is an earlier state there",
}


@dataclass
class Post:
    """One entry of an export; with a `reason` it is passed over."""

    name: str
    html: str = ""
    reason: str = ""
    title: str = ""
    lead: str = ""
    by: str = ""
    day: date | None = None
    slug: str = ""
    old_addresses: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return f"<html><head></head><body><h1>{escape(self.title)}</h1>{self.html}</body></html>"

    @property
    def shortcodes(self) -> list[str]:
        return list(dict.fromkeys(_SHORTCODE.findall(self.html)))


NO_EXPORT = "this XML is no export of WordPress, and is not read"


def is_export(content: bytes) -> bool:
    return b"wordpress.org/export/" in content[:20_000] and b"<rss" in content[:20_000]


class _Builder(ElementTree.TreeBuilder):
    count = 0

    def start(self, tag, attributes):
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise Unreadable("it has more parts than any site; export fewer pages at a time")
        return super().start(tag, attributes)

    def doctype(self, name, pubid, system):
        raise Unreadable("it has a document type, by which others' files can be read; export it anew")


def posts_in(content: bytes, name: str) -> list[Post]:
    """What the export holds. Raises Unreadable."""
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(_CONTROL.sub("", content.decode("utf-8-sig")))
        root = parser.close()
    except Unreadable as why:
        raise Unreadable(f"{name}: {why}.") from None
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise Unreadable(f"{name}: this export of WordPress is damaged; export it anew.") from None
    return list(islice(_posts(root, name), MOST_POSTS))


def _posts(root: ElementTree.Element, name: str) -> Iterator[Post]:
    seen: dict[str, int] = {}
    for item in root.iter("item"):
        told = {child.tag.rpartition("}")[2]: child.text or "" for child in item if child.tag.count("encoded") == 0}
        texts = {child.tag: child.text or "" for child in item if child.tag.endswith("encoded")}
        html = next((text for tag, text in texts.items() if "content" in tag), "")
        lead = next((text for tag, text in texts.items() if "excerpt" in tag), "")
        title = told.get("title", "").strip()
        called = told.get("post_name", "").strip() or title or f"item {len(seen) + 1}"
        post = Post(_free(f"{name}/{called}", seen), title=title, lead=" ".join(re.sub(r"<[^<>]*>", " ", lead).split()))
        post.reason = _reason(told, html, title)
        if not post.reason:
            post.html = _paragraphs(html)
            post.by, post.slug = told.get("creator", ""), told.get("post_name", "")
            found = days.readings(told.get("post_date", "").partition(" ")[0])
            post.day = found[0] if len(found) == 1 else None
            link = address_parts(told.get("link", ""))
            post.old_addresses = [link.path] if link and link.path not in ("", "/") else []
        yield post


def _free(name: str, seen: dict[str, int]) -> str:
    """A name that none has yet; `seen` holds for each from which number to count on, so that ten thousand of one name
    are not ten thousand times counted through."""
    number, free = seen.get(name, 1), name
    while free in seen:
        number += 1
        free = f"{name}-{number}"
    seen[name] = number
    seen.setdefault(free, 1)
    return free


def _reason(told: dict[str, str], html: str, title: str) -> str:
    kind, status = told.get("post_type", "post"), told.get("status", "publish")
    if kind in _WITHOUT_A_WORD:
        return f"it is no text there ({kind})"
    if kind not in _KINDS:
        return f"it is a “{kind}” there, no page or post"
    if status != "publish":
        return _SAID.get(status, f"it is not public there ({status})")
    if told.get("post_password", "").strip():
        return "it is kept by a password there"
    if not html.strip() or not title:
        return "it has no text" if title else "it has no title"
    return ""


def _paragraphs(html: str) -> str:
    """Classic texts part paragraphs by empty lines; a picture's caption becomes a paragraph below it."""
    html = _CAPTION.sub(_captioned, html)
    if "<!-- wp:" in html:
        return html
    out: list[str] = []
    for part in re.split(r"\n[ \t\r]*\n", html):
        part = part.strip()
        if not part:
            continue
        for piece in _around_blocks(part):
            is_block = bool(_BLOCK.match(piece))
            out.append(piece if is_block else f"<p>{re.sub(chr(92) + 's*' + chr(10), '<br>', piece.strip())}</p>")
    return "\n".join(out)


def _around_blocks(part: str) -> Iterator[str]:
    """A part of a text by its lines: headings and the like alone, words between them together."""
    if not _BLOCK.search(part) or part.lower().startswith(
        ("<ul", "<ol", "<table", "<blockquote", "<div", "<dl", "<pre")
    ):
        yield part
        return
    words: list[str] = []
    for line in part.split("\n"):
        if _BLOCK.match(line.strip()):
            if words:
                yield "\n".join(words)
            words = []
            yield line.strip()
        else:
            words.append(line)
    if words:
        yield "\n".join(words)


def _captioned(found: re.Match) -> str:
    image = _IMAGE.match(found[1])
    rest = found[1][image.end() :] if image else found[1]
    return f"\n\n{image[1] if image else ''}\n\n{rest.strip()}\n\n"
