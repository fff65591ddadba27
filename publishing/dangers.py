"""The safety diff (being written)."""


def find(before, after, *, language="en"):
    return []
