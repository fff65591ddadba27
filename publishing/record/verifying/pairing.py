"""Whether the word pairs by which patients search are those that the ledger tells of."""

from publishing.models import PAIRING, PAIRS, Line, Pair, Sides


class Paired:
    """What the lines that were read say of each pair, by the name that the ledger gives it."""

    def __init__(self, *, is_whole):
        self.is_whole, self.last = is_whole, {}

    def take(self, line):
        """Read a line. Yields, as a sentence, that it names another pair than it tells of."""
        if line.verb not in PAIRING:
            return
        self.last[line.work] = (line.seq, line.verb)
        if not line.is_forgotten("detail"):
            told = line.told()
            sides = Sides(*(told[name] for name in Sides._fields))
            if line.work != f"{PAIRS}/{sides.key}":
                yield "it tells of another word pair than the one it names."

    def faults(self):
        """Yield (the line, a sentence) of each row that is not as its last line says; all rows in a whole reading."""
        rows = Pair.objects.select_related("line").order_by("pk")
        if not self.is_whole:
            rows = rows.filter(key__in=[name.partition("/")[2] for name in self.last])
        for row in rows.iterator(500):
            seq, verb = self.last.pop(f"{PAIRS}/{row.key}", (None, ""))
            if (row.line_id, row.is_kept, row.key) != (seq, verb == Line.Verb.PAIR, row.sides.key):
                yield seq, f"the word pair “{row}” is not what was said of it."
        # One whose words were erased has no row any more.
        lines = Line.objects.in_bulk([seq for seq, _verb in self.last.values()])
        for seq, _verb in self.last.values():
            if not lines[seq].is_forgotten("detail"):
                yield seq, "the word pair that it tells of is gone."
