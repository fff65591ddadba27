"""The machine's clock jumps while the site runs: nothing is unpublished, nobody publishes into the past, the record holds.

The clock is turned for our processes alone, by a few lines of C that a compiler makes of the text below.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from bench.drills.ground import ROOT, Site
from bench.drills.visits import ask, serving, until

AHEAD = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *found) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, found);
    long ahead = 0;
    FILE *file = which == CLOCK_REALTIME ? fopen(getenv("AHEAD"), "r") : NULL;
    if (file) { if (fscanf(file, "%ld", &ahead) != 1) ahead = 0; fclose(file); }
    if (!failed) found->tv_sec += ahead;
    return failed;
}
"""
PUBLISH = """
import datetime
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
by = Hand.command("drill")
article = Article.objects.filter(slug="{slug}").first() or Article(title="{slug}", slug="{slug}", lead="A lead.")
article.body = "Words: {words}."
article.keep(by=by, at=timezone.now())
moment = timezone.now() + datetime.timedelta(seconds={wait}) if {wait} else None
article.publish(by=by, note="Drill", at=moment)
"""
HOUR = 3600


def drill(folder):
    if not shutil.which("cc"):
        return "left out: it needs a compiler of C"
    (folder / "ahead.c").write_text(AHEAD)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "ahead.so", folder / "ahead.c", "-ldl"], check=True)
    site, clock = Site(folder / "site"), folder / "ahead"
    site.environment |= {"LD_PRELOAD": str(folder / "ahead.so"), "AHEAD": str(clock)}
    clock.write_text("0")
    site.furnish()
    with serving(site) as base:

        def page(slug, words):
            code, text, _took = ask(base, f"/articles/{slug}/")
            return code == 200 and words in text

        site.do(PUBLISH.format(slug="first", words="tea", wait=0))
        assert page("first", "tea")
        clock.write_text(str(-HOUR))
        assert page("first", "tea") and "first" in ask(base, "/articles/")[1], "set back, the clock unpublishes"
        assert "clock" in refused(site, "first", "cup"), "set back an hour, it publishes"
        clock.write_text("-60")
        site.do(PUBLISH.format(slug="first", words="milk", wait=0))
        assert page("first", "milk"), "a minute behind, what is published is not there"
        clock.write_text("0")
        site.do(PUBLISH.format(slug="later", words="rain", wait=HOUR))
        assert not page("later", "rain")
        clock.write_text(str(HOUR + 5))
        until(lambda: page("later", "rain"), 2)
        site.do(PUBLISH.format(slug="first", words="wind", wait=0))
        clock.write_text("0")
        assert page("first", "wind") and page("later", "rain"), "what an act of a clock ahead made is gone"
        assert "clock" in refused(site, "first", "snow")
        assert site.head() > 3
    return "an hour back, a minute back, an hour ahead and back: nothing unpublished, acts refused or in order, the record holds"


def refused(site, slug, words):
    """What is said to whoever would publish into the past."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", PUBLISH.format(slug=slug, words=words, wait=0)]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""
