"""Savings: who saved which working copy when."""

from django.db import models

from publishing.models.chained.permanence import PermanentRow
from publishing.models.prepared import Among, prepared


class Saving(PermanentRow):
    """Who saved which working copy when: nobody may be the second person for what they wrote themselves.

    An edition's line proves those on which it rests.
    """

    ERASABLE = (("saved_by_name",),)

    work = models.CharField(max_length=60)
    saved_at = models.DateTimeField()
    # The number of the account, for ever: a deleted account gives its number to nobody else.
    account = models.BigIntegerField(null=True)
    saved_by_name = models.CharField(max_length=300)
    # Of what was saved, where clinicians review it: who only pastes words has not written them.
    text_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["work", "saved_at"], name="saving_work"),
            models.Index(fields=["text_digest", "saved_at"], name="saving_text"),
        ]

    def __str__(self):
        return f"{self.saved_by_name} saved {self.work}"


@prepared
def savings_until(*, at, names):
    return Saving.objects.filter(Among("work", names), saved_at__lte=at).order_by("saved_at", "pk")
