"""import_articles is killed in the middle: each guide is there whole or not at all, and run again it takes in the rest."""

from __future__ import annotations

import shutil

from bench.drills.ground import Site, killed_after, moments, seconds_of

COUNT = 210  # far more than are written at once
GUIDE = """---
title: Guide {number}
language: en
lead: A lead of guide {number}.
sources: "2026"
---

## What happens

Number {number}. {words}

## Questions

### Does guide {number} hurt?

A little.
"""
THERE = """
from articles.models import Article, Intake
guides = Article.objects.filter(title__startswith="Guide ")
taken = Intake.objects.filter(file_name__startswith="guide-").count()
halves = [one for one in guides if not (one.entry_set.exists() and one.editions.exists())]
print("there", guides.count(), taken, len(halves))
"""


def counts(site):
    return [int(word) for word in site.do(THERE).split("there ")[1].split()]


def drill(folder):
    files = folder / "files"
    files.mkdir()
    for number in range(COUNT):
        (files / f"guide-{number}.md").write_text(GUIDE.format(number=number, words="Words. " * 40))
    made = Site(folder / "made")
    made.furnish()
    whole = Site(folder / "whole")
    shutil.copytree(made.folder, whole.folder, dirs_exist_ok=True)
    took = seconds_of(lambda: whole.run("import_articles", files, "--publish"))
    all_of_it = counts(whole)
    assert all_of_it[0] == COUNT and all_of_it[2] == 0, all_of_it
    killed, between = 0, 0
    for number, moment in enumerate(moments(took, took * 0.2)):
        site = Site(folder / f"site-{number}")
        shutil.copytree(made.folder, site.folder, dirs_exist_ok=True)
        killed += killed_after(site.start("import_articles", files, "--publish"), moment)
        there = counts(site)
        assert there[2] == 0 and there[0] == there[1], f"of {there[0]} guides {there[2]} are half there"
        between += 0 < there[0] < COUNT
        site.run("import_articles", files, "--publish")
        assert counts(site) == all_of_it, f"after another run {counts(site)}, not {all_of_it}"
        assert site.head() > 0
        shutil.rmtree(site.folder)
    assert between, f"of {killed} kills none was amid the guides"
    return f"{killed} kills, {between} of them amid {COUNT} guides: none half there, and run again it took in the rest"
