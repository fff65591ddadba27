"""How often each guide is read: counted in memory by its address, and added up once a minute by a thread of its own.

A reader's way is one number that grows. What is lost when a process ends, or two threads count at once, is lost.
"""

import logging
import re
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from articles.models import ArticleEdition, Seen
from carsite.reader.languages import TAG
from publishing.models import Line

log = logging.getLogger(__name__)
MINUTE = 60
MOST = 20_000  # addresses in memory; only pages that are there are counted, so this is for a database that is away
GUIDE = re.compile(rf"/(?:({TAG})/)?articles/([^/]+)/")


class Counting:
    """How often each address was sent since it was last added up."""

    def __init__(self):
        self.counts = {}

    def count(self, path):
        counts = self.counts
        counts[path] = counts.get(path, 0) + 1

    def taken(self):
        """What was counted, which is counted no more."""
        taken, self.counts = self.counts, {}
        return taken

    def add_up(self, at):
        """Add what was counted to the guides' days. Where the database has no time for it, it is kept for later."""
        taken = self.taken()
        try:
            Seen.add(guides(taken, at), timezone.localdate(at))
        except DatabaseError:
            for path, number in list(taken.items())[:MOST]:
                self.counts[path] = self.counts.get(path, 0) + number


def guides(counts, at):
    """By (guide's key, language) how often it was read; addresses of other pages are left out."""
    found = {}
    for path, number in counts.items():
        asked = GUIDE.fullmatch(decoded(path))
        language = asked and (asked[1] or settings.LANGUAGE_CODE)
        edition = asked and ArticleEdition.objects.at_address(language, asked[2], at)
        if edition and not edition.is_notice:
            found[edition.work_id, language] = found.get((edition.work_id, language), 0) + number
    return found


def decoded(path):
    """A path as WSGI gives it, or as Django has decoded it already."""
    try:
        return path.encode("iso-8859-1").decode()
    except UnicodeError:
        return path


COUNTING = Counting()


def add_up():
    """Add up what was counted until now."""
    if COUNTING.counts:
        COUNTING.add_up(Line.objects.moment_of_reading())


def start(every=MINUTE, beside=(), first=()):
    """Add up once a minute until the process ends, and do what else a process does then. Called where one serves.

    `first` is done once, as the process begins. Each act stands alone: one that fails keeps none of the others back.
    """
    ended, failing = threading.Event(), set()

    def go_on():
        for act in first:
            attempt(act, failing)
        while not ended.wait(every):
            for act in (*beside, add_up):
                attempt(act, failing)

    threading.Thread(target=go_on, name="counting", daemon=True).start()
    return ended


def attempt(act, failing):
    """Do it; where it fails it is logged, once until it was done again, and the next minute tries again."""
    try:
        act()
        failing.discard(act)
    except Exception:  # whatever it is, readers read on
        if act not in failing:
            log.exception(
                "Each minute this is done, and it fails: %s", getattr(act, "__qualname__", type(act).__name__)
            )
        failing.add(act)
    finally:
        connection.close()
