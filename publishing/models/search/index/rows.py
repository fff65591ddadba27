"""The rows of the search index. All of it is made from the live and the waiting editions, and can be made anew."""

from django.db import models

from publishing.text import seeking


class Indexed(models.Model):
    """One edition as it is searched, from a moment on until another; a question has one for each title of its guide.

    What waits is in it too; whoever asks says of which moment.
    """

    # What is always as long first: so PostgreSQL leaves no gaps
    work = models.BigIntegerField()
    edition = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    size = models.PositiveSmallIntegerField(help_text="Words in the title.")
    is_notice = models.BooleanField()
    kind = models.CharField(max_length=20, help_text="How the ledger calls texts of this kind.")
    about = models.CharField(max_length=8, blank=True, help_text="A digest of the title of what it follows.")
    language = models.CharField(max_length=10)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["work"], name="indexed_work"),
            models.Index(fields=["kind"], condition=models.Q(is_notice=True), name="indexed_notices"),
            models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="indexed_until"),
        ]

    def __str__(self):
        return f"{self.kind}/{self.work}, edition {self.edition}"


class IndexedText(models.Model):
    """What a row of the index was made of: needed to rank it, and to take exactly its words out again."""

    row = models.OneToOneField(Indexed, models.CASCADE, primary_key=True, related_name="text")
    heads = models.TextField(blank=True, help_text="Stems in order: of the title | of brief and headings.")
    forms = models.BinaryField(help_text="The words, and each form with its stem.")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.row_id)


class Word(models.Model):
    """How many rows of the index have a word: a stem; with ! before it, in the title; with ~, in brief or headings."""

    word = models.CharField(max_length=seeking.LONGEST + 10, primary_key=True)
    n = models.IntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.word


class Form(models.Model):
    """A word as it is written, its stem, and how many rows of the index have it."""

    form = models.CharField(max_length=seeking.LONGEST)
    tongue = models.CharField(max_length=2, blank=True)
    stem = models.CharField(max_length=seeking.LONGEST + 5)
    n = models.IntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["stem"], name="form_stem")]
        constraints = [models.UniqueConstraint(fields=["form", "tongue"], name="form_once")]

    def __str__(self):
        return self.form
