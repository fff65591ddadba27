"""Word pairs taken in from a file of rows: word, also, language. Each row is taken, there already, or told of."""

import csv
import io
from dataclasses import dataclass, field

from publishing.models import MOST_PAIRS, Pair, Sides, Unpairable, say_pairs
from publishing.record.searching.pairs import starting_pairs

COLUMNS = Sides._fields
MOST_BYTES = 2**20


@dataclass
class Taken:
    """What a file of pairs says: what is new, how many were there, what is wrong, what is to be looked at."""

    new: list[Sides] = field(default_factory=list)
    known: int = 0
    doubts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def taken_pairs(content, *, by):
    """Take in the pairs of a file, given as bytes: all of them, or none where anything is wrong. Returns Taken.

    A pair that is kept already is passed over, so that a file may be taken in again. Of one that names two medicines
    there is a doubt, and results say it. Raises Refused.
    """
    taken = read_pairs(content)
    if taken.problems or not taken.new:
        return taken
    say_pairs(together=taken.new, by=by, medicines="said")
    return taken


def read_pairs(content):
    """What taking a file in would do. Raises Unpairable where it is no such file."""
    if len(content) > MOST_BYTES:
        raise Unpairable("The file is larger than 1 MB: that is no list of word pairs.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise Unpairable("The file is not in UTF-8. Save it as “CSV UTF-8”, then take it in again.") from why
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    taken, rows = Taken(), []
    try:
        head = [name.strip().lower() for name in next(lines, [])]
        if head != list(COLUMNS):
            raise Unpairable(f"The first line has to be: {','.join(COLUMNS)}")
        for row in lines:
            rows.append((lines.line_num, row))
    except csv.Error as why:
        raise Unpairable(f"Line {lines.line_num} is not written as CSV: {why}.") from why
    if len(rows) > MOST_PAIRS:
        raise Unpairable(f"The file has more than {MOST_PAIRS} pairs.")
    _sort(rows, taken)
    return taken


def _sort(rows, taken):
    told = []
    for number, row in rows:
        if len(row) == len(COLUMNS):
            told.append((number, Sides.written(*map(armed, row))))
        elif any(cell.strip() for cell in row):
            taken.problems.append(f"Line {number}: it has {len(row)} columns in place of {len(COLUMNS)}.")
    known = Pair.objects.of([sides for _number, sides in told])
    keys = {key for key, one in known.items() if one.is_kept}
    keys |= {one.key for one in starting_pairs() if one.key not in known}
    for number, sides in told:
        if sides.key in keys:
            taken.known += 1
        elif said := sides.problem():
            taken.problems.append(f"Line {number}: {said}")
        else:
            if said := sides.two_medicines():
                taken.doubts.append(f"Line {number}: {said} Take it away, unless both are names of one and the same.")
            keys.add(sides.key)
            taken.new.append(sides)


def armed(cell):
    """A cell as it was before it was made safe for a spreadsheet (`defused`)."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" and cell[1:2] else cell
