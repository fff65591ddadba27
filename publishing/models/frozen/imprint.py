"""In whose name a guide appears and who pays for it; frozen in each edition, always apart from the text."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from publishing.models.frozen.addresses import LanguageField, languages
from publishing.text import rows


class Publisher(models.Model):
    """In whose name guides appear."""

    name = models.CharField(max_length=200, help_text="As patients will read it under “About this page”.")
    websites = models.TextField(
        blank=True, validators=[rows.validate_websites], help_text="One a line, for example www.example.org"
    )
    social = models.TextField(
        "social accounts",
        blank=True,
        validators=[rows.validate_accounts],
        help_text="One a line, with or without its address: “Facebook” or “Facebook: https://…”. "
        "Without one, patients read “address not supplied”.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Sponsor(models.Model):
    """Who pays. Shown in a box of its own after the guide, never inside it."""

    name = models.CharField(max_length=200)
    language = LanguageField(max_length=10, choices=languages, default=settings.LANGUAGE_CODE)
    original = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name="the same sponsor as",
        help_text="These are its words in another language: guides of that language that name it show them.",
    )
    wording = models.CharField(
        max_length=100, default="Sponsored by", help_text="The words before the name, for example “Powered by”."
    )
    address = models.CharField(
        "web address", max_length=300, blank=True, validators=[rows.validate_website], help_text="www.example.org"
    )
    claims = models.TextField(
        blank=True,
        help_text="What the sponsor says of itself, one claim a line, word for word. "
        "Patients also read that the clinic has not checked it.",
    )
    connection = models.TextField(
        "connection to the publisher",
        blank=True,
        help_text="One plain sentence that patients read: how is the sponsor connected to the publisher of the page?",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["original", "language"],
                name="publishing_sponsor_language",
                violation_error_message="That sponsor has words in this language already.",
            )
        ]

    def __str__(self):
        return self.name if self.language == settings.LANGUAGE_CODE else f"{self.name} ({self.get_language_display()})"

    def clean(self):
        if self.original and self.original.original_id or self.original_id and self.original_id == self.pk:
            raise ValidationError({"original": "Choose the sponsor itself, not its words in another language."})
        if self.original and self.original.language == self.language:
            raise ValidationError({"language": "Choose another language than that of the sponsor it is the same as."})

    def in_language(self, language):
        """Its words in a language; where there are none, these."""
        if self.language == language:
            return self
        root = self.original or self
        return self if not root.pk else root if root.language == language else self._other(root, language) or self

    @staticmethod
    def _other(root, language):
        return root.translations.filter(language=language).first()


class Imprint(models.Model):
    """The publisher and sponsor as an edition froze them."""

    publisher_name = models.CharField(max_length=200, blank=True)
    publisher_websites = models.TextField(blank=True)
    publisher_social = models.TextField(blank=True)
    sponsor_name = models.CharField(max_length=200, blank=True)
    # The language of its words; empty where that is the guide's own
    sponsor_language = models.CharField(max_length=10, blank=True)
    sponsor_wording = models.CharField(max_length=100, blank=True)
    sponsor_address = models.CharField(max_length=300, blank=True)
    sponsor_claims = models.TextField(blank=True)
    sponsor_connection = models.TextField(blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def of(publisher, sponsor, language):
        """Field by field what an edition of a language freezes of a publisher and a sponsor; either may be None."""
        sponsor = sponsor and sponsor.in_language(language)
        parts = {"publisher": ("name", "websites", "social")}
        parts["sponsor"] = ("name", "wording", "address", "claims", "connection")
        known = {"publisher": publisher, "sponsor": sponsor}
        other = sponsor.language if sponsor and sponsor.language != language else ""
        told = {f"{who}_{part}": getattr(known[who], part, "") for who, names in parts.items() for part in names}
        return told | {"sponsor_language": other}

    def websites(self):
        return rows.websites(self.publisher_websites)

    def social(self):
        return [(name, link and rows.address(link)) for name, link in rows.accounts(self.publisher_social)]

    @property
    def sponsored_in(self):
        """The language of the sponsor's words."""
        return self.sponsor_language or self.language

    def sponsor_link(self):
        return self.sponsor_address and rows.address(self.sponsor_address)

    def claims(self):
        return rows.lines(self.sponsor_claims)
