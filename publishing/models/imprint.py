"""In whose name a guide appears and who pays for it; frozen in each edition, always apart from the text."""

from django.db import models

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

    def __str__(self):
        return self.name


class Imprint(models.Model):
    """The publisher and sponsor as an edition froze them."""

    publisher_name = models.CharField(max_length=200, blank=True)
    publisher_websites = models.TextField(blank=True)
    publisher_social = models.TextField(blank=True)
    sponsor_name = models.CharField(max_length=200, blank=True)
    sponsor_wording = models.CharField(max_length=100, blank=True)
    sponsor_address = models.CharField(max_length=300, blank=True)
    sponsor_claims = models.TextField(blank=True)
    sponsor_connection = models.TextField(blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def of(publisher, sponsor):
        """Field by field what an edition freezes of a publisher and a sponsor, either of which may be None."""
        parts = {"publisher": ("name", "websites", "social")}
        parts["sponsor"] = ("name", "wording", "address", "claims", "connection")
        known = {"publisher": publisher, "sponsor": sponsor}
        return {f"{who}_{part}": getattr(known[who], part, "") for who, names in parts.items() for part in names}

    def websites(self):
        return rows.websites(self.publisher_websites)

    def social(self):
        return [(name, link and rows.address(link)) for name, link in rows.accounts(self.publisher_social)]

    def sponsor_link(self):
        return self.sponsor_address and rows.address(self.sponsor_address)

    def claims(self):
        return rows.lines(self.sponsor_claims)
