"""Stored pages: the bytes of a public page, valid until a ledger line touches a name it was made from."""

import datetime
import json
import time
from contextlib import contextmanager, suppress

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction

from publishing import unpromised
from publishing.models.chained.ledger import Line, Touch
from publishing.models.prepared import Among, prepared

FOR_EVER = 2**62
# Read at the clock or at the last line, whichever is later: a clock set back brings nothing back.
VALID = (
    "FROM (SELECT {later}({0}, COALESCE((SELECT {us} FROM publishing_line ORDER BY seq DESC LIMIT 1), 0)) AS us) m "
    "CROSS JOIN {page}p.since_us <= m.us AND p.until_us > m.us AND NOT EXISTS ("
    "SELECT 1 FROM {names} CROSS JOIN publishing_touch t WHERE t.name = n.value AND t.line_id > p.seq)"
)
# The page that is asked for: one of the table, or one that this process has itself
OF_TABLE = "publishing_storedpage p WHERE p.key = {0} AND "
OF_MEMORY = "(SELECT {0}{big} AS since_us, {0}{big} AS until_us, {0}{big} AS seq, {0}{text} AS needs) p WHERE "
STORABLE = {200, 301, 410}
ENCODINGS = ("br", "gzip", "identity")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def microseconds(moment):
    """A moment as whole microseconds since 1970, which raw SQL compares alike on both databases."""
    return (moment - EPOCH) // datetime.timedelta(microseconds=1)


@prepared
def next_touch(*, at, names):
    return Touch.objects.filter(Among("name", names), in_force_at__gt=at).order_by("in_force_at")[:1]


class StoredPage(models.Model):
    """One page as it is sent. Nothing is ever purged: a row that no longer holds is simply not found."""

    key = models.CharField(max_length=500, primary_key=True)
    since_us = models.BigIntegerField()
    until_us = models.BigIntegerField()
    seq = models.BigIntegerField()
    needs = models.TextField()
    http = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=100)
    location = models.TextField(blank=True)
    etag = models.CharField(max_length=80)
    # The most used first: SQLite walks a row's overflow pages in order. Empty: nobody has asked for it in that one.
    br = models.BinaryField()
    gzip = models.BinaryField()
    identity = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.key

    @classmethod
    def find(cls, key, encoding):
        """(http, content_type, location, etag, body) of a page that holds now, or None. One raw query.

        `encoding` is one of ENCODINGS. Any fault of the row or the database counts as not found.
        """
        found = _row(_SQLITE[encoding], _POSTGRESQL[encoding], (_now(), key))
        return found if found and _is_whole(*found) else None

    @staticmethod
    def head():
        """(number of the last line, moment of reading): to be read before anything else of a page."""
        last = Line.objects.head()
        return (last.seq if last else 0), Line.objects.not_before(last and last.at)

    @staticmethod
    def end_of(names, at):
        """The next moment, in microseconds, at which one of the names changes by itself."""
        following = next_touch.first(at=at, names=list(names))
        return microseconds(following.in_force_at) if following else FOR_EVER

    def holds(self):
        """Whether a page that this process has itself is what patients read now. One raw query.

        Where the database does not answer, it does not.
        """
        told = (_now(), self.since_us, self.until_us, self.seq, self.needs)
        found = _row(_of_sqlite, _of_postgresql, told)
        return bool(found and found[0])

    def put(self):
        """Store the page without waiting for anybody. Returns whether it was stored."""
        columns = [field.column for field in self._meta.concrete_fields]
        values = [getattr(self, field.attname) for field in self._meta.concrete_fields]
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        sql = (
            f"INSERT INTO publishing_storedpage ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))}) "
            f"ON CONFLICT (key) DO UPDATE SET {changes} WHERE excluded.seq > publishing_storedpage.seq OR "
            "(excluded.seq = publishing_storedpage.seq AND excluded.since_us >= publishing_storedpage.since_us)"
        )
        return self._written(sql, values)

    @classmethod
    def add(cls, key, etag, encoding, body):
        """Store a page in one more encoding, while it is still that page. Returns as `put` does."""
        sql = f"UPDATE publishing_storedpage SET {encoding} = %s WHERE key = %s AND etag = %s"
        return cls._written(sql, [body, key, etag])

    @staticmethod
    def _written(sql, values):
        try:
            with in_no_hurry(), connection.cursor() as cursor:
                cursor.execute(sql, values)
        except DatabaseError:
            return False
        return True

    @classmethod
    def forget(cls, release):
        """Delete what other releases stored. For tidiness: no key of theirs is ever asked for again."""
        cls.objects.exclude(key__startswith=f"{release} ").delete()


HURRY = {
    "sqlite": (
        "PRAGMA busy_timeout = 0; PRAGMA synchronous = NORMAL",
        "PRAGMA busy_timeout = 20000; PRAGMA synchronous = FULL",
    ),
    "postgresql": (
        "SET lock_timeout = '50ms'; SET synchronous_commit = off",
        "RESET lock_timeout; RESET synchronous_commit",
    ),
}


@contextmanager
def in_no_hurry():
    """A connection that gives up at once where another one writes, and leaves it to the disk when to write.

    What is lost here is made again (a stored page) or asked again (a count, a search in vain), so it is worth neither a
    wait for the lock nor one for the disk.
    """
    if not transaction.get_autocommit():  # tests; no public page is made inside a transaction
        with transaction.atomic():
            yield
        return
    database = connections[DEFAULT_DB_ALIAS]
    before, after = (sql.split("; ") for sql in HURRY[database.vendor])
    try:
        for sql in before:
            unpromised.tell(database, sql)
        yield
    finally:
        for sql in after:
            unpromised.tell(database, sql)


def _row(on_sqlite, on_postgresql, told):
    """The one row that a raw query finds, or None; None too where the database does not answer."""
    database = connections[DEFAULT_DB_ALIAS]  # once: `connection` looks it up at each use
    try:
        sql = on_sqlite if database.vendor == "sqlite" else on_postgresql
        return unpromised.driver(database).execute(sql, told).fetchone()
    except (DatabaseError, database.Database.Error):
        # The page is then made by the ordinary way, which says what is wrong with the database.
        with suppress(DatabaseError):  # one that cannot be opened need not be closed
            if transaction.get_autocommit():
                database.close()
        return None


def _is_whole(http, content_type, location, etag, body):
    """Whether a row can be sent at all; one that was damaged is made anew."""
    return http in STORABLE and (body or location) and (content_type + location + etag).isprintable()


def _now():
    return time.time_ns() // 1000


def _select(mark, big="", text="", **dialect):
    """(by encoding the statement that finds a stored page, the one that says whether a page in memory holds)."""
    of_table = VALID.format(mark, page=OF_TABLE.format(mark), **dialect)
    of_memory = VALID.format(mark, page=OF_MEMORY.format(mark, big=big, text=text), **dialect)
    found = {
        encoding: f"SELECT p.http, p.content_type, p.location, p.etag, p.{encoding} {of_table}"
        for encoding in ENCODINGS
    }
    return found, f"SELECT EXISTS (SELECT 1 {of_memory})"


_SQLITE, _of_sqlite = _select(
    "?",
    later="MAX",
    us="CAST(strftime('%s', at) AS INTEGER) * 1000000 + CAST(substr(at, 21, 6) AS INTEGER)",
    names="json_each(p.needs) n",
)
_POSTGRESQL, _of_postgresql = _select(
    "%s",
    big="::bigint",
    text="::text",
    later="GREATEST",
    us="CAST(EXTRACT(EPOCH FROM at) * 1000000 AS bigint)",
    names="json_array_elements_text(p.needs::json) n",
)


def differences_of(name):
    """What is kept of the differences between editions of a text is made from, as no act ever touches it: it ends with
    the next edition alone, and goes where one is erased."""
    return f"differences of {name}"


def page_of(key, seq, at, names, **content):
    """A stored page that holds from `at` until the names it was made from change."""
    return StoredPage(
        key=key,
        seq=seq,
        since_us=microseconds(at),
        until_us=StoredPage.end_of(names, at),
        needs=json.dumps(sorted(names)),
        **content,
    )
