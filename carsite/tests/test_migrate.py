"""What `migrate` does where an earlier one was killed."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.djangos]


def test_what_was_made_and_not_yet_written_down_is_not_made_again():
    """Killed after the transaction that made the tables, before the row that says so."""
    first = ("sessions", "0001_initial")
    MigrationRecorder(connection).record_unapplied(*first)
    call_command("migrate", verbosity=0)
    assert first in MigrationRecorder(connection).applied_migrations()
