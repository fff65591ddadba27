"""migrate is killed in the middle, again and again: run once more it ends, and the site is whole."""

from __future__ import annotations

import shutil

from bench.drills.ground import Site, killed_after, moments, seconds_of


def drill(folder):
    whole = Site(folder / "whole")
    took = seconds_of(lambda: whole.run("migrate", "--verbosity", "0"))
    killed = 0
    for number, moment in enumerate(moments(took, took * 0.3)):
        site = Site(folder / f"site-{number}")
        killed += killed_after(site.start("migrate", "--verbosity", "0"), moment)
        site.furnish()
        assert site.head() > 0
        shutil.rmtree(site.folder)
    return f"{killed} kills; each time migrate ended on the second try, and the record holds"
