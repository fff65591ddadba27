"""What readers say of a guide: how many said what of each edition on each day. Nothing of who they are."""

from django.db import connection, models

from articles.models.articles import ArticleEdition

ADD = """INSERT INTO articles_heard (edition_id, "on", said, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (edition_id, "on", said) DO UPDATE SET count = articles_heard.count + excluded.count"""


class Heard(models.Model):
    """How often something was said of an edition on one day."""

    class Said(models.TextChoices):
        YES = "yes", "It helped"
        PARTLY = "partly", "It helped in part"
        NO = "no", "It did not help"
        NOT_FOUND = "not found", "They could not find it"
        HARD = "hard", "It was hard to read"
        NOT_ME = "not me", "It did not fit them"
        WRONG = "wrong", "Something is wrong"

    HELPED = (Said.YES, Said.PARTLY, Said.NO)
    REASONS = (Said.NOT_FOUND, Said.HARD, Said.NOT_ME, Said.WRONG)

    edition = models.ForeignKey(ArticleEdition, models.PROTECT, related_name="heard", db_index=False)
    on = models.DateField()
    said = models.CharField(max_length=10, choices=Said)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "on", "said"], name="articles_heard_once")]

    def __str__(self):
        return f"{self.count} × {self.said}"

    @classmethod
    def add(cls, edition, said, on):
        """Count it once more."""
        with connection.cursor() as cursor:
            cursor.execute(ADD, [edition.pk, on, said])

    @classmethod
    def of(cls, editions):
        """By edition's key how often each thing was said of it."""
        found = {}
        rows = cls.objects.filter(edition__in=editions).values_list("edition", "said")
        for edition, said, count in rows.annotate(count=models.Sum("count")):
            found.setdefault(edition, {})[said] = count
        return found
