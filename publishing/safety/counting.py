"""What one text has more often than the other. No Django models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TypeVar

One = TypeVar("One")


def beyond(named: Sequence[tuple[Hashable, One]], both: Counter) -> list[One]:
    """What is there more often than in `both`, which is used up."""
    left = []
    for name, one in named:
        both[name] -= 1
        if both[name] < 0:
            left.append(one)
    return left
