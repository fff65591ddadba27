"""Rows read in the order of the ledger, each to be taken beside its line."""


class Rows:
    """The rows of one sort in the order of their lines, to be taken one by one."""

    def __init__(self, rows, place):
        self.rows, self.place, self.astray = iter(rows), place, []
        self.next = next(self.rows, None)

    def take(self, place):
        """The rows that stand at that place; those before it which nobody took are kept as astray."""
        found = []
        while self.next is not None and self.place(self.next) <= place:
            (found if self.place(self.next) == place else self.astray).append(self.next)
            self.next = next(self.rows, None)
        return found

    def left(self):
        yield from self.astray
        while self.next is not None:
            yield self.next
            self.next = next(self.rows, None)
