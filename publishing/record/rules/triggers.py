"""Permanence in the database itself: triggers that refuse to change or delete editions and ledger lines.

They are installed after every migrate, because a later migration on SQLite rebuilds tables and silently drops them.
Those that hold the ledger to the grammar of acts name many tables, and SQLite renames no table that such a trigger
names: they go before a migrate. An outdated, altered or disabled one counts as missing. Each name ends in a digest of
its own text.
"""

import hashlib

from django.conf import settings
from django.db import connection

from publishing import unpromised
from publishing.models import Chained, Edition, Line, kinds
from publishing.record.rules import conditions

PREFIX = "permanent_"
MESSAGE = "What was published is permanent: editions and ledger lines cannot be changed or deleted."
IMPOSSIBLE = "What was published is permanent: this line of the ledger tells of an act that is not possible."
GRAMMAR = f"{PREFIX}grammar_"


def install(**_):
    """Make exactly the triggers that should be there; may be called again and again."""
    tables = unpromised.tables(connection)
    wanted = {name: sql for model in kinds.permanent() if model._meta.db_table in tables for name, sql in _of(model)}
    if {model._meta.db_table for model in kinds.permanent()} <= tables:
        wanted |= dict(_grammar())
    present = _present()
    whole = {name for name, sql in wanted.items() if _is_whole(name, sql, present)}
    with connection.cursor() as cursor:
        for name, (table, _text) in present.items():
            if name not in whole:
                _drop(cursor, name, table)
        for name, sql in wanted.items():
            if name not in whole:
                cursor.execute(sql)


def remove(**_):
    """Take the triggers away: while a database is filled from another one, and in tests."""
    with connection.cursor() as cursor:
        for name, (table, _text) in _present().items():
            _drop(cursor, name, table)


def make_room(**_):
    """Take those away that hold the ledger to the grammar, before a migrate."""
    with connection.cursor() as cursor:
        for name, (table, _text) in _present().items():
            if name.startswith(GRAMMAR):
                _drop(cursor, name, table)


def missing():
    """The names of triggers that should be there and are not, or are altered or disabled."""
    present = _present()
    wanted = [one for model in kinds.permanent() for one in _of(model)] + list(_grammar())
    return sorted(name for name, sql in wanted if not _is_whole(name, sql, present))


def _present():
    """By the name of each trigger its table, and what it does (nothing, when it is disabled)."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT t.tgname, c.relname, CASE WHEN t.tgenabled IN ('O', 'A') THEN p.prosrc ELSE '' END "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgname LIKE %s AND pg_table_is_visible(c.oid)"
        )
    else:
        sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX}%"])
        return {name: (table, text) for name, table, text in cursor.fetchall()}


def _is_whole(name, sql, present):
    """Whether that trigger is there and does what it should."""
    # PostgreSQL keeps the function's text, SQLite the whole statement.
    wanted = sql.split("$$")[1] if connection.vendor == "postgresql" else sql
    return name in present and present[name][1] == wanted


def _drop(cursor, name, table):
    if connection.vendor == "postgresql":
        cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"; DROP FUNCTION "{name}"()')
    else:
        cursor.execute(f'DROP TRIGGER "{name}"')


def _of(model):
    make = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    for event, template in make(model):
        yield _named(f"{PREFIX}{model._meta.db_table}_{event}_", template)


def _named(start, template):
    name = f"{start}{hashlib.sha256(template.encode()).hexdigest()[:8]}"
    return name, template.replace("{name}", name)


def _grammar():
    """(name, SQL) of what refuses a line without its row, or of an act that was not possible."""
    if connection.vendor == "postgresql":
        wanted = list(conditions.conditions("{} IS NOT DISTINCT FROM {}".format, "{} ~ '^{}[1-9][0-9]*$'".format))
        branches = " ELSIF ".join(f"{when} THEN IF ({holds}) THEN RETURN NEW; END IF;" for when, holds in wanted)
        body = f"IF {branches} END IF; RAISE EXCEPTION '{IMPOSSIBLE}' USING ERRCODE = 'integrity_constraint_violation';"
        yield _named(GRAMMAR, _function(body, "INSERT", Line._meta.db_table))
        return
    wanted = list(conditions.conditions("{} IS {}".format, "{} GLOB '{}[1-9]*'".format))
    start = f'CREATE TRIGGER "{{name}}" BEFORE INSERT ON "{Line._meta.db_table}" FOR EACH ROW WHEN '
    refuse = f" BEGIN SELECT RAISE(ABORT, '{IMPOSSIBLE}'); END"
    for when, holds in wanted:
        yield _named(GRAMMAR, f"{start}{when} AND NOT coalesce({holds}, 0){refuse}")
    yield _named(GRAMMAR, f"{start}NOT ({' OR '.join(f'({when})' for when, _holds in wanted)}){refuse}")


def _columns(model):
    """(columns that may not change, keys to users, which may become NULL)."""
    users = [field.column for field in model._meta.concrete_fields if _is_key_to_user(field)]
    mutable = {*users, *model.SET_ONCE, *model.REPLACEABLE, *(column for group in model.ERASABLE for column in group)}
    return [field.column for field in model._meta.concrete_fields if field.column not in mutable], users


def _is_key_to_user(field):
    return field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL


def _refused_insert(model, new="NEW"):
    """The condition under which a new row would fork or rewrite what is there."""
    table = f'"{model._meta.db_table}"'
    if issubclass(model, Chained):
        # Only the last line is asked: those before it were held to the same, and to search them all costs ever more.
        return (
            f"{new}.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {table}) "
            f"OR {new}.at < (SELECT at FROM {table} ORDER BY seq DESC LIMIT 1) "
            f"OR {new}.previous <> coalesce((SELECT hash FROM {table} ORDER BY seq DESC LIMIT 1), '{'0' * 64}')"
        )
    if not issubclass(model, Edition):
        return f"EXISTS (SELECT 1 FROM {table} WHERE id = {new}.id)"
    return (
        f"EXISTS (SELECT 1 FROM {table} WHERE id = {new}.id) "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE work_id = {new}.work_id AND (number >= {new}.number "
        f"OR (cancelled_at IS NULL AND in_force_at >= {new}.in_force_at)))"
    )


def _allowed_update(model, same):
    """The condition under which a change of a row passes: `same(column)` compares old and new."""
    fixed, users = _columns(model)
    parts = [same(column) for column in fixed]
    parts += [f"({same(column)} OR NEW.{column} IS NULL)" for column in users]
    once = model.SET_ONCE.items()
    parts += [f"({same(column)} OR (OLD.{column} IS NULL AND {allowed}))" for column, allowed in once]
    for column, words in model.REPLACEABLE.items():
        parts.append(f"({same(column)} OR (OLD.{column} <> '' AND NEW.{column} = '{words}'))")
    for group in model.ERASABLE:
        kept, gone = " AND ".join(map(same, group)), " AND ".join(_is_empty(model, column) for column in group)
        parts.append(f"(({kept}) OR ({gone}))")
    allowed = " AND ".join(parts)
    return f"({allowed}) OR ({_redaction(model, same)})" if issubclass(model, Edition) else allowed


def _is_empty(model, column):
    field = model._meta.get_field(column)
    return f'NEW."{column}" IS NULL' if field.null else f"NEW.\"{column}\" = ''"


def _redaction(model, same):
    """The condition of the one change that erases: every text blank at once, everything else as it was."""
    erased = {model._meta.get_field(name).column for name in model.erased_fields()}
    columns = {field.column for field in model._meta.concrete_fields} - erased - {"redacted_at"}
    parts = ["OLD.redacted_at IS NULL", "NEW.redacted_at IS NOT NULL"]
    parts += [f"NEW.\"{column}\" = ''" for column in sorted(erased)]
    return " AND ".join([*parts, *map(same, sorted(columns))])


def _for_sqlite(model):
    start = f'CREATE TRIGGER "{{name}}" BEFORE %s ON "{model._meta.db_table}" FOR EACH ROW '
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    allowed = _allowed_update(model, lambda column: f'NEW."{column}" IS OLD."{column}"')
    yield "insert", start % "INSERT" + f"WHEN {_refused_insert(model)} {refuse}"
    yield "update", start % "UPDATE" + f"WHEN NOT ({allowed}) {refuse}"
    yield "delete", start % "DELETE" + refuse


def _for_postgresql(model):
    """One function and one trigger an event."""
    table = model._meta.db_table
    allowed = _allowed_update(model, lambda column: f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"')
    refused = {
        "INSERT": _refused_insert(model),
        "UPDATE": f"NOT ({allowed})",
        "DELETE": "TRUE",
        "TRUNCATE": "TRUE",
    }
    for event, condition in refused.items():
        result = "NULL" if event == "TRUNCATE" else "OLD" if event == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
        yield event.lower(), _function(f"IF {condition} THEN {refusal}; END IF; RETURN {result};", event, table)


def _function(body, event, table):
    return (
        f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$; '
        f'CREATE TRIGGER "{{name}}" BEFORE {event} ON "{table}" '
        f'FOR EACH {"STATEMENT" if event == "TRUNCATE" else "ROW"} EXECUTE FUNCTION "{{name}}"()'
    )
