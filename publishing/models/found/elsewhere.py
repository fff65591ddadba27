"""Addresses elsewhere that guides lead to: how each answered when it was tried at night."""

from django.db import models

from publishing.findings import Severity, check, links, short
from publishing.models import erasing
from publishing.models.found.findings import guide_of
from publishing.text import address_parts

LONGEST = 500


class Tried(models.Model):
    """One address elsewhere, and how it answered last."""

    address = models.CharField(max_length=LONGEST, unique=True)
    tried_at = models.DateTimeField()
    fault = models.CharField(max_length=100, blank=True, help_text="What is wrong with it; empty: it is there.")
    times = models.PositiveSmallIntegerField(default=0, help_text="How often in a row it was at fault.")

    class Meta:
        default_permissions = ("view",)
        verbose_name_plural = "addresses that were tried"

    def __str__(self):
        return self.address


erasing.register(Tried, erasing.Deleted("address", "fault"))
# A server that is down for one night is no dead link.
ENOUGH = 2


def elsewhere(guide):
    """(block, address) of each link that leads to another host, as far as it can be tried."""
    for block, link in links(guide):
        address = f"https://{link}" if link.lower().startswith("www.") else link
        parts = address_parts(address)
        if parts and parts.scheme in ("http", "https") and len(address) <= LONGEST:
            yield block, address.partition("#")[0]


def links_elsewhere(edition, at):
    """The addresses of an edition that can be tried."""
    return {address for _block, address in elsewhere(guide_of(edition, at))}


@check("foreign link", "Links to others lead somewhere", Severity.PLEASE_ADD, "NHS service manual: broken links",
       needs_record=True)  # fmt: skip
def foreign_links(guide):
    found = list(elsewhere(guide))
    named = {address for _block, address in found}
    dead = Tried.objects.filter(address__in=named, times__gte=ENOUGH) if named else ()
    faults = {one.address: one.fault for one in dead}
    for block, address in found:
        if address in faults:
            yield block.finding(
                f"The link “{short(address)}” leads nowhere ({faults[address]}).",
                "Patients who follow it find nothing. Name another, or take it out.",
                passage=address,
            )
