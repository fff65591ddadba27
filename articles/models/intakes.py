"""Intakes: which file an article was taken in from, and where it stood before it came here."""

from urllib.parse import unquote

from django.db import models

from articles.models.articles import Article
from publishing.models import erasing
from publishing.text import address_parts


class Intake(models.Model):
    """Where an article came from: the file, and the article as it was when the file was last taken in."""

    article = models.OneToOneField(Article, models.CASCADE)
    file_name = models.CharField(max_length=300, unique=True)
    file_digest = models.CharField(max_length=64, db_index=True)
    article_digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    doubts = models.TextField(blank=True)

    class Meta:
        default_permissions = ("view",)

    def __str__(self):
        return self.file_name


LONGEST_ADDRESS = 500


def old_path(address):
    """An address of an old site as it is looked up: its path, with what is asked of it.

    "" of the first page, and of what is no address.
    """
    parts = address_parts(address.strip())
    if parts is None:
        return ""
    path = "/" + unquote(parts.path).strip("/")
    asked = f"?{unquote(parts.query)}" if parts.query else ""
    return "" if path == "/" and not asked else f"{path}{asked}"[:LONGEST_ADDRESS].casefold()


class OldAddress(models.Model):
    """An address at which a guide stood on the clinic's old site: whoever comes there is led to the guide."""

    path = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="old_addresses")
    added_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)

    def __str__(self):
        return self.path

    @classmethod
    def led_to(cls, path, at):
        """The edition that patients read of the guide which stood at a path, or None."""
        wanted = old_path(path).replace("\0", "")  # which PostgreSQL takes in no text
        tried = [wanted, wanted.partition("?")[0]] if wanted else []
        found = {one.path: one for one in cls.objects.filter(path__in=tried)}
        row = next((found[one] for one in tried if one in found), None)
        return Article(pk=row.article_id).live(at) if row else None


erasing.register(Intake, erasing.Renamed("file_name"), erasing.Replaced("doubts"))
erasing.register(OldAddress, erasing.Deleted("path"))
