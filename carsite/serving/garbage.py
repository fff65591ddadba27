"""Garbage is collected by a thread of its own, which holds no lock of the database.

Python collects it wherever a thread happens to be. Where that one writes, and among the garbage is a statement of a
connection whose thread waits to write, SQLite lets neither go on: the one waits for the statement's connection, the
other for the lock, until it gives up after 20 seconds and its act is refused. Found by the drill `writers_at_once`.
"""

import gc
import threading

EVERY = 0.2  # seconds


def start():
    """Collect so until the process ends, or what this returns is set. Called where threads serve."""
    ended = threading.Event()
    gc.disable()

    def go_on():
        while not ended.wait(EVERY):
            collect_due()

    threading.Thread(target=go_on, name="garbage", daemon=True).start()
    return ended


def collect_due():
    """Collect the oldest generation that Python itself would by now, if any."""
    due = [
        age for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
    ]
    if due:
        gc.collect(max(due))
