"""Proof that nothing was changed behind the site's back: everything is recomputed from the stored rows.

Rows are read in the order of the ledger, each beside its line, so that a record of any length takes little memory.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from publishing.models import BEGINNING, Line, Saving, Touch, kinds, ledger, older_digests
from publishing.record.rules import triggers
from publishing.record.rules.conditions import acts_by_kind, may_carry, rows_of
from publishing.record.rules.grammar import CHECK, EDITION, GRAMMAR, REVIEW, Story
from publishing.record.verifying.entrance import broken
from publishing.record.verifying.pairing import Paired
from publishing.record.verifying.rows import Rows
from publishing.text import digest

AT_ONCE = 100  # rows, of which each may hold a long text
MAKING = [verb for verb, act in GRAMMAR.items() if act.makes == EDITION]


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: the ledger line it belongs to (None: to none), and a sentence."""

    seq: int | None
    message: str

    def __str__(self):
        return f"line {self.seq}: {self.message}" if self.seq else self.message


def faults(since=None):
    """Yield every fault: missing triggers first, then by ledger line, then what no line accounts for.

    Only what came since an earlier run that held (a Verified), where one is given.
    """
    for name in triggers.missing():
        yield Fault(None, f"the trigger {name} is missing, so the database would let somebody rewrite the past.")
    for seq, said in broken():
        yield Fault(None, f"line {seq} of the access record: {said}")
    with one_state():
        yield from (Tail(since) if since else Verification()).faults()


def redacted_editions():
    """What the law had erased: its digest cannot be computed again, and the ledger says since when."""
    for model in kinds.editions():
        for edition in model.objects.exclude(redacted_at=None).select_related("work").order_by("redacted_at"):
            yield f"edition {edition.number} of {edition.work.name}, on {edition.redacted_at:%d %B %Y, %H:%M} UTC"


def broken_links():
    """Faults of the chain alone: quick, and all that a line noted earlier needs to be worth something."""
    chain = Chain()
    for line in Line.objects.order_by("seq").iterator(AT_ONCE):
        yield from chain.faults(line)


@contextmanager
def one_state():
    """What is read inside is one state of the database, whatever others write meanwhile."""
    if connection.vendor == "postgresql" and transaction.get_autocommit():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        yield  # on SQLite the statement that reads the lines is open all the while, and holds its state


class Chain:
    """Each line follows from the line before it."""

    def __init__(self, expected=1, previous=BEGINNING):
        self.expected, self.previous = expected, previous

    def faults(self, line):
        if line.seq != self.expected:
            yield Fault(self.expected, f"it is missing; the next one is line {line.seq}.")
        if line.previous != self.previous:
            yield Fault(line.seq, "it does not follow from the line before it.")
        if line.hash != line.compute_hash() or any(map(line.is_altered, line.SALTED)):
            yield Fault(line.seq, "its own words were changed after it was written.")
        self.previous, self.expected = line.hash, line.seq + 1


class Verification:
    """One reading of the whole record."""

    def __init__(self, after=0, after_touch=0, saved=Saving.objects):
        self.after, self.chain, self.story = after, Chain(), Story(acts_by_kind())
        self.rows, self.paired = {}, Paired(is_whole=not after)
        for work_model in kinds.works():
            for sort, model in rows_of(work_model).items():
                found = model.objects.filter(line_id__gt=after).order_by("line_id")
                found = found.select_related("against") if sort == CHECK else found
                self.rows[work_model.LEDGER_NAME, sort] = Rows(found.iterator(AT_ONCE), lambda row: row.line_id)
        touches = Touch.objects.filter(pk__gt=after_touch).order_by("pk").values_list("line_id", "name", "in_force_at")
        self.touches = Rows(touches.iterator(AT_ONCE), lambda touch: touch[0])
        savings = saved.order_by("saved_at", "pk").values_list("saved_at", "work", "account", "text_digest")
        self.savings, self.saved = iter(savings.iterator(AT_ONCE)), {}
        self.saving = next(self.savings, None)
        # What a row says that a later line must say too: (text, number or line, column) -> the moment, and digests.
        self.to_come = {}

    def faults(self):
        for line in Line.objects.filter(seq__gt=self.after).order_by("seq").iterator(AT_ONCE):
            try:
                yield from self._of_line(line)
            except (LookupError, ValueError, TypeError):
                yield Fault(line.seq, "it, or what it proves, is not written as this site writes it.")
        yield from self._left()

    def _of_line(self, line):
        yield from self.chain.faults(line)
        yield from (Fault(line.seq, f"{said}.") for said in self.story.faults(line))
        touched = [touch[1:] for touch in self.touches.take(line.seq)]
        if ledger.digest_of_touches(touched) != line.touch_digest:
            yield Fault(line.seq, "the pages that its act makes anew are not those that were recorded.")
        for part in line.SALTED:
            if line.is_forgotten(part):
                self.to_come[line.work, line.seq, part] = ()
        yield from (Fault(line.seq, said) for said in (*self._of_row(line), *self.paired.take(line)))

    def _of_row(self, line):
        act = GRAMMAR.get(line.verb)
        if act and act.makes:
            yield from self._made(line, act.makes)
        elif act and act.sets:
            digests = () if act.sets == "cancelled_at" else (line.text_digest, line.page_digest)
            if self._said(line, act.sets) != (line.at, *digests):
                yield f"{_called(line)} is not {act.sets.removesuffix('_at')} as the ledger says."
        elif line.verb == Line.Verb.FORGET:
            told = line.told()
            flags = {"detail": (told["emergency"],)} if "emergency" in told else {}
            if any(self._forgotten(line, part) != flags.get(part, ()) for part in told.get("parts") or [""]):
                yield f"words of line {line.number} stand there that were erased then."

    def _said(self, line, column):
        """What an earlier row says of the moment that this line sets."""
        return self.to_come.pop((line.work, line.number, column), None)

    def _forgotten(self, line, part):
        """What an earlier row says of a part that this line says was erased: nothing, or that it was an emergency."""
        return self.to_come.pop((line.work, line.number, part), None)

    def _made(self, line, sort):
        rows = self.rows.get((line.work.partition("/")[0], sort))
        found = rows.take(line.seq) if rows else []
        if len(found) != 1:
            yield f"{_called(line)} is gone." if sort == EDITION else f"a {sort} of {line.work} is gone."
            return
        row = found[0]
        known = {"made_at": line.at, "made_by_name": line.by_name}
        known |= {} if sort == CHECK else {"note": line.note, "text_digest": line.text_digest, "beside": line.beside}
        told = {EDITION: self._edition, REVIEW: self._review, CHECK: self._check}[sort](row, line)
        if self._name(row) != line.work or row.made_by_id not in (None, line.by_account):
            yield f"{_called(line)} belongs to another text or account than the line says."
        elif any(getattr(row, name) != value for name, value in known.items()):
            yield f"{_called(line)} says otherwise than the line when, by whom or why it was made."
        yield from told

    def _edition(self, row, line):
        verb = line.get_verb_display()
        erased = row.redacted_at is not None
        if erased and any(getattr(row, name) for name in row.erased_fields()):
            yield f"{_called(line)} still holds what was redacted."
        is_same = row.page_digest == line.page_digest
        if erased:
            is_same = is_same and row.page_digest == row.digest_of_page()
        else:
            digests = (row.text_digest, row.words_digest, row.page_digest)
            is_same = is_same and row.digests() == digests and row.folded == row.searched()
            is_same = is_same and row.content_digest == row.digest_of_content() and row.is_printed_so
        if not is_same or row.number != line.number or row.is_notice != (line.verb == Line.Verb.WITHDRAW):
            yield f"{_called(line)} is not what was {verb} then."
        if row.in_force_at != line.in_force_at:
            yield f"{_called(line)} is in force from another moment than the line says."
        if line.is_forgotten("detail"):
            self.to_come[line.work, line.seq, "detail"] = (row.emergency_reason,) if row.emergency_reason else ()
        elif row.emergency_reason != line.told().get("emergency", ""):
            yield f"{_called(line)} gives another reason for an emergency than the line."
        if len(row.DIGESTED) > 1 and type(row).older_model() and not erased:
            kept = set(row.older.values_list("digest_format", "text_digest"))
            if kept != {(one.digest_format, one.text_digest) for one in older_digests([row])}:
                yield f"{_called(line)} has other digests under other formats than its text."
        if row.carried and not may_carry(row, self.story.texts[line.work].reviews):
            yield f"{_called(line)} carries over a review that is no clinician's of this text, made before and fit."
        yield from self._savings(line)
        for column, said in (("cancelled_at", ()), ("redacted_at", (row.text_digest, row.page_digest))):
            if moment := getattr(row, column):
                self.to_come[line.work, row.number, column] = (moment, *said)

    def _savings(self, line):
        """Who saved the text since the edition before is who its line says."""
        saved = self._pass_savings(line)
        if not line.is_forgotten("detail") and line.told().get("savings") != (digest(saved) if saved else None):
            yield f"who saved {line.work} before that is not what was recorded."

    def _pass_savings(self, line):
        """Who saved the text of this line since the edition before."""
        while self.saving is not None and self.saving[0] <= line.at:
            at, work, *said = self.saving
            self.saved.setdefault(work, []).append([at, *said])
            self.saving = next(self.savings, None)
        return self.saved.pop(line.work, None)

    def _review(self, row, line):
        if row.salt and row.words_digest != row.digest_of_words():
            yield f"the words of the review of {line.work} by {row.reviewer_name} were changed."
        elif not row.salt and any(getattr(row, name) for name in row.WORDS):
            yield f"a review of {line.work} still holds words that were erased."
        elif not row.salt:
            self.to_come[line.work, line.seq, "words"] = ()
        if not row.own_digest == row.digest() == line.page_digest:
            yield f"the review of {line.work} by {row.reviewer_name} is not what was recorded."
        if row.revoked_at:
            self.to_come[line.work, line.seq, "revoked_at"] = (row.revoked_at, row.text_digest, row.own_digest)

    def _check(self, row, line):
        against = row.against
        if (self._name(against), against.number) != (line.beside, line.number):
            yield f"the check of {line.work} was against another edition than the line says."

    def _name(self, row):
        work_model = row._meta.get_field("work").related_model
        return work_model(pk=row.work_id).name

    def _left(self):
        yield from (Fault(*found) for found in self.paired.faults())
        for (_kind, sort), rows in self.rows.items():
            for row in rows.left():
                called = f"edition {row.number} of {self._name(row)}" if sort == EDITION else f"a {sort} of {row.work}"
                yield Fault(None, f"{called} stands in no ledger line.")
        for _touch in self.touches.left():
            yield Fault(None, "a name is touched by no ledger line.")
        for (work, number, column), _said in self.to_come.items():
            yield Fault(None, f"{work}, {number}: {column} is set, but no ledger line says so.")


class Tail(Verification):
    """A reading of what came since an earlier run: the texts that it is about are read from their first line on."""

    def __init__(self, since):
        self.since = since
        lines = Line.objects.filter(seq__gt=since.seq)
        self.names = {name for pair in lines.values_list("work", "beside") for name in pair if name}
        savings = Saving.objects.filter(work__in=self.names)
        super().__init__(since.seq, since.touch or 0, savings)

    def faults(self):
        last = Line.objects.filter(seq=self.since.seq).first()
        if last is None or last.hash != self.since.hash:
            yield Fault(self.since.seq, "it is not the line that the earlier run found.")
            return
        self.chain = Chain(last.seq + 1, last.hash)
        earlier = Line.objects.filter(work__in=self.names, seq__lte=last.seq).order_by("seq")
        for line in earlier.defer("note", "detail").iterator(AT_ONCE):
            self.story.faults(line)
            if GRAMMAR[line.verb].makes == EDITION:
                self._pass_savings(line)
        yield from super().faults()

    def _said(self, line, column):
        said = super()._said(line, column)
        if said is not None:
            return said
        row = self._earlier(line, column)
        own = "own_digest" if column == "revoked_at" else "page_digest"
        digests = () if column == "cancelled_at" else ("text_digest", own)
        return row and tuple(getattr(row, name) for name in (column, *digests))

    def _forgotten(self, line, part):
        said = super()._forgotten(line, part)
        if said is not None:
            return said
        kind, made = line.work.partition("/")[0], Line.objects.filter(seq=line.number, work=line.work).first()
        rows = next((rows_of(one) for one in kinds.works() if kind == one.LEDGER_NAME), {})
        if part == "words":
            return () if rows[REVIEW].objects.filter(line_id=line.number, salt="").exists() else None
        if made is None or not made.is_forgotten(part):
            return None
        edition = rows[EDITION].objects.filter(line_id=line.number).first() if part == "detail" and rows else None
        return (edition.emergency_reason,) if edition and edition.emergency_reason else ()

    def _earlier(self, line, column):
        work_model = next(model for model in kinds.works() if line.work.partition("/")[0] == model.LEDGER_NAME)
        rows = rows_of(work_model)
        if column == "revoked_at":
            return rows[REVIEW].objects.filter(line_id=line.number).first()
        made = Line.objects.filter(work=line.work, number=line.number, verb__in=MAKING).first()
        return rows[EDITION].objects.filter(line_id=made and made.seq).first()


def _called(line):
    if GRAMMAR[line.verb].makes == EDITION or line.verb in (Line.Verb.CANCEL, Line.Verb.REDACT):
        return f"edition {line.number} of {line.work}"
    return f"the review in line {line.number} of {line.work}" if line.verb == Line.Verb.REVOKE else f"line {line.seq}"
