"""The index after a migrate, and made anew."""

from django.db import connection, transaction

from publishing import unpromised
from publishing.models import Line, index, kinds, ledger


def install(**_):
    """Make the tables that are not Django's, and the index where it is new or its words were taken otherwise."""
    present, is_new = unpromised.tables(connection), index.tables.make()
    needed = {model._meta.db_table for model in (Line, index.Indexed, *kinds.editions(), *kinds.works())}
    if needed <= present and (is_new or not index.is_current()):
        renew_search()


@transaction.atomic
def renew_search(at=None):
    """Make the whole index anew, while no act comes between; return how many rows it has.

    `at` is its moment where nobody else can act yet: in what is restored, the clock may be behind the last act.
    """
    return index.remake(at or ledger.lock())
