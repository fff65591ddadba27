"""One person's desk: rows of a title, a sentence, one button. Each source of rows is a function in a list."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import F, Q, Subquery
from django.utils import timezone

from publishing.models import FORMAT, kinds, name_of, reviews_for
from publishing.record import Pressing, in_states, lately, owner_key, with_states
from publishing.staff.addresses import staff_url
from publishing.staff.pages import may

MOST = 50  # rows of one source


class Row(NamedTuple):
    """One thing of one text. `sign` and `reason` are its chip, `act` the words on its button."""

    name: str
    sign: str
    reason: str
    title: str
    said: str
    act: str
    url: str
    changed: list = ()  # pieces of a comparison
    sends: tuple = ()  # (address, digest of the text that is meant) of what the button does at once
    holds: tuple = ()  # names of other texts that it tells of


class Desk:
    """One person's, at a moment."""

    def __init__(self, user, at):
        self.user, self.at, self.today = user, at, timezone.localdate(at)

    @cached_property
    def pressing(self):
        return Pressing.at(self.at)

    @property
    def due(self):
        """What has to be looked at today."""
        return self.pressing.now

    @property
    def openly(self):
        """The askings that are open."""
        return self.pressing.openly

    def may(self, verb, model):
        return may(self.user, verb, model)

    def kinds(self, verb):
        """The kinds of texts to which this person may do that, what follows a text behind it."""
        return [model for model in kinds.reviewed()[::-1] if self.may(verb, model)]

    def mine(self, model):
        """What this person looks after, or saved last where nobody does."""
        owner = owner_key(model)
        left = Q(**{f"{owner}__isnull": True}, changed_by_name=name_of(self.user))
        return model.objects.filter(Q(**{owner: self.user}) | left)

    def in_state(self, works, *states):
        """Of working copies those in one of these states, newest first, with what rows tell; no text is read."""
        model, told = works.model, ("pk", "title_told", "state", "changed_at", "text_digest", "live_number")
        works = in_states(works, self.at, self.pressing, *states)
        # Keys first: what is told of each would be looked up for all that are to be sorted.
        keys = list(works.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:MOST])
        if not keys:
            return []
        live = model.edition_model().objects.live_of("pk", self.at)
        works = with_states(model.objects.filter(pk__in=keys), self.at, self.pressing)
        works = works.annotate(title_told=F(kinds.title_of(model)), live_number=Subquery(live.values("number")[:1]))
        return list(works.order_by("-changed_at", "-pk").values_list(*told, named=True))

    def reviews_of(self, model, works):
        """The review that holds for each of these texts as it is now, or None."""
        edition_model = model.edition_model()
        return reviews_for(
            [edition_model(work_id=one.pk, digest_format=FORMAT, text_digest=one.text_digest) for one in works], self.at
        )


def row(model, pk, sign, reason, title, said, act, page="change"):
    url = staff_url(model(pk=pk), page)
    return Row(f"{model.LEDGER_NAME}/{pk}", sign, reason, title, said, act, url)


def at_said(moment, desk):
    said = lately(moment, desk.at)
    return said.replace(", ", " at ") if said.startswith(("today", "yesterday", "tomorrow")) else f"on {said}"


def ago(days):
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def shortened_to(text, longest=120):
    return text if len(text) <= longest else f"{text[: longest - 2].rsplit(' ', 1)[0]} …"
