"""Topics: the groups of guides on the home page. Each is a working copy whose saving publishes it at once."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from publishing.models import Comparison, Edition, Line, WorkingCopy, kinds, ledger, prepared, said
from publishing.text import made_once, rows, slug_of


def validate_names(text):
    """Raises ValidationError for a line that is not the code of another language of the site, a colon and a name."""
    known = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    codes = [label for label, name in rows.labelled(text) if name]
    if len(set(codes)) < len(rows.lines(text)) or set(codes) - known:
        raise ValidationError(f"Write one language a line, its code before a colon: {', '.join(sorted(known))}.")


class TopicContent(models.Model):
    title = models.CharField("name", max_length=100)
    slug = models.CharField("address", max_length=100, editable=False)
    names = models.TextField(
        "name in other languages",
        blank=True,
        validators=[validate_names],
        help_text="One a line, for example “hi: रक्त जाँच”. Where one is missing, patients read the name above.",
    )
    place = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first on the home page.")

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/topics/{self.slug}/"

    @property
    def language(self):
        return settings.LANGUAGE_CODE

    def called(self, language):
        """Its name in a language, else in the first; the words know theirs."""
        name = dict(rows.labelled(self.names)).get(language)
        return said(name, language) if name else said(self.title, self.language)


class TopicJudgement(Comparison):
    """Whoever renames a topic looks at what can hurt, alone: administrators answer for it."""

    is_substance, lacks_review, review = True, False, None


@kinds.register
class Topic(WorkingCopy, TopicContent):
    """A group of guides on the home page."""

    LEDGER_NAME = "topics"
    JUDGEMENT = TopicJudgement
    IS_READ_WHEN_SAVED = True

    class Meta(WorkingCopy.Meta):
        ordering = ["place", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                name="articles_topic_title",
                violation_error_message="Another topic has this name. Choose another one.",
            ),
            models.UniqueConstraint(fields=["slug"], name="articles_topic_address"),
        ]

    @property
    def name_of_guides(self):
        """The name that acts touch when a guide of this topic changes; the topic itself stays as it is."""
        return f"articles in {self.name}"

    def clean(self):
        if not slug_of(self.title):
            raise ValidationError({"title": "Give the topic a name with at least one letter or digit."})

    def free_slug(self):
        """An address made from the name that no other topic has."""
        base = slug_of(self.title)
        given = set(Topic.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(given) + 3))) if slug not in given)

    def keep(self, *, by, note, ticks=()):
        """Save the topic and publish it, or do neither; return the edition. Raises Refused."""
        with made_once():
            if self.pk:
                self.judgement(self.unrendered(), Line.objects.moment_of_reading(), by=by).look_ahead()
            return self._keep(by, note, ticks)

    @transaction.atomic
    def _keep(self, by, note, ticks):
        at = ledger.lock()
        # Once given out, the address stays, whatever the topic is called later.
        self.slug = self.slug or self.free_slug()
        super().keep(by=by, at=at)
        return self.publish(by=by, note=note, ticks=ticks)


class TopicEdition(Edition, TopicContent):
    PLACED = {"slug": "topics at {}"}
    DIGESTED = {2: {"text": ("title", "names"), "words": (), "page": ("slug", "place")}}

    work = models.ForeignKey(Topic, models.PROTECT, related_name="editions", db_index=False)

    class Meta(Edition.Meta):
        verbose_name = "edition of a topic"
        verbose_name_plural = "editions of topics"

    def __str__(self):
        return self.title


@prepared
def live_topics(*, at):
    """The topics as patients read them, in their order on the home page."""
    return TopicEdition.objects.live(at).order_by("place", "title")


@prepared
def topic_at(*, at, slug):
    """The topic that answers at an address at that moment."""
    return TopicEdition.objects.live(at, named=f"{Topic.LEDGER_NAME} at {slug}", is_paged=True).filter(slug=slug)
