"""Remarks: what somebody who reads a working copy says of one passage of it. Open until somebody settles it."""

from django.conf import settings
from django.db import models

from publishing.models.checks.asked import ReviewLink
from publishing.models.prepared import Among


class RemarkQuerySet(models.QuerySet):
    def of(self, works):
        return self.filter(Among("work", [work.name for work in works]))

    def open(self):
        return self.filter(settled_at=None)


class Remark(models.Model):
    """A note on a passage, which is known by its words and by those around them, so that it stays with it."""

    work = models.CharField(max_length=60, db_index=True)
    passage = models.TextField("passage")
    before = models.CharField("words before it", max_length=200, blank=True)
    after = models.CharField("words after it", max_length=200, blank=True)
    text = models.TextField("remark")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("who remarks", max_length=300)
    link = models.ForeignKey(ReviewLink, models.SET_NULL, null=True, related_name="remarks")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_by_name = models.CharField("who settled it", max_length=300, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.by_name}: {self.text[:60]}"

    def is_of(self, hand, link=None):
        """Whether this person, or who has this link, wrote it, and so may change it."""
        return self.link_id == link.pk if link else bool(self.by_id and self.by_id == hand.account)

    def settle(self, *, by, at):
        told = {"settled_at": at, "settled_by": by.user, "settled_by_name": by.name}
        type(self).objects.filter(pk=self.pk, settled_at=None).update(**told)


class Answer(models.Model):
    """What somebody says to a remark."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="answers")
    text = models.TextField("answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("who answers", max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.by_name}: {self.text[:60]}"
