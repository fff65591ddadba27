"""What has to be done once a day, and how it went: so that it is done once, and told when it was not."""

import datetime

from django.db import models

LOST = datetime.timedelta(hours=6)  # what began longer ago and has not ended was killed


class Chore(models.Model):
    """One thing on one day. A failed one is tried again by the next run of that day."""

    class What(models.TextChoices):
        BACKUP = "backup", "backup"
        VERIFY = "verify", "verification"
        RETENTION = "retention", "retention"
        LINKS = "links", "dead links"
        REMINDERS = "reminders", "reminders"

    day = models.DateField()
    what = models.CharField(max_length=20, choices=What)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(default=False)
    said = models.TextField(blank=True, help_text="Why it failed.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "what"], name="chore_once_a_day")]

    def __str__(self):
        return f"{self.get_what_display()} on {self.day}: {'done' if self.is_done else self.said or 'not ended'}"

    @classmethod
    def take(cls, what, *, day, at):
        """The chore of that day, if it is to be done now: nobody has done it, nor is doing it. Else None.

        Who died over it has it for six hours more.
        """
        chore, is_new = cls.objects.get_or_create(day=day, what=what, defaults={"began_at": at})
        if is_new:
            return chore
        free = models.Q(ended_at__isnull=False, is_done=False) | models.Q(ended_at=None, began_at__lt=at - LOST)
        taken = cls.objects.filter(free, pk=chore.pk).update(began_at=at, ended_at=None, said="")
        return chore if taken else None

    @classmethod
    def going_on(cls, day):
        """Those of a day that somebody began and has not ended."""
        return cls.objects.filter(day=day, ended_at=None).order_by("began_at")

    def end(self, *, at, why=""):
        """It is done, or why not."""
        type(self).objects.filter(pk=self.pk).update(ended_at=at, is_done=not why, said=why)

    @classmethod
    def runs(cls, at):
        """By what is done each day: when it was done last, or None, and when it was first begun.

        What was done at a moment that has not come yet, since the clock was wrong then, does not count.
        """
        found, done = cls.objects.order_by().values_list("what"), models.Q(is_done=True, ended_at__lte=at)
        told = found.annotate(last=models.Max("ended_at", filter=done), first=models.Min("began_at"))
        return {what: (last, first) for what, last, first in told}
