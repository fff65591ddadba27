"""What `migrate` does where an earlier one was killed."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from carsite.tests.conftest import FURNISH, House

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.djangos]


def test_what_was_made_and_not_yet_written_down_is_not_made_again():
    """Killed after the transaction that made the tables, before the row that says so."""
    first = ("sessions", "0001_initial")
    MigrationRecorder(connection).record_unapplied(*first)
    call_command("migrate", verbosity=0)
    assert first in MigrationRecorder(connection).applied_migrations()


@pytest.mark.slow
def test_every_table_of_ours_goes_and_comes_back(tmp_path, empty_database):
    """Each app to its beginning, those that lean on others first; what stays is Django's and its libraries'."""
    house, apps = House(tmp_path, empty_database), ("carsite", "faq", "articles", "publishing")
    undone = [("migrate", app, "zero", "--verbosity", "0") for app in apps]
    listed = "from django.db import connection; print('left', *connection.introspection.table_names())"
    left = house.do(("migrate", "--verbosity", "0"), *undone, listed).split()
    assert "left" in left and [one for one in left if one.startswith(apps)] == []
    said = house.do(*FURNISH, listed)
    assert "publishing_line" in said and "articles_articleedition" in said and "faq_entry" in said
    assert "The record holds" in house.run("verify_ledger")
