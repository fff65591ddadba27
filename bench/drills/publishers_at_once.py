"""Eight processes publish on one PostgreSQL at once, each its own guide and all of them one: no fork, no lost act."""

from __future__ import annotations

import statistics
import subprocess
import time

import psycopg

from bench.drills.ground import Site, kill
from carsite.tests import postgres

COUNT, ACTS = 8, 24
# Says what it published, and how long that took, once it was committed. Every third act is on the guide of all.
PUBLISHER = """
import time
from pathlib import Path
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
from publishing.refusals import Changed
who, by = "{who}", Hand.command("publisher {who}")
letters = str.maketrans("0123456789", "abcdefghij")
print("ready", flush=True)
while not Path("{go}").exists():
    time.sleep(0.01)
for number in range({acts}):
    slug = "all" if number % 3 == 2 else f"own-{{who}}"
    article = Article.objects.get(slug=slug)
    article.lead = f"Kind words kind{{who}}{{str(number).translate(letters)}}."  # shorter ones are abbreviations of doses
    article.keep(by=by, at=timezone.now())
    began = time.monotonic()
    try:
        article.publish(by=by, note="Kinder")
        said = "published"
    except Changed:
        said = "refused"
    print(said, slug, article.lead.split()[-1], time.monotonic() - began, flush=True)
"""
FILL = """
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by = Hand.command("drill")
for slug in {slugs}:
    article = Article(title=f"About {{slug}}", slug=slug, lead="A lead.", body="A nurse comes.")
    article.keep(by=by, at=timezone.now())
    article.publish(by=by, note="First")
"""
ACTS_OF = """SELECT w.slug, e.lead, e.number, l.seq, l.by_name FROM articles_articleedition e JOIN articles_article w ON w.id = e.work_id
JOIN publishing_line l ON l.work = 'articles/' || w.id AND l.number = e.number AND l.verb = 'publish'
WHERE w.slug = 'all' OR w.slug LIKE 'own-_' ORDER BY l.seq"""


def drill(folder):
    try:
        with postgres.server() as address:
            return walk(Site(folder / "site", address), address)
    except postgres.Unavailable as why:
        return f"left out: PostgreSQL does not run here ({why})"


def walk(site, address):
    site.furnish()
    everybody = "abcdefgh"[:COUNT]
    site.do(FILL.format(slugs=["all", *(f"own-{who}" for who in [*everybody, "z"])]))
    alone = waits(published(site, "z"))
    said = published(site, everybody)
    done, refused = [one for one in said if one[0] == "published"], [one for one in said if one[0] == "refused"]
    assert len(said) == COUNT * ACTS and all(slug == "all" for _said, slug, *_rest in refused), refused
    holds(address, done)
    site.run("verify_ledger", "--pages")
    longest, middle = max(waits(done)), statistics.median(waits(done))
    return (
        f"{COUNT} publishers, {len(done)} acts all there in one chain, {len(refused)} told that somebody else had saved; an act took "
        f"{1000 * middle:.0f} ms in the middle, {longest:.1f} s at most, alone {1000 * statistics.median(alone):.0f} ms"
    )


def waits(said):
    return [float(one[3]) for one in said]


def published(site, everybody):
    """What all of them say, who begin at once."""
    go = site.folder / f"go-{everybody}"
    files = [site.folder / f"said-{who}" for who in everybody]
    running = []
    try:
        for who, file in zip(everybody, files, strict=True):
            with open(file, "w") as out, open(site.folder / f"wrong-{who}", "w") as wrong:
                code = PUBLISHER.format(who=who, go=go, acts=ACTS)
                running.append(site.start("shell", "-v", "0", "-c", code, stdout=out, stderr=wrong))
        while not all("ready" in file.read_text() for file in files):
            assert all(one.poll() is None for one in running), "a publisher does not start"
            time.sleep(0.1)
        go.touch()
        for who, one in zip(everybody, running, strict=True):
            assert one.wait(600) == 0, (site.folder / f"wrong-{who}").read_text()[-2000:]
    except subprocess.TimeoutExpired:
        raise AssertionError("they wait for each other") from None
    finally:
        for one in running:
            one.poll() is None and kill(one)
    return [line.split() for file in files for line in file.read_text().splitlines() if not line.startswith("ready")]


def holds(address, done):
    """Each act that was acknowledged is one edition and one line, by who did it; the chain has no fork and no gap."""
    with psycopg.connect(address) as database:
        found = database.execute(ACTS_OF).fetchall()
        lines = database.execute("SELECT seq, previous, hash FROM publishing_line ORDER BY seq").fetchall()
    by_words = {(slug, lead.split()[-1]): by for slug, lead, _number, _seq, by in found if "Kind words" in lead}
    wanted = {(slug, word) for _said, slug, word, _took in done}
    assert wanted <= set(by_words), f"published and lost: {wanted - set(by_words)}"
    assert all(by == f"publisher {word[4]}" for (_slug, word), by in by_words.items()), "in another's name"
    numbers = {}
    for slug, _lead, number, *_rest in found:
        numbers.setdefault(slug, []).append(number)
    assert all(each == list(range(1, len(each) + 1)) for each in numbers.values()), "numbers out of order"
    assert [seq for seq, *_rest in lines] == list(range(1, len(lines) + 1)), "a gap"
    assert all(one[2] == other[1] for one, other in zip(lines, lines[1:], strict=False)), "a fork"
