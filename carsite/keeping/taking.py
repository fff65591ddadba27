"""One file that holds the whole site as it was at one moment, made while people work."""

import fcntl
import io
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction

from carsite import VERSION
from carsite.keeping import rows
from carsite.keeping.archive import Archive, Damaged, Writing, digest_of
from carsite.keeping.later import begin
from carsite.keeping.sealing import seal, unseal
from publishing import unpromised
from publishing.models import Access, Line, Picture, Rendition, media


@dataclass(frozen=True)
class Taken:
    """A backup that was written and checked."""

    path: Path
    sha256: str
    size: int
    told: dict
    is_sealed: bool

    def lacks(self):
        """Sentences on the pictures that it cannot hold as they were uploaded."""
        missing, altered = self.told["missing"], list(self.told["altered"])
        if missing:
            yield f"{len(missing)} pictures have no file: {', '.join(missing[:3])}. Look for them."
        if altered:
            yield (
                f"{len(altered)} pictures are not those that were uploaded: {', '.join(altered[:3])}. They are in the "
                "file as they are now, and are not restored: bring them back from an older backup."
            )


def take(path, *, whom, bar, at):
    """Write a backup, sealed for whom, and check it. Raises CommandError, OSError; then nothing of it is left."""
    refuse_there(path)
    with new_file(path) as file:
        if whom:
            with tempfile.TemporaryFile(dir=path.parent) as plain:  # it has no name, so nobody else can open it
                told = write(plain, bar, at)
                check(plain, bar)
                plain.seek(0)
                once = seal(plain, file, whom)
                check_sealed(file, plain, once)
        else:
            told = write(file, bar, at)
            check(file, bar)
        file.seek(0)
        taken = Taken(path, digest_of(file), file.tell(), told, bool(whom))
        begin(taken)  # before the file has its name: no backup is ever there without its list
    return taken


def refuse_there(path):
    if path.exists():
        raise CommandError(f"{path} is there already, and was not touched. Name a new file.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}. Make it, or name another.")


@contextmanager
def new_file(path):
    """A file that gets its name when all of it is on the disk; what a killed run left of it is used again."""
    part = path.with_name(f"{path.name}.part")
    number = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(number, "w+b") as file:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CommandError(f"Another backup is being written to {path} just now.") from problem
        try:
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(number)
            _name(part, path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()


def _name(part, path):
    """Give the file its name, unless another has it by now."""
    try:
        os.link(part, path)
    except FileExistsError as problem:
        raise CommandError(f"{path} is there by now, and was not touched. Name a new file.") from problem
    except OSError:  # a disk of another system, which knows no second names
        os.replace(part, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def one_moment():
    """What is read inside is one state of the database, and nobody waits for it."""
    if not transaction.get_autocommit():
        yield  # somebody else's transaction is one state
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not Django's, which would take the lock for writing
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def write(file, bar, at):
    """Write rows and pictures as they are at one moment; return what the manifest says of them."""
    with one_moment():
        about = described(at)
        tables = rows.kept()
        names = sorted(
            {name for model in (Picture, Rendition) for name in model.objects.values_list("name", flat=True)}
        )
        bar.total = 2 * (sum(model._base_manager.count() for model in tables) + len(names))
        with Writing(file, bar) as writing:
            for model in tables:
                writing.add_table(model._meta.label, rows.columns(model), rows.lines(model))
            # Inside too: what an erasure takes away meanwhile is missing, and the list beside the file says so.
            for name in names:
                writing.add_media(name, media.opened)
            writing.end(about)
    return about | {"missing": writing.missing, "altered": writing.altered}


def described(at):
    head, access = Line.objects.order_by("-seq").first(), Access.head()
    return {
        "made_at": at.isoformat(),
        "release": VERSION,
        "database": connection.vendor,
        "site": settings.SITE_URL,
        "line": head and {"seq": head.seq, "hash": head.hash},
        "access": access and {"seq": access.seq, "hash": access.hash},
        "migrations": sorted(unpromised.migrated(connection)),
        "numbers": rows.numbers(),
    }


def check(file, bar):
    file.flush()
    file.seek(0)
    Archive(file).check(bar)


def check_sealed(file, plain, once):
    """What the sealed file holds is what was sealed. Raises CommandError."""
    file.flush()
    file.seek(0)
    plain.seek(0)
    wanted = digest_of(plain)
    with tempfile.TemporaryFile(dir=Path(settings.VAR)) as again:
        unseal(file, again, [once])
        again.seek(0, io.SEEK_SET)
        if digest_of(again) != wanted:
            raise Damaged("What was sealed is not what was written. Look at the disk.")
