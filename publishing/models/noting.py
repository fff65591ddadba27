"""What a page was made from: the names it asked for while it was made, so that nobody can forget one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_names: ContextVar[set[str] | None] = ContextVar("names a page is made from", default=None)


@contextmanager
def collect() -> Iterator[set[str]]:
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
