"""Which lists are steps or rows: every entry of one has a label, and a step may say where it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.token import Token

from publishing.text.html.inline import split_label, take_place


class Entry(NamedTuple):
    """An entry `Label: text`: both, where the rest of its tokens begins and ends, and where the step happens."""

    label: list[Token]
    text: list[Token]
    at: int
    end: int
    place: str


def end_of(tokens: Sequence[Token], at: int) -> int:
    """Where what opens at `at` closes."""
    level = tokens[at].level
    at += 1
    while tokens[at].level != level:
        at += 1
    return at


def note_labels(tokens: list[Token], at: int, *, is_ordered: bool) -> None:
    """Note on a list, if all of its entries have one, their labels; and where its steps happen."""
    if tokens[at].attrs.get("start", 1) != 1:
        return
    entries, opening, end = [], at + 1, end_of(tokens, at)
    while opening < end:
        first, last = opening + 1, end_of(tokens, opening)
        found = tokens[first].type == "paragraph_open" and split_label(tokens[first + 1].children or [])
        if not found:
            return
        entries.append((opening, Entry(*found, first + 3, last, "")))
        opening = last + 1
    if len(entries) < 2:
        return
    tokens[at].meta["entries"] = [_placed(tokens, *one) if is_ordered else one[1] for one in entries]


def _placed(tokens: list[Token], opening: int, entry: Entry) -> Entry:
    """The entry of a step without the `(at: ...)` at its end, or at the end of its first paragraph."""
    has_more = tokens[entry.end - 1].type == "paragraph_close" and entry.end > entry.at
    place = take_place(tokens[entry.end - 2].children or []) if has_more else ""
    if not place:
        children = tokens[entry.at - 2].children or []
        last = next((child for child in reversed(entry.text) if child.content), None)
        place = take_place(entry.text)
        if not any(last is child for child in children):
            take_place(children)  # the first words behind a label are a token of their own
    tokens[opening].meta["place"] = place
    return entry._replace(place=place)
