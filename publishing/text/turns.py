"""What is dear is done by few at a time, and few wait for it: threads are left for what is quick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Busy(Exception):
    """As many wait already as can be spared."""


class Turns:
    """In one process `at_once` do it together, and `waiting` more may wait for their turn."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.turn, self.places = BoundedSemaphore(at_once), BoundedSemaphore(at_once + waiting)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One turn. Raises Busy."""
        if not self.places.acquire(blocking=False):
            raise Busy
        try:
            with self.turn:
                yield
        finally:
            self.places.release()
