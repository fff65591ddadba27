"""What one person has brought: read bit by bit, and taken in file by file when that is confirmed."""

import hashlib

from django.db import transaction

from articles import sources
from articles.importing.importer import PROBLEMS, File, refused, take_looked
from articles.importing.old_addresses import take_addresses
from articles.importing.outcomes import Outcome, Way
from articles.importing.understanding import NEW, NEXT, look, mend, source_of
from articles.models import Article, Brought, Intake


def read_some(person, by, at, is_over):
    """Read files until that is over, at least one; how many remain."""
    keys = list(Brought.objects.of(person).not_read().order_by("pk").values_list("pk", flat=True))
    for done, key in enumerate(keys):
        if done and is_over():
            return len(keys) - done
        row = Brought.objects.filter(pk=key).first()
        if row is not None:
            look(row, by, at)
    return 0


def needs_choice(row):
    """Whether its person must say first as what it is taken."""
    return bool((row.read or {}).get("same")) and not row.mended.get("take_as")


def is_ready(row):
    """Whether nothing of it is doubted, and nothing has to be chosen first."""
    return row.is_sure() and not needs_choice(row)


def may_be_asked(row):
    return row.read is not None and not row.read["problem"] and not needs_choice(row)


def take_some(person, by, at, is_over):
    """Take in what was asked for until that is over, at least one; how many remain."""
    keys = list(Brought.objects.of(person).asked().values_list("pk", flat=True))
    for done, key in enumerate(keys):
        if done and is_over():
            return len(keys) - done
        row = Brought.objects.of(person).asked().filter(pk=key).first()
        if row is not None:
            take_row(row, by, at)
    return 0


def take_row(row, by, at):
    """Take in one file as a working copy, all of it or nothing; what became of it stands in its row."""
    if row.kind == sources.TABLE:
        outcome, article = take_addresses(sources.Addresses(row.name, lambda: bytes(row.content)), at), None
        _end(row, outcome, article, at)
        return
    try:
        file = _file(row)
    except sources.Unreadable as why:
        _leave(row, [str(why)])
        return
    try:
        with transaction.atomic():
            # Of two tabs that take the same file the second finds it taken.
            if not Brought.objects.select_for_update(no_key=True).asked().filter(pk=row.pk).exists():
                return
            article = take_looked(file, Way(at, by=by), _named_article(row), row.mended.get("owner"))
            _end(row, file.outcome, article, at)
    except PROBLEMS as problem:
        _leave(row, refused(file.name, problem).messages)


def _named_article(row):
    if row.mended.get("take_as") != NEXT or not row.read.get("same"):
        return None
    return Article.objects.filter(pk=row.read["same"][0]).first()


def _file(row):
    """The file with what its person says instead. Raises Unreadable."""
    content, source = source_of(row)
    mend(source, row)
    name = _free_name(row.name) if row.mended.get("take_as") == NEW else row.name
    outcome = Outcome(name, "imported", list(map(str, source.doubts)), keys=source.keys)
    return File(name, hashlib.sha256(content).hexdigest(), source, outcome)


def _free_name(name):
    """A name that no guide was taken in under: another guide keeps its own."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while Intake.objects.filter(file_name=free).exists():
        number += 1
        free = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
    return free


def _end(row, outcome, article, at):
    told = "\n".join([*outcome.messages, *outcome.advice])
    row.taken_at, row.article, row.told, row.content, row.asked_at = at, article, told, b"", None
    row.words = ""
    row.save()


def _leave(row, messages):
    """It could not be taken in: nothing of it was, and its row says why."""
    Brought.objects.filter(pk=row.pk).update(asked_at=None, told="\n".join(messages))
