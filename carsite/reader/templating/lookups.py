"""What a template names: values followed from one to the next, and shown, as Django's templates do it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from inspect import signature

from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

NOWHERE = object()


def followed(names: tuple[str, ...], missing) -> Callable:
    """What finds a value by its names, from the values of a page; `missing` where there is none."""
    first, rest = names[0], names[1:]

    def alone(values):
        one = values.get(first, NOWHERE)
        if one is NOWHERE:
            return missing
        return silently(one, (), missing) if callable(one) else one

    def found(values):
        one = values.get(first, NOWHERE)
        return missing if one is NOWHERE else silently(one, rest, missing)

    return found if rest else alone


def silently(one, names, missing):
    """A value followed to the last of the names, called wherever it can be; nothing where what is called says so."""
    try:
        if callable(one):
            one = called(one)
        for name in names:
            one = step(one, name)
            if callable(one):
                one = called(one)
    except Exception as problem:
        if getattr(problem, "silent_variable_failure", False):
            return ""
        raise
    return missing if one is NOWHERE else one


# By class whether its values are asked by keys: asked of the class itself it takes as long as all else of a step
KEYED: dict[type, bool] = {}


def step(one, name):
    kind = type(one)
    is_keyed = KEYED.get(kind)
    if is_keyed is None:
        is_keyed = KEYED[kind] = hasattr(kind, "__getitem__")
    if is_keyed:
        try:
            return one[name]
        except (TypeError, AttributeError, KeyError, ValueError, IndexError):
            pass
    elif one is NOWHERE:
        return one
    try:
        return getattr(one, name)
    except (TypeError, AttributeError):
        if name in dir(one):
            raise
    try:
        return one[int(name)]
    except (IndexError, ValueError, KeyError, TypeError):
        return NOWHERE


def called(one):
    """What a method gives; nothing where it changes rows, or has to be given something."""
    if getattr(one, "do_not_call_in_templates", False):
        return one
    if getattr(one, "alters_data", False):
        return ""
    try:
        return one()
    except TypeError:
        try:
            signature(one).bind()
        except (TypeError, ValueError):
            return ""
        raise


def told(value, context):
    """A value as it is shown."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return value and escape(value)
    return render_value_in_context(value, context)


def escaped(value):
    kind = type(value)
    if kind is SafeString or value == "":
        return value
    return conditional_escape(value)


def as_list(values, is_reversed):
    """What a loop goes through."""
    if values is None:
        return ()
    if is_reversed:
        return list(reversed(values if hasattr(values, "__len__") else list(values)))
    return values if hasattr(values, "__len__") else list(values)


def safely(compare, one, other):
    """A comparison that is false where two things cannot be compared."""
    try:
        return compare(one, other)
    except Exception:  # noqa: BLE001  as Django's templates do
        return False
