"""Erasure by law: words go from every place that was chosen, while the record still holds."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction

from publishing.models import ERASED, Access, Hand, Line, StoredPage, access, erasing, index, kinds, ledger
from publishing.record.erasing.places import Place, places, tables
from publishing.record.rules.conditions import rows_of
from publishing.record.rules.grammar import CHECK, EDITION, REVIEW
from publishing.refusals import NoteMissing, Refused
from publishing.text import visible

STILL_HELD = "The database was in use and may still hold it in its journal: ask the operator to restart the site."


@dataclass
class Erasure:
    """One erasure: what is to go, by whom and why, and the lines of which parts have gone so far."""

    words: erasing.Words | erasing.Whole
    by: Hand
    reason: str
    at: object
    with_pictures: bool = False
    lines: dict = field(default_factory=lambda: defaultdict(set))
    access: dict = field(default_factory=lambda: defaultdict(set))
    # What no line of its own tells: [class, key, columns] of rows, and names of pictures. In numbers, for `repeating`.
    places: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


@transaction.atomic
def erase(words, chosen, *, by, reason, with_pictures=False):
    """Erase the words from the places that were chosen, by their keys; return how many. Raises Refused.

    Afterwards `scrub` takes what the database's files still hold.
    """
    if not visible(reason):
        raise NoteMissing("Say why the law has it erased.")
    if words.in_(reason) or words.in_(by.name):
        raise Refused("What is to be erased stands in the reason, or in your own name, which both stay in the record.")
    at = ledger.lock()
    erasure = Erasure(words, by, visible(reason), at, with_pictures)
    found = [place for place in places(words, at, chosen) if place.key in chosen and not place.why_not]
    for place in found:
        erasure.places += place.in_numbers()
        place.way.erase(place.row, erasure)
    finish(erasure)
    return len(found)


@transaction.atomic
def erase_row(row, *, by, reason, subject):
    """Erase all that somebody wrote in one row that patients never read; the access record tells it of `subject`.

    Raises Refused. Afterwards `scrub` as for `erase`.
    """
    if not visible(reason):
        raise NoteMissing("Say why it is erased.")
    erasure = Erasure(erasing.Whole(), by, visible(reason), ledger.lock())
    for number, way in enumerate(dict(erasing.ways())[type(row)]):
        text = next(iter(way.texts(row)), "")
        if text and text in reason:
            raise Refused("What is to be erased stands in the reason, which stays in the record.")
        erasure.places += Place(row, way, number, text, erasure.words, "").in_numbers()
        way.erase(row, erasure)
    _forget_access(erasure, subject)


def finish(erasure):
    """What every erasure ends with, once its places are done: the words of lines, and what was made of them all."""
    _forget_lines(erasure)
    _forget_access(erasure)
    StoredPage.objects.all().delete()
    index.tables.optimise()


def _forget_lines(erasure):
    """Empty the parts of the lines, and of their rows; then write for each line one that says so."""
    at, written = ledger.lock(), []
    for line in Line.objects.filter(seq__in=erasure.lines).order_by("seq"):
        parts = erasure.lines[line.seq]
        work = kinds.named(line.work)
        was_emergency = _forget_row(line, parts, rows_of(type(work)) if work else {})
        _empty(line, parts - {"words"})
        told = {"parts": sorted(parts)} | ({"emergency": ERASED} if was_emergency else {})
        touches = work.touches() if work else {line.work}
        about = {"at": at, "by": erasure.by, "note": erasure.reason, "number": line.seq, "beside": line.beside}
        written.append((ledger.line(Line.Verb.FORGET, line.work, detail=told, **about), touches, None))
    if written:
        ledger.append_all(written)


def _forget_row(line, parts, rows):
    """What the row of the line says again. Returns whether it was published in an emergency, where that reason went."""
    was_emergency = False
    for sort, model in rows.items():
        row = model.objects.filter(line_id=line.seq)
        if "by" in parts:
            row.set_once(made_by=None, made_by_name="")
        if "note" in parts and sort != CHECK:
            row.set_once(note="")
        if "words" in parts and sort == REVIEW:
            row.set_once(salt="", **dict.fromkeys(model.WORDS, ""))
        if "detail" in parts and sort == EDITION:
            was_emergency = bool(row.exclude(emergency_reason="").set_once(emergency_reason=ERASED))
    return was_emergency


def _forget_access(erasure, subject=""):
    """The same in the access record, in one line for all; it is written in any case, so that each erasure is told."""
    for line in Access.objects.filter(seq__in=erasure.access):
        _empty(line, erasure.access[line.seq])
    lines = [[seq, sorted(parts)] for seq, parts in sorted(erasure.access.items())]
    also = {"places": erasure.places, "pictures": sorted(erasure.pictures)}
    access.record(Access.Verb.FORGET, subject, by=erasure.by, lines=lines, reason=erasure.reason, **also)


def _empty(line, parts):
    columns = {name: "" for part in parts for name in (*line.SALTED[part], f"{part}_salt")}
    if "by_account" in columns:
        columns["by_account"] = None
    if columns:
        type(line).objects.filter(seq=line.seq).set_once(**columns)


def scrub():
    """After the commit: take what the database's files still hold of what was erased. Returns whether it is done.

    SQLite overwrites what is erased (secure_delete), but not what it had moved from page to page before: so the file is
    written anew, and its journal emptied: of 100 MB within half a second of the processor, two on a busy machine, so
    staff wait for it and are told. PostgreSQL is asked to give the room free; its log and its backups are the
    operator's.
    """
    if not transaction.get_autocommit():
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return cursor.fetchone()[0] == 0
            for model, _ways in tables():
                cursor.execute(f'VACUUM "{model._meta.db_table}"')
    except OperationalError:  # somebody else writes all the while
        return False
    return True
