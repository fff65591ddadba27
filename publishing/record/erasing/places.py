"""Every place that can hold somebody's words: what an erasure by law does there, or why it cannot."""

from dataclasses import dataclass

from django.db import models

from publishing.models import (
    Access,
    Answer,
    Asking,
    Chore,
    Form,
    Indexed,
    IndexedText,
    Line,
    Picture,
    Publisher,
    Remark,
    Reminder,
    Reviewer,
    ReviewLink,
    Saving,
    SentForm,
    Sponsor,
    StoredPage,
    Touch,
    Verified,
    Word,
    access,
    erasing,
    kinds,
    pictures_only_in,
    sum_up_all,
)
from publishing.record.rules.conditions import rows_of
from publishing.record.rules.grammar import CHECK, REVIEW
from publishing.text import around_match

ADDRESS = (
    "An address never breaks, so that what was printed still leads somewhere. "
    "One that patients never had can be changed on the text's own page."
)
NUMBERED = "erased-{}@example.invalid"


@dataclass(frozen=True)
class Place:
    """A row that holds the words, and what is done with it; or why nothing is."""

    row: models.Model
    way: erasing.Way
    number: int  # of the way, among those of its table
    text: str
    words: erasing.Words
    why_not: str

    @property
    def key(self):
        return f"{self.row._meta.label_lower}:{self.row.pk}:{self.number}"

    def held(self):
        """The columns in which the words stand."""
        told = {name: "\n".join(erasing.texts_in(getattr(self.row, name))) for name in self.way.columns}
        return [name for name, text in told.items() if self.words.in_(text)]

    def in_numbers(self):
        """[[class, key, columns]], or nothing where lines of the ledger tell what is done."""
        return [] if self.way.is_told else [[self.row._meta.label, self.row.pk, self.held()]]

    @property
    def called(self):
        held = self.held()
        column = self.row._meta.get_field((held or self.way.columns)[0]).verbose_name
        return f"{self.row._meta.verbose_name}: {self.row} ({column})"

    @property
    def around(self):
        """(the words before, what was found, the words after)."""
        return around_match(self.text, self.words.pattern)


class Redacted(erasing.Way):
    says = "The whole edition is erased: all words that patients read in it, with its HTML."
    is_told = True
    unread = ("html",)

    def texts(self, row):
        # What was folded is all that a review judges, and is quickly read.
        read = {*self.unread, *row.DIGESTED[row.digest_format]["text"], "notice_text"}
        return [getattr(row, name) for name in self.columns if name not in read]

    def why_not(self, row, at):
        if row == row.work.live(at):
            return "Patients read this now. Publish a text without the words, or withdraw it, and come back."
        if row == row.work.waiting(at):
            return "This waits to come into force. Cancel it, and come back."
        return ""

    def erase(self, row, erasure):
        work = type(row.work)._base_manager.get(pk=row.work_id)  # saved meanwhile, by this very erasure
        if erasure.with_pictures:
            erasure.pictures += pictures_only_in(row)
        work.redact(row, by=erasure.by, reason=erasure.reason, with_pictures=erasure.with_pictures)


class Rewritten(erasing.Replaced):
    says = "The words are replaced by “[erased]”, as a save in your name."

    def erase(self, row, erasure):
        work = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
        for name, text in self.rewritten(work, erasure.words).items():
            setattr(work, name, text)
        work.keep(by=erasure.by, at=erasure.at)


class Imprinted(erasing.Replaced):
    def erase(self, row, erasure):
        super().erase(row, erasure)
        sum_up_all(row)


class Forgotten(erasing.Way):
    """A part of a line; what the line's row repeats of it goes with it."""

    says = "It goes with its salt, while the line and its digest stay."
    is_told = True

    def __init__(self, part, lines):
        super().__init__(*(name for name in lines.model.SALTED[part] if name != "by_account"))
        self.part, self.lines = part, lines

    def texts(self, row):
        if self.part != "detail":
            return super().texts(row)
        # What an erasure wrote of itself has no words, and the record needs it.
        return [] if row.verb in ("forget", "cut") else list(_texts_in(row.told()))

    def erase(self, row, erasure):
        self.lines.of(erasure)[row.pk].add(self.part)


class ReviewWords(erasing.Way):
    says = "The reviewer's name, what they are, the evidence and who asked go together, while the judgement stays."
    is_told = True

    def why_not(self, row, at):
        for edition in (row.work.live(at), row.work.waiting(at)):
            if edition is not None and row.work.review_of(edition, at) == row:
                return "Patients read of this review. Revoke it, or have the text reviewed anew, and come back."
        return ""

    def erase(self, row, erasure):
        erasure.lines[row.line_id].add("words")


class NameOfSaver(erasing.Way):
    says = "The name is emptied, while the number of the account stays."

    def erase(self, row, erasure):
        Saving.objects.filter(pk=row.pk).set_once(saved_by_name="")


@dataclass(frozen=True)
class Lines:
    """One of the two chains, and where an erasure notes which parts of its lines have to go."""

    model: type
    name: str

    def of(self, erasure):
        return getattr(erasure, self.name)


def _texts_in(value):
    """Every text in what a line tells."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
    elif isinstance(value, str):
        yield value


def words_of(model):
    """The columns of a table in which somebody writes."""
    texts = (models.CharField, models.TextField)
    return [one.name for one in model._meta.concrete_fields if isinstance(one, texts) and not one.choices]


def _of_kind(work_model):
    """(class, its ways) of the tables of one kind of text."""
    edition_model, rows = work_model.edition_model(), rows_of(work_model)
    addresses = [name for name in ("slug",) if name in words_of(work_model)]
    content = [name for name in words_of(work_model) if name not in (*addresses, "changed_by_name")]
    kept = "Patients read what is saved here at once. Save it without the words on its own page, and come back."
    way = erasing.Kept(*content, says=kept) if work_model.IS_READ_WHEN_SAVED else Rewritten(*content)
    address = erasing.Kept(*addresses, says=ADDRESS)
    yield work_model, (way, erasing.Emptied("changed_by_name"), address)
    beside = erasing.Beside("note", "made_by_name", "emergency_reason")
    yield edition_model, (Redacted(*edition_model.erased_fields()), address, beside)
    if REVIEW in rows:
        yield rows[REVIEW], (ReviewWords(*rows[REVIEW].WORDS), erasing.Beside("note", "made_by_name"))
    if CHECK in rows:
        yield rows[CHECK], (erasing.Beside("made_by_name"),)


def tables():
    """(class, its ways) of every table that may hold words, in the order in which they are erased."""
    return [*(one for work_model in kinds.works() for one in _of_kind(work_model)), *erasing.ways()]


for _lines in (Lines(Line, "lines"), Lines(Access, "access")):
    erasing.register(_lines.model, *(Forgotten(part, _lines) for part in _lines.model.SALTED))
erasing.register(Touch, erasing.Kept("name", says=ADDRESS))
erasing.register(Saving, NameOfSaver("saved_by_name"))
erasing.register(Publisher, Imprinted("name", "websites", "social"))
erasing.register(Sponsor, Imprinted("name", "wording", "address", "claims", "connection"))
erasing.register(Picture, erasing.Emptied("alt_text", "uploaded_by_name", "file_name_given", "source"))
erasing.register(Reminder, erasing.Replaced("sent_to"))
erasing.register(Reviewer, erasing.Replaced("name", "credential"), erasing.Renamed("email", pattern=NUMBERED))
LINK = "The link is deleted, so nobody can answer by it."
erasing.register(ReviewLink, erasing.Deleted("invited", "email", "made_by_name", says=LINK))
erasing.register(Asking, erasing.Replaced("asked_name", "by_name", "note"))
erasing.register(Answer, erasing.Replaced("text", "by_name"))
erasing.register(Remark, erasing.Replaced("passage", "before", "after", "text", "by_name", "settled_by_name"))
erasing.register(access.Counted, erasing.Deleted("key"))
erasing.register(SentForm, erasing.Deleted("led_to"))
erasing.register(Verified, erasing.Replaced("said"))
erasing.register(Chore, erasing.Replaced("said"))
# Only what patients read or what waits is in the index, and both are named above.
erasing.register(Indexed, erasing.Beside("kind", "about"))
erasing.register(IndexedText, erasing.Beside("heads", "forms"))
erasing.register(Form, erasing.Beside("form", "stem", "tongue"))
erasing.register(Word, erasing.Beside("word"))
# Deleted in any case, and made anew when they are asked for.
erasing.register(StoredPage, erasing.Beside("key", "needs", "location", "br", "gzip", "identity"))


def places(words, at, chosen=None):
    """Every place that holds the words, or of those the ones with these keys, in the order in which they are erased."""
    for model, ways in tables():
        rows = model._base_manager.order_by("pk")
        rows = rows.select_related("work") if hasattr(model, "work") and hasattr(model, "work_id") else rows
        if all(isinstance(way, erasing.Beside) for way in ways):
            continue
        if chosen is not None:
            keys = (key.split(":") for key in chosen)
            rows = rows.filter(pk__in={pk for label, pk, _number in keys if label == model._meta.label_lower})
        for row in rows.defer(*(name for way in ways for name in way.unread)).iterator(200):
            for number, way in enumerate(ways):
                text = next(filter(words.in_, way.texts(row)), None)
                if text is not None:
                    yield Place(row, way, number, text, words, way.why_not(row, at))
