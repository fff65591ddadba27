"""The same guides after years: every text with 1, 3 and 30 editions, and what making a page of them costs then."""

from __future__ import annotations

import sqlite3
import statistics

import prepare

EDITIONS = (1, 3, 30)
PAGES = ("/articles/article-0/", "/articles/", "/", "/topics/cancer-treatments/", "/faq/")
TABLES = ("articles_articleedition", "faq_entryedition")


def fill(size, editions):
    """Copy our database and give every text so many editions, a second apart. Returns what names the copy.

    Rows alone, without lines of the ledger: those are asked for by name, however many there are.
    """
    name = f"{size}-x{editions}"
    file = prepare.database("ours", name)
    if file.exists():
        return name
    making = file.with_suffix(".making")
    making.unlink(missing_ok=True)
    with sqlite3.connect(prepare.database("ours", size)) as source, sqlite3.connect(making) as copy:
        source.backup(copy)
        for table in TABLES:
            for _number in range(1, editions):
                copy.execute(one_more(copy, table, editions))
        copy.execute("ANALYZE")
    prepare.fold(making)
    making.rename(file)
    return name


def one_more(database, table, editions):
    """SQL that inserts another edition of each text that has fewer than so many."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    later = "strftime('%Y-%m-%d %H:%M:%f', e.{}, '+1 second') || '000'"
    changed = {name: later.format(name) for name in ("in_force_at", "made_at")} | {"number": "e.number + 1"}
    changed["line_id"] = "e.line_id + 10000000"  # each edition has a line of its own, here one that is not there
    values = ", ".join(changed.get(name, f"e.{name}") for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} e WHERE e.cancelled_at IS NULL AND "
        f"e.number = (SELECT MAX(number) FROM {table} n WHERE n.work_id = e.work_id) AND e.number < {editions}"
    )


def show(contestant, size, rounds):
    """Print the median CPU ms of a missed page by editions, asked in turns."""
    asked = {editions: contestant("ours", fill(size, editions)) for editions in EDITIONS}
    found = {(editions, path): [] for editions in EDITIONS for path in PAGES}
    for _round in range(rounds + 1):
        for path in PAGES:
            for editions, one in asked.items():
                found[editions, path] += one.ask("missed", path, 5)
    for one in asked.values():
        one.stop()
    print(f"\n### {size:,} guides, missed: CPU ms, median\n\n| editions of each text | " + " | ".join(PAGES) + " |")
    print("| --- |" + " --: |" * len(PAGES))
    for editions in EDITIONS:
        cells = [f"{statistics.median(found[editions, path]):.1f}" for path in PAGES]
        print(f"| {editions} | " + " | ".join(cells) + " |")
