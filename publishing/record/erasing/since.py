"""What was erased, and which consents ended, since some line of the record: in numbers, without anybody's words.

It lies beside a backup, and is repeated when that is restored (record/erasing/repeating.py).
"""

from publishing.models import SAYING, Access, Line

ERASING = (Line.Verb.REDACT, Line.Verb.FORGET)


def erased_since(seq, access):
    """Yield each thing as a dict that JSON can hold, those of the ledger first; given are the last lines then."""
    told = Line.objects.filter(seq__gt=seq, verb__in=ERASING).order_by("seq")
    for line in told.iterator(500):
        about = {"line": line.seq, "at": line.at.isoformat(), "do": str(line.verb), "work": line.work}
        yield about | {"number": line.number, "parts": line.told().get("parts", [])}
    yield from _ended_since(seq)
    for line in Access.objects.filter(seq__gt=access, verb=Access.Verb.FORGET).order_by("seq").iterator(500):
        told = line.told()
        about = {"access": line.seq, "at": line.at.isoformat(), "do": "erase"}
        yield about | {name: told.get(name, []) for name in ("lines", "places", "pictures")}


def _ended_since(seq):
    """Of each picture the last that was said since, where it ends what was agreed."""
    last = {line.work: line for line in Line.objects.filter(seq__gt=seq, verb__in=SAYING).order_by("seq")}
    for line in last.values():
        if line.verb == Line.Verb.RETRACT or line.in_force_at:
            ends = line.in_force_at and line.in_force_at.isoformat()
            about = {"line": line.seq, "at": line.at.isoformat(), "do": str(line.verb)}
            yield about | {"picture": line.text_digest, "ends": ends}
