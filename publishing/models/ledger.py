"""The ledger: one append-only, hash-chained list of every act with a public effect, and the names each act touches."""

import datetime
import json
import secrets

from django.db import connection, models, transaction
from django.utils import timezone

from publishing.models.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import prepared
from publishing.refusals import ClockBehind
from publishing.text import canonical, digest, moment

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
    """One act: who did what to which text, when, in force from when, and the digests that prove the text.

    Its hash covers the line before, the skeleton, and `rest`: one digest over six others. So the chain is proven
    without anybody's words, and what somebody wrote can be erased with its salt while the line stands.
    """

    class Verb(models.TextChoices):
        PUBLISH = "publish", "published"
        SCHEDULE = "schedule", "scheduled"
        WITHDRAW = "withdraw", "withdrew"
        CANCEL = "cancel", "cancelled what waited"
        REVIEW = "review", "reviewed"
        REVOKE = "revoke", "revoked a review of"
        CHECK = "check", "checked against its article"
        REDACT = "redact", "redacted"
        FORGET = "forget", "erased words of an act on"

    FORMAT = 2
    SKELETON = {2: ("format", "seq", "at", "verb", "work", "beside", "number", "in_force_at")}
    RESTING = {
        2: ("text_digest", "page_digest", "touch_digest", "by_digest", "note_digest", "detail_digest"),
    }
    # What somebody wrote, or is, by the name of its part: erased together with its salt.
    SALTED = {"by": ("by_name", "by_account"), "note": ("note",), "detail": ("detail",)}
    ERASABLE = tuple((*columns, f"{part}_salt") for part, columns in SALTED.items())

    seq = models.BigIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    at = models.DateTimeField()
    verb = models.CharField(max_length=20, choices=Verb)
    work = models.CharField(max_length=60)
    beside = models.CharField(max_length=60, blank=True, help_text="The text that this one follows.")
    # Of an edition; for a check, of the text beside; for what takes a line back, the number of that line.
    number = models.BigIntegerField(null=True)
    in_force_at = models.DateTimeField(null=True)
    text_digest = models.CharField(max_length=64, blank=True)
    page_digest = models.CharField(max_length=64, blank=True)
    touch_digest = models.CharField(max_length=64, blank=True)
    by_digest = models.CharField(max_length=64)
    note_digest = models.CharField(max_length=64, blank=True)
    detail_digest = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=300)
    by_account = models.BigIntegerField(null=True, help_text="The number of the account, for ever.")
    by_salt = models.CharField(max_length=32)
    note = models.TextField(blank=True)
    note_salt = models.CharField(max_length=32, blank=True)
    detail = models.TextField(blank=True, help_text="What else belongs to the act, as canonical JSON.")
    detail_salt = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "ledger line"
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["work", "seq"], name="line_work"),
            models.Index(fields=["verb", "seq"], name="line_verb"),
        ]

    def __str__(self):
        return f"{self.seq}. {self.by_name} {self.get_verb_display()} {self.work}"

    def salted(self, part):
        """The digest of a part of what was written, under its salt; nothing where nothing was written."""
        values = [getattr(self, name) for name in self.SALTED[part]]
        return digest([getattr(self, f"{part}_salt"), *values]) if any(values) else ""

    def is_forgotten(self, part):
        """Whether the law has had this part erased: then its digest is all that is left of it."""
        return bool(getattr(self, f"{part}_digest")) and not getattr(self, f"{part}_salt")

    def is_altered(self, part):
        """Whether what stands there is not what was written, nor erased as a whole."""
        if self.is_forgotten(part):
            return any(getattr(self, name) for name in self.SALTED[part])
        return self.salted(part) != getattr(self, f"{part}_digest")

    def skeleton(self):
        """What the chain says of this act to anybody."""
        return [getattr(self, name) for name in self.SKELETON[self.format]]

    def rest(self):
        """The one digest of all else, which says nothing to who does not know it."""
        return digest([getattr(self, name) for name in self.RESTING[self.format]])

    def compute_hash(self):
        """SHA-256 of the canonical JSON list of the line before, the skeleton and the rest."""
        return digest([self.previous, *self.skeleton(), self.rest()])

    def told(self):
        """What else belongs to the act, by name."""
        return json.loads(self.detail) if self.detail else {}


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
    if transaction.get_autocommit():
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
    """An unsaved line. `told` are further fields: beside, note, number, in_force_at, text_digest, page_digest."""
    made = Line(verb=verb, work=work, at=at, by_name=by.name, by_account=by.account, **told)
    made.detail = canonical(detail) if detail else ""
    for part, columns in Line.SALTED.items():
        if any(getattr(made, name) for name in columns):
            setattr(made, f"{part}_salt", secrets.token_hex(16))
            setattr(made, f"{part}_digest", made.salted(part))
    return made


def number(lines):
    """Give unsaved lines the numbers that they will have, so that rows can name their line before it is written."""
    head = Line.objects.head()
    for seq, one in enumerate(lines, head.seq + 1 if head else 1):
        one.seq = seq


def append_all(lines):
    """Write unsaved lines, each with what `append` takes beside it; what depends on the others is filled in here."""
    told, touched, of_line = [one for one, *_rest in lines], {}, {}
    number(told)
    for one, names, also_at in lines:
        for when in (one.in_force_at or one.at, also_at):
            # No page is made between lines that are written together, so for each name the last one will do.
            touched |= {(name, when): one.seq for name in names if when}
    for (name, when), seq in touched.items():
        of_line.setdefault(seq, []).append((name, when))
    head = Line.objects.head()
    previous = head.hash if head else BEGINNING
    for one in told:
        one.touch_digest = digest_of_touches(of_line.get(one.seq, ()))
        one.previous = previous
        previous = one.hash = one.compute_hash()
    Line.objects.bulk_create(told)
    # In the order of their lines, so that they can be read beside them
    names = [(seq, name, when) for seq, touches in sorted(of_line.items()) for name, when in touches]
    Touch.objects.bulk_create(Touch(name=name, line_id=seq, in_force_at=when) for seq, name, when in names)


def digest_of_touches(touches):
    """What a line keeps of the names it touches, (name, moment) each: one taken away would bring back a stale page."""
    return digest(sorted([name, moment(when)] for name, when in touches)) if touches else ""
