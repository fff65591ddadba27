"""What pages ask: the names that they are made from, and queries that are compiled once.

Whoever reads public content notes what it depends on, so that nobody can forget it. And building a statement takes
Django several times as long as the database takes to answer it.
"""

from __future__ import annotations

import datetime
import inspect
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, update_wrapper

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from publishing import unpromised

_names: ContextVar[set[str] | None] = ContextVar("names a page is made from", default=None)


@contextmanager
def noted() -> Iterator[set[str]]:
    """Collect the names noted inside the block."""
    names: set[str] = set()
    token = _names.set(names)
    try:
        yield names
    finally:
        _names.reset(token)


def note(name: str) -> None:
    """Whoever reads public content says here what it depends on. Does nothing when no page is being made."""
    names = _names.get()
    if names is not None:
        names.add(name)


class Hole(models.Expression):
    """The place of a value in a prepared query. Written into a name it stands there as a place too: `faq/{work}`."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def __str__(self):
        return f"{{{self.name}}}"

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Among(models.Lookup):
    """Whether a field is one of a list of words or numbers, however long: filter(Among("name", names)).

    A lookup, and no function: Django compares a function to true, and SQLite then looks into no index.
    """

    prepare_rhs = False

    def __init__(self, field, values):
        given = isinstance(values, Hole)
        super().__init__(models.F(field), values if given else models.Value(json.dumps(list(values))))

    def as_sql(self, compiler, connection):
        return self._written(compiler, "{} IN (SELECT value FROM json_each({}))")

    def as_postgresql(self, compiler, connection):
        # PostgreSQL takes a subquery for a hundred rows and reads the whole table; an array it looks up in an index.
        kind = self.lhs.output_field.db_type(connection)
        cast = "" if kind.startswith(("varchar", "text")) else f"::{kind}"
        return self._written(compiler, f"{{}} = ANY(ARRAY(SELECT json_array_elements_text({{}}::json){cast}))")

    def _written(self, compiler, template):
        (field, before), (values, given) = (compiler.compile(one) for one in (self.lhs, self.rhs))
        return template.format(field, values), [*before, *given]


class Newest(models.Func):
    """The id of a text's edition in force at a moment: Newest("work", at). NULL before the first.

    Written out, because every page asks it, and an index that covers it answers without reading an edition.
    """

    template = (
        "(SELECT n.id FROM %(table)s n WHERE n.cancelled_at IS NULL AND n.work_id = %(expressions)s "
        "ORDER BY n.in_force_at DESC LIMIT 1)"
    )
    arg_joiner = " AND n.in_force_at <= "

    def __init__(self, work, at, **extra):
        super().__init__(work, at, output_field=models.BigIntegerField(), **extra)


def as_moment(value):
    """A moment that stands in one of the `rows`: those of SQLite are in UTC, and do not say so."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=datetime.UTC)


class prepared:
    """Decorates a function that makes a queryset: called, it answers with a list of what the queryset finds.

    The values to look for are its keyword-only parameters; the function gets a Hole for each, once. What else it is
    given (a model) makes a query of its own. What the queryset notes for the page being made is noted at each
    call. Found are rows of one table: a field that is deferred stays so, and nothing can be joined in.
    """

    def __init__(self, make):
        self.make = make
        parameters = inspect.signature(make).parameters.values()
        self.holes = {one.name: Hole(one.name) for one in parameters if one.kind is one.KEYWORD_ONLY}
        self.compiled, self.read = cache(self._compile), cache(self._reading)
        update_wrapper(self, make)

    def __call__(self, *given, **values):
        database = connections[DEFAULT_DB_ALIAS]  # once: `connection` looks it up at each use
        model, sql, params = self._filled(database, given, values)
        found, columns = unpromised.found(database, sql, params)
        if not found:
            return []
        read = self.read(database.vendor, model, columns)
        return [unpromised.made(model, database, *read(database, row)) for row in found]

    def _filled(self, database, given, values):
        if values.keys() != self.holes.keys():
            raise TypeError(f"{self.__name__}() takes {sorted(self.holes)}, not {sorted(values)}.")
        model, names, sql, params = self.compiled(database.vendor, *given)
        for name in names:
            note(name.format(**values))
        filled = [values[one.name] if isinstance(one, Hole) else one for one in params]
        return model, sql, [json.dumps(one) if isinstance(one, list) else one for one in filled]

    def rows(self, *given, **values):
        """The same as tuples, of a queryset of values: of many rows a tenth of the time that objects take.

        They are as the driver reads them: a moment comes of it by `as_moment`.
        """
        database = connections[DEFAULT_DB_ALIAS]
        _model, sql, params = self._filled(database, given, values)
        return unpromised.found(database, sql, params)[0]

    def first(self, *given, **values):
        """The first found, or None."""
        return next(iter(self(*given, **values)), None)

    def _compile(self, _vendor, *given):
        with noted() as names:
            queryset = self.make(*given, **self.holes)
            if unpromised.joins(queryset):
                raise TypeError("Nothing can be joined to what is prepared.")
            return queryset.model, names, *unpromised.statement(queryset)

    @staticmethod
    def _reading(_vendor, model, columns):
        """What turns a row into (names of attributes, their values); what is deferred is not among them."""
        fields = {field.column: field for field in model._meta.concrete_fields}
        converters = unpromised.converters(connection, [fields[column] for column in columns])
        names = [fields[column].attname for column in columns]

        def read(database, row):
            row = list(row)
            for place, (convert, of) in converters:
                for one in convert:
                    row[place] = one(row[place], of, database)
            return names, row

        return read
