"""What readers write in words of their own below a guide, where a clinic asks for it; and how many come in a minute."""

import datetime

from django.conf import settings
from django.db import connection, models

from articles.models.articles import ArticleEdition
from publishing.models import erasing

LONGEST_VOICE = 1000  # letters

# Nothing is written where there is no room, so that a flood costs a look and no more.
TAKE = """INSERT INTO articles_pace (key, span, count) VALUES (%s, %s, 1) ON CONFLICT (key) DO UPDATE SET
count = CASE WHEN articles_pace.span = excluded.span THEN articles_pace.count + 1 ELSE 1 END, span = excluded.span
WHERE articles_pace.span <> excluded.span OR articles_pace.count < %s"""


class NoRoom(Exception):
    """Too many came in this minute, or on this day."""


class VoiceQuerySet(models.QuerySet):
    def past(self, at):
        """Those that are kept no longer."""
        return self.filter(made_at__lte=at - datetime.timedelta(days=settings.VOICE_DAYS))

    def about(self, work):
        """What was written of a guide, the newest first."""
        return self.filter(edition__work=work).select_related("edition").order_by("-made_at", "-pk")


class Voice(models.Model):
    """What one reader wrote of an edition. Nothing of who it was; patients never see it."""

    edition = models.ForeignKey(ArticleEdition, models.PROTECT, related_name="voices")
    text = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"A reader of edition {self.edition_id}"


class Pace(models.Model):
    """How often something came in the minute, or on the day, that is now: counted for all processes at once."""

    ALL = 0

    key = models.BigIntegerField(primary_key=True)  # an edition's for answers, the same below zero for words
    span = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.count} × {self.key}"

    @classmethod
    def take(cls, key, span, most):
        """Count one more in that minute or day. Raises NoRoom where as many came already."""
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [key, span, most])
            if cursor.rowcount != 1:
                raise NoRoom


erasing.register(Voice, erasing.Deleted("text", says="What the reader wrote is deleted."))
