"""The rows of a database as lines of JSON, the same from SQLite and PostgreSQL, and back again to the last letter."""

import base64
import datetime
import json

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

# What no backup holds, each with the reason.
LEFT_OUT = {
    "publishing.StoredPage": "a page is made anew when somebody asks for it",
    "publishing.Indexed": "the index of the search is made anew",
    "publishing.IndexedText": "the index of the search is made anew",
    "publishing.Form": "the index of the search is made anew",
    "publishing.Word": "the index of the search is made anew",
    **dict.fromkeys(
        ("articles.ArticleOwed", "articles.PageOwed", "articles.TermOwed", "faq.EntryOwed", "publishing.FrameOwed"),
        "what is owed of a text is made anew when somebody asks for it",
    ),
    "articles.MonthChecked": "how many guides were checked in months that are over is counted anew from the record",
    "publishing.SentForm": "it belongs to a session",
    "sessions.Session": "whoever has one is logged in",
    "axes.AccessAttempt": "addresses of those who mistyped, for 15 minutes",
    "axes.AccessAttemptExpiration": "addresses of those who mistyped, for 15 minutes",
    "axes.AccessFailureLog": "addresses of those who mistyped",
    "axes.AccessLog": "addresses of those who logged in",
}
AT_ONCE = 500  # rows


def tables(registry=apps):
    """The classes of all tables, in an order of their own; those of a former state of the models, where given."""
    return sorted(registry.get_models(include_auto_created=True), key=lambda model: model._meta.label)


def kept(registry=apps):
    return [model for model in tables(registry) if model._meta.label not in LEFT_OUT]


def columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def lines(model):
    """Every row of a table as a line of JSON, in the order of its columns."""
    rows = models.QuerySet(model).order_by("pk").values_list(*columns(model))
    for row in rows.iterator(AT_ONCE):
        yield json.dumps(row, default=_as_text, separators=(",", ":")).encode() + b"\n"


def _as_text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"A backup cannot hold {type(value).__name__} yet.")


def fill(model, names, written):
    """Write lines into an empty table; yield how many after each bunch. Raises ValueError, DatabaseError."""
    fields = [model._meta.get_field(name) for name in names]
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) VALUES ({places})"
    bunch = []
    database = connections[DEFAULT_DB_ALIAS]  # once: `connection` looks it up at each use, three times a value
    with database.cursor() as cursor:
        for line in written:
            values = zip(fields, json.loads(line), strict=True)
            bunch.append([field.get_db_prep_save(field.to_python(value), database) for field, value in values])
            if len(bunch) == AT_ONCE:
                cursor.executemany(sql, bunch)
                yield len(bunch)
                bunch = []
        if bunch:
            cursor.executemany(sql, bunch)
            yield len(bunch)


def empty(registry):
    """Take away what migrations put into a new database: the backup brings its own."""
    with connection.cursor() as cursor:
        for model in reversed(tables(registry)):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def numbers():
    """By table the last number that a row was given, so that none is ever given again, not even that of a lost row."""
    wanted, found = {model._meta.db_table for model in kept()}, {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            return {table: last for table, last in cursor.fetchall() if table in wanted}
        for table, sequence in _sequences(cursor):
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")
            last = cursor.fetchone()
            if last and table in wanted:
                found[table] = last[0]
    return found


def go_on_from(given):
    """Let new rows be numbered after what was ever given, by table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, last in given.items():
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        for table, sequence in _sequences(cursor):
            cursor.execute(f'SELECT max(id) FROM "{table}"')
            last = max(given.get(table, 0), cursor.fetchone()[0] or 0)
            if last:
                cursor.execute("SELECT setval(%s, %s)", [sequence, last])


def _sequences(cursor):
    """(table, its sequence) of each table whose rows are numbered."""
    found = []
    for model in tables():
        if isinstance(model._meta.pk, models.AutoField):
            table = model._meta.db_table
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', model._meta.pk.column])
            found += [(table, row[0]) for row in cursor.fetchall() if row[0]]
    return found
