"""Chains: lists of lines that are only ever added to, each bound to the one before it by a hash.

A hash covers the line before, the skeleton, and `rest`: one digest over the others. So the chain is proven without
anybody's words, and what somebody wrote can be erased with its salt while the line stands.
"""

import json
import secrets

from django.db import models

from publishing.text import canonical, digest

BEGINNING = "0" * 64


class Chained(models.Model):
    """A line of a chain. The concrete class says what of it lies in the open, and what under one digest."""

    FORMAT = 2
    # By format: what the chain says of a line to anybody, and the digests of all else
    SKELETON: dict[int, tuple[str, ...]]
    RESTING: dict[int, tuple[str, ...]]
    # What somebody wrote, or is, by the name of its part: erased together with its salt.
    SALTED: dict[str, tuple[str, ...]]

    seq = models.BigIntegerField(primary_key=True)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    at = models.DateTimeField()
    by_digest = models.CharField(max_length=64, blank=True)
    detail_digest = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=300)
    by_account = models.BigIntegerField(null=True, help_text="The number of the account, for ever.")
    by_salt = models.CharField(max_length=32)
    detail = models.TextField(blank=True, help_text="What else belongs to it, as canonical JSON.")
    detail_salt = models.CharField(max_length=32, blank=True)
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True
        ordering = ["-seq"]

    @classmethod
    def of(cls, *, by, detail=None, **told):
        """An unsaved line, with its salts."""
        made = cls(by_name=by.name, by_account=by.account, detail=canonical(detail) if detail else "", **told)
        for part, columns in cls.SALTED.items():
            if any(getattr(made, name) for name in columns):
                setattr(made, f"{part}_salt", secrets.token_hex(16))
                setattr(made, f"{part}_digest", made.salted(part))
        return made

    @classmethod
    def head(cls):
        """The newest line, or None."""
        return cls.objects.order_by("-seq").first()

    @classmethod
    def take_numbers(cls, lines):
        """Give unsaved lines the numbers that they will have, under the lock."""
        head = cls.head()
        for seq, one in enumerate(lines, head.seq + 1 if head else 1):
            one.seq = seq

    @classmethod
    def append(cls, lines):
        """Bind numbered lines to the chain and write them, under the lock."""
        head = cls.head()
        previous = head.hash if head else BEGINNING
        for one in lines:
            one.previous = previous
            previous = one.hash = one.compute_hash()
        cls.objects.bulk_create(lines)

    def salted(self, part):
        """The digest of a part of what was written, under its salt; nothing where nothing was written."""
        values = [getattr(self, name) for name in self.SALTED[part]]
        return digest([getattr(self, f"{part}_salt"), *values]) if any(values) else ""

    def is_forgotten(self, part):
        """Whether this part was erased: then its digest is all that is left of it."""
        return bool(getattr(self, f"{part}_digest")) and not getattr(self, f"{part}_salt")

    def is_altered(self, part):
        """Whether what stands there is not what was written, nor erased as a whole."""
        if self.is_forgotten(part):
            return any(getattr(self, name) for name in self.SALTED[part])
        return self.salted(part) != getattr(self, f"{part}_digest")

    def skeleton(self):
        """What the chain says of this line to anybody."""
        return [getattr(self, name) for name in self.SKELETON[self.format]]

    def rest(self):
        """The one digest of all else, which says nothing to who does not know it."""
        return digest([getattr(self, name) for name in self.RESTING[self.format]])

    def compute_hash(self):
        """SHA-256 of the canonical JSON list of the line before, the skeleton and the rest."""
        return digest([self.previous, *self.skeleton(), self.rest()])

    def told(self):
        """What else belongs to it, by name."""
        return json.loads(self.detail) if self.detail else {}


def erasable(salted):
    """The groups of columns that go together when a part is erased."""
    return tuple((*columns, f"{part}_salt") for part, columns in salted.items())
