"""The keys that other tools write in front matter: which mean one of ours, and which say that a text is not public."""

from __future__ import annotations

import difflib
import re

# Hugo, Jekyll, Docusaurus, Ghost, Eleventy and their like; the first that a file has is taken.
SYNONYMS = {
    "lead": "description excerpt summary custom_excerpt meta_description intro introduction teaser subtitle abstract",
    "language": "lang locale hreflang language_code langcode",
    "published_on": "date publishdate publish_date published_at publisheddate published_date published pubdate"
    " date_published post_date created created_at createdat",
    "uploaded_by": "author authors byline creator writer written_by primary_author",
    "sources": "references bibliography citations",
    "leaflet_number": "leaflet_no leafletnumber leaflet document_number reference_number ref_number",
}
# Where the text stood there; what asks something of the tool (`/:year/:title/`) is no address
ADDRESSES = ("old_addresses", "aliases", "redirect_from", "redirects", "permalink", "url", "old_url")
STOOD_AT = re.compile(r"/[^\s:{}*]*")
MEANING = {name: ours for ours, names in SYNONYMS.items() for name in names.split()}
# What a text is not to be read for, whatever else it says
_HIDING = {
    "draft": ("true", "yes", "1", "on"),
    "is_draft": ("true", "yes", "1", "on"),
    "isdraft": ("true", "yes", "1", "on"),
    "published": ("false", "no", "0", "off"),
    "publish": ("false", "no", "0", "off"),
    "public": ("false", "no", "0", "off"),
    "unlisted": ("true", "yes", "1", "on"),
    "private": ("true", "yes", "1", "on"),
    "hidden": ("true", "yes", "1", "on"),
    "archived": ("true", "yes", "1", "on"),
    "headless": ("true", "yes", "1", "on"),
    "permalink": ("false",),
    "eleventyexcludefromcollections": ("true",),
}
_SHOWN = ("", "published", "publish", "public", "live", "final", "true", "yes", "1", "on", "false", "no", "0", "off")
NEAR = 0.8  # of the letters: a slip, not another word
_OTHER_WORDS = frozenset({"resources", "resource"})


def plain_key(key: str) -> str:
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def hides(key: str, value: str) -> bool:
    """Whether a key and its value say that the text was not public there: `draft: true` and its brothers."""
    key, value = plain_key(key), value.strip().casefold()
    if key in ("status", "state", "visibility", "workflow_state", "post_status"):
        return value not in ("published", "publish", "public", "live", "final", "current", "")
    if key == "stage" or key == "_build.render":
        return value in ("draft", "never")
    return value in _HIDING.get(key, ())


def is_switch(key: str, value: str) -> bool:
    """Whether it only says that the text is public, which is no day and nothing to keep."""
    return plain_key(key) in (*_HIDING, "status", "visibility") and value.strip().casefold() in _SHOWN


def near_key(key: str, ours: tuple[str, ...]) -> str:
    """The key of ours of which this may be a slip."""
    if plain_key(key) in _OTHER_WORDS:
        return ""
    found = difflib.get_close_matches(plain_key(key)[:40], ours, 1, NEAR)
    return found[0] if found else ""
