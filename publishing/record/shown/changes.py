"""What every sheet of a guide said, and its code: the changes of the guide, counted anew from the editions.

Nothing is kept of a sheet. Its code names the guide, the number of the change of its composition, and four letters made
from the digests of that composition. Digests stay when words are erased, so a code outlives what it stands for.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from django.conf import settings

from publishing.models import Edition, Frame, Line, kinds, prepared
from publishing.text import digest

FIRST = settings.LANGUAGE_CODE
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so that no word comes about; none that looks like a figure
NUMBERS = re.compile(r"(0|[1-9]\d{0,17})[\W_]+([1-9]\d{0,8})[\W_]*")
SPELLED = re.compile(rf"[{LETTERS}](?:[\W_]?[{LETTERS}]){{3}}\Z")
LONGEST = 120  # of what is typed: an address is longer than its code
AROUND = " .,;:#()-–—\u200e\u200f\u060c\u06d4\u0964"
ALIKE = str.maketrans("OI/", "01-")  # neither letter stands in a code
READ = ("in_force_at", "work", "line", "page_digest", "redacted_at", "is_notice")


def judged_of(model):
    """What is read of an edition that is judged, and that may tell an edition of another language."""
    of = ("original", "translated") if model.work.field.related_model.TRANSLATES else ()
    return (*READ, "digest_format", "text_digest", "notice_reason", *of)


@prepared
def been_read(model, *, at, work):
    """The editions of a guide, with what leads to it and nothing long."""
    short = (*judged_of(model), "language", "slug", kinds.title_of(model.work.field.related_model))
    return model.objects.been_in_force(at).filter(work=work).only(*short)


@prepared
def been_beside(model, key, *, at, work):
    """The editions of all texts that ever followed a guide, those too that tell of its leaving."""
    ever = model.objects.been_in_force(at).order_by().filter(is_notice=False, **{key: work}).values("work")
    return model.objects.been_in_force(at).filter(work__in=ever).only(*judged_of(model), key)


@prepared
def been_around(*, at):
    """The editions of the frame, in every language."""
    return Frame.edition_model().objects.been_in_force(at).only(*READ, "notice_reason", "language", "printed_digest")


@prepared
def line_of(*, seq):
    return Line.objects.filter(seq=seq).only("seq", "at", "hash")


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


def code_at(edition, at):
    """The code that a sheet of this guide has at that moment; nothing where patients cannot read it."""
    changes = changes_of(type(edition), edition.work_id, at) if edition.pk else []
    return "" if not changes or changes[-1].head.is_notice else code_of(changes[0], changes[-1])


def codes_of(model, work, at, most):
    """The codes of the newest sheets of a guide, at most so many, and its newest edition, which may be a notice."""
    changes = changes_of(model, work, at)
    printed = [one for one in changes if not one.head.is_notice][-most:]
    return [code_of(changes[0], one) for one in printed], changes[-1].head if changes else None


def read_as_code(typed):
    """What somebody typed as [guide, change, letters]; None where it is no code at all.

    The whole address of a sheet will do, a figure in any script, and an O, an I or an l where a figure must be.
    """
    typed = unicodedata.normalize("NFKC", typed[:LONGEST]).upper().rstrip(" /").rpartition("/H/")[2]
    typed = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed).translate(ALIKE).strip(AROUND)
    letters = SPELLED.search(typed)
    numbers = letters and NUMBERS.fullmatch(typed[: letters.start()].replace("L", "1"))
    return numbers and [*numbers.groups(), re.sub(r"[\W_]", "", letters[0])]


def changes_of(model, work, at):
    """Every Change of a guide up to a moment, the first first.

    What was cancelled was never read, and does not count; nor does what changes beside a guide while it is withdrawn,
    nor what a sheet does not print of the frame.
    """
    own = been_read(model, at=at, work=work)
    editions = sorted([*own, *(_around(model, work, at) if own else [])], key=lambda one: one.in_force_at)
    head, beside, frames, changes, shown, unsafe = None, {}, {}, [], None, False
    for one, following in zip_longest(editions, editions[1:]):
        unsafe = unsafe or is_unsafe(one)
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


def is_unsafe(edition):
    return edition.notice_reason == Edition.Reason.UNSAFE


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


def code_of(first, change):
    """The letters are made of all that was shown, and of the guide's first line, which no other clinic has."""
    work = change.head.work_id
    root = line_of.first(seq=first.head.line_id)
    return f"{work}-{change.number}-{_letters(root.hash, work, change.number, *_shown(change))}"


def code_of_copy(line):
    """The code of a copy of the whole site, in place of a guide's: 0, the number of its last line, and letters."""
    return f"0-{line.seq}-{_letters(line.hash, 0, line.seq)}" if line else ""


def line_of_copy(code):
    """The last line of the copy that has this code; None where it is none of ours."""
    found = read_as_code(code)
    line = found and found[0] == "0" and line_of.first(seq=int(found[1]))
    return line if line and code_of_copy(line).endswith(found[2]) else None


def _letters(*told):
    number = int(digest([*told]), 16)
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(4))
