"""Sheets that somebody asked about: what became of them is kept ready.

To compare two texts takes milliseconds, and asking writes nothing. So a thread of its own makes the answer once more
and stores it like a page; until an act on one of its texts it costs a look. In memory stand codes alone.
"""

import datetime
import time

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from carsite.reader.encodings import PACKED
from carsite.reader.kept import kept
from carsite.reader.made import answer_of, stored_sheet
from carsite.reader.paper.handout import HINDERED
from carsite.reader.stored import bodies, key_of
from publishing.models import Frame, StoredPage, kinds, microseconds, noted, page_of

MOST = 200  # addresses in a minute; what is beyond is compared anew until it is asked again
ASKED = set()


def note(path):
    """Have the answer of that address stored soon."""
    if len(ASKED) < MOST:
        ASKED.add(path)


def store():
    """Store what was asked since the last time; readers of pages go first."""
    each_alone(ASKED, store_one)


def print_hindered():
    """Print what a reader waited for in vain, and store it for the next; in vain again, it waits until it is asked."""
    each_alone(HINDERED, stored_sheet)


def each_alone(paths, act):
    """Do it with all of these paths, which wait no longer then. One that fails keeps none back; its fault is raised."""
    waiting, problem = sorted(paths), None
    for path in waiting:
        try:
            act(path)
        except (OperationalError, InterfaceError):  # the next would fail too: all of them wait for the next minute
            raise
        except Exception as fault:  # noqa: BLE001 - told below
            problem = fault
        time.sleep(0.05)
    paths.difference_update(waiting)  # at the end: to make an answer once more is to ask again
    if problem:
        raise problem


def store_one(path):
    """Store the answer of that address; of a sheet that is current, which tells the day of asking, until midnight."""
    key = key_of(path, "")
    seq, at = StoredPage.head()
    with noted() as names:
        answer = answer_of(path, at)
    if not key or answer is None or answer.status_code != 200 or "is_old" not in answer.context_data:
        return
    # In each encoding at once: whoever asks writes nothing, not even what was packed.
    held = bodies(answer.content, *PACKED)
    kind = answer.headers["Content-Type"]
    every = names | compared(answer.context_data["live"])
    page = page_of(key, seq, at, every, http=200, content_type=kind, location="", **held)
    if not answer.context_data["is_old"]:
        page.until_us = min(page.until_us, microseconds(midnight_after(at)))
    kept().keep(page)


def compared(edition):
    """What a sheet of a guide is compared with, as acts touch it: the guide, what follows it, its original, the frame
    and the word list. Of an old text any word may be explained otherwise since, and no page of today names that one.
    """
    model = type(edition)._meta.get_field("work").related_model
    original = model.TRANSLATES and getattr(edition, f"{model.TRANSLATES}_id")
    guides = [f"{model.LEDGER_NAME}/{work}" for work in (edition.work_id, original) if work]
    beside = {f"{one.LEDGER_NAME} for {guide}" for one, _key in kinds.following(model) for guide in guides}
    return {*guides, *beside, Frame.LEDGER_NAME, kinds.word_list().LEDGER_NAME}


def midnight_after(at):
    zone = timezone.get_default_timezone()
    tomorrow = timezone.localtime(at, zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), zone)
