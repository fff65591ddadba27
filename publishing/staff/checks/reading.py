"""The page of a check: each text as patients would see it, passage by passage, with changes, dangers and remarks."""

import re
from dataclasses import dataclass, field

from django.contrib import admin
from django.utils.html import escape
from django.utils.safestring import mark_safe

from publishing.models import Remark
from publishing.safety import still_said
from publishing.text import (
    CALLS_NOW,
    Passage,
    TooLong,
    around,
    fold,
    keep,
    nearest,
    passages,
    pieces,
    plain,
    render,
    shortened,
)

RISKS = re.compile(r'<section id="[^"]*" class="risks"')


@dataclass
class Line:
    """One passage on the page, with what is said of it. `key` is how its button and its box are called."""

    passage: Passage
    key: str = ""
    dangers: list = field(default_factory=list)  # (number, danger)
    remarks: list = field(default_factory=list)
    pictures: list = field(default_factory=list)  # (words for who cannot see it, whether they are new)
    is_before_emergency: bool = False
    typed: str = ""  # a remark that was not kept yet
    still: list = field(default_factory=list)  # what went from the main text, and this passage still says

    @property
    def is_spoken_of(self):
        return bool(self.dangers or self.remarks or self.typed)

    @property
    def html(self):
        return mark_safe(self.passage.html)  # noqa: S308  the sanitiser's own, with marks that hold no attribute

    @property
    def begins(self):
        return " ".join(self.passage.words.split()[:5])


@dataclass
class Reading:
    """One text of the page: its edition, that which patients read before, and its passages."""

    edition: object
    before: object  # None where it is new, or is what patients read
    number: int
    heading: list = field(default_factory=list)
    lead: list = field(default_factory=list)
    body: list = field(default_factory=list)
    dangers: list = field(default_factory=list)  # those that stand at no passage, with their numbers
    all_dangers: list = field(default_factory=list)
    is_new: bool = False
    is_boxed_below: bool = False  # whether the box for emergencies stands behind all of it
    lost: list = field(default_factory=list)  # remarks whose passage is gone

    @property
    def work(self):
        return self.edition.work

    @property
    def anchor(self):
        return f"q{self.edition.work_id}"

    @property
    def lines(self):
        return [one for one in (*self.heading, *self.lead, *self.body) if not one.passage.is_frame]

    @property
    def words(self):
        return [one.passage.words for one in self.lines]

    @property
    def title(self):
        return _inside(self.heading)

    def typed(self):
        """Every change of its words as they were typed, also what no passage shows."""
        return shortened(pieces(self.before.text(), self.edition.text()))


def reading(edition, sizes, *, number=0, before=None):
    """One text, cut into passages; with marks where patients read another one before."""
    desk = admin.site.get_model_admin(type(edition.work))
    found = Reading(edition, before, number)
    parts = [lambda one: f"<p>{keep(escape(_title(one)))}</p>", desk.lead_html, lambda one: desk.body_html(one, sizes)]
    for name, made in zip(("heading", "lead", "body"), parts, strict=True):
        cut = passages(str(made(edition)), str(made(before)) if before else None)
        setattr(found, name, [Line(one) for one in cut])
    for place, line in enumerate(found.lines):
        line.key = f"{number}-{place}" if line.passage.words else ""
    _tell_pictures(found)
    found.is_boxed_below = _leave_room_for_emergency(found)
    return found


def _title(edition):
    return getattr(edition, type(edition).DIGESTED[edition.digest_format]["text"][0])


def _inside(lines):
    """The words of a heading, without the paragraph around them."""
    html = "".join(one.passage.html for one in lines)
    return mark_safe(html.replace("<p>", "").replace("</p>", " "))  # noqa: S308


def _tell_pictures(found):
    """Beside each picture its words; those that patients did not read before are new."""
    known = [alt for line in found.lines for alt in line.passage.pictures]
    old = set(known) if not found.before else {alt for one in passages(found.before.html) for alt in one.pictures}
    for line in found.lines:
        line.pictures = [(alt, alt not in old) for alt in line.passage.pictures]
        line.passage.is_touched |= any(is_new for _alt, is_new in line.pictures)


def _leave_room_for_emergency(found):
    """The box for emergencies stands behind the first section of risks, else behind the text: return whether it does.

    Where a section says when to call at once, it stands nowhere.
    """
    if CALLS_NOW in found.edition.html:
        return False
    is_risks = False
    for line in found.body:
        if line.passage.is_frame and RISKS.match(line.passage.html):
            is_risks = True
        elif line.passage.is_frame and is_risks:
            line.is_before_emergency = True
            return False
    return True


def place_dangers(found, dangers, first):
    """Each danger at the passage in which it stands, numbered from `first` on; return the next number."""
    found.all_dangers = list(enumerate(dangers, first))
    for number, danger in found.all_dangers:
        line = _line_of(found, danger)
        (line or found).dangers.append((number, danger))
    return first + len(dangers)


def _line_of(found, danger):
    after, before = (_bare(_words(text, found.edition)) for text in (danger.after, danger.before))
    for line in found.lines:
        if after and after in _bare(line.passage.words):
            return line
    return next((line for line in found.lines if before and before in _bare(line.passage.was)), None)


def _words(text, edition):
    """A sentence of Markdown as it is read."""
    try:
        return plain(render(text.rpartition(" … ")[2], language=edition.language))
    except TooLong:
        return text


def _bare(text):
    return re.sub(r"[\W_]+", "", fold(text))


def place_still_said(main, beside):
    """At passages of unchanged texts beside the main one, what went from that and they still say: an old dose."""
    dangers = [danger for _number, danger in main.all_dangers if not danger.is_translation]
    language = getattr(main.edition, "language", "en")
    for one in beside:
        is_as_it_was = not one.is_new and not any(line.passage.is_touched for line in one.lines)
        if is_as_it_was and still_said(dangers, one.edition.text(), language=language):
            for line in one.body:
                line.still = still_said(dangers, line.passage.words, language=language)


def place_remarks(found):
    """Each remark beside its passage, settled ones too; open ones whose passage is gone apart."""
    words, found.lost = found.words, []
    for line in found.lines:
        line.remarks = []
    for remark in Remark.objects.of([found.work]).prefetch_related("answers"):
        place = nearest(remark.passage, remark.before, remark.after, words)
        if place is not None:
            found.lines[place].remarks.append(remark)
        elif remark.settled_at is None:
            found.lost.append(remark)


def texts_of(work):
    """The passages of a working copy, as remarks are found in them."""
    return reading(work.freeze(), {}).words


def open_remarks(work):
    """The open remarks on a working copy, each with the `place` of its passage, or None where it is gone."""
    found = list(Remark.objects.of([work]).open().prefetch_related("answers"))
    texts = texts_of(work) if found else []
    for remark in found:
        remark.place = nearest(remark.passage, remark.before, remark.after, texts)
    return found


def remark_on(found, key, selected=""):
    """(words, what stands before, and behind) of the passage with that key: the selected ones where it holds them."""
    line = next((one for one in found.lines if one.key == key), None)
    if line is None:
        return None
    words, selected = line.passage.words, " ".join(selected.split())
    words = selected if selected and selected in words else words
    return words, *around(words, found.lines.index(line), found.words)
