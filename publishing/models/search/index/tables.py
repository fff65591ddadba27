"""The two tables that the databases search by words: FTS5 on SQLite, GIN over tsvector on PostgreSQL.

Both hold the same sets of words and only intersect them: no weights, no places, no ranking of their own. They are no
tables of Django's, so they are made after every migrate, and go when those they belong to have gone. On PostgreSQL
the words of a text stand in its row already: there its table is a view of these, and nothing is kept twice.
"""

import zlib

from django.db import connection

from publishing import unpromised
from publishing.models.search.index.rows import Form, Indexed, IndexedText, Word

WORDS, MARKS = "publishing_indexed_words", "publishing_form_marks"
OF = {WORDS: IndexedText, MARKS: Form}
_SQLITE = (
    "CREATE VIRTUAL TABLE {0} USING fts5(words, content='', detail=none, columnsize=0, "
    "tokenize=\"ascii tokenchars '!~-./:^$#='\")",
)
# Compressed and beside the row, so that the rows themselves stand close together.
_NARROW = "ALTER TABLE {0} SET (toast_tuple_target = 128)"
_INDEX = {
    WORDS: "CREATE INDEX publishing_indexed_words_gin ON publishing_indexedtext "
    "USING gin (publishing_words_of(forms)) WITH (fastupdate = off)",
    MARKS: "CREATE INDEX publishing_form_marks_gin ON publishing_form_marks USING gin (words) WITH (fastupdate = off)",
}
_POSTGRESQL = {
    WORDS: (
        # Dear, so that it is read from the index and not taken from each row
        "CREATE OR REPLACE FUNCTION publishing_words_of(told bytea) RETURNS tsvector "
        "LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS "
        "$$SELECT array_to_tsvector(string_to_array(split_part(convert_from(told, 'UTF8'), chr(10), 1), ' '))$$",
        _NARROW.format("publishing_indexedtext"),
        "DELETE FROM publishing_indexedtext",  # made anew now; what an older release kept may be no words
        "CREATE VIEW {0} AS SELECT row_id AS id, publishing_words_of(forms) AS words FROM publishing_indexedtext",
        _INDEX[WORDS],
    ),
    MARKS: (
        "CREATE TABLE {0} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
        _NARROW.format(MARKS),
        _INDEX[MARKS],
    ),
}


def is_sqlite():
    return connection.vendor == "sqlite"


def make():
    """Make the tables that should be there, and drop those whose rows have gone. Returns whether any was made."""
    present, is_new = unpromised.tables(connection), False
    with connection.cursor() as cursor:
        for name, model in OF.items():
            if model._meta.db_table not in present:
                if name in present:
                    cursor.execute(f"DROP {'VIEW' if name == WORDS and not is_sqlite() else 'TABLE'} {name}")
            elif name not in present:
                is_new = True
                for sql in _SQLITE if is_sqlite() else _POSTGRESQL[name]:
                    cursor.execute(sql.format(name))
        if not is_sqlite():
            # Django makes it of each key that is a word, for LIKE, which nobody asks: a fiftieth of the whole index
            table = Word._meta.db_table
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname LIKE '%%_like'", [table]
            )
            for (index,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {connection.ops.quote_name(index)}")
    return is_new


def empty():
    """Empty the whole index. On PostgreSQL it is without its own indexes until `finish`: made at once they are half
    as large, and what was deleted in place of truncated would stay in the files."""
    with connection.cursor() as cursor:
        if is_sqlite():
            for name in OF:
                cursor.execute(f"INSERT INTO {name}({name}) VALUES ('delete-all')")
            for model in (IndexedText, Indexed, Form, Word):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table of which something is still to be checked stays
        rows = ", ".join(model._meta.db_table for model in (IndexedText, Indexed, Form, Word))
        cursor.execute(f"TRUNCATE {rows}, {MARKS}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in OF:
            cursor.execute(f"DROP INDEX IF EXISTS {name}_gin")


def packed(written):
    """What a row keeps of its words. PostgreSQL reads them, and compresses them itself."""
    return zlib.compress(written.encode(), 6) if is_sqlite() else written.encode()


def unpacked(kept):
    return (zlib.decompress(kept) if is_sqlite() else bytes(kept)).decode()


def add(table, rows):
    """Rows of (id, words)."""
    with connection.cursor() as cursor:
        if is_sqlite():
            told = [(pk, " ".join(sorted(words))) for pk, words in rows]
            cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", told)
        elif table != WORDS and rows:
            sql = (
                f"INSERT INTO {table} (id, words) SELECT pk, array_to_tsvector(string_to_array(words, ' ')) "
                "FROM unnest(%s::bigint[], %s::text[]) AS told (pk, words)"
            )
            cursor.execute(sql, [[pk for pk, _words in rows], [" ".join(sorted(words)) for _pk, words in rows]])


def take_out(table, rows):
    """Rows of (id, words), with exactly the words that were put in: SQLite keeps none by which to find them."""
    with connection.cursor() as cursor:
        if is_sqlite():
            told = [(pk, " ".join(sorted(words))) for pk, words in rows]
            cursor.executemany(f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', %s, %s)", told)
        elif table != WORDS:
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [[pk for pk, _words in rows]])


def each(sql, rows, together, types):
    """Do a statement with each of these rows of values. PostgreSQL does all at once: `together` finds them as `told`,
    with columns of these types, since a statement alone costs it more than what it does."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.executemany(sql, rows)
        elif rows:
            told = ", ".join(f"%s::{one}[]" for one in types)
            cursor.execute(together.format(f"unnest({told})"), [list(column) for column in zip(*rows, strict=True)])


def optimise():
    """Leave nothing in the file of words that were taken out: SQLite keeps them until its lists are merged."""
    with connection.cursor() as cursor:
        for name in OF if is_sqlite() else ():
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")


def finish():
    """What has to be done once all rows are in, after `empty`."""
    if is_sqlite():
        return optimise()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name, sql in _INDEX.items():
            cursor.execute(sql)
            cursor.execute(f"ANALYZE {OF[name]._meta.db_table}")
        cursor.execute(f"ANALYZE {Indexed._meta.db_table}, {MARKS}")


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


def asked(sql, told=()):
    """The rows of a statement that each search asks."""
    with unpromised.asking(connection) as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()


def among(column, values):
    """(the condition that a column is one of these words, its values): of PostgreSQL one statement however many."""
    if is_sqlite():
        return f"{column} IN ({', '.join(['%s'] * len(values))})", sorted(values)
    return f"{column} = ANY(%s)", [sorted(values)]


def is_live(words, at):
    """Whether a row that is live at that moment has all these words."""
    return bool(live_ways([words], at))


def live_ways(ways, at):
    """The places of those of these lists of words that a row has whole that is live at that moment; one query."""
    column, condition = found(WORDS)
    one = (
        f"SELECT {{}} WHERE EXISTS (SELECT 1 FROM {WORDS} JOIN {Indexed._meta.db_table} i ON i.id = {column} "
        f"WHERE {condition} AND i.since <= %s AND (i.until IS NULL OR i.until > %s))"
    )
    at = connection.ops.adapt_datetimefield_value(at)
    told = [value for words in ways for value in (match([words]), at, at)]
    sql = " UNION ALL ".join(one.format(place) for place in range(len(ways)))
    return {place for (place,) in asked(sql, told)} if ways else set()


def spelled(terms):
    """(the condition that a row has a way of each of these terms, its values), in the words as PostgreSQL keeps them.

    Of words that most texts have: to make a tsvector of each row that is looked at takes five times as long.
    """
    told, values = [], []
    for ways in terms:
        told.append("(" + " OR ".join(" AND ".join(["strpos(l.line, %s) > 0"] * len(way)) for way in ways) + ")")
        values += [f" {word} " for way in ways for word in way]
    return " AND ".join(told), values


LINE = (
    "publishing_indexedtext t CROSS JOIN LATERAL "
    "(SELECT ' ' || split_part(convert_from(t.forms, 'UTF8'), chr(10), 1) || ' ' AS line OFFSET 0) l"
)


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
