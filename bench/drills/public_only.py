"""Two processes on one PostgreSQL, one of them for readers alone: what it may, what it keeps, and what it does without a database.

A real shared cache (Debian's nginx) stands before it where that can be fetched.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.parse
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from bench.drills.ground import ROOT, Site
from bench.drills.proxies import Cable, cache, nginx_in
from bench.drills.stored import FILL
from bench.drills.visits import GUIDE, ask, free_port, serving, until
from carsite.tests import postgres

ARM, MINUTE = "/articles/arm/", 60
# What no role of readers may ever see a row or a word of
HIDDEN = ("auth_user", "django_session", "publishing_access", "publishing_buffer", "publishing_saving", "publishing_reviewer")
HIDDEN += ("publishing_reviewlink", "otp_totp_totpdevice", "axes_accessattempt", "publishing_storedpage", "articles_brought")
DRAFTS = {"articles_article": "body", "faq_entry": "answer", "publishing_frame": "clinic", "articles_topic": "title"}
DRAFTS |= {"publishing_line": "by_name", "articles_articlereview": "note", "publishing_remark": "text", "articles_voice": "text"}
WRITTEN = {"articles_heard", "articles_pace", "articles_seen", "articles_voice", "publishing_unfound", "publishing_remark"}
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
PUBLISH = """
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by, article = Hand.command("drill"), Article.objects.get(slug="{slug}")
article.lead = "{words}"
article.keep(by=by, at=timezone.now())
article.publish(by=by, note="Drill")
"""
COUNTS = """
from articles.models import Heard, Seen
from publishing.models import Remark, Unfound
print("counts", sum(one.count for one in Heard.objects.all()), sum(one.count for one in Seen.objects.all()),
      Unfound.objects.count(), Remark.objects.filter(by_name="A reader").count())
"""
EDITION = 'from articles.models import ArticleEdition as a; print("key", a.objects.filter(slug="arm").latest("number").pk)'
EXPIRES = """
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by, article = Hand.command("drill"), Article.objects.get(slug="{slug}")
article.redact(article.editions.order_by("number").first(), by=by, reason="By law")
"""


def drill(folder):
    try:
        with postgres.server() as address, ExitStack() as stack:
            return walk(folder, address, stack)
    except postgres.Unavailable as why:
        return f"left out: PostgreSQL does not run here ({why})"


def walk(folder, address, stack):
    staff = Site(folder / "staff", address)
    staff.furnish()
    staff.do(FILL)
    role = urlsplit(re.search(r"DATABASE_URL='(.*)'", staff.run("readers_role"))[1])
    assert "rights of this release" in staff.run("readers_role")
    staff.run("migrate", "--verbosity", "0")  # as each update does, which leaves or renews those rights
    place = parse_qs(urlsplit(address).query)["host"][0]
    tried = tables(psycopg.connect(urllib.parse.urlunsplit(role)))
    cable = Cable(str(Path(place, ".s.PGSQL.5432")))
    public = Site(folder / "readers", role._replace(netloc=f"{role.netloc}127.0.0.1:{cable.port}", query="").geturl())
    public.environment |= {"PUBLIC_ONLY": "true", "MEDIA_ROOT": str(staff.folder / "media"), "BEHIND_PROXY": "true"}
    refuses_other_roles(public, address)
    of_staff = stack.enter_context(serving(staff))
    of_readers = stack.enter_context(serving(public))
    pages = same_pages(staff, of_staff, of_readers)
    forgotten = leaves_by_itself(staff, of_readers)
    sent = what_readers_send(staff, of_readers)
    program = nginx_in(folder)
    behind = "nginx not fetched"
    if program:
        (folder / "cache").mkdir()
        hosts = (one.removeprefix("http://") for one in (of_staff, of_readers))
        front = stack.enter_context(cache(program, folder / "cache", free_port(), *hosts))
        behind = without_database(staff, of_readers, front, cable)
    else:
        without_database(staff, of_readers, None, cable)
    return f"{tried}; {pages}; {forgotten}; {sent}; {behind}"


def tables(database):
    """What the role may do in each table: tried, not looked up."""
    database.autocommit = True
    names = [name for (name,) in database.execute(TABLES)]
    readable = {name for name in names if may(database, f'SELECT * FROM "{name}" LIMIT 1')}
    assert not readable & {*HIDDEN, *DRAFTS} and set(HIDDEN) < set(names), readable & {*HIDDEN, *DRAFTS}
    for name, column in DRAFTS.items():
        assert not may(database, f'SELECT "{column}" FROM "{name}" LIMIT 1'), (name, column)
    for name in names:
        key = database.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 LIMIT 1", [f'"{name}"']
        ).fetchone()[0]
        assert may(database, f'DELETE FROM "{name}" WHERE false') == (name == "publishing_unfound"), name
        assert not may(database, f'TRUNCATE "{name}" CASCADE'), name
        can = {may(database, f'UPDATE "{name}" SET "{key}" = "{key}" WHERE false'), may(database, f'INSERT INTO "{name}" SELECT * FROM "{name}" WHERE false')}
        assert name in WRITTEN or can == {False}, name
    assert not may(database, "UPDATE publishing_remark SET text = ''") and not may(database, "CREATE TABLE mine (a int)")
    forged = "INSERT INTO publishing_remark (work, passage, before, after, text, by_name, made_at, settled_by_name) VALUES ('articles/1', '', '', '', '', '{}', now(), '')"
    assert not may(database, forged.format("Dr Nila Rao")), "a remark in the name of somebody of the staff"
    database.close()
    return f"{len(names)} tables tried: {len(readable)} read whole, {len(WRITTEN)} written"


def may(database, statement):
    try:
        database.execute(statement)
        return True
    except psycopg.errors.InsufficientPrivilege:
        return False


def refuses_other_roles(public, owner):
    """The user of the staff's processes is too mighty, and the process does not start with it."""
    told = public.environment | {"DATABASE_URL": owner, "PORT": str(free_port())}
    done = subprocess.run([sys.executable, "-m", "carsite.server"], cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode and "readers_role" in done.stderr and "Traceback" not in done.stderr, done.stderr


def same_pages(staff, of_staff, of_readers):
    """Every address that the maps and pages name answers alike on both, and nothing of the staff's is there."""
    places = re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", ask(of_staff, "/sitemap.xml")[1])
    found = {page for one in places for page in re.findall(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>", ask(of_staff, one.replace("&amp;", "&"))[1])}
    found |= {"/", "/articles/", "/faq/", "/new/", "/feed/", "/words/", "/search/?q=nurse", "/search/?q=zqxj", "/llms.txt", "/h/"}
    seen, wrong = set(), []
    while found - seen:
        path = min(found - seen)
        seen.add(path)
        one, other = (ask(base, urllib.parse.quote(path, safe="%/?&=;,@:")) for base in (of_staff, of_readers))
        if one[0] != other[0] or (one[0] == 200 and not alike(one[1], other[1])):
            wrong.append((path, one[0], other[0]))
        more = re.findall(r'(?:href|src)="(/[^"#]*)', one[1]) if "<html" in one[1] and len(seen) < 60 else []
        found |= {each.replace("&amp;", "&") for each in more if not each.startswith("/admin/") and "/edit/" not in each and "handout" not in each}
    assert not wrong, wrong[:5]
    for path in ("/admin/", "/admin/login/", "/review/?k=x", "/admin/editor/preview/"):
        assert ask(of_readers, path)[0] == 404, path
    assert ask(of_readers, f"{ARM}handout.pdf")[0] == ask(of_staff, f"{ARM}handout.pdf")[0]
    assert ask(of_readers, "/health/")[0] == 200, ask(of_readers, "/health/")[1]
    return f"{len(seen)} addresses alike on both"


def alike(one, other):
    """But for hosts, each process on its own port, and the moment at which a feed without entries was made."""
    own = r"127\.0\.0\.1:\d+|<updated>[^<]*</updated>"
    return re.sub(own, "", one) == re.sub(own, "", other)


def leaves_by_itself(staff, of_readers):
    """What is published is in the next answer; what is touched, or erased, leaves memory though nobody asks for it."""

    def kept():
        return int(re.search(r"^guides_stored_pages (\d+)", ask(of_readers, "/metrics/")[1], re.M)[1])

    assert kept() > 50
    staff.do(PUBLISH.format(slug="arm", words="Said in the other process."))
    began = time.monotonic()
    assert "Said in the other process." in ask(of_readers, ARM)[1], "not in the next answer"
    before = kept()
    staff.do(PUBLISH.format(slug="edited", words="Another lead."))
    until(lambda: kept() < before, MINUTE + 10)
    touched = time.monotonic() - began
    assert kept() > 20, "all pages left"
    staff.do(EXPIRES.format(slug="arm"))
    began = time.monotonic()
    # All leave; what an act on a text makes anew of its sheets in the same minute is little.
    until(lambda: kept() < 20, MINUTE + 10)
    return f"touched pages left after {touched:.0f} s and erased ones after {time.monotonic() - began:.0f}, unasked"


def what_readers_send(staff, of_readers):
    key = staff.do(EDITION).split("key ", 1)[1].split()[0]
    ask(of_readers, ARM)
    for said in ("yes", "wrong"):
        form = urllib.parse.urlencode({"edition": key, "said": said}).encode()
        assert ask(of_readers, "/feedback/", form, Origin=of_readers)[0] == 302, said
    ask(of_readers, "/search/?q=unheardof")

    def counts():
        return [int(one) for one in staff.do(COUNTS).split("counts ", 1)[1].split()[:4]]

    until(lambda: all(counts()), MINUTE + 20)
    return "answers, counts and searches in vain arrive"


def without_database(staff, of_readers, front, cable):
    """503 with a sentence; the cache goes on serving; afterwards all goes on, with what was published meanwhile."""
    words = {}
    if front:
        for path in (GUIDE, ARM, "/", "/faq/"):
            code, words[path], _took = ask(front, path)
            assert code == 200, (path, code)
        staff.do(PUBLISH.format(slug="arm", words="Through the cache."))
        assert "Through the cache." in ask(front, ARM)[1], "the cache does not ask anew"
        words[ARM] = ask(front, ARM)[1]
    cable.cut()
    for path in (GUIDE, ARM, "/search/?q=nurse"):
        code, text, took = ask(of_readers, path)
        assert code == 503 and "Please try again in a few minutes" in text and took < 10, (path, code, took)
    for path, text in words.items():
        code, said, _took = ask(front, path)
        assert (code, said) == (200, text), (path, code)
    assert not front or ask(front, "/articles/soon/")[0] == 503
    staff.do(PUBLISH.format(slug="arm", words="Said meanwhile."))
    cable.mend()
    until(lambda: ask(of_readers, ARM)[0] == 200, 30)
    for base in filter(None, (of_readers, front)):
        assert "Said meanwhile." in ask(base, ARM)[1]
    return f"cut off it answers 503, and nginx served {len(words)} of {len(words)} pages on"
