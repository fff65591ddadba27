"""Files that somebody has brought and not yet taken in: theirs alone, never public, and gone after some days."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.db.models.functions import Length

from articles import sources
from articles.models.articles import Article
from publishing.models import erasing
from publishing.refusals import Refused

MOST_FILES, MOST_BYTES = 3_000, 200_000_000  # of one person: what waits must not fill the disk
LONGEST_NAME = 300


class BroughtQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def texts(self):
        """What can become a guide, or lead to one."""
        return self.exclude(kind__in=(Brought.Kind.PICTURE, Brought.Kind.PASSED))

    def not_read(self):
        return self.texts().filter(read__isnull=True, taken_at=None)

    def open(self):
        """What is read and waits for its person's word."""
        return self.texts().filter(taken_at=None, read__isnull=False)

    def asked(self):
        """What its person wants taken in, and is not yet."""
        return self.open().filter(asked_at__isnull=False).order_by("asked_at", "name")

    def past(self, at):
        """Those that have waited too long."""
        return self.filter(brought_at__lte=at - datetime.timedelta(days=settings.UNSAVED_DAYS))


class Brought(models.Model):
    """One file, or one page of an export. `read` holds what was understood of it; `mended` what its person says
    instead, by field, and how it is to be taken. Once it is taken in its bytes go."""

    class Kind(models.TextChoices):
        TEXT = sources.TEXT, "text"
        POST = sources.POST, "page of an export"
        TABLE = sources.TABLE, "old addresses"
        PICTURE = sources.PICTURE, "picture"
        PASSED = sources.PASSED, "passed over"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    content = models.BinaryField(default=bytes)
    reason = models.TextField(blank=True)  # why it is passed over
    brought_at = models.DateTimeField(db_index=True)
    read = models.JSONField(null=True)
    words = models.TextField(blank=True)  # what stands in it, line by line
    mended = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    told = models.TextField(blank=True)  # what became of it
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+")

    objects = BroughtQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "file that was brought"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="brought_once")]

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, person, found, at):
        """Keep what somebody gives; what had the same name makes way. Returns how many files there were. Raises Refused
        where they have too many."""
        found = {one.name[:LONGEST_NAME]: one for one in found}
        mine = cls.objects.of(person)
        others = mine.exclude(name__in=list(found)) if len(found) < 500 else mine
        held = others.aggregate(count=models.Count("pk"), size=Sum(Length("content")))
        size = (held["size"] or 0) + sum(len(one.content) for one in found.values())
        if held["count"] + len(found) > MOST_FILES or size > MOST_BYTES:
            raise Refused(
                f"Not kept: at most {MOST_FILES:,} files and {MOST_BYTES // 1_000_000} MB can wait at once. Bring in "
                "what is here, or throw it away, and then add the next."
            )
        names = list(found)
        for start in range(0, len(names), 500):
            mine.filter(name__in=names[start : start + 500]).delete()
        cls.objects.bulk_create(
            [
                cls(person=person, name=name, kind=one.kind, content=one.content, reason=one.reason, brought_at=at)
                for name, one in found.items()
            ],
            batch_size=100,
        )
        if any(one.kind == sources.PICTURE for one in found.values()):
            # One of them may be what a text was looking for.
            mine.open().filter(read__lacks=True).update(read=None)
        return len(found)

    @property
    def given(self):
        return sources.Given(self.name, self.kind, bytes(self.content))

    def is_sure(self):
        """Whether nothing of it is doubted any more."""
        return not (self.read or {}).get("problem") and not self.doubts()

    def doubts(self):
        """What was doubted of it and its person has not settled."""
        settled = set(self.mended.get("settled", ()))
        has_language = bool(self.mended.get("language"))
        return [
            one
            for one in [*(self.read or {}).get("doubts", ()), *(self.read or {}).get("faults", ())]
            if one["told"] not in settled and not (has_language and one["about"] == sources.LANGUAGE)
        ]

    def said(self, name):
        """What its person says of it, else what was understood."""
        return self.mended.get(name, (self.read or {}).get(name, ""))


class Waiting(erasing.Deleted):
    says = "The file, which waits to be taken in, is deleted."

    def texts(self, row):
        told = [row.name, row.reason, row.words, row.told, *erasing.texts_in(row.read), *erasing.texts_in(row.mended)]
        if row.content and row.kind not in (Brought.Kind.PICTURE, Brought.Kind.PASSED):
            told += sources.hidden_in(bytes(row.content))
            told += [] if row.words else [_words_in(row)]
        return told


def _words_in(row):
    """The words of a file that nobody has looked at yet."""
    if row.kind == Brought.Kind.TABLE:
        return bytes(row.content).decode("utf-8", "replace")
    piece = sources.piece_of(row.given, lambda _path: None)
    try:
        return sources.written(piece.source(piece.content()))[0]
    except sources.Unreadable:
        return bytes(row.content).decode("utf-8", "replace")


erasing.register(Brought, Waiting("name", "content", "reason", "read", "words", "mended", "told"))
