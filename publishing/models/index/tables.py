"""The two tables that the databases search by words: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold the same sets of words and only intersect them: no weights, no places, no ranking of their own. They are no
tables of Django's, so they are made after every migrate, and go when those they belong to have gone.
"""

from django.db import connection

from publishing import unpromised
from publishing.models.index.rows import Form, Indexed

WORDS, MARKS = "publishing_indexed_words", "publishing_form_marks"
OF = {WORDS: Indexed, MARKS: Form}
_SQLITE = (
    "CREATE VIRTUAL TABLE {0} USING fts5(words, content='', detail=none, columnsize=0, "
    "tokenize=\"ascii tokenchars '!~-./:^$#='\")",
)
_POSTGRESQL = (
    "CREATE TABLE {0} (id bigint PRIMARY KEY, words tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    "CREATE INDEX {0}_gin ON {0} USING gin (words) WITH (fastupdate = off)",
)


def is_sqlite():
    return connection.vendor == "sqlite"


def make():
    """Make the tables that should be there, and drop those whose rows have gone. Returns whether any was made."""
    tables, is_new = unpromised.tables(connection), False
    with connection.cursor() as cursor:
        for name, model in OF.items():
            if model._meta.db_table not in tables:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")
            elif name not in tables:
                is_new = True
                for sql in _SQLITE if is_sqlite() else _POSTGRESQL:
                    cursor.execute(sql.format(name))
    return is_new


def empty():
    with connection.cursor() as cursor:
        for name in OF:
            sql = "INSERT INTO {0}({0}) VALUES ('delete-all')" if is_sqlite() else "TRUNCATE {0}"
            cursor.execute(sql.format(name))


def add(table, rows):
    """Rows of (id, words)."""
    with connection.cursor() as cursor:
        if is_sqlite():
            told = [(pk, " ".join(sorted(words))) for pk, words in rows]
            cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", told)
        else:
            sql = f"INSERT INTO {table} (id, words) VALUES (%s, array_to_tsvector(%s))"
            cursor.executemany(sql, [(pk, sorted(words)) for pk, words in rows])


def take_out(table, rows):
    """Rows of (id, words), with exactly the words that were put in: SQLite keeps none by which to find them."""
    with connection.cursor() as cursor:
        if is_sqlite():
            told = [(pk, " ".join(sorted(words))) for pk, words in rows]
            cursor.executemany(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', %s, %s)", told)
        else:
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [[pk for pk, _words in rows]])


def optimise():
    """Leave nothing in the file of words that were taken out: SQLite keeps them until its lists are merged."""
    if is_sqlite():
        with connection.cursor() as cursor:
            for name in OF:
                cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def match(ways):
    """The query that is met by any of these ways, each a list of words that all have to be there."""
    joined, either, quote = (" AND ", " OR ", '"') if is_sqlite() else (" & ", " | ", "'")
    told = [joined.join(f"{quote}{word}{quote}" for word in way) for way in ways if way]
    return either.join(f"({one})" for one in told)


def match_all(queries):
    """The query that is met by what meets all of these."""
    return (" AND " if is_sqlite() else " & ").join(f"({one})" for one in queries)


def found(table):
    """(the id, the condition with one place for a query) of a table that has no other name in the SQL they stand in."""
    if is_sqlite():
        return f"{table}.rowid", f"{table} MATCH %s"
    return f"{table}.id", f"{table}.words @@ %s::tsquery"


def is_live(word, at):
    """Whether a row that is live at that moment has a word."""
    column, condition = found(WORDS)
    at = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {WORDS} JOIN {Indexed._meta.db_table} i ON i.id = {column} "
            f"WHERE {condition} AND i.since <= %s AND (i.until IS NULL OR i.until > %s) LIMIT 1",
            [match([[word]]), at, at],
        )
        return cursor.fetchone() is not None


def differing(table, rows):
    """The ids of those of (id, words) that the table does not hold with exactly these words."""
    with connection.cursor() as cursor:
        if is_sqlite():
            wrong = []
            for pk, words in rows:
                if not words:
                    continue
                # Whether it holds others as well shows when all are counted.
                cursor.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH %s AND rowid = %s", [match([words]), pk])
                wrong += [] if cursor.fetchone() else [pk]
            return wrong
        sql = f"SELECT id FROM {table} WHERE id = %s AND words = array_to_tsvector(%s)"
        wrong = []
        for pk, words in rows:
            cursor.execute(sql, [pk, sorted(words)])
            wrong += [] if cursor.fetchone() else [pk]
        return wrong


def entries(table):
    """How many words all rows of the table hold together."""
    with connection.cursor() as cursor:
        if not is_sqlite():
            cursor.execute(f"SELECT coalesce(sum(length(words)), 0) FROM {table}")
            return cursor.fetchone()[0]
        cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.counted USING fts5vocab(main, {table}, row)")
        cursor.execute("SELECT coalesce(sum(doc), 0) FROM temp.counted")
        total = cursor.fetchone()[0]
        cursor.execute("DROP TABLE temp.counted")
        return total
