"""Until when the check of each text, and of what follows it, holds: as lists tell it, and under which topic."""

from publishing.models import TEXT, Among
from publishing.record.shown.composition import held_by_work

READ = (*TEXT, "topic")


def checked_of(model, keys, at):
    """Of these texts, those that patients read at a moment: (text, its topic, until when its check holds, or None)."""
    editions = model.edition_model().objects.live(at, is_paged=True).readable()
    read = list(editions.filter(Among("work", keys)).order_by().values_list(*READ))
    held = held_by_work(model.edition_model(), [row[:-1] for row in read], at) if read else {}
    for _pk, work, *_text, topic in read:
        yield work, topic, holds_until(held[work])


def holds_until(held):
    """The moment at which the first of these reviews falls due; None where a text has none."""
    return None if None in held else min(held, key=lambda one: one.next_due_on).overdue_at
