"""Whom the house has asked: links to one exact text, and reminders of what is due."""

import datetime
import hashlib
import secrets

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


class ReviewLink(models.Model):
    """A way in for a clinician without an account, to one exact text. Only a digest of its key is kept."""

    work = models.CharField(max_length=60)
    text_digest = models.CharField(max_length=64)
    key_digest = models.CharField(max_length=64, unique=True)
    invited = models.CharField("for whom", max_length=200)
    email = models.EmailField(blank=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=300)
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
    def invite(cls, work, *, invited, email, by_name, at):
        """Make a link to the working copy's text as it is; return (link, its key, which is told only here)."""
        key = secrets.token_urlsafe(32)
        link = cls.objects.create(
            work=work.name,
            text_digest=work.unrendered().text_digest,
            key_digest=cls.digest_of(key),
            invited=invited,
            email=email,
            made_at=at,
            made_by_name=by_name,
            expires_at=at + LINK_LASTS,
        )
        return link, key

    def is_open(self, at):
        return self.revoked_at is None and self.answered_at is None and at < self.expires_at
