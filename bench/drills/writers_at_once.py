"""Eight people of the staff write in the same two guides for a minute, with the form's own requests: nothing is lost.

Each loads the form, types a passage of its own, has it kept as the form's script does, and saves. Where somebody saved
meanwhile it answers the page of two texts by taking both. Not browsers: what they send, from eight threads.
"""

from __future__ import annotations

import json
import threading
import time

import lxml.html

from bench.drills.ground import Site
from bench.drills.visits import Staff, ask, serving
from carsite.tests import postgres

COUNT, SECONDS, STEPS = 8, 60, 12
FILL = """
from django.contrib.auth.models import Group, User
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
for who in "{everybody}":
    person = User.objects.create_user(f"writer-{{who}}", first_name=f"Writer {{who}}", is_staff=True)
    person.groups.add(Group.objects.get(name="writers"))
for slug in ("left", "right"):
    body = "## What happens\\n\\nA nurse comes.\\n\\n## At home\\n\\nRest."
    article = Article(title=f"About {{slug}}", slug=slug, lead="A lead.", body=body)
    article.keep(by=Hand.command("drill"), at=timezone.now())
    print("pk", article.pk)
"""
TEXTS = """
import json
from articles.models import Article
print("texts", json.dumps({{str(one.pk): [one.body, one.edits] for one in Article.objects.filter(pk__in={keys})}}))
"""
ASIDE = """
from publishing.models import Buffer
print([one.typed["body"] for one in Buffer.objects.filter(saved_at=None) if "{words}" in str(one.typed)])
"""


class Writer:
    """One person, who writes until the time is over: what was acknowledged, and how it went."""

    def __init__(self, staff, who, keys):
        self.staff, self.who, self.keys = staff, who, keys
        self.saved, self.unsaved, self.clashes, self.longest, self.problem = [], [], 0, 0.0, None

    def write(self, end):
        number = 0
        try:
            while time.monotonic() < end:
                number += 1
                self.save(self.keys[number % len(self.keys)], f"Words of {self.who} number {number}.")
        except Exception as problem:
            self.problem = f"{self.who}: {type(problem).__name__}: {problem}"

    def save(self, key, words):
        path = f"/admin/articles/article/{key}/change/"
        form = self.staff.form(path)
        base = json.dumps(sorted(form.items()))
        heading = "## At home" if ord(self.who) % 2 else "## What happens"
        form["body"] = form["body"].replace(heading, f"{heading}\n\n{words}", 1)
        code, said, _took = self.staff.send(f"/admin/articles/article/{key}/keep/", form | {"_base": base})
        assert code == 200, f"what was typed is not kept: {code} {said[:300]}"
        code, page, took = self.staff.send(path, form)
        self.longest = max(self.longest, took)
        if code == 200:
            self.clashes += 1
            assert "Two texts of" in page and words in page, f"refused without both texts: {page[-1500:]}"
        for _step in range(STEPS):
            if code != 200:
                break
            code, page, took = self.staff.send(path, both(page))
            self.longest = max(self.longest, took)
        assert code in (200, 302), f"{code} {page[:300]}"
        (self.saved if code == 302 else self.unsaved).append((key, words))


def both(page):
    """What the page of two texts sends back where both texts are taken, passage by passage."""
    forms = [dict(one.form_values()) for one in lxml.html.fromstring(page).forms]
    sent = next(one for one in forms if "_two" in one)
    sent = {name: (value or "").removeprefix("\n") for name, value in sent.items()}
    for name in [one for one in sent if one.startswith("_of:") and sent[one] == "both"]:
        key = name.removeprefix("_of:")
        theirs, mine = (passages(sent[f"_{whose}:{key}"]) for whose in ("theirs", "mine"))
        sent |= {
            f"_take:{key}": "third",
            f"_third:{key}": "\n\n".join([*theirs, *(one for one in mine if one not in theirs)]),
        }
    return sent


def passages(text):
    return [one.strip() for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]


def drill(folder):
    told = [f"SQLite: {minute(Site(folder / 'sqlite'))}"]
    try:
        with postgres.server() as address:
            told.append(f"PostgreSQL: {minute(Site(folder / 'postgresql', address))}")
    except postgres.Unavailable as why:
        told.append(f"PostgreSQL left out ({why})")
    return "; ".join(told)


def minute(site):
    site.furnish()
    everybody = "abcdefgh"[:COUNT]
    keys = [line.split()[1] for line in site.do(FILL.format(everybody=everybody)).splitlines() if line.startswith("pk")]
    with serving(site, WORKERS="2") as base:
        writers = [Writer(Staff(site, base, f"writer-{who}"), who, keys) for who in everybody]
        end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=one.write, args=(end,)) for one in writers]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert ask(base, "/health/")[0] == 200
    problems = [one.problem for one in writers if one.problem]
    assert not problems, problems
    return looked(site, keys, writers)


def looked(site, keys, writers):
    """Each acknowledged passage stands in its text, once; what was not saved is kept aside."""
    texts = json.loads(site.do(TEXTS.format(keys=[int(key) for key in keys])).split("texts ", 1)[1])
    saved = [one for writer in writers for one in writer.saved]
    wrong = [(key, words) for key, words in saved if texts[key][0].count(words) != 1]
    assert saved and not wrong, f"saved and lost, or twice: {wrong}"
    assert sum(edits for _body, edits in texts.values()) == len(saved) + len(keys), "a save that nobody sent"
    for key, words in (one for writer in writers for one in writer.unsaved):
        assert words in texts[key][0] or words in site.do(ASIDE.format(words=words)), f"typed and lost: {words}"
    clashes, longest = sum(one.clashes for one in writers), max(one.longest for one in writers)
    assert clashes, "nobody met anybody"
    return (
        f"{len(writers)} writers, {len(saved)} saves all there, {clashes} met another's and took both, "
        f"{sum(len(one.unsaved) for one in writers)} kept aside, the longest answer {longest:.1f} s"
    )
