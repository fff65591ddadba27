"""The database role of a process that only serves readers: it reads what pages show, and writes what a reader may send.

Whoever takes over such a process learns no draft, no account and no password, and can change no page. Of the staff it
learns who published what.
"""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from psycopg import sql

from articles.hearing import READER
from articles.models import Heard, OldAddress, Pace, Seen, Voice
from publishing.models import (
    Chore,
    Form,
    Indexed,
    IndexedText,
    Line,
    Pair,
    Picture,
    Remark,
    Rendition,
    Touch,
    Unfound,
    Verified,
    Word,
    index,
    kinds,
)

# What a reader sends is counted; what they write can be written and not read. That something is wrong becomes a
# remark, and of remarks only such ones are seen. Of a count the columns that grow; more searches in vain than there is
# room for push each other out.
COUNTED = {Heard: ("count",), Pace: ("span", "count"), Seen: ("count",), Unfound: ("words", "days", "last_on")}
SAID = ("id", "work", "passage", "by_name", "made_at", "settled_at")
ALL = None
REMARKS, MIGRATIONS = Remark._meta.db_table, "django_migrations"
# Of what staff write, of the ledger and of pictures, what a page needs to find its editions
PARTS = {
    Line: ("seq", "at", "hash", "verb", "work", "beside", "number", "in_force_at"),
    OldAddress: ("id", "path", "article_id", "added_at"),
    Picture: ("id", "name", "width", "height"),
    Chore: ("what", "began_at", "ended_at", "is_done"),
}
WHOLE = (Form, Indexed, IndexedText, Pair, Rendition, Touch, Verified, Word)


def reads():
    """By table the columns that pages for readers are made from; ALL of most tables."""
    of_editions = [*kinds.editions(), *filter(None, (model.older_model() for model in kinds.editions()))]
    found = {model._meta.db_table: ALL for model in (*of_editions, *WHOLE)}
    found |= dict.fromkeys((index.tables.WORDS, index.tables.MARKS, MIGRATIONS), ALL)
    found |= {model._meta.db_table: columns for model, columns in PARTS.items()}
    for model in kinds.reviews():
        found[model._meta.db_table] = tuple(name for name in _columns(model) if name not in ("note", "made_by_name"))
    for model in kinds.works():
        found[model._meta.db_table] = tuple(name for name in _columns(model) if name in ("id", "language"))
    # To count on, the row is looked for, and the one that gives way.
    found |= {model._meta.db_table: _given(model) for model in COUNTED}
    found[Unfound._meta.db_table] = ("id", "key_digest", "words", "days", "last_on")
    return found | {Remark._meta.db_table: SAID, Voice._meta.db_table: ("id",)}


def _columns(model):
    return tuple(field.column for field in model._meta.concrete_fields)


def _given(model):
    """The columns of a new row, but for the number that the database gives it."""
    numbered = model._meta.auto_field
    return tuple(name for name in _columns(model) if not numbered or name != numbered.column)


def rights():
    """By table what the role may do there, and to which columns: no more, and no less."""
    found = {table: {"SELECT": columns} for table, columns in reads().items()}
    for model in (*COUNTED, Remark, Voice):
        found[model._meta.db_table]["INSERT"] = _given(model)
    for model, columns in COUNTED.items():
        found[model._meta.db_table]["UPDATE"] = columns
    found[Unfound._meta.db_table]["DELETE"] = ALL
    return found


def statements(role):
    """The statements that give a role of that name these rights, and no other. They may be run again at any time."""
    who, listed = sql.Identifier(role), sql.SQL(", ").join
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {0}").format(who)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {0}").format(who)
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {0}").format(who)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {0}").format(who)
    for table, deeds in sorted(rights().items()):
        for deed, columns in deeds.items():
            named = sql.SQL(" ({})").format(listed(map(sql.Identifier, columns))) if columns else sql.SQL("")
            yield sql.SQL("GRANT {}{} ON {} TO {}").format(sql.SQL(deed), named, sql.Identifier(table), who)
    remarks = sql.Identifier(REMARKS)
    # Whoever owns the table is not held by this: the staff's processes see and write all.
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(remarks)
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(who, remarks)
    rule = "CREATE POLICY {0} ON {1} TO {0} USING (by_name = {2}) WITH CHECK (by_name = {2} AND by_id IS NULL)"
    yield sql.SQL(rule).format(who, remarks, sql.Literal(READER))


# Each role that was made has a rule of its own for remarks.
MADE = """SELECT r.rolname FROM pg_policy p JOIN pg_roles r ON r.oid = ANY(p.polroles)
WHERE p.polrelid = to_regclass(%s) ORDER BY r.rolname"""


def renew():
    """The roles that were made have the rights of this release, and no other."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MADE, [REMARKS])
        for (name,) in cursor.fetchall():
            for one in statements(name):
                cursor.execute(one)


FOUND = """SELECT c.relname, a.attname, d.deed FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES', 'DELETE', 'TRUNCATE', 'TRIGGER', '']) AS d(deed)
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND CASE
WHEN d.deed = '' THEN true WHEN d.deed IN ('DELETE', 'TRUNCATE', 'TRIGGER') THEN has_table_privilege(c.oid, d.deed)
ELSE has_column_privilege(c.oid, a.attnum, d.deed) END ORDER BY 1, 2, 3"""


def refuse_other_role():
    """Raises ImproperlyConfigured where a process for readers would have more rights than it needs, or less."""
    if connection.vendor != "postgresql":
        raise ImproperlyConfigured(
            "PUBLIC_ONLY is for several machines with one PostgreSQL, and DATABASE_URL names none. "
            "Write the address that “manage.py readers_role” printed, or PUBLIC_ONLY=false."
        )
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        has = set(cursor.fetchall())
        cursor.execute("SELECT row_security_active(to_regclass(%s))", [REMARKS])
        (is_held,) = cursor.fetchone()
    there = {(table, column) for table, column, _deed in has}
    wanted = {(table, column, "") for table, column in there} | needed(there)
    known = known_to_the_code()
    more = sorted(one for one in has - wanted if one[:2] in known)
    if more or not is_held:
        said = "{2} {0}.{1}".format(*more[0]) if more else f"see all of {REMARKS}"
        raise ImproperlyConfigured(
            f"PUBLIC_ONLY is on, but the user of DATABASE_URL may {said}, and {len(more)} such things in all that "
            "no reader needs. Write the address that “manage.py readers_role” printed."
        )
    if less := sorted(wanted - has):
        table, column, deed = less[0]
        raise ImproperlyConfigured(
            f"PUBLIC_ONLY is on, but the user of DATABASE_URL may not {deed} {table}.{column} ({len(less)} such things "
            "in all). Type “manage.py migrate” where the staff's site runs, and if that does not help "
            "“manage.py readers_role”."
        )


def needed(there):
    """(table, column, deed) of each right, where these (table, column) are in the database."""
    columns_of = {}
    for table, column in there:
        columns_of.setdefault(table, set()).add(column)
    return {
        (table, column, deed)
        for table, deeds in rights().items()
        for deed, columns in deeds.items()
        for column in columns or columns_of.get(table, ["(the table)"])
    }


def known_to_the_code():
    """(table, column) of this release: what else is there may be of the next one, whose rights the role has by now."""
    models = apps.get_models(include_auto_created=True)
    return {(model._meta.db_table, name) for model in models for name in _columns(model)}
