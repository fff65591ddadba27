"""What is dear is done by few at a time, and few wait for it: threads are left for what is quick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Busy(Exception):
    """As many wait already as can be spared."""


class Turns:
    """In one process `at_once` do it together, and `waiting` more may wait for their turn, as long as there is `room`,
    which several kinds of turns may share."""

    def __init__(self, at_once: int, waiting: int, room: BoundedSemaphore | None = None) -> None:
        self.turn, self.places = BoundedSemaphore(at_once), BoundedSemaphore(at_once + waiting)
        self.room = room or BoundedSemaphore(at_once + waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One turn. Raises Busy."""
        with _one_of(self.places), _one_of(self.room), self.turn:
            yield


@contextmanager
def _one_of(places: BoundedSemaphore) -> Iterator[None]:
    if not places.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        places.release()
