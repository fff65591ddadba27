"""How the words of each table are erased when the law wants it. A room that has a table registers its ways here.

A test walks every table of every installed app: a column of text that no way names has to stand on a list with its
reason, so that no later table is forgotten.
"""

import html
import re
from urllib.parse import unquote

from publishing.refusals import Refused
from publishing.text import erased, fold

INSTEAD = "[erased]"
FEWEST = 3
NO_BLANK = re.compile(r"[^\s\"'<>()\[\]]+")
# A name of a file, or what a digest looks like: its digits are nobody's number.
DIGEST = re.compile(r"[0-9a-f]{64}")

_ways = {}


def register(model, *ways):
    """What is done with the words of a table. Returns the model."""
    _ways[model] = ways
    return model


def ways():
    """(class, its ways) of every table that may hold words."""
    return list(_ways.items())


class TooShort(Refused):
    """Too few letters to erase by: they would stand everywhere."""


class Words:
    """The words that are to be erased, found however they are spelled, spaced or marked. Raises TooShort."""

    def __init__(self, text):
        self.wanted = squeezed(text)
        if len(self.wanted) < FEWEST:
            raise TooShort(f"Write at least {FEWEST} letters or digits of what is to be erased.")
        self.pattern = re.compile(r"[\W_]*".join(map(re.escape, self.wanted)))

    def in_(self, text):
        return bool(text) and self.wanted in squeezed(text)

    def without(self, text, longest=None):
        """The text with "[erased]" in place of the words, and of addresses that hold them in the way of addresses."""
        left = NO_BLANK.sub(self._in_an_address, erased(text, self.pattern, INSTEAD))
        return (INSTEAD if self.in_(left) else left)[:longest]

    def _in_an_address(self, found):
        return INSTEAD if "%" in found[0] and self.in_(found[0]) else found[0]


class Whole:
    """In place of words that nobody knows any more: whatever stands in a column is them."""

    def in_(self, text):
        return bool(text)

    def without(self, text, longest=None):
        return INSTEAD[:longest]


class _Bare(dict):
    """What each sign is worth in a search; asked for once, so that a long text takes no longer than its copy."""

    def __missing__(self, code):
        self[code] = re.sub(r"[\W_]+", "", fold(chr(code)))
        return self[code]


_bare = _Bare()


def squeezed(text):
    """Letters and digits alone, folded: what a spelling, a blank, a mark between or the way of writing addresses hides
    nothing from."""
    text = html.unescape(text) if "&" in text else text
    text = unquote(text) if "%" in text else text
    return DIGEST.sub(" ", text).translate(_bare)


def texts_in(value):
    """Each text within what a column holds: of JSON every word as it was typed."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple)):
        return [text for one in value for text in texts_in(one)]
    return [] if value is None else [str(value)]


class Way:
    """What is done with some columns of a row, as the page says it."""

    says = ""
    is_told = False  # whether a line of the record says by itself, in numbers, what was done
    unread: tuple[str, ...] = ()  # columns that hold nothing but what others hold too

    def __init__(self, *columns, says=""):
        self.columns, self.says = columns, says or self.says

    def texts(self, row):
        return ["\n".join(texts_in(getattr(row, name))) for name in self.columns]

    def why_not(self, row, at):
        """Why the words cannot be taken from here, with what to do instead; nothing where they can."""
        return ""

    def erase(self, row, erasure):
        raise NotImplementedError

    def _set(self, row, values):
        if values:
            type(row)._base_manager.filter(pk=row.pk).update(**values)


class Replaced(Way):
    says = "The words are replaced by “[erased]”."

    def erase(self, row, erasure):
        self._set(row, self.rewritten(row, erasure.words))

    def rewritten(self, row, words):
        """By column, the text without the words, of the columns that hold them."""
        held = [name for name in self.columns if words.in_(getattr(row, name))]
        longest = {name: type(row)._meta.get_field(name).max_length for name in held}
        return {name: words.without(getattr(row, name), longest[name]) for name in held}


class Emptied(Way):
    says = "It is emptied."

    def erase(self, row, erasure):
        now = type(row)._base_manager.get(pk=row.pk)
        held = [name for name in self.columns if erasure.words.in_(getattr(now, name))]
        self._set(row, dict.fromkeys(held, ""))


class Renamed(Way):
    """Of what has to stay another's: a number takes the place of the whole."""

    says = "It is replaced by a number."

    def __init__(self, *columns, pattern="[erased] {}"):
        super().__init__(*columns)
        self.pattern = pattern

    def erase(self, row, erasure):
        self._set(row, dict.fromkeys(self.columns, self.pattern.format(row.pk)))


class Deleted(Way):
    says = "The row is deleted."

    def erase(self, row, erasure):
        type(row)._base_manager.filter(pk=row.pk).delete()


class Kept(Way):
    """What is not taken, with what to do instead."""

    def why_not(self, row, at):
        return self.says


class Beside(Way):
    """What goes together with something else of this list, and is found there."""

    def texts(self, row):
        return []
