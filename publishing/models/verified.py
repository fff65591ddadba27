"""When the whole record was last verified, and whether it held."""

from django.db import models


class Verified(models.Model):
    """One whole run of a verification. A run over what came since rests on the last one that held."""

    class Of(models.TextChoices):
        RECORD = "record", "the record"
        PAGES = "pages", "stored pages and pictures"

    of = models.CharField(max_length=10, choices=Of)
    began_at = models.DateTimeField()
    is_held = models.BooleanField()
    said = models.TextField(blank=True, help_text="The first fault.")
    # The head of the ledger then, and the last touch
    seq = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64, blank=True)
    touch = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        get_latest_by = "pk"

    def __str__(self):
        return f"{self.get_of_display()}: {'held' if self.is_held else self.said}"

    @classmethod
    def last(cls, of, **told):
        """The newest run, of those told; or None."""
        return cls.objects.filter(of=of, **told).order_by("-pk").first()
