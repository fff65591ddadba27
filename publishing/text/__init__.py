"""Markdown to trusted HTML, spelling, differences, digests, the bytes of pictures. No database."""

from publishing.text import pictures, rows
from publishing.text.differences import matches, pieces, shortened
from publishing.text.digests import canonical, digest
from publishing.text.inline import keep
from publishing.text.numbers import in_plain
from publishing.text.pictures import MOST_BYTES, TOO_MANY_BYTES, Unusable
from publishing.text.rendering import (
    LONGEST,
    RENDERER,
    TooLong,
    contents,
    draw_icons,
    parts,
    plain,
    render,
    render_html,
    sanitise,
    show_pictures,
)
from publishing.text.rewriting import left_in, rewritten
from publishing.text.slugs import slug_of
from publishing.text.spelling import GROUPING, around_found, at_home, fold, visible

__all__ = [
    "GROUPING",
    "LONGEST",
    "MOST_BYTES",
    "RENDERER",
    "TOO_MANY_BYTES",
    "TooLong",
    "Unusable",
    "around_found",
    "at_home",
    "canonical",
    "contents",
    "digest",
    "draw_icons",
    "fold",
    "in_plain",
    "keep",
    "left_in",
    "matches",
    "parts",
    "pictures",
    "pieces",
    "plain",
    "render",
    "render_html",
    "rewritten",
    "rows",
    "sanitise",
    "shortened",
    "show_pictures",
    "slug_of",
    "visible",
]
