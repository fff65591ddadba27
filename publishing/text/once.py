"""What one act asks of a text twice is made once: before the lock is taken, and again under it, where others wait.

It is kept no longer than the act, in the hands of who does it: no text stays in the memory of the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

_made: ContextVar[dict | None] = ContextVar("made", default=None)


@contextmanager
def made_once() -> Iterator[bool]:
    """Until it ends what is marked by `once` is made once for the same text; True for the outermost of several."""
    if _made.get() is not None:
        yield False
        return
    before = _made.set({})
    try:
        yield True
    finally:
        _made.reset(before)


def once(function: Callable) -> Callable:
    """A function of its arguments alone, whose result nobody changes."""

    @wraps(function)
    def asked(*given, **told):
        made = _made.get()
        if made is None:
            return function(*given, **told)
        key = function, given, tuple(sorted(told.items()))
        if key not in made:
            made[key] = function(*given, **told)
        return made[key]

    return asked
