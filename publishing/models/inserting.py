"""Writing many new rows at once. An import of thousands of guides spends a third of its time on it."""

from itertools import islice

from django.db import connection, models, transaction

# The fewest values that SQLite takes in one statement, wherever it was built
MOST_VALUES = 999
PLAIN = {str, int, bool, type(None)}


def insert(rows):
    """Write new rows of one model, all or none; each gets its key. Raises ValueError for a row that has been written.

    What QuerySet.bulk_create does, at half its cost: a text, number or truth value goes to the database as it is. So a
    moment is never given as text, and a row that another one points to is saved before it is set there.
    """
    rows = iter(rows)
    with transaction.atomic(savepoint=False):
        while some := list(islice(rows, 1)):
            fields = _fields(type(some[0]))
            some += islice(rows, MOST_VALUES // len(fields) - 1)
            _insert(some, fields)


def _fields(model):
    return [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]


def _insert(rows, fields):
    if any(not one._state.adding or one._meta.pk not in fields and one.pk for one in rows):
        raise ValueError("A row that has its key already would be written twice.")
    meta, quoted = rows[0]._meta, connection.ops.quote_name
    columns, row = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    prepare = [(field.attname, field.get_db_prep_save) for field in fields]
    values = [
        value if type(value := vars(one)[name]) in PLAIN else prepared(value, connection)
        for one in rows
        for name, prepared in prepare
    ]
    sql = f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES {', '.join([f'({row})'] * len(rows))}"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} RETURNING {quoted(meta.pk.column)}", values)
        for one, (key,) in zip(rows, cursor.fetchall(), strict=True):
            one.pk, one._state.adding, one._state.db = key, False, connection.alias
