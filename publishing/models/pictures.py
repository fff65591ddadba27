"""Pictures that stand in the texts: the file's name is its content, the row says where it came from."""

import re
import unicodedata

from django.conf import settings
from django.db import models
from django.db.models import Q

from publishing.models import media
from publishing.text import pictures

FOLDER = "/media/"
UNDESCRIBED = "DESCRIBE THIS PICTURE"
DECORATIVE = "decorative"
NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
# Hindi, Bengali and Persian file names need these two to be read rightly.
JOINERS = "\u200c\u200d"


SHOWN = re.compile(rf"!\[((?:[^\[\]\\]|\\.)*)\]\({FOLDER}({NAME.pattern})\)")


class PictureQuerySet(models.QuerySet):
    def learn_words(self, text):
        """Give pictures that have no words yet those that a text found for them."""
        for words, name in SHOWN.findall(text):
            new = self.filter(name=name, alt_text="", is_decorative=False)
            if words == DECORATIVE:
                new.update(is_decorative=True)
            elif words.strip() and words != UNDESCRIBED:
                new.update(alt_text=re.sub(r"\\(.)", r"\1", words)[:300])

    def sizes_in(self, text):
        """(width, height) in pixels by name, of each picture that the text names and this site holds."""
        named = self.filter(name__in=set(NAME.findall(text)))
        return {name: (width, height) for name, width, height in named.values_list("name", "width", "height")}


class Picture(models.Model):
    """One picture, kept once however often it is uploaded."""

    name = models.CharField(
        max_length=80,
        unique=True,
        editable=False,
        error_messages={"unique": "This picture is here already."},
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(
        "what the picture shows",
        max_length=300,
        blank=True,
        help_text="What the picture shows, in one sentence. "
        "Patients who cannot see the picture hear these words, and they appear where it does not load.",
    )
    is_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="It adds no information: patients who cannot see it are not told that it is there.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=300, editable=False)
    uploaded_at = models.DateTimeField(editable=False)
    file_name_given = models.CharField(
        "file name",
        max_length=200,
        blank=True,
        editable=False,
        help_text="As it was called when it was uploaded. Patients never see it.",
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(alt_text="") | Q(is_decorative=False),
                name="publishing_picture_words_or_decorative",
                violation_error_message="A picture that shows something is not decorative: "
                "remove the words, or untick “decorative”.",
            )
        ]

    def __str__(self):
        return self.alt_text or self.file_name_given or self.name

    @classmethod
    def take(cls, upload, *, by, file_name, at):
        """Make a picture of uploaded bytes: the file first, then its row; the same bytes again give the same row.

        Raises pictures.Unusable, and OSError when it cannot be stored.
        """
        made = pictures.clean(upload)
        media.store(made.name, made.content)
        about = {
            "width": made.width,
            "height": made.height,
            "uploaded_by": by.user,
            "uploaded_by_name": by.name,
            "uploaded_at": at,
            "file_name_given": _readable(file_name),
        }
        return cls.objects.get_or_create(name=made.name, defaults=about)[0]

    @property
    def markdown(self):
        """What stands in a text to show this picture."""
        words = DECORATIVE if self.is_decorative else self.alt_text or UNDESCRIBED
        return f"![{_escaped(words)}]({FOLDER}{self.name})"


def _escaped(words):
    return re.sub(r"([\\\[\]])", r"\\\1", " ".join(words.split()))


def _readable(file_name):
    last = re.split(r"[/\\]", file_name)[-1]
    return "".join(one for one in last if one in JOINERS or not unicodedata.category(one).startswith("C"))[:200]
