"""Savings: who saved which working copy when."""

from django.conf import settings
from django.db import models


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
