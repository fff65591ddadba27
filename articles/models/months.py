"""How many guides were checked at the beginning of each month, kept: what is over changes no more.

It was over if no act came before that moment after it was counted. So a clock that was wrong for a while leaves nothing
wrong behind.
"""

from django.db import models


class MonthChecked(models.Model):
    """Of the guides that patients read under one topic, or under none, at a moment."""

    at = models.DateTimeField()
    line = models.BigIntegerField(
        help_text="The last of the ledger when it was counted: it holds if the next is later."
    )
    topic = models.BigIntegerField(help_text="The number of the topic; 0 is none.")
    in_date = models.PositiveIntegerField()
    due_soon = models.PositiveIntegerField()
    overdue = models.PositiveIntegerField()
    unchecked = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["at", "topic"], name="articles_monthchecked_once")]

    def __str__(self):
        return f"{self.at:%Y-%m}: {self.topic}"
