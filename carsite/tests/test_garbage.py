"""Where threads serve, garbage is collected by one that never writes."""

import gc
import threading
import time
import weakref

import pytest

from carsite.serving import garbage


class Node:
    """What is garbage once nobody else holds it, since it holds itself; it tells who collected it."""

    def __init__(self, seen):
        self.own = self
        weakref.finalize(self, lambda: seen.append(threading.current_thread().name))


@pytest.fixture
def collecting():
    was = gc.get_threshold()
    gc.set_threshold(100, 3, 3)
    ended = garbage.start()
    yield
    ended.set()
    gc.set_threshold(*was)
    gc.enable()


def test_no_thread_that_makes_garbage_collects_it_and_none_of_it_stays(collecting):
    seen, end = [], time.monotonic() + 30
    made = 0
    while len(seen) < 500 and time.monotonic() < end:
        for _number in range(300):
            Node(seen)
        made += 300
        time.sleep(0.1)
    assert 500 <= len(seen) <= made and set(seen) == {"garbage"}


def test_old_garbage_is_collected_too(collecting):
    seen = []
    old = [Node(seen)]
    for _age in range(3):
        gc.collect(1)  # it is old now
    old.clear()
    end = time.monotonic() + 30
    while not seen and time.monotonic() < end:
        hold = [Node([]) for _one in range(300)]
        time.sleep(0.1)
        del hold
    assert seen == ["garbage"]
