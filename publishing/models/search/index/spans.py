"""Which editions stand in the index, from when and until when: what is live and what waits, and nothing of before."""

import datetime
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

from publishing.models import kinds
from publishing.models.prepared import Among, prepared
from publishing.models.search.index.rows import Indexed
from publishing.text import digest


class Span(NamedTuple):
    """One row of the index, without its words."""

    kind: str
    work: int
    edition: int
    about: str
    language: str
    since: datetime.datetime
    until: datetime.datetime | None
    is_notice: bool

    def place(self):
        """Where its row stands among those made at once: what else is equal is found in the order of the rows."""
        return self.work, self.since, self.edition, self.about

    def key(self, at):
        """Two rows with one key are the same: from which moment of the past it is read makes no difference."""
        return (*self[:5], self.since if self.since > at else None, *self[6:])


def indexed_kinds():
    """The kinds of text that patients search."""
    return [model for model in kinds.works() if model.edition_model().SEARCHED]


def followers(model, key, pks, at):
    """The works of a kind that follow one of these texts, now or when what waits comes into force."""
    editions, told = model.edition_model(), {"at": at, "pks": list(pks)}
    found = [*live_beside.rows(editions, key, **told), *waiting_beside.rows(editions, key, **told)]
    # What can be read is found by an index of its own; of notices there are few, and the search knows them.
    if taken := [pk for (pk,) in notices_of.rows(kind=model.LEDGER_NAME)]:
        found += notices_beside.rows(editions, key, works=taken, **told)
    return sorted({pk for (pk,) in found})


@prepared
def live_beside(editions, key, *, at, pks):
    live = editions.objects.live(at, is_paged=True).readable()
    return live.filter(Among(f"{key}_id", pks)).order_by().values_list("work_id")


@prepared
def waiting_beside(editions, key, *, at, pks):
    return editions.objects.waiting(at).filter(Among(f"{key}_id", pks)).order_by().values_list("work_id")


@prepared
def notices_of(*, kind):
    return Indexed.objects.filter(kind=kind, is_notice=True).values_list("work")


@prepared
def notices_beside(editions, key, *, at, pks, works):
    live = editions.objects.live(at, is_paged=True).filter(Among("work_id", works), is_notice=True)
    return live.filter(Among(f"{key}_id", pks)).order_by().values_list("work_id")


def spans(model, pks, at):
    """({spans of the works with these keys}, the titles of what they follow, by digest)."""
    by_work = defaultdict(list)
    for pk, moment, *told in _editions(model, pks, at, "pk", "language", "is_notice"):
        by_work[pk].append((moment, *told))
    beside, titles = _titles(model, {row[-1] for rows in by_work.values() for row in rows}, at)
    found = set()
    for work, rows in by_work.items():
        rows.sort()
        for (since, edition, language, is_notice, original), (until, *_next) in pairwise([*rows, (None,)]):
            cuts = _cut(since, until, beside.get(original, []), at)
            for first, last, about in cuts:
                found.add(Span(model.LEDGER_NAME, work, edition, about, language, first, last, is_notice))
    return found, titles


def _editions(model, pks, at, *columns):
    """(work, moment, the columns, key of what it follows) of the live and the waiting editions."""
    editions, told = model.edition_model(), {"at": at, "works": list(pks)}
    names = ("work_id", "in_force_at", *columns, *([f"{model.FOLLOWS}_id"] if model.FOLLOWS else []))
    for one in (*live_told(editions, names, **told), *waiting_told(editions, names, **told)):
        row = tuple(getattr(one, name) for name in names)
        yield row if model.FOLLOWS else (*row, None)


@prepared
def live_told(editions, names, *, at, works):
    return editions.objects.live(at, is_paged=True).filter(Among("work_id", works)).order_by().only(*names)


@prepared
def waiting_told(editions, names, *, at, works):
    return editions.objects.waiting(at).filter(Among("work_id", works)).order_by().only(*names)


def _titles(model, originals, at):
    """By key of what is followed (moment, digest of its title) in order; and the titles by digest."""
    beside, titles = defaultdict(list), {"": ""}
    original, pks = model.original_model(), sorted(pk for pk in originals if pk)
    if original is None or not pks:
        return beside, titles
    for pk, moment, title, is_notice, *_follows in _editions(original, pks, at, kinds.title_of(original), "is_notice"):
        about = "" if is_notice else digest(title)[:8]
        titles[about] = "" if is_notice else title
        beside[pk].append((moment, about))
    for told in beside.values():
        told.sort()
    return beside, titles


def _cut(since, until, beside, at):
    """(since, until, about) of the parts of a span in which one title stands beside it, that are not over yet."""
    parts = [(since, "")]
    for moment, about in beside:
        if until is not None and moment >= until:
            break
        if moment <= since:
            parts[0] = (since, about)
        elif about != parts[-1][1]:
            parts.append((moment, about))
    ends = [*(moment for moment, _about in parts[1:]), until]
    return [(first, last, about) for (first, about), last in zip(parts, ends, strict=True) if last is None or last > at]
