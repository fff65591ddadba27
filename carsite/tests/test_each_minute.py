"""What each process does once a minute: one thing that fails keeps none of the others from being done."""

import itertools
import time

import pytest
from django.utils import timezone

from articles.models import Seen
from carsite.reader import asked, counting
from conftest import hand
from publishing.models import StoredPage
from publishing.record import code_at

pytestmark = pytest.mark.databases


def until(what):
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end, "it was not done"
        time.sleep(0.01)


@pytest.fixture
def said(caplog):
    return lambda: [one.getMessage() for one in caplog.records if one.name == counting.__name__]


def test_what_fails_is_told_once_and_keeps_no_other_from_being_done(press, make_article, said):
    guide = make_article("Tea")
    guide.publish(by=hand("Meena"), note="First")
    tries, done = itertools.count(), []

    def fails():
        if next(tries) != 3:
            raise ValueError("not today")

    counting.COUNTING.taken()
    counting.COUNTING.count(guide.get_absolute_url())
    ended = counting.start(every=0.01, beside=[fails, lambda: done.append(True)])
    until(lambda: Seen.objects.exists() and len(done) > 8)
    ended.set()
    assert len(said()) == 2 and "fails" in said()[0]  # again after it was done once


def test_an_answer_that_cannot_be_made_keeps_no_other_back(make_article, monkeypatch):
    guide = make_article("Tea")
    guide.publish(by=hand("Meena"), note="First")
    at = timezone.now()
    sheet = f"/h/{code_at(guide.live(at), at)}/"
    monkeypatch.setattr(asked, "ASKED", {"/.well-known/security.txt", sheet})  # the first is no answer about a sheet
    with pytest.raises(AttributeError):
        asked.store()
    assert StoredPage.objects.filter(key__endswith=sheet).exists() and not asked.ASKED
