"""Saving and publishing are killed in the middle: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import random
import subprocess

from bench.drills.ground import ROUNDS, Site, killed_after

# Says each number once its act was committed.
WRITER = """
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by = Hand.command("drill")
for number in range({start}, {start} + 100000):
    article = Article(title=f"Guide {{number}}", slug=f"guide-{{number}}", lead="A lead.", body=f"Words {{number}}.")
    article.keep(by=by, at=timezone.now())
    print("saved", number, flush=True)
    article.publish(by=by, note="First")
    print("published", number, flush=True)
"""
THERE = """
from articles.models import Article, ArticleEdition
print("saved", *Article.objects.filter(slug__startswith="guide-").values_list("slug", flat=True))
print("published", *ArticleEdition.objects.filter(slug__startswith="guide-").values_list("slug", flat=True))
"""


def drill(folder):
    site = Site(folder / "site")
    site.furnish()
    acknowledged = {"saved": set(), "published": set()}
    for number in range(ROUNDS):
        said = folder / "said"
        with open(said, "w") as file:
            writer = site.start("shell", "-v", "0", "-c", WRITER.format(start=number * 100_000), stdout=file, stderr=subprocess.DEVNULL)
            assert killed_after(writer, 3 + random.random() * 3), "the writer ended by itself"
        for line in said.read_text().splitlines():
            if len(line.split()) == 2 and line.split()[1].isdecimal():
                acknowledged[line.split()[0]].add(f"guide-{line.split()[1]}")
    there = {line.split()[0]: set(line.split()[1:]) for line in site.do(THERE).splitlines()}
    for what, wanted in acknowledged.items():
        # The last word of a killed writer may be cut: a number that is the beginning of another is no loss.
        lost = {one for one in wanted - there[what] if not any(other.startswith(one) for other in there[what])}
        assert not lost, f"{what} and lost: {lost}"
    assert acknowledged["published"], "nothing was published before a kill"
    site.run("verify_ledger", "--pages")
    counts = {what: len(found) for what, found in acknowledged.items()}
    return f"{ROUNDS} kills, {counts['saved']} saved and {counts['published']} published acts all there, the record holds"
