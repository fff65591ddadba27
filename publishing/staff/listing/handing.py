"""Texts that go from one owner to another, each with a line in its own history."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from publishing.models import kinds, name_of


def owning():
    """The kinds of text that somebody looks after; what follows a text is its owner's."""
    return [model for model in kinds.reviewed() if not model.FOLLOWS]


@transaction.atomic
def hand_over(of, to, *, by):
    """All texts of one owner (None: of nobody) to another; return how many."""
    handed = []
    for model in owning():
        mine = model.objects.filter(owner=of)
        handed += mine.only(kinds.title_of(model))
        mine.update(owner=to)
    in_history(handed, of, to, by=by)
    return len(handed)


def in_history(works, of, to, *, by):
    """Write into the history of each text who handed it over."""
    said = f"Handed over from {name_of(of) if of else 'nobody'} to {name_of(to)}."
    LogEntry.objects.log_actions(by.pk, works, CHANGE, said)
