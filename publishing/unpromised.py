"""What the house takes of Django that its documents do not promise, all of it. Nothing else may be taken elsewhere.

publishing/tests/test_unpromised.py says of each what breaks where a newer Django has changed it.
"""


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
