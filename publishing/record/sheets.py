"""Sheets: what a printed guide said, by the code that stands on it, and what of it is said no more.

Nothing is kept of a sheet. Its code names the guide, the number of the change of its composition, and four letters made
from the digests of that composition; all three are counted anew from the editions whenever somebody asks. Digests stay
when words are erased, so a code outlives what it stands for.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

from django.db.models import F

from publishing import safety
from publishing.models import Edition, Frame, Review, judgements_of, kinds
from publishing.text import digest, pieces, plain, shortened

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowel, so that no word comes about; none that looks like a figure
CODE = re.compile(rf"([1-9]\d{{0,17}})\D+?([1-9]\d{{0,8}})[^\d{LETTERS}]*([{LETTERS}]{{4}})")
READ = ("in_force_at", "pk", "work_id", "page_digest", "redacted_at")


@dataclass(frozen=True)
class Change:
    """What a guide said, with its answers and what the frame has printed, from one moment until the next change."""

    number: int
    at: datetime.datetime
    head: dict  # the guide's own row: READ, is_notice
    beside: dict = field(default_factory=dict)  # of each answer its row, by (class, key)
    frame: dict | None = None

    @property
    def is_erased(self):
        return any(row["redacted_at"] for row in (self.head, *self.beside.values(), self.frame) if row)

    def keys(self):
        """By class of editions the keys of the texts, the guide's own first."""
        found = {self.head["model"]: [self.head["pk"]]}
        for (model, _work), row in self.beside.items():
            found.setdefault(model, []).append(row["pk"])
        return found


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
        return [(_bare(one.before), _bare(one.after)) for one in found]


@dataclass
class Sheet:
    """A sheet of ours, as it was printed and as the guide is at the moment somebody asks."""

    code: str
    printed: Change
    now: Change
    is_unsafe: bool  # whether the guide was taken down as unsafe since it said this
    edition: Edition  # of the guide, as it was printed
    is_unfit: bool  # whether a clinician's newest word on a text of the sheet is that it is not fit

    @property
    def is_withdrawn(self):
        return self.now.head["is_notice"]

    @property
    def is_erased(self):
        return self.printed is not self.now and self.printed.is_erased

    def live(self):
        """The edition, or notice, that patients read now."""
        return self.now.head["model"].objects.defer("folded").get(pk=self.now.head["pk"])

    def changed(self):
        """Each text whose words have changed since, as Said; the guide first, and then the frame."""
        if self.printed is self.now:
            return []
        before, after = (_loaded(one) for one in (self.printed, self.now))
        both = [Said(before.get(key), after.get(key)) for key in {**before, **after}]
        return [one for one in both if words_of(one.before) != words_of(one.after)]


def code_at(edition, at):
    """The code that a sheet of this guide has at that moment; nothing where patients cannot read it."""
    changes = changes_of(type(edition), edition.work_id, at) if edition.pk else []
    if not changes or changes[-1].head["is_notice"]:
        return ""
    return _code(edition.work_id, changes[0], changes[-1])


def sheet_of(code, at):
    """The Sheet with that code, as somebody typed it; None where it is none of ours, or was never printed."""
    model = next(model.edition_model() for model in kinds.works() if model.IS_A_GUIDE)
    typed = unicodedata.normalize("NFKC", code[:60]).upper().strip()
    found = CODE.fullmatch("".join(str(unicodedata.decimal(sign, sign)) for sign in typed))
    if not found:
        return None
    work, number, letters = int(found[1]), int(found[2]), found[3]
    changes = changes_of(model, work, at)
    printed = changes[number - 1] if number <= len(changes) else None
    if printed is None or printed.head["is_notice"] or _letters(work, changes[0], printed) != letters:
        return None
    unsafe = any(one.head["notice_reason"] == Edition.Reason.UNSAFE for one in changes[number:])
    texts = [one for model, keys in printed.keys().items() for one in _rows(model, keys)]
    judged = judgements_of(texts, at)
    is_unfit = any(some and some[-1].result == Review.Result.NOT_FIT for some in judged)
    return Sheet(_code(work, changes[0], printed), printed, changes[-1], unsafe, texts[0], is_unfit)


def changes_of(model, work, at):
    """Every Change of a guide up to a moment, the first first.

    What was cancelled was never read, and does not count; nor does what changes beside a guide while it is withdrawn,
    nor what a sheet does not print of the frame.
    """
    events = sorted(_events(model, work, at), key=lambda one: one[0])
    head, beside, frame, changes, shown = None, {}, None, [], None
    for place, (moment, kind, row) in enumerate(events):
        if kind == "head":
            head = row
        elif kind == "frame":
            frame = row
        elif row["is_here"]:
            beside[row["model"], row["work_id"]] = row
        else:
            beside.pop((row["model"], row["work_id"]), None)
        if head is None or (place + 1 < len(events) and events[place + 1][0] == moment):
            continue
        change = Change(len(changes) + 1, moment, head)
        if not head["is_notice"]:
            change = Change(len(changes) + 1, moment, head, dict(beside), frame)
        if _shown(change) != shown:
            changes.append(change)
            shown = _shown(change)
    return changes


def _events(model, work, at):
    """(moment, what it is of, row) of each edition that a sheet of the guide could be made of, in no order."""
    own = model.objects.been_in_force(at).filter(work=work)
    own = own.values(*READ, "is_notice", "notice_reason", root=F("line__hash"))
    rows = [(row["in_force_at"], "head", row | {"model": model}) for row in own]
    if not rows:
        return rows
    for follower, key in kinds.following(model._meta.get_field("work").related_model):
        editions = follower.edition_model()
        ever = editions.objects.been_in_force(at).order_by().filter(is_notice=False, **{key: work}).values("work")
        told = editions.objects.been_in_force(at).filter(work__in=ever)
        for row in told.values(*READ, "is_notice", leads=F(f"{key}_id")):
            is_here = row["leads"] == work and not row["is_notice"]
            rows.append((row["in_force_at"], "beside", row | {"model": editions, "is_here": is_here}))
    frames = Frame.edition_model()
    for row in frames.objects.been_in_force(at).values(*READ, "printed_digest"):
        rows.append((row["in_force_at"], "frame", row | {"model": frames}))
    return rows


def _shown(change):
    """What makes a sheet another sheet."""
    frame = change.frame["printed_digest"] if change.frame else ""
    return [change.head["page_digest"], *sorted(row["page_digest"] for row in change.beside.values()), frame]


def _letters(work, first, change):
    """Of all that was shown, and of the first line of the guide, which no other clinic's record has."""
    number = int(digest([first.head["root"], work, change.number, *_shown(change)]), 16)
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(4))


def _code(work, first, change):
    return f"{work}-{change.number}-{_letters(work, first, change)}"


def _rows(model, keys):
    """The editions with these keys in their place, without what is long."""
    return list(model.objects.filter(pk__in=keys).for_lists().defer("html", "folded").in_place())


def _loaded(change):
    """By text its edition with all that a sheet says of it; the frame's last."""
    found = {}
    for model, keys in change.keys().items():
        found |= {(model, one.work_id): one for one in model.objects.filter(pk__in=keys).defer("folded").in_place()}
    frames = Frame.edition_model()
    frame = change.frame and frames.objects.defer("folded").get(pk=change.frame["pk"])
    return found | {(frames, 1): frame or frames()}


def title_of(edition):
    """The words by which patients know a text."""
    return str(getattr(edition, edition.DIGESTED[edition.digest_format]["text"][0]))


def words_of(edition):
    """All that a sheet says of a text, as plain words, a line for each block."""
    if edition is None:
        return ""
    body = edition._meta.get_field("work").related_model.BODY
    names = getattr(edition, "PRINTED", edition.DIGESTED[edition.digest_format]["text"])
    texts = [plain(edition.html) if name == body else str(getattr(edition, name) or "") for name in names]
    return "\n".join(text for text in texts if text)


def _marked_up(edition):
    """The same as it was written."""
    return words_of(edition) if hasattr(edition, "PRINTED") else edition.text()


def _bare(markdown):
    """A sentence without the signs that only mark it up."""
    return re.sub(r"^[-*+>#|\s]+|[*`]+|\|", "", markdown).strip()


