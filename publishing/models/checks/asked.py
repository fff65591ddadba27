"""Whom the house has asked: links to one exact text, and reminders of what is due."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import models

LINK_LASTS = datetime.timedelta(days=14)


class Reminder(models.Model):
    """One case of one text that somebody was reminded of: nobody is told twice, and no missed day loses one."""

    work = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    case = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_to = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["work", "state", "case"], name="publishing_reminder_once")]

    def __str__(self):
        return f"{self.work}: {self.state}"


class Reviewer(models.Model):
    """A clinician without an account whom the clinic knows, at an address that somebody has confirmed."""

    name = models.CharField(max_length=200, help_text="As patients would read it, for example “Dr Ravi Rao”.")
    credential = models.CharField(max_length=200, blank=True, help_text="For example “haematologist”.")
    email = models.EmailField("mail address", unique=True, help_text="A link to review a text is mailed here alone.")

    class Meta:
        verbose_name = "outside reviewer"
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.email})"


class ReviewLink(models.Model):
    """A way in for a clinician without an account, to one exact text. Only a digest of its key is kept."""

    work = models.CharField(max_length=60)
    text_digest = models.CharField(max_length=64)
    key_digest = models.CharField(max_length=64, unique=True)
    invited = models.CharField("for whom", max_length=200)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Set where the link was mailed to a listed reviewer alone, and shown to nobody.
    listed = models.ForeignKey(Reviewer, models.SET_NULL, null=True, related_name="+")
    # What it answers; a link that was made before anybody was asked by a day has none.
    asking = models.ForeignKey("publishing.Asking", models.SET_NULL, null=True, related_name="links")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.work} for {self.invited}"

    @staticmethod
    def digest_of(key):
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def invite(cls, work, *, invited, email, by, at, listed=None, asking=None):
        """Make a link to the working copy's text as it is; return (link, its key, which is told only here)."""
        key = secrets.token_urlsafe(32)
        link = cls.objects.create(
            work=work.name,
            text_digest=work.unrendered().text_digest,
            key_digest=cls.digest_of(key),
            invited=invited,
            email=email,
            made_at=at,
            made_by_name=by.name,
            made_by=by.user,
            listed=listed,
            asking=asking,
            expires_at=at + LINK_LASTS,
        )
        return link, key

    def is_open(self, at):
        """Whether somebody can still answer by it: it dies when its maker's account is closed."""
        is_alive = self.made_by is None or self.made_by.is_active
        return is_alive and self.revoked_at is None and self.answered_at is None and at < self.expires_at
