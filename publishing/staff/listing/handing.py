"""Texts that go from one owner to another, each with a line in its own history."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import F

from publishing.models import kinds, name_of


def owning():
    """The kinds of text that somebody looks after; what follows a text is its owner's."""
    return [model for model in kinds.reviewed() if not model.FOLLOWS]


def give(works, to):
    """Let somebody look after these working copies. No save of the text, since who hands one over has not written it;
    but counted as one, so that a form which is open meanwhile does not take it back."""
    works.update(owner=to, edits=F("edits") + 1)


@transaction.atomic
def hand_over(of, to, *, by):
    """All texts of one owner (None: of nobody) to another; return how many."""
    handed = []
    for model in owning():
        mine = model.objects.filter(owner=of)
        handed += mine.only(kinds.title_of(model))
        give(mine, to)
    in_history(handed, of, to, by=by)
    return len(handed)


def in_history(works, of, to, *, by):
    """Write into the history of each text who handed it over."""
    said = f"Handed over from {name_of(of) if of else 'nobody'} to {name_of(to)}."
    LogEntry.objects.log_actions(by.pk, works, CHANGE, said)
