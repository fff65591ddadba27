"""Buffers: what is typed into an opened form, kept from the first words on until somebody saves it."""

import datetime
import re

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from publishing.models import erasing
from publishing.refusals import Refused

WRITES = datetime.timedelta(minutes=30)  # since the last words: longer ago, nobody is said to be writing
BESIDE = "beside"  # behind the name of a translation: what is typed where it stands beside its original
MOST = 100  # of one person: a form that is opened again and again must not fill the disk
KEY = re.compile(r"([0-9a-f]{6,10})-[\w-]{16,40}")


class BufferQuerySet(models.QuerySet):
    def not_saved(self, person, work=None):
        """What this person typed and has not saved, newest first; into one text, where it is named."""
        found = self.filter(person=person, saved_at=None)
        return (found.filter(work=work) if work else found).order_by("-kept_at")

    def writing(self, work, at):
        """Who has been writing in a text lately, those who began first before the others."""
        found = self.filter(work__in=[work, f"{work}/{BESIDE}"], saved_at=None, kept_at__gt=at - WRITES)
        return found.select_related("person").order_by("opened_at")

    def past(self, at):
        """Those that nobody has come back to in time."""
        return self.filter(kept_at__lte=at - datetime.timedelta(days=settings.UNSAVED_DAYS))


class Buffer(models.Model):
    """What one person types into one opened form: nobody else's, never public, and no working copy.

    `typed` and `base` hold the form's fields by name, each a list of values: as they are, and as they were when the
    form was opened. Once it is saved only the row stays, so that no late message brings the words back.
    """

    key = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    work = models.CharField(max_length=60)  # the ledger's name of the text; of a new one, that of its kind; or beside
    typed = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    kept_at = models.DateTimeField(db_index=True)
    saved_at = models.DateTimeField(null=True)

    objects = BufferQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = "text that is not saved"
        indexes = [models.Index(fields=["work", "kept_at"], name="buffer_work")]

    def __str__(self):
        return self.title or f"{self.work}, {timezone.localtime(self.kept_at):%H:%M}"

    @property
    def title(self):
        """What the text is called in it; nothing where it has no name yet."""
        return self.text("title") or self.text("question")

    @property
    def place(self):
        """(the ledger's name of the text, whether it was typed where a translation stands beside its original)."""
        name, _slash, place = self.work.rpartition("/")
        return (name, True) if place == BESIDE else (self.work, False)

    @property
    def is_new(self):
        """Whether the text was never saved at all."""
        return "/" not in self.work

    def text(self, name, of="typed"):
        """What was typed into a field, or stood in it when the form was opened; None where it has no such field."""
        return next(iter(getattr(self, of).get(name, ())), None)

    @classmethod
    def opened(cls, key):
        """The moment that a key says its form was opened at. Raises Refused where it is no key."""
        match = KEY.fullmatch(key)
        if match is None:
            raise Refused("Not kept: this page is too old. Save, or copy your text, and open the page again.")
        return datetime.datetime.fromtimestamp(int(match[1], 16), datetime.UTC)

    @classmethod
    @transaction.atomic
    def keep(cls, key, *, person, work, typed, base, at):
        """Keep what is in a form now; return the row, or None where that is what was there before. Raises Refused."""
        told = {"person": person, "work": work, "base": base, "kept_at": at, "opened_at": min(cls.opened(key), at)}
        row = cls.objects.select_for_update(no_key=True).filter(key=key).first()
        if row is None:
            if cls.objects.not_saved(person).count() >= MOST:
                raise Refused(f"Not kept: {MOST} texts of yours are not saved. Save some, or throw them away.")
            row = cls(key=key, **told)
        if (row.person_id, row.work) != (person.pk, work):
            raise Refused("Not kept: this form was opened by somebody else. Open the page again.")
        if row.saved_at:
            return row
        if typed == row.base:
            cls.objects.filter(key=key).delete()
            return None
        row.typed, row.kept_at = typed, at
        row.save()
        return row

    @classmethod
    @transaction.atomic
    def end(cls, key, *, person, work, at):
        """What was typed is saved, or thrown away: the words go, and none that arrive late come back."""
        if not KEY.fullmatch(key):
            return
        row = cls.objects.select_for_update(no_key=True).filter(key=key).first()
        row = row or cls(key=key, person=person, opened_at=min(cls.opened(key), at))
        if row.person_id == person.pk:
            row.work, row.typed, row.base, row.saved_at, row.kept_at = work, {}, {}, at, at
            row.save()


class Typed(erasing.Deleted):
    says = "What was typed and not saved is deleted."

    def texts(self, row):
        return [text for fields in (row.typed, row.base) for texts in fields.values() for text in texts]


erasing.register(Buffer, Typed("typed", "base"))
