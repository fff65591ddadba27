"""Pictures that stand in the texts: the file's name is its content, the row says where it came from."""

import re
import unicodedata
from functools import partial, reduce
from operator import or_

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from publishing.models.shelf import media
from publishing.models.shelf.media import NAME
from publishing.text import pictures

FOLDER = "/media/"
UNDESCRIBED = "DESCRIBE THIS PICTURE"
DECORATIVE = "decorative"
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
        """By name of each picture that the text names and this site holds: width, height, then (name, width) of each
        rendition. Which of them patients are shown, `sizes_shown` says.
        """
        asked = self.filter(name__in=set(NAME.findall(text))).order_by("renditions__width")
        columns, found = ("name", "width", "height", "renditions__name", "renditions__width"), {}
        for name, width, height, rendition, wide in asked.values_list(*columns):
            size = found.setdefault(name, (width, height))
            found[name] = (*size, (rendition, wide)) if rendition else size
        return found

    def shown_by(self, file_name):
        """The name of the picture that a file shows: its own, or of which it is a rendition."""
        own = Rendition.objects.filter(name=file_name).values_list("picture__name", flat=True).first()
        return own or file_name

    def found_by(self, words):
        """Those whose words, name of the file, source or who added them hold all these words."""
        columns = ("alt_text", "file_name_given", "source", "uploaded_by_name")
        found = self
        for word in words.split()[:10]:
            found = found.filter(reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns)))
        return found


class Picture(models.Model):
    """One picture, kept once however often it is uploaded."""

    class Licence(models.TextChoices):
        OURS = "ours", "It is ours"
        CC_BY = "cc by", "CC BY: name the maker"
        LETTER = "letter", "By letter, kept with us"
        FREE = "free", "Free for all: CC0, or out of copyright"

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
        help_text="What would you say on the telephone? One or two sentences. Leave out “picture of”.",
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

    source = models.CharField("where it is from", max_length=300, blank=True)
    licence = models.CharField("what we may do with it", max_length=20, choices=Licence, blank=True)

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
        return cls.keep_made(pictures.clean(upload), by=by, file_name=file_name, at=at)

    @classmethod
    def keep_made(cls, made, *, by, file_name, at, with_renditions=True):
        """The same of what `pictures.clean` made. Raises OSError when it cannot be stored.

        Without renditions, which take five times as long as the picture, `renew_pictures` makes them.
        """
        media.store(made.name, made.content)
        about = {
            "width": made.width,
            "height": made.height,
            "uploaded_by": by.user,
            "uploaded_by_name": by.name,
            "uploaded_at": at,
            "file_name_given": _readable(file_name),
        }
        picture, is_new = cls.objects.get_or_create(name=made.name, defaults=about)
        if is_new and with_renditions:
            picture.make_renditions(made.content)
        return picture

    def make_renditions(self, content=None):
        """Make those anew that browsers choose among: files first, then the rows. Raises OSError, pictures.Unusable."""
        if content is None:
            with media.opened(self.name) as file:
                content = file.read()
        made = [one for one in pictures.renditions(content) if one.name != self.name]
        for one in made:
            media.store(one.name, one.content)
        with transaction.atomic():
            self.delete_renditions(but=[one.name for one in made])
            known = set(self.renditions.values_list("name", flat=True))
            new = {one.name: one for one in made if one.name not in known}.values()
            Rendition.objects.bulk_create(
                [Rendition(picture=self, name=one.name, width=one.width, height=one.height) for one in new],
                ignore_conflicts=True,
            )

    def delete_renditions(self, but=()):
        """The rows now, the files when that is certain."""
        old = self.renditions.exclude(name__in=but)
        for name in list(old.values_list("name", flat=True)):
            transaction.on_commit(partial(media.delete, name))
        old.delete()

    @property
    def called(self):
        """As staff know it: by the name of the file that was added, without its ending."""
        return self.file_name_given.rpartition(".")[0] or self.file_name_given or f"Picture {self.pk}"

    @property
    def smallest(self):
        """The file that shows it in the fewest points: its narrowest rendition, or itself."""
        return min(self.renditions.all(), key=lambda one: one.width, default=self)

    @property
    def markdown(self):
        """What stands in a text to show this picture."""
        words = DECORATIVE if self.is_decorative else self.alt_text or UNDESCRIBED
        return f"![{_escaped(words)}]({FOLDER}{self.name})"


class Rendition(models.Model):
    """A file that shows a picture in another width or kind: derived, and made anew by `make_renditions`."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=80, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name


def _escaped(words):
    return re.sub(r"([\\\[\]])", r"\\\1", " ".join(words.split()))


def _readable(file_name):
    last = re.split(r"[/\\]", file_name)[-1]
    return "".join(one for one in last if one in JOINERS or not unicodedata.category(one).startswith("C"))[:200]
