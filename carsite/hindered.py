"""What keeps a command or the server from its work and is no fault of the code, as one sentence for who runs it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError

FULL = {errno.ENOSPC, errno.EDQUOT}
# With less, SQLite cannot make the small files beside its own, and calls that a fault of reading.
ROOM = 1_000_000
MAKE_ROOM = "Make room, then do it again; nothing that was saved is lost."
# What PostgreSQL calls a full disk, what waited too long, and what it has no table for
DISK_FULL, WAITED, NO_TABLE = "53100", ("55P03", "57014"), "42P01"


def why(problem: BaseException) -> str | None:
    """The sentence, or None where the way it came has to be read: then the code may be wrong."""
    if isinstance(problem, OSError):
        if problem.errno in FULL:
            return f"The disk is full{f': {problem.filename}' if problem.filename else ''}. {MAKE_ROOM}"
        if problem.errno == errno.EROFS:
            return f"Nothing can be written to {problem.filename}: {problem.strerror}."
        return None
    if not isinstance(problem, DatabaseError | InterfaceError):
        return None
    driver = problem.__cause__
    if isinstance(driver, sqlite3.Error):
        return _sqlite(driver)
    state = getattr(driver, "sqlstate", None)
    if state == DISK_FULL:
        return f"The disk of the database is full. {MAKE_ROOM}"
    if state in WAITED:
        return "The database was busy for too long. Nothing was changed: do it again."
    if state == NO_TABLE:
        return _unmigrated(problem)
    return _unusable(problem) if isinstance(problem, OperationalError | InterfaceError) else None


def _sqlite(problem: sqlite3.Error) -> str | None:
    name, text = getattr(problem, "sqlite_errorname", ""), str(problem)
    if name.startswith("SQLITE_FULL") or (name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and is_full()):
        return f"The disk is full: the database in {folder()} cannot be opened or written. {MAKE_ROOM}"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Somebody else wrote to the database for more than 20 seconds. Nothing was changed: do it again."
    if text.startswith("no such table"):
        return _unmigrated(problem)
    return None if name in ("", "SQLITE_ERROR") or name.startswith("SQLITE_CONSTRAINT") else _unusable(problem)


def _unmigrated(problem: BaseException) -> str:
    return f"The database is not what this release needs ({_first(problem)}). Run manage.py migrate."


def _unusable(problem: BaseException) -> str:
    return f"The database cannot be used: {_first(problem)}. Correct DATABASE_URL, or start the database."


def _first(problem: BaseException) -> str:
    return str(problem).partition("\n")[0]


def folder() -> Path:
    """Where the database lies on this machine."""
    return Path(settings.DATABASES["default"]["NAME"]).parent


def is_full() -> bool:
    return folder().is_dir() and shutil.disk_usage(folder()).free < ROOM
