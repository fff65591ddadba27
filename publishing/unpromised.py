"""What the house takes of Django that its documents do not promise, all of it. Nothing else may be taken elsewhere.

publishing/tests/test_unpromised.py says of each what breaks where a newer Django has changed it.
"""

import datetime
from functools import cache

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import DateTimeField
from django.db.models.base import ModelState
from django.db.models.sql import RawQuery


def driver(database):
    """The driver's own connection of one of Django's, open: a query by it costs a tenth of one by a cursor."""
    database.ensure_connection()
    return database.connection


def asking(database):
    """A cursor for what is asked again and again: PostgreSQL keeps the plan of a statement that comes a few times.

    Django's own writes the values into it, so that each is another one. What watches cursors watches this one too.
    """
    if database.vendor != "postgresql":
        return database.cursor()
    database.close_if_health_check_failed()
    return database._prepare_cursor(_planned()(driver(database)))


def found(database, sql, params):
    """(rows, the names of their columns) of a statement that is asked again and again.

    On SQLite by the driver itself where nobody watches what is asked: the layers between take as long as its answer.
    """
    if database.vendor != "sqlite" or database.force_debug_cursor or database.execute_wrappers:
        with asking(database) as cursor:
            cursor.execute(sql, params)
            return _read(cursor)
    own = database.connection or driver(database)
    with database.wrap_database_errors:
        return _read(own.execute(_marked(sql), params))


def tell(database, sql):
    """Have the database itself do something, past what counts and writes down what is asked."""
    own = driver(database)
    with database.wrap_database_errors:
        own.execute(sql)


def _read(cursor):
    rows = cursor.fetchall()
    return rows, tuple(column[0] for column in cursor.description) if rows else ()


@cache
def _marked(sql):
    """A statement with the marks that SQLite knows in the places of values."""
    return sql.replace("%s", "?").replace("%%", "%")


@cache
def _planned():
    """The cursor of psycopg that leaves the values apart, and says with them what it asked as Django's own does."""
    from psycopg import ClientCursor, Cursor

    class Planned(Cursor):
        def execute(self, query, params=None, **told):
            self.asked = (query, params)
            return super().execute(query, params, **told)

        @property
        def _query(self):
            return self

        @_query.setter
        def _query(self, _made):
            pass

        @property
        def query(self):
            return ClientCursor(self.connection).mogrify(*self.asked).encode()

    return Planned


def tables(database):
    """The names of the tables that a database has, and of its views."""
    return set(database.introspection.table_names(include_views=True))


def statement(queryset):
    """(sql, parameters) of a queryset, its expressions compiled and its values apart."""
    return queryset.query.sql_with_params()


def converters(database, fields):
    """(place, (what turns the value there into Python's, one after another, of which column)) where anything has to."""
    columns = [field.get_col(field.model._meta.db_table) for field in fields]
    compiler = database.ops.compiler("SQLCompiler")(RawQuery("", database.alias), database, database.alias)
    found = compiler.get_converters(columns)
    if database.vendor == "sqlite":
        moments = (place for place, field in enumerate(fields) if isinstance(field, DateTimeField))
        found |= {place: ([as_moment], columns[place]) for place in moments if len(found[place][0]) == 1}
    return list(found.items())


def as_moment(value, _column, _database):
    """A moment of SQLite, which its driver has read already: all of them are in UTC."""
    return value if value is None else value.replace(tzinfo=datetime.UTC)


def made(model, database, names, values):
    """The object of a row, as `from_db` makes it, at a third of the cost: no signal is sent, and what is not among the
    names of its attributes is read when it is asked for."""
    one = model.__new__(model)
    one.__dict__.update(zip(names, values, strict=True))
    one._state = ModelState()
    one._state.adding, one._state.db = False, database.alias
    return one


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
