"""Acts: what every act begins and ends with, and many first editions at once."""

from itertools import groupby, zip_longest

from django.db import transaction

from publishing.models import ledger
from publishing.models.inserting import insert
from publishing.models.ledger import Line
from publishing.refusals import AddressTaken


def keep_new(works, *, by, at, wanted, hints=()):
    """Save new working copies of one kind, each at an address made from the text that is wanted for it.

    Hints are numbers that are likely to be free behind such an address.
    """
    model, told = type(works[0]), list(zip_longest(works, wanted, hints, fillvalue=10))
    for language in {work.language for work in works}:
        asked = [one for one in told if one[0].language == language]
        slugs = model.free_slugs([text for _work, text, _hint in asked], language, [hint for *_rest, hint in asked])
        for (work, *_rest), slug in zip(asked, slugs, strict=True):
            work.slug = slug
    for work in works:
        work.edits, work.changed_at, work.changed_by_name = 1, at, ledger.name_of(by)
    insert(works)
    insert(work.saving(by) for work in works)


@transaction.atomic
def publish_new(works, *, by, note):
    """Publish texts that were never public, each by an act of its own; all or none.

    `by` is the name of a command, `note` gives the change note for a text. What a text follows comes before it.
    Raises Refused.
    """
    now, made, lines = ledger.lock(), {}, []
    for _kind, group in groupby(works, type):
        editions = []
        for work in group:
            edition = work.first_edition(made)
            line = work.sealed(edition, Line.Verb.PUBLISH, 1, now, now, by, note(work))
            lines.append((line, work.touches(edition)))
            editions.append(edition)
        _refuse_taken(editions)
        insert(editions)
        made |= {edition.work: edition for edition in editions}
    ledger.append_all(lines)


def _refuse_taken(editions):
    addresses = {(edition.language, edition.slug) for edition in editions}
    languages, slugs = zip(*addresses, strict=True)
    given = type(editions[0]).objects.filter(language__in=set(languages), slug__in=slugs)
    if len(addresses) < len(editions) or addresses & set(given.values_list("language", "slug")):
        raise AddressTaken("Another text has, or once had, this address.")
