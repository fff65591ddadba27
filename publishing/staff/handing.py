"""Texts that go from one owner to another, each with a line in its own history."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from publishing.models import kinds


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
    LogEntry.objects.log_actions(by.pk, handed, CHANGE, f"Handed over from {of or 'nobody'} to {to}.")
    return len(handed)
