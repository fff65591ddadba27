"""Forms that were sent, so that one which arrives twice does one thing."""

import datetime

from django.db import models, transaction

KEPT = datetime.timedelta(days=1)
# No request takes longer: a form that was taken before and has no answer yet was in a process that is no more.
TAKES_AT_MOST = datetime.timedelta(seconds=90)


class SentForm(models.Model):
    """One form as somebody sent it, named by a digest of all that was sent; and where its first answer led."""

    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(db_index=True)
    led_to = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.led_to or self.digest

    @classmethod
    def take(cls, digest, *, at):
        """(the row, whether it is now for the caller to do what the form asks for, or another does it or did)."""
        with transaction.atomic():
            cls.objects.filter(sent_at__lt=at - KEPT).delete()
            row, is_new = cls.objects.get_or_create(digest=digest, defaults={"sent_at": at})
            left = cls.objects.filter(pk=row.pk, led_to="", sent_at__lt=at - TAKES_AT_MOST)
            return row, is_new or left.update(sent_at=at) == 1

    def answered(self, led_to):
        """Keep where it led; a form that did nothing may be sent again."""
        mine = type(self).objects.filter(pk=self.pk)
        mine.update(led_to=led_to) if led_to else mine.delete()
