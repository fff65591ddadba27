"""Backup and restore are killed in the middle, while somebody publishes all the time."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from bench.drills.ground import ROUNDS, Site, kill, killed_after, moments, seconds_of

# Publishes without end, a line each, and not so fast that each round has far more to restore and to verify than the last.
WRITER = """
import itertools, time
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by = Hand.command("drill")
for number in itertools.count():
    article = Article(title=f"Meanwhile {number}", lead="A lead.", body=f"Words {number}.")
    article.keep(by=by, at=timezone.now())
    article.publish(by=by, note="Meanwhile")
    time.sleep(0.3)
"""


def drill(folder):
    site = Site(folder / "site")
    site.furnish(10)
    writer = site.start("shell", "--verbosity", "0", "-c", WRITER)
    try:
        whole = folder / "whole.backup"
        took = seconds_of(lambda: site.run("backup", whole))
        killed, kept = 0, 0
        for number, moment in enumerate(moments(took, took * 0.2)):
            file = folder / f"{number}.backup"
            killed += killed_after(site.start("backup", file), moment)
            if file.exists():  # named, so whole: restored below, with its list
                assert file.with_name(file.name + ".later.json").exists()
                kept += 1
                whole = file
        site.run("backup", folder / "after.backup")
    finally:
        kill(writer)
    assert site.head() > 30
    empty, halves = restores(folder, whole)
    return f"{ROUNDS} backups, {killed} killed before their end: {kept} have a name, the last of them is restored; {empty} of {halves} killed restores left nothing"


def restores(folder, file):
    bare = Site(folder / "bare")  # an empty place: to migrate is killed in another drill
    bare.run("migrate", "--verbosity", "0")
    wanted = copied(bare, folder / "first")
    took = seconds_of(lambda: wanted.run("restore", file))
    head = wanted.head()
    empty = count = 0
    for number, moment in enumerate(moments(took, took * 0.2)):
        place = copied(bare, folder / f"place-{number}")
        if killed_after(place.start("restore", file), moment):
            count += 1
            if lines(place) == 0:
                empty += 1
                place.run("restore", file)
        assert place.head() == head, f"after round {number} the record is another"
        shutil.rmtree(place.folder)
    return empty, count


def copied(site, folder):
    shutil.copytree(site.folder, folder)
    return Site(folder)


def lines(place):
    """How many lines its record has, asked without the start of a program."""
    with closing(sqlite3.connect(place.folder / "site.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM publishing_line").fetchone()[0]
