"""How often each guide is read: so many times on a day, in a language. Nothing of who read it, or from where."""

import datetime

from django.db import connection, models, transaction

from articles.models.articles import Article
from publishing.models import in_no_hurry

KEPT = datetime.timedelta(days=800)  # two years, so that a season can be compared with the one before

ADD = """INSERT INTO articles_seen (article_id, language, "on", count) VALUES (%s, %s, %s, %s)
ON CONFLICT (article_id, language, "on") DO UPDATE SET count = articles_seen.count + excluded.count"""


class SeenQuerySet(models.QuerySet):
    def past(self, day):
        """What is kept no longer on a day."""
        return self.filter(on__lt=day - KEPT)


class Seen(models.Model):
    """How often one guide was sent to a reader on one day."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="seen", db_index=False)
    language = models.CharField(max_length=10)
    on = models.DateField()
    count = models.PositiveIntegerField()

    objects = SeenQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "language", "on"], name="articles_seen_once")]

    def __str__(self):
        return f"{self.count} × {self.article_id} on {self.on}"

    @classmethod
    def add(cls, counts, on):
        """Add so many of each (guide's key, language) to a day, without waiting. All or none: raises DatabaseError."""
        rows = [(article, language, on, count) for (article, language), count in sorted(counts.items())]
        with in_no_hurry(), transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ADD, rows)
