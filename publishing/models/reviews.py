"""Reviews: a named clinician's dated judgement on one exact text. It holds for that text alone."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.digests import digest
from publishing.exceptions import Permanent
from publishing.prepared import Among, prepared

LINK_LASTS = datetime.timedelta(days=14)


class ReviewQuerySet(models.QuerySet):
    def holding(self, at):
        """Those of them that are fit."""
        return self.judging(at).filter(result=Review.Result.FIT)

    def judging(self, at):
        """Made and not revoked at that moment, whatever they say; newest first."""
        return self.filter(made_at__lte=at).exclude(revoked_at__lte=at).order_by("-made_at")

    def update(self, **changes):
        raise Permanent("Reviews cannot be changed.")

    def delete(self):
        raise Permanent("Reviews cannot be deleted.")

    def mark_revoked(self, at):
        return super().update(revoked_at=at)


class Review(models.Model):
    class Result(models.TextChoices):
        FIT = "fit", "Fit for patients as it stands"
        AFTER_CHANGES = "fit after changes", "Fit after changes"
        NOT_FIT = "not fit", "Not fit"

    DIGESTED = (
        "work_id",
        "text_digest",
        "reviewer_name",
        "credential",
        "evidence",
        "result",
        "note",
        "next_due_on",
    ) + (("invited_by_name",))
    SET_ONCE = {"revoked_at": "NEW.revoked_at IS NOT NULL"}

    text_digest = models.CharField(max_length=64, db_index=True)
    reviewer_name = models.CharField(max_length=200, help_text="As patients will read it, for example “Dr Ravi Rao”.")
    credential = models.CharField(max_length=200, help_text="For example “haematologist”. Patients read it.")
    evidence = models.TextField("evidence looked at", blank=True)
    result = models.CharField(max_length=20, choices=Result)
    note = models.TextField(blank=True)
    next_due_on = models.DateField("next review due", null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_by_name = models.CharField(max_length=300)
    is_by_link = models.BooleanField(default=False)
    invited_by_name = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(result="fit") | Q(next_due_on__isnull=False), name="%(app_label)s_%(class)s_due"
            )
        ]

    def __str__(self):
        return f"{self.get_result_display()}: {self.reviewer_name}, {self.credential}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Permanent("Reviews cannot be changed.")
        super().save(*args, force_insert=True)

    def delete(self, *args, **kwargs):
        raise Permanent("Reviews cannot be deleted.")

    def digest(self):
        return digest({name: getattr(self, name) for name in self.DIGESTED})

    @property
    def overdue_from(self):
        """The moment the day after the due day begins in the clinic's time zone."""
        day = self.next_due_on + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), timezone.get_default_timezone())

    def is_overdue(self, at):
        return at >= self.overdue_from


class Saving(models.Model):
    """Who saved which working copy when: nobody may be the second person for what they wrote themselves."""

    work = models.CharField(max_length=60)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_by_name = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["work", "saved_at"], name="saving_work")]

    def __str__(self):
        return f"{self.saved_by_name} saved {self.work}"


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
            text_digest=work.freeze().text_digest,
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


@prepared
def judgements_on(model, *, at, digests):
    return model.objects.judging(at).filter(Among("text_digest", digests)).order_by("made_at")


def reviews_for(editions, at):
    """The review that holds for each edition's exact text, in the editions' order. One query for each kind of them.

    That is the newest judgement on it, if it is fit; else None.
    """
    held = {}
    for model in {type(edition) for edition in editions}:
        review_model = model._meta.get_field("work").related_model.review_model()
        digests = [edition.text_digest for edition in editions if type(edition) is model]
        for review in judgements_on(review_model, at=at, digests=digests):
            held[model, review.work_id, review.text_digest] = review if review.result == Review.Result.FIT else None
    return [held.get((type(one), one.work_id, one.text_digest)) for one in editions]


def standing(reviews):
    """What the head of a page says of the texts on it: the review made longest ago, or None if any text lacks one."""
    reviews = list(reviews)
    return None if None in reviews or not reviews else min(reviews, key=lambda review: review.made_at)
