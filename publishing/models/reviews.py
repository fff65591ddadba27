"""Reviews: a named clinician's dated judgement on one exact text. It holds for that text alone."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models.permanence import PermanentQuerySet, PermanentRow
from publishing.models.prepared import Among, prepared
from publishing.text import digest


class ReviewQuerySet(PermanentQuerySet):
    def holding(self, at):
        """Those of them that are fit."""
        return self.judging(at).filter(result=Review.Result.FIT)

    def judging(self, at):
        """Made and not revoked at that moment, whatever they say; newest first."""
        return self.filter(made_at__lte=at).exclude(revoked_at__lte=at).order_by("-made_at")

    def mark_revoked(self, at):
        return self.set_once(revoked_at=at)


class Review(PermanentRow):
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

    def digest(self):
        return digest({name: getattr(self, name) for name in self.DIGESTED})

    @property
    def overdue_from(self):
        """The moment the day after the due day begins in the clinic's time zone."""
        day = self.next_due_on + datetime.timedelta(days=1)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()), timezone.get_default_timezone())

    @property
    def due_day(self):
        """The day on which it falls due, in words."""
        return f"{self.next_due_on:%d %B %Y}"

    def is_overdue(self, at):
        return at >= self.overdue_from


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


@dataclass(frozen=True)
class Standing:
    """What patients are told of who checked the texts on a page, and whether that check is still in date.

    `review` is the one made longest ago, or None where any text lacks one; `next_due_on` the first day on which any
    text is due.
    """

    review: Review | None
    next_due_on: datetime.date | None
    is_overdue: bool

    @classmethod
    def of(cls, reviews, at):
        """What the reviews of all texts on a page, None where one lacks any, say together at a moment."""
        if None in reviews or not reviews:
            return cls.NOBODY
        first = min(reviews, key=lambda one: one.next_due_on)
        return cls(min(reviews, key=lambda one: one.made_at), first.next_due_on, first.is_overdue(at))


Standing.NOBODY = Standing(None, None, False)
