"""Backup and restore are killed in the middle, while somebody publishes all the time."""

from __future__ import annotations

import shutil

from bench.drills.ground import Site, kill, killed_after, moments, seconds_of

# Publishes without end, a line each.
WRITER = """
import itertools
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by = Hand.command("drill")
for number in itertools.count():
    article = Article(title=f"Meanwhile {number}", lead="A lead.", body=f"Words {number}.")
    article.keep(by=by, at=timezone.now())
    article.publish(by=by, note="Meanwhile")
"""


def drill(folder):
    site = Site(folder / "site")
    site.furnish(30)
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
    return f"{killed} backups killed, {kept} of them named and whole; {empty} of {halves} killed restores left nothing"


def restores(folder, file):
    wanted = Site(folder / "first")
    took = seconds_of(lambda: wanted.run("restore", file))
    head = wanted.head()
    empty = count = 0
    for number, moment in enumerate(moments(took, took * 0.2)):
        place = Site(folder / f"place-{number}")
        if killed_after(place.start("restore", file), moment):
            count += 1
            database = place.folder / "site.sqlite3"
            is_there = database.exists() and "0" != place.do(COUNT).strip()
            if not is_there:
                empty += 1
                place.run("restore", file)
        assert place.head() == head, f"after round {number} the record is another"
        shutil.rmtree(place.folder)
    return empty, count


COUNT = """
from django.db import connection
from publishing import unpromised
from publishing.models import Line
print(Line.objects.count() if "publishing_line" in unpromised.tables(connection) else 0)
"""
