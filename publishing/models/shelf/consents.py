"""Who can be known in a picture, and until when they agreed: said by lines of the ledger, and read from them alone.

A line names its picture by the first 40 letters of its file's name, so what was said holds for these bytes for ever,
whatever becomes of the row. A day on which a consent ends is the line's moment: what shows the picture changes then.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction

from publishing.models.chained import ledger
from publishing.models.chained.ledger import Line
from publishing.models.prepared import Among, note
from publishing.models.shelf.pictures import Picture
from publishing.refusals import NoteMissing, Refused
from publishing.text import visible

PICTURES = "pictures"  # how the ledger calls them
SAYING = (Line.Verb.NOBODY, Line.Verb.CONSENT, Line.Verb.RETRACT)


@dataclass(frozen=True)
class Consent:
    """What was last said of a picture: that nobody can be known in it, a consent, or that this was taken back."""

    verb: str
    ends_at: datetime.datetime | None
    said_at: datetime.datetime

    def is_over(self, at):
        """Whether patients are no longer shown the picture at that moment."""
        return self.verb == Line.Verb.RETRACT or self.ends_at is not None and self.ends_at <= at

    @property
    def shows_nobody(self):
        return self.verb == Line.Verb.NOBODY

    @property
    def is_taken_back(self):
        return self.verb == Line.Verb.RETRACT


def name_in_ledger(name):
    """How the ledger calls a picture, by the name of its file."""
    return f"{PICTURES}/{name[:40]}"


def consents_to(names, at):
    """By name what was last said, up to that moment, of each of these pictures of which anything was."""
    called = {name_in_ledger(name): name for name in names}
    lines = Line.objects.filter(Among("work", sorted(called)), verb__in=SAYING, at__lte=at).order_by("seq")
    found = {}
    for work, verb, ends_at, said_at in lines.values_list("work", "verb", "in_force_at", "at"):
        found[called[work]] = Consent(verb, ends_at, said_at)
    return found


def all_consents(at):
    """(the first 64 letters of its name, what was last said) of each picture of which anything was."""
    told = []
    for verb in SAYING:
        # One after the other, in the order of their index: of several at once SQLite reads the whole ledger.
        lines = Line.objects.filter(verb=verb, at__lte=at).order_by("verb", "seq")
        told += lines.values_list("seq", "work", "text_digest", "verb", "in_force_at", "at")
    newest = {work: (digest, Consent(*said)) for _seq, work, digest, *said in sorted(told)}
    yield from sorted(newest.values(), key=lambda one: one[1].said_at)


def consents_ending(at, within):
    """The same of consents that end by themselves after a moment, and within that time, the soonest first."""
    ending = [one for one in all_consents(at) if one[1].ends_at and at < one[1].ends_at <= at + within]
    return sorted(ending, key=lambda one: one[1].ends_at)


def sizes_shown(text, at):
    """What `Picture.objects.sizes_in` says of the pictures that patients are shown at a moment.

    A page that is being made notes whom it asked.
    """
    found = Picture.objects.sizes_in(text)
    for name in found:
        note(name_in_ledger(name))
    told = consents_to(found, at) if found else {}
    return {name: size for name, size in found.items() if name not in told or not told[name].is_over(at)}


@transaction.atomic
def say(picture, verb, *, by, note="", ends_at=None):
    """Write who can be known in a picture: nobody, people who agreed until a moment or without end, or no longer.

    What it changes on patients' pages, it changes at once. Raises Refused.
    """
    now = ledger.lock()
    known = consents_to([picture.name], now).get(picture.name)
    if known and (known.verb, known.ends_at) == (verb, ends_at):
        raise Refused("That is what the record says already, so there is nothing to write.")
    if verb == Line.Verb.RETRACT and not visible(note):
        raise NoteMissing("Say in a few words who took it back and how: it stays with the record.")
    if ends_at is not None and (verb != Line.Verb.CONSENT or ends_at <= now):
        raise Refused("That day has come. Choose a later one, or say that the consent was taken back.")
    work = name_in_ledger(picture.name)
    told = {"at": now, "by": by, "note": visible(note), "in_force_at": ends_at, "text_digest": picture.name[:64]}
    ledger.append(verb, work, touches={work}, **told)
