"""Topics: the groups of guides on the home page."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from publishing.models import Line, kinds, ledger, note
from publishing.refusals import NoteMissing
from publishing.text import digest, slug_of


@kinds.register_row
class Topic(models.Model):
    """A group of guides on the home page. A change of it is an act, since patients see it at once."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.CharField("address", max_length=100, unique=True, editable=False)
    place = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first on the home page.")

    class Meta:
        ordering = ["place", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/topics/{self.slug}/"

    @classmethod
    def from_db(cls, *args, **kwargs):
        topic = super().from_db(*args, **kwargs)
        # Topics have no editions, so a page notes one by reading it.
        note(topic.ledger_name)
        return topic

    @property
    def ledger_name(self):
        return f"topics/{self.pk}"

    @property
    def name_of_guides(self):
        """The name that acts touch when a guide of this topic changes; the topic itself stays as it is."""
        return f"articles in {self.ledger_name}"

    def clean(self):
        if not slug_of(self.name):
            raise ValidationError({"name": "Give the topic a name with at least one letter or digit."})

    def free_slug(self):
        """An address made from the name that no other topic has."""
        base = slug_of(self.name)
        given = set(Topic.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(given) + 3))) if slug not in given)

    def digest(self):
        return digest({name: getattr(self, name) for name in ("name", "slug", "place")})

    @transaction.atomic
    def keep(self, *, by, note):
        """Save the topic and write the change into the ledger, in one transaction. Raises NoteMissing."""
        if not note.strip():
            raise NoteMissing("Say in a few words what changed and why: the change note stays with the record.")
        at = ledger.lock()
        # Once given out, the address stays, whatever the topic is called later.
        self.slug = self.slug or self.free_slug()
        self.save()
        ledger.append(
            Line.Verb.CHANGE,
            self.ledger_name,
            at=at,
            by=by,
            note=note,
            page_digest=self.digest(),
            touches={self.ledger_name},
        )
