"""Intakes: which file an article was taken in from."""

from django.db import models

from articles.models.articles import Article
from publishing.models import erasing


class Intake(models.Model):
    """Where an article came from: the file, and the article as it was when the file was last taken in."""

    article = models.OneToOneField(Article, models.CASCADE)
    file_name = models.CharField(max_length=300, unique=True)
    file_digest = models.CharField(max_length=64)
    article_digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    doubts = models.TextField(blank=True)

    class Meta:
        default_permissions = ("view",)

    def __str__(self):
        return self.file_name


erasing.register(Intake, erasing.Renamed("file_name"), erasing.Replaced("doubts"))
