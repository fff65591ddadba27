"""What changes for patients, as they read it: before and after beside each other, what can hurt under its sentence."""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import mark_safe

from publishing.models import Picture
from publishing.text import plain, show_pictures, sides

LINK = re.compile(r"\]\([^()\s]*\)")
SIGNS = re.compile(r"[\W_]+")


@dataclass
class Pair:
    """One passage that reads differently, as trusted HTML; "" where there is none."""

    label: str
    before: str
    after: str
    is_text: bool = True  # what a review judges; not what is said of it beside
    dangers: list = field(default_factory=list)  # (number, what can hurt in it)


@dataclass
class Pairs:
    """All that changes of one text; `apart` are the dangers that stand in none of its passages."""

    work: object
    changed: list
    same: int
    apart: list
    whole: str = ""  # what patients will read, of a text of which they read nothing before

    @property
    def dangers(self):
        return [danger for pair in self.changed for danger in pair.dangers] + self.apart


def paired(judgement, first=1):
    """The passages of an edition that read differently from what patients read last; its dangers count from `first`."""
    before, after = judgement.last, judgement.edition
    found = Pairs(judgement.work, [], 0, [])
    if before is None or before.redacted_at:
        found.whole = mark_safe(_shown("".join(_html(after, name, found.work) for name in _read(after))))
    else:
        for name, _attname in type(after).content_fields():
            _compare(found, name, before, after)
    for number, danger in enumerate(judgement.dangers, first):
        place = next((pair for pair in found.changed if _tells(pair, danger)), None)
        (place.dangers if place else found.apart).append((number, danger))
    return found


def _compare(found, name, before, after):
    """Add the passages of one field that differ."""
    texts = [_html(one, name, found.work) for one in (before, after)]
    label = type(after)._meta.get_field(name).verbose_name
    for one in sides(*texts):
        if one.is_same:
            found.same += name == type(found.work).BODY
            continue
        heading = one.heading or f"{label[:1].upper()}{label[1:]}"
        place = f"{heading}, step {one.number}" if one.number else heading
        sides_of = (mark_safe(_shown(html)) for html in (one.before, one.after))
        found.changed.append(Pair(place, *sides_of, is_text=name in _read(after)))


def _read(edition):
    """The names of the fields that are its text."""
    return edition.DIGESTED[max(edition.DIGESTED)]["text"]


def _html(edition, name, work):
    return edition.html if name == type(work).BODY else _as_html(called(edition, name))


def called(edition, name):
    """What a field says, in the words in which whoever wrote it chose it."""
    if not edition._meta.get_field(name).choices:
        return getattr(edition, name)
    return getattr(edition, f"get_{name}_display")()


def _shown(html):
    """With its pictures."""
    return show_pictures(html, Picture.objects.sizes_in(html)) if "<img" in html else html


def _as_html(value):
    """A field that is no Markdown, in the paragraphs in which it was typed."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    lines = str(value if value is not None else "").splitlines()
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())


def _tells(pair, danger):
    """Whether the sentence in which something can hurt stands in a passage."""
    before, after = (_letters(plain(html)) for html in (pair.before, pair.after))
    wanted = [(text, html) for text, html in ((danger.after, after), (danger.before, before)) if text]
    return any(_letters(LINK.sub("", text)) in html for text, html in wanted)


def _letters(text):
    return SIGNS.sub("", text.replace("new:", "").replace("gone:", "")).casefold()
