"""What keeps a command from its work is one sentence: a full disk, a busy database, one that is not what is needed."""

import errno
import gc
import os
import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError

from carsite import hindered
from carsite.keeping import Bar
from carsite.keeping.archive import Writing


def told(statement, *before):
    """What is said of the error that SQLite itself gives."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            for one in (*before, statement):
                database.execute(one)
        except sqlite3.Error as problem:
            try:
                raise OperationalError(*problem.args) from problem
            except OperationalError as raised:
                return hindered.why(raised)


def test_a_full_disk_is_told_as_such():
    full = told("INSERT INTO t VALUES (zeroblob(100000))", "CREATE TABLE t (a)", "PRAGMA max_page_count = 3")
    assert full.startswith("The disk is full") and "Make room" in full
    with pytest.raises(OSError) as caught, open("/dev/full", "w") as file:
        file.write("one word")
        file.flush()
    assert hindered.why(caught.value).startswith("The disk is full")


def test_a_database_without_its_tables_is_to_be_migrated():
    assert "Run manage.py migrate" in told("SELECT * FROM publishing_line")


def test_what_may_be_our_own_fault_is_read_with_the_way_it_came():
    assert told("SELEC 1") is None
    assert hindered.why(ValueError("?")) is None and hindered.why(FileNotFoundError(errno.ENOENT, "?")) is None


def test_a_database_that_is_no_database_or_does_not_answer_is_told(tmp_path):
    path = tmp_path / "site.sqlite3"
    path.write_bytes(os.urandom(9000))
    with closing(sqlite3.connect(path)) as database, pytest.raises(sqlite3.Error) as caught:
        database.execute("SELECT * FROM sqlite_master")
    problem = OperationalError(*caught.value.args)
    problem.__cause__ = caught.value
    assert hindered.why(problem).startswith("The database cannot be used: file is not a database")


def test_a_backup_that_finds_no_room_does_not_complain_twice(capsys):
    with (
        pytest.raises(OSError) as caught,
        open("/dev/full", "wb", buffering=0) as full,
        Writing(full, Bar(None)) as writing,
    ):
        writing.add_table("articles.Article", ["id"], [b"[1]\n"])
        writing.end({})
    assert hindered.why(caught.value)
    del writing, caught
    gc.collect()
    assert capsys.readouterr().err == ""
