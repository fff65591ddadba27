"""The ledger: one append-only, hash-chained list of every act with a public effect, and the names each act touches."""

import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from publishing.models.chained import owed
from publishing.models.chained.chain import Chained, erasable
from publishing.models.chained.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import prepared
from publishing.refusals import ClockBehind
from publishing.text import digest, moment

# Any number will do as long as nothing else in the database takes it as an advisory lock.
LOCK = 20250624
TOLERANCE = datetime.timedelta(minutes=5)


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
    return Line.objects.order_by("-seq").only("seq", "at", "hash")[:1]


class Line(Chained, PermanentRow):
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
        FORGET = "forget", "erased words of an act on"
        OPEN = "open", "opened an old text of"
        CLOSE = "close", "closed an old text of"
        NOBODY = "nobody", "said that nobody can be known in"
        CONSENT = "consent", "said that people agreed to"
        RETRACT = "retract", "took back the consent to"
        PAIR = "pair", "added the word pair"
        UNPAIR = "unpair", "took away the word pair"

    SKELETON = {2: ("format", "seq", "at", "verb", "work", "beside", "number", "in_force_at")}
    RESTING = {
        2: ("text_digest", "page_digest", "touch_digest", "by_digest", "note_digest", "detail_digest"),
    }
    SALTED = {"by": ("by_name", "by_account"), "note": ("note",), "detail": ("detail",)}
    ERASABLE = erasable(SALTED)

    verb = models.CharField(max_length=20, choices=Verb)
    work = models.CharField(max_length=60)
    beside = models.CharField(max_length=60, blank=True, help_text="The text that this one follows.")
    # Of an edition; for a check, of the text beside; for what takes a line back, the number of that line.
    number = models.BigIntegerField(null=True)
    in_force_at = models.DateTimeField(null=True, help_text="Of a consent to a picture, when it ends.")
    text_digest = models.CharField(max_length=64, blank=True)
    page_digest = models.CharField(max_length=64, blank=True)
    touch_digest = models.CharField(max_length=64, blank=True)
    note_digest = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    note_salt = models.CharField(max_length=32, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta(Chained.Meta):
        verbose_name = "ledger line"
        indexes = [
            models.Index(fields=["work", "seq"], name="line_work"),
            models.Index(fields=["verb", "seq"], name="line_verb"),
        ]

    def __str__(self):
        return f"{self.seq}. {self.by_name} {self.get_verb_display()} {self.work}"

    @classmethod
    def head(cls):
        return newest_line.first()


class Touch(PermanentRow):
    """A name that an act affects, from a moment on; pages made from that name are then made anew."""

    name = models.CharField(max_length=300)
    line = models.ForeignKey(Line, models.PROTECT, db_index=False)  # by an index of its own name
    in_force_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name", "line"], name="touch_name_line"),
            models.Index(fields=["name", "in_force_at"], name="touch_name_moment"),
            # SQLite asks by it which rows named a line before it was written, with each line.
            models.Index(fields=["line"], name="touch_line"),
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


def line(verb, work, **told):
    """An unsaved line. `told` are at, by, detail, beside, note, number, in_force_at, text_digest, page_digest."""
    return Line.of(verb=verb, work=work, **told)


def append_all(lines):
    """Write unsaved lines, each with what `append` takes beside it; what depends on the others is filled in here."""
    told, touched, of_line = [one for one, *_rest in lines], {}, {}
    Line.take_numbers(told)
    for one, names, also_at in lines:
        for when in (one.in_force_at or one.at, also_at):
            # No page is made between lines that are written together, so for each name the last one will do.
            touched |= {(name, when): one.seq for name in names if when}
    for (name, when), seq in touched.items():
        of_line.setdefault(seq, []).append((name, when))
    for one in told:
        one.touch_digest = digest_of_touches(of_line.get(one.seq, ()))
    Line.append(told)
    # In the order of their lines, so that they can be read beside them
    names = [(seq, name, when) for seq, touches in sorted(of_line.items()) for name, when in touches]
    Touch.objects.bulk_create(Touch(name=name, line_id=seq, in_force_at=when) for seq, name, when in names)
    owed.mark({one.work for one in told})


def digest_of_touches(touches):
    """What a line keeps of the names it touches, (name, moment) each: one taken away would bring back a stale page."""
    return digest(sorted([name, moment(when)] for name, when in touches)) if touches else ""
