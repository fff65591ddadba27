"""The ledger: one append-only, hash-chained list of every act with a public effect, and the names each act touches."""

import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from publishing.models.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import prepared
from publishing.refusals import ClockBehind
from publishing.text import canonical, digest

# Any number will do as long as nothing else in the database takes it as an advisory lock.
LOCK = 20250624
TOLERANCE = datetime.timedelta(minutes=5)
BEGINNING = "0" * 64


class LineQuerySet(PermanentQuerySet):
    def head(self):
        """The newest line, or None."""
        return newest_line.first()

    def moment_of_reading(self):
        """Now, but never before the last act: a clock set back must not unpublish anything."""
        last = self.head()
        return self.not_before(last and last.at)

    @staticmethod
    def not_before(last):
        """Now, or the moment of the last act where that is later."""
        now = timezone.now()
        return max(now, last) if last else now


@prepared
def newest_line():
    return Line.objects.order_by("-seq")[:1]


class Line(PermanentRow):
    """One act: who did what to which text, when, in force from when, and the digests that prove the text."""

    class Verb(models.TextChoices):
        PUBLISH = "publish", "published"
        SCHEDULE = "schedule", "scheduled"
        WITHDRAW = "withdraw", "withdrew"
        CANCEL = "cancel", "cancelled what waited"
        REVIEW = "review", "reviewed"
        REVOKE = "revoke", "revoked a review of"
        CHECK = "check", "checked against its article"
        REDACT = "redact", "redacted"

    HASHED = {
        1: ("format", "seq", "at", "verb", "work", "number", "in_force_at", "by_name", "note", "detail")
        + ("text_digest", "page_digest", "previous"),
    }

    seq = models.BigIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    verb = models.CharField(max_length=20, choices=Verb)
    work = models.CharField(max_length=60, db_index=True)
    number = models.PositiveIntegerField(null=True)
    in_force_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=300)
    note = models.TextField()
    detail = models.TextField(blank=True, help_text="What else belongs to the act, as canonical JSON.")
    text_digest = models.CharField(max_length=64, blank=True)
    page_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "ledger line"
        ordering = ["-seq"]

    def __str__(self):
        return f"{self.seq}. {self.by_name} {self.get_verb_display()} {self.work}"

    def compute_hash(self):
        """SHA-256 of the canonical JSON list of the fields of this line's format."""
        return digest([getattr(self, name) for name in self.HASHED[self.format]])


class Touch(PermanentRow):
    """A name that an act affects, from a moment on; pages made from that name are then made anew."""

    name = models.CharField(max_length=300)
    line = models.ForeignKey(Line, models.PROTECT, db_index=False)  # nothing asks for the touches of a line
    in_force_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "line"], name="touch_name_line"),
            models.Index(fields=["name", "in_force_at"], name="touch_name_moment"),
        ]

    def __str__(self):
        return self.name


def lock():
    """Take the ledger until the transaction ends; return the moment of the act.

    The clock is read under the lock and never before the last line, so that who waited for the lock does not publish
    into the past. Raises ClockBehind when this machine's clock is more than five minutes behind the last line.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An act needs a transaction: the ledger is locked until its commit."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    head, now = Line.objects.head(), timezone.now()
    if head is None or now > head.at:
        return now
    if head.at - now > TOLERANCE:
        raise ClockBehind(
            f"This machine's clock says {now:%d %B %Y, %H:%M} UTC, but the last act was at "
            f"{head.at:%d %B %Y, %H:%M} UTC. Nothing was changed. Ask the operator to set the clock right."
        )
    return head.at + datetime.timedelta(microseconds=1)


def append(verb, work, *, touches, also_at=None, **told):
    """Write one line, told as for `line`, under the lock that `lock` took, with the names it touches.

    `also_at` is a later moment at which what it touches changes by itself once more.
    """
    append_all([(line(verb, work, **told), touches, also_at)])


def line(verb, work, *, at, by, detail=None, **told):
    """An unsaved line. `told` are further fields: note, number, in_force_at, text_digest, page_digest."""
    detail = canonical(detail) if detail else ""
    return Line(verb=verb, work=work, at=at, by_name=by.name, detail=detail, **told)


def append_all(lines):
    """Write unsaved lines, each with what `append` takes beside it; seq and hash are filled in here."""
    head, touched = Line.objects.head(), {}
    for line, names, also_at in lines:
        line.seq, line.previous = (head.seq + 1, head.hash) if head else (1, BEGINNING)
        line.hash = line.compute_hash()
        for when in (line.in_force_at or line.at, also_at):
            # No page is made between lines that are written together, so for each name the last one will do.
            touched |= {(name, when): line for name in names if when}
        head = line
    Line.objects.bulk_create(line for line, *_told in lines)
    Touch.objects.bulk_create(Touch(name=name, line=line, in_force_at=when) for (name, when), line in touched.items())
