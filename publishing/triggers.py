"""Permanence in the database itself: triggers that refuse to change or delete editions and ledger lines.

They are installed after every migrate, because a later migration on SQLite rebuilds tables and silently drops them.
Each name ends in a digest of its own text, so that an outdated or altered one counts as missing.
"""

import hashlib

from django.apps import apps
from django.conf import settings
from django.db import connection

from publishing.models import Edition, Line, Touch

PREFIX = "permanent_"
MESSAGE = "What was published is permanent: editions and ledger lines cannot be changed or deleted."


def permanent_models():
    """Every model whose rows are kept for ever."""
    return [Line, Touch, *(model for model in apps.get_models() if issubclass(model, Edition))]


def install(**_):
    """Make exactly the triggers that should be there; may be called again and again."""
    tables = set(connection.introspection.table_names())
    wanted = {name: sql for model in permanent_models() if model._meta.db_table in tables for name, sql in _of(model)}
    present = _present()
    with connection.cursor() as cursor:
        for name, table in present.items():
            if name not in wanted:
                _drop(cursor, name, table)
        for name, sql in wanted.items():
            if name not in present:
                cursor.execute(sql)


def remove():
    """Take the triggers away. For tests that flush the database; nothing else calls it."""
    with connection.cursor() as cursor:
        for name, table in _present().items():
            _drop(cursor, name, table)


def missing():
    """The names of triggers that should be there and are not."""
    present = _present()
    return sorted(name for model in permanent_models() for name, _sql in _of(model) if name not in present)


def _present():
    if connection.vendor == "postgresql":
        sql = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE %s AND t.tgenabled <> 'D'"
        )
    else:
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX.replace("_", r"_") + "%"])
        return dict(cursor.fetchall())


def _drop(cursor, name, table):
    cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))


def _of(model):
    make = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    for event, template in make(model):
        name = f"{PREFIX}{model._meta.db_table}_{event}_{hashlib.sha256(template.encode()).hexdigest()[:8]}"
        yield name, template.replace("{name}", name)


def _columns(model):
    """(columns that may not change, keys to users, which may become NULL)."""
    users = [field.column for field in model._meta.concrete_fields if _is_key_to_user(field)]
    mutable = {*users, "cancelled_at"}
    return [field.column for field in model._meta.concrete_fields if field.column not in mutable], users


def _is_key_to_user(field):
    return field.is_relation and field.related_model._meta.label == settings.AUTH_USER_MODEL


def _refused_insert(model, new="NEW"):
    """The condition under which a new row would fork or rewrite what is there."""
    table = f'"{model._meta.db_table}"'
    if model is Line:
        return (
            f"EXISTS (SELECT 1 FROM {table} WHERE seq >= {new}.seq OR at > {new}.at) "
            f"OR {new}.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM {table}) "
            f"OR {new}.previous <> coalesce((SELECT hash FROM {table} ORDER BY seq DESC LIMIT 1), '{'0' * 64}')"
        )
    if model is Touch:
        return f"EXISTS (SELECT 1 FROM {table} WHERE id = {new}.id)"
    return (
        f"EXISTS (SELECT 1 FROM {table} WHERE id = {new}.id) "
        f"OR EXISTS (SELECT 1 FROM {table} WHERE work_id = {new}.work_id AND (number >= {new}.number "
        f"OR (cancelled_at IS NULL AND in_force_at >= {new}.in_force_at)))"
    )


def _allowed_update(model, same):
    """The condition under which a change of a row passes: `same(column)` compares old and new."""
    if model in (Line, Touch):
        return "1 = 0"
    fixed, users = _columns(model)
    parts = [same(column) for column in fixed]
    parts += [f"({same(column)} OR NEW.{column} IS NULL)" for column in users]
    parts += [f"({same('cancelled_at')} OR (OLD.cancelled_at IS NULL AND NEW.cancelled_at < OLD.in_force_at))"]
    return " AND ".join(parts)


def _for_sqlite(model):
    start = f'CREATE TRIGGER "{{name}}" BEFORE %s ON "{model._meta.db_table}" FOR EACH ROW '
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    allowed = _allowed_update(model, lambda column: f'NEW."{column}" IS OLD."{column}"')
    yield "insert", start % "INSERT" + f"WHEN {_refused_insert(model)} {refuse}"
    yield "update", start % "UPDATE" + f"WHEN NOT ({allowed}) {refuse}"
    yield "delete", start % "DELETE" + refuse


def _for_postgresql(model):
    """One function and one trigger an event; made anew together, so the name of the trigger vouches for both."""
    table = model._meta.db_table
    allowed = _allowed_update(model, lambda column: f'NEW."{column}" IS NOT DISTINCT FROM OLD."{column}"')
    conditions = {
        "INSERT": _refused_insert(model),
        "UPDATE": f"NOT ({allowed})",
        "DELETE": "TRUE",
        "TRUNCATE": "TRUE",
    }
    for event, condition in conditions.items():
        result = "NULL" if event == "TRUNCATE" else "OLD" if event == "DELETE" else "NEW"
        yield (
            event.lower(),
            f'CREATE OR REPLACE FUNCTION "{{name}}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN '
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; "
            f'END $$; CREATE TRIGGER "{{name}}" BEFORE {event} ON "{table}" '
            f'FOR EACH {"STATEMENT" if event == "TRUNCATE" else "ROW"} EXECUTE FUNCTION "{{name}}"()',
        )
