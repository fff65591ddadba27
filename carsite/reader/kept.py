"""Where pages that were made are kept: in the table that all processes share, or in the memory of this one.

A process that only serves readers may not write that table: who could would deface every page. It keeps its own pages,
each of them sent by the same rule, after one raw query. What no longer holds leaves within a minute even where nobody
asks for it, so that nothing which was erased or taken down stays in memory.
"""

import json
import threading

from django.conf import settings
from django.db import models

from publishing.models import ENCODINGS, Line, StoredPage, Touch, microseconds
from publishing.record import ERASING

MOST_BYTES = 64 * 1024 * 1024


class Table:
    """The pages in the database."""

    find = staticmethod(StoredPage.find)

    add = staticmethod(StoredPage.add)

    @staticmethod
    def keep(page):
        return page.put()

    @staticmethod
    def count():
        return StoredPage.objects.count()

    @staticmethod
    def look_through():
        """Nothing: what does not hold is not found, and an erasure deletes rows itself."""


class Memory:
    """The pages of this process alone, as many as there is room for; what nobody asked for longest goes first."""

    def __init__(self, most=MOST_BYTES):
        self.most, self.size, self.pages, self.guard = most, 0, {}, threading.Lock()

    def find(self, key, encoding):
        """(http, content_type, location, etag, body) of a page that holds now, or None."""
        page = self.pages.get(key)
        if page is None or not page.holds():
            return None
        with self.guard:  # used last, so it goes last
            if key in self.pages:
                self.pages[key] = self.pages.pop(key)
        body = getattr(page, encoding)
        return (page.http, page.content_type, page.location, page.etag, body) if body or page.location else None

    def keep(self, page):
        """Keep it, unless a newer one of the same address is here. Returns whether it is kept."""
        with self.guard:
            known = self.pages.get(page.key)
            if size_of(page) > self.most or (known and (known.seq, known.since_us) > (page.seq, page.since_us)):
                return False
            self._drop(page.key)
            self._take(page, size_of(page))
        return True

    def add(self, key, etag, encoding, body):
        """Keep a page in one more encoding, while it is still that page."""
        with self.guard:
            page = self.pages.get(key)
            if page and page.etag == etag and not getattr(page, encoding):
                setattr(page, encoding, body)
                self._take(page, len(body))

    def _take(self, page, more):
        """It has so many bytes more; what was asked for longest ago goes where there is no room for them."""
        self.pages[page.key] = page
        self.size += more
        while self.size > self.most:
            self._drop(next(iter(self.pages)))

    def count(self):
        return len(self.pages)

    def look_through(self):
        """Let go of what holds no longer; of all, where something was erased by law or the database does not answer."""
        with self.guard:
            pages = list(self.pages.values())
        if not pages:
            return
        try:
            gone = self._outdated(pages)
        except Exception:  # whatever it is: what cannot be asked about is not kept
            gone = pages
        with self.guard:
            for page in gone:
                if self.pages.get(page.key) is page:
                    self._drop(page.key)

    def _outdated(self, pages):
        seq, at = StoredPage.head()
        since = Line.objects.filter(seq__gt=min(page.seq for page in pages), seq__lte=seq)
        if since.filter(verb__in=ERASING).exists():
            return pages
        touched = Touch.objects.filter(line__in=since).values_list("name").annotate(models.Max("line_id")).order_by()
        last, now = dict(touched), microseconds(at)
        gone = []
        for page in pages:
            is_touched = any(last.get(name, 0) > page.seq for name in json.loads(page.needs))
            if is_touched or page.until_us <= now:
                gone.append(page)
            else:
                page.seq = max(page.seq, seq)  # so that the next look asks for what came since this one
        return gone

    def _drop(self, key):
        page = self.pages.pop(key, None)
        self.size -= size_of(page) if page else 0

    def clear(self):
        """Let go of all."""
        with self.guard:
            self.pages, self.size = {}, 0


def size_of(page):
    return sum(len(getattr(page, encoding)) for encoding in ENCODINGS)


TABLE, MEMORY = Table(), Memory()


def kept():
    """Where this process keeps pages."""
    return MEMORY if settings.PAGES_IN_MEMORY else TABLE
