"""What the house takes of Django that its documents do not promise, all of it. Nothing else may be taken elsewhere.

publishing/tests/test_unpromised.py says of each what breaks where a newer Django has changed it.
"""

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def driver(database):
    """The driver's own connection of one of Django's, open: a query by it costs a tenth of one by a cursor."""
    database.ensure_connection()
    return database.connection


def tables(database):
    """The names of the tables that a database has."""
    return set(database.introspection.table_names())


def statement(queryset):
    """(sql, parameters) of a queryset, its expressions compiled and its values apart."""
    return queryset.query.sql_with_params()


def joins(queryset):
    """Whether a queryset brings rows of other tables along (select_related)."""
    return bool(queryset.query.select_related)


def migrated(database):
    """The migrations, (app, name) each, that a database has been through."""
    return set(MigrationRecorder(database).applied_migrations())


def migrations():
    """By (app, name) of each migration of the code those of the same app that follow it. Asks no database."""
    graph = MigrationLoader(None).graph
    after = {node: set() for node in graph.nodes}
    for node, migration in graph.nodes.items():
        for before in migration.dependencies:
            if before[0] == node[0] and before in after:
                after[before].add(node)
    return after


def migrate_to(database, last):
    """Bring a new database to just these migrations, the last of each app."""
    MigrationExecutor(database).migrate(last)


def models_at(database, last):
    """The registry of the models as they were after these migrations."""
    return MigrationExecutor(database).loader.project_state(last).apps
