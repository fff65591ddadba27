"""How often each guide is read: counted in memory by its address, and added up once a minute by a thread of its own.

A reader's way is one number that grows. What is lost when a process ends, or two threads count at once, is lost.
"""

import re
import threading

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from articles.models import ArticleEdition, Seen
from carsite.reader.languages import FOREIGN
from publishing.models import Line

MINUTE = 60
MOST = 20_000  # addresses in memory; only pages that are there are counted, so this is for a database that is away
GUIDE = re.compile(rf"/(?:({'|'.join(FOREIGN)})/)?articles/([^/]+)/")


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


def start(every=MINUTE, beside=lambda: None):
    """Add up once a minute until the process ends, and do what else a process does then. Called where one serves."""
    ended = threading.Event()

    def go_on():
        while not ended.wait(every):
            try:
                beside()
                if COUNTING.counts:
                    COUNTING.add_up(Line.objects.moment_of_reading())
            except Exception:  # noqa: S110 - whatever it is, readers read on, and the next minute tries again
                pass
            finally:
                connection.close()

    threading.Thread(target=go_on, name="counting", daemon=True).start()
    return ended
