"""Queries compiled once: building a statement takes Django several times as long as the database takes to answer it."""

import inspect
import json
from functools import cache, update_wrapper

from django.db import connection, models

from publishing.models import noting


class Hole(models.Expression):
    """The place of a value in a prepared query. Written into a name it stands there as a place too: `faq/{work}`."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def __str__(self):
        return f"{{{self.name}}}"

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Among(models.Func):
    """Whether a field is one of a list of words, however long: filter(Among("name", names))."""

    output_field = models.BooleanField()
    template = "%(expressions)s))"
    arg_joiner = " IN (SELECT value FROM json_each("

    def as_postgresql(self, compiler, connection):
        # PostgreSQL takes a subquery for a hundred rows and reads the whole table; an array it looks up in an index.
        joiner = " = ANY(ARRAY(SELECT json_array_elements_text("
        return self.as_sql(compiler, connection, template="%(expressions)s::json)))", arg_joiner=joiner)


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
        self.compiled = cache(self._compile)
        update_wrapper(self, make)

    def __call__(self, *given, **values):
        if values.keys() != self.holes.keys():
            raise TypeError(f"{self.__name__}() takes {sorted(self.holes)}, not {sorted(values)}.")
        manager, names, sql, params = self.compiled(connection.vendor, *given)
        for name in names:
            noting.note(name.format(**values))
        filled = [values[one.name] if isinstance(one, Hole) else one for one in params]
        return list(manager.raw(sql, [json.dumps(one) if isinstance(one, list) else one for one in filled]))

    def first(self, *given, **values):
        """The first found, or None."""
        return next(iter(self(*given, **values)), None)

    def _compile(self, _vendor, *given):
        with noting.collect() as names:
            queryset = self.make(*given, **self.holes)
            if queryset.query.select_related:
                raise TypeError("Nothing can be joined to what is prepared.")
            return queryset.model._base_manager, names, *queryset.query.sql_with_params()
