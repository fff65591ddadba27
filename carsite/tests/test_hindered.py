"""What keeps a command from its work is one sentence: a full disk, a busy database, one that is not what is needed."""

import errno
import gc
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import OperationalError

from carsite import hindered
from carsite.keeping import Bar
from carsite.keeping.archive import Writing
from conftest import fewer


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


@pytest.mark.slow
def test_every_command_says_so_of_a_database_without_its_tables(tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("word,also,language\njab,injection,en\n")
    given = {"verify_ledger": [], "export_articles": [tmp_path / "out"], "backup": [tmp_path / "b"], "daily": []}
    given |= {"import_articles": [words.with_suffix(".md")], "import_synonyms": [words], "set_up": []}
    words.with_suffix(".md").write_text("# Jab\n\nWords.\n\n## More\n\nWords.\n")
    environment = os.environ | {"VAR": str(tmp_path / "var"), "DATABASE_URL": ""}
    (tmp_path / "var").mkdir()
    for command, more in fewer(list(given.items()), 3):
        asked = [sys.executable, "manage.py", command, *map(str, more)]
        done = subprocess.run(
            asked, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode, command
        assert "Run manage.py migrate" in done.stderr and "Traceback" not in done.stderr, (command, done.stderr)


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
