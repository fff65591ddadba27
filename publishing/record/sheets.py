"""Sheets: what a printed guide said, by the code that stands on it, and what of it is said no more.

Nothing is kept of a sheet. Its code names the guide, the number of the change of its composition, and four letters made
from the digests of that composition; all three are counted anew from the editions whenever somebody asks. Digests stay
when words are erased, so a code outlives what it stands for.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from django.conf import settings

from publishing import safety
from publishing.models import Edition, Frame, Line, Review, judgements_of, kinds, prepared
from publishing.text import bare, digest, pieces, plain, shortened

FIRST = settings.LANGUAGE_CODE
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so that no word comes about; none that looks like a figure
CODE = re.compile(rf"([1-9]\d{{0,17}})\D+?([1-9]\d{{0,8}})[^\d{LETTERS}]*([{LETTERS}]{{4}})")
READ = ("in_force_at", "work", "line", "page_digest", "redacted_at", "is_notice")
JUDGED = ("digest_format", "text_digest")


@prepared
def been_read(model, *, at, work):
    """The editions of a guide, with what leads to it and nothing long."""
    short = (*READ, *JUDGED, "notice_reason", "language", "slug", kinds.title_of(model.work.field.related_model))
    return model.objects.been_in_force(at).filter(work=work).only(*short)


@prepared
def been_beside(model, key, *, at, work):
    """The editions of all texts that ever followed a guide, those too that tell of its leaving."""
    ever = model.objects.been_in_force(at).order_by().filter(is_notice=False, **{key: work}).values("work")
    return model.objects.been_in_force(at).filter(work__in=ever).only(*READ, *JUDGED, "notice_reason", key)


@prepared
def been_around(*, at):
    """The editions of the frame, in every language."""
    return Frame.edition_model().objects.been_in_force(at).only(*READ, "language", "printed_digest")


@prepared
def line_of(*, seq):
    return Line.objects.filter(seq=seq).only("hash")


@dataclass(frozen=True)
class Change:
    """What a guide said, with its answers and what the frame has printed, from one moment until the next change."""

    number: int
    at: datetime.datetime
    head: Edition
    beside: dict = field(default_factory=dict)  # of each answer its edition, by (class, key)
    frames: dict = field(default_factory=dict)  # by language: the guide's own, and the first
    is_unsafe: bool = False  # whether the guide, or an answer that stood there, was taken down as unsafe with it

    @property
    def texts(self):
        return [self.head, *self.beside.values()]

    @property
    def is_erased(self):
        return any(one.redacted_at for one in (*self.texts, *self.frames.values()))


@dataclass(frozen=True)
class Said:
    """A text of a sheet and the same as it is now; None where it was not there, or is not any more."""

    before: Edition | None
    after: Edition | None

    @property
    def language(self):
        return (self.after or self.before).language

    @property
    def title(self):
        return title_of(self.after or self.before)

    def pieces(self):
        """What differs between their words."""
        return shortened(pieces(words_of(self.before), words_of(self.after)))

    def dangers(self):
        """(as it was, as it is) of each sentence that changed in a way that can hurt."""
        if not (self.before and self.after):
            return []
        found = safety.find(_marked_up(self.before), _marked_up(self.after), language=self.language)
        return [(bare(one.before), bare(one.after)) for one in found]


@dataclass
class Sheet:
    """A sheet of ours, as it was printed and as the guide is at the moment somebody asks."""

    code: str
    printed: Change
    now: Change
    is_unsafe: bool  # whether the guide or an answer of it was taken down as unsafe since it said this
    is_unfit: bool  # whether a clinician's newest word on a text of the sheet is that it is not fit

    @property
    def is_withdrawn(self):
        return self.now.head.is_notice

    @property
    def is_erased(self):
        return self.printed is not self.now and self.printed.is_erased

    def changed(self):
        """Each text whose words have changed since, as Said; the guide first, and then the frame."""
        if self.printed is self.now:
            return []
        pairs = [one for one in _pairs(self.printed, self.now) if one[0] != one[1]]
        whole = _loaded(pairs)
        both = [Said(*(one and whole[type(one), one.pk] for one in pair)) for pair in pairs]
        return [one for one in both if words_of(one.before) != words_of(one.after)]


def code_at(edition, at):
    """The code that a sheet of this guide has at that moment; nothing where patients cannot read it."""
    changes = changes_of(type(edition), edition.work_id, at) if edition.pk else []
    return "" if not changes or changes[-1].head.is_notice else _code(changes[0], changes[-1])


def read_as_code(typed):
    """What somebody typed as (guide, change, letters), a match of CODE; None where it is no code at all."""
    typed = unicodedata.normalize("NFKC", typed[:60]).upper().strip()
    return CODE.fullmatch("".join(str(unicodedata.decimal(sign, sign)) for sign in typed))


def sheet_of(code, at):
    """The Sheet with that code, as somebody typed it; None where it is none of ours, or was never printed."""
    found = read_as_code(code)
    if not found:
        return None
    model = next(model.edition_model() for model in kinds.works() if model.IS_A_GUIDE)
    changes, number = changes_of(model, int(found[1]), at), int(found[2])
    printed = changes[number - 1] if number <= len(changes) else None
    if printed is None or printed.head.is_notice:
        return None
    code = _code(changes[0], printed)
    if not code.endswith(found[3]):
        return None
    unsafe = any(one.is_unsafe for one in changes[number:])
    judged = judgements_of(printed.texts, at)
    is_unfit = any(some and some[-1].result == Review.Result.NOT_FIT for some in judged)
    return Sheet(code, printed, changes[-1], unsafe, is_unfit)


def changes_of(model, work, at):
    """Every Change of a guide up to a moment, the first first.

    What was cancelled was never read, and does not count; nor does what changes beside a guide while it is withdrawn,
    nor what a sheet does not print of the frame.
    """
    own = been_read(model, at=at, work=work)
    editions = sorted([*own, *(_around(model, work, at) if own else [])], key=lambda one: one.in_force_at)
    head, beside, frames, changes, shown, unsafe = None, {}, {}, [], None, False
    for one, following in zip_longest(editions, editions[1:]):
        unsafe = unsafe or getattr(one, "notice_reason", "") == Edition.Reason.UNSAFE
        if type(one) is model:
            head = one
        elif one.PRINTED:
            frames[one.language] = one
        elif one.beside == head_name(model, work) and not one.is_notice:
            beside[type(one), one.work_id] = one
        else:
            beside.pop((type(one), one.work_id), None)
        if head is None or (following and following.in_force_at == one.in_force_at):
            continue
        around = {code: frames[code] for code in (FIRST, head.language) if code in frames}
        told = {} if head.is_notice else {"beside": dict(beside), "frames": around}
        change = Change(len(changes) + 1, one.in_force_at, head, **told, is_unsafe=unsafe)
        if (now := _shown(change)) != shown:
            changes.append(change)
            shown, unsafe = now, False
    return changes


def head_name(model, work):
    """How the ledger calls a guide."""
    return f"{model.work.field.related_model.LEDGER_NAME}/{work}"


def _around(model, work, at):
    """What else a sheet of a guide is made of, and was."""
    followers = kinds.following(model.work.field.related_model)
    asked = [been_beside(follower.edition_model(), key, at=at, work=work) for follower, key in followers]
    return [*chain(*asked), *been_around(at=at)]


def _shown(change):
    """What makes a sheet another sheet."""
    beside = sorted(one.page_digest for one in change.beside.values())
    around = [one.printed_digest for code, one in change.frames.items() if code != FIRST]
    first = change.frames.get(FIRST)
    return [change.head.page_digest, *beside, first.printed_digest if first else "", *around]


def _code(first, change):
    """The letters are made of all that was shown, and of the guide's first line, which no other clinic has."""
    work = change.head.work_id
    root = line_of.first(seq=first.head.line_id)
    number = int(digest([root.hash, work, change.number, *_shown(change)]), 16)
    letters = "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(4))
    return f"{work}-{change.number}-{letters}"


def _pairs(before, after):
    """(edition, edition) of each text of two changes, None where one lacks it; the guide's first."""
    yield before.head, after.head
    for key in {**after.beside, **before.beside}:
        yield before.beside.get(key), after.beside.get(key)
    # Before the first frame a site starts with words of its own.
    starting = {FIRST: Frame.edition_model()()}
    before, after = starting | before.frames, starting | after.frames
    for language in {**after, **before}:
        yield before.get(language), after.get(language)


def _loaded(pairs):
    """By class and key the same editions with all that a sheet says of them."""
    found = {}
    for one in (one for pair in pairs for one in pair if one):
        found.setdefault(type(one), []).append(one)
    for model, some in list(found.items()):
        rows = model.objects.filter(pk__in=[one.pk for one in some]).defer("folded")
        found |= {(model, one.pk): one for one in (*some, *rows)}
    return found


def title_of(edition):
    """The words by which patients know a text."""
    names = edition.DIGESTED[edition.digest_format]["text"]
    return next((str(said) for name in names if (said := getattr(edition, name))), "")


def words_of(edition):
    """All that a sheet says of a text, as plain words, a line for each block."""
    if edition is None:
        return ""
    body = edition._meta.get_field("work").related_model.BODY
    names = edition.PRINTED or edition.DIGESTED[edition.digest_format]["text"]
    texts = [plain(edition.html) if name == body else str(getattr(edition, name) or "") for name in names]
    return "\n".join(text for text in texts if text)


def _marked_up(edition):
    """The same as it was written."""
    return words_of(edition) if edition.PRINTED else edition.text()
