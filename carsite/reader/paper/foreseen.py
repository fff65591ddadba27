"""Sheets whose texts were just changed: what became of each is kept ready before anybody asks.

To compare two texts takes milliseconds, and who asks writes nothing. So a thread looks at once when staff have sent
something, when what was scheduled comes into force, and once a minute, since commands act too. Of each text that was
acted on it keeps what differs from its older editions, and of a guide the whole answers about its newest sheets. In
memory stand names of texts alone.
"""

import json
import threading
import time
from functools import reduce
from operator import or_

from django.db.models import Q

from carsite.reader.counting import attempt
from carsite.reader.kept import TABLE, kept
from carsite.reader.paper import asked, shell, since
from carsite.reader.stored import key_of
from publishing.models import Line, StoredPage, Touch, differences_of, home_of, kinds
from publishing.record import ERASING, codes_of

MINUTE = 60
NEWEST = 10  # sheets of a guide of which whole answers are kept
MOST = 20  # texts in one look; those beyond come in the next
MOST_WAITING = 20_000
RECENT = 500  # acts before this process began whose texts are compared too: a new release compares otherwise
ACTS = (Line.Verb.PUBLISH, Line.Verb.SCHEDULE, Line.Verb.WITHDRAW)
WOKEN = threading.Event()


def told_on_sheets():
    """By the ledger's name the kinds that a sheet tells: guides, what follows them, the frame, words explained."""
    guides = [model for model in kinds.works() if model.IS_A_GUIDE]
    beside = [model for guide in guides for model, _key in kinds.following(guide)]
    return {model.LEDGER_NAME: model for model in (*guides, *beside, kinds.frame(), kinds.word_list())}


FAILED = 5  # seconds until the next look after one that failed: the database is asked no oftener while it starts


class Foreseen:
    """(from when on, text) of which sheets are to be looked at, and the moment of the last look."""

    def __init__(self):
        self.seq, self.at, self.coming, self.earlier = None, None, set(), []

    def look(self):
        """Keep ready what became of sheets of the texts that were acted on since the last look."""
        shell.let_go()
        seq, self.at = StoredPage.head()
        if self.seq is None:
            self.hear(Line.objects.filter(verb=Line.Verb.SCHEDULE, in_force_at__gt=self.at))
            recent = Line.objects.filter(verb__in=ACTS, seq__lte=seq).order_by("seq").values_list("work", flat=True)
            self.earlier = list(dict.fromkeys(recent[max(0, recent.count() - RECENT) :]))
        else:
            new = Line.objects.filter(seq__gt=self.seq, seq__lte=seq)
            forget(new.filter(verb__in=ERASING))
            self.hear(new.filter(verb__in=ACTS))
        self.seq = seq
        names = self.due()[:MOST]
        self.coming = {one for one in self.coming if one[0] > self.at or one[1] not in names}
        for ready in (since.make_ready, answers_ready):
            for name in names:
                ready(name, self.at)
        if self.earlier and kind_of(name := self.earlier.pop()) in told_on_sheets():
            since.make_ready(name, self.at)

    def due(self):
        return list(dict.fromkeys(name for when, name in sorted(self.coming) if when <= self.at))

    def hear(self, lines):
        """Note the texts that the lines speak of, and those that they follow."""
        for work, beside, at, in_force_at in lines.values_list("work", "beside", "at", "in_force_at"):
            for name in (work, beside):
                if kind_of(name) in told_on_sheets() and len(self.coming) < MOST_WAITING:
                    self.coming.add((in_force_at or at, name))

    def left(self):
        """Seconds until the next look."""
        waiting = (min(self.coming)[0] - self.at).total_seconds() if self.coming else MINUTE
        return 0.05 if self.earlier else max(0.05, min(MINUTE, waiting))


def answers_ready(name, at):
    """Store the whole answers about the newest sheets of a guide."""
    model = told_on_sheets()[kind_of(name)]
    if not model.IS_A_GUIDE:
        return
    codes, live = codes_of(model.edition_model(), int(name.partition("/")[2]), at, NEWEST)
    for path in [f"{home_of(live.language)}h/{code}/" for code in codes]:
        if not kept().find(key_of(path, ""), "identity"):
            asked.store_one(path)
            time.sleep(0.05)


def kind_of(name):
    return name.partition("/")[0]


def forget(lines):
    """Let go of what was made before an edition was erased, and stored while it was. Memory looks itself through."""
    for line in lines if kept() is TABLE else ():
        names = [*Touch.objects.filter(line=line).values_list("name", flat=True), differences_of(line.work)]
        needing = reduce(or_, (Q(needs__contains=json.dumps(name)) for name in names))
        StoredPage.objects.filter(needing, seq__lt=line.seq).delete()


FORESEEN = Foreseen()


def start():
    """Look until the process ends. Called where one serves."""
    ended, failing = threading.Event(), set()

    def go_on():
        while not ended.is_set():
            attempt(FORESEEN.look, failing)
            WOKEN.wait(FAILED if failing else FORESEEN.left())
            WOKEN.clear()

    threading.Thread(target=go_on, name="foreseen", daemon=True).start()
    return ended
