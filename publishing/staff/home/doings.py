"""What colleagues did lately, from the ledger, in sentences with titles."""

import datetime
from itertools import groupby
from typing import NamedTuple

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from publishing.models import PAIRING, SAYING, Line, Remark, kinds, name_of
from publishing.record import acted, results, titled, who
from publishing.staff.addresses import staff_url

LINES = 400  # of the ledger, the newest
SENTENCES = 12  # a day
TOLD = (
    "seq",
    "at",
    "verb",
    "work",
    "beside",
    "number",
    "in_force_at",
    "note",
    "note_digest",
    "note_salt",
    "by_name",
) + (("by_account", "by_digest", "by_salt"))
HANDED = "Handed over from "
FORGET = Line.Verb.FORGET


class Doing(NamedTuple):
    """One sentence: who and what stand before the title, why behind it; `count` is of many texts in one act."""

    at: datetime.datetime
    before: str
    title: str
    url: str
    after: str = ""

    @property
    def time(self):
        return f"{timezone.localtime(self.at):%H:%M}"


def doings(user, at):
    """[(“Today” or “Yesterday”, its doings)] of everybody else, newest first."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    since = day - datetime.timedelta(days=1)
    found = [*_acts(user, since, at), *_remarks(user, since, at), *_handed(user, since, at)]
    found.sort(key=lambda one: one.at, reverse=True)
    days = (("Today", [one for one in found if one.at >= day]), ("Yesterday", [one for one in found if one.at < day]))
    return [(called, shown[:SENTENCES]) for called, shown in days if shown]


def _acts(user, since, at):
    head = Line.objects.head()
    newest = Line.objects.filter(seq__gt=head.seq - LINES if head else 0, at__gte=since, at__lte=at)
    newest = newest.exclude(by_account=user.pk).exclude(verb=FORGET)
    lines = list(newest.order_by("-seq").only(*TOLD))
    groups = [list(group) for _one, group in groupby(lines, lambda one: (one.by_name, one.verb, one.note))]
    known = titled({line.work for group in groups for line in group})
    said = results([line for group in groups for line in group])
    for group in groups:
        first = [line for line in group if not line.beside] or group
        name, newest = who(group[0]), first[0]
        if len(first) > 3:
            did, what = newest.get_verb_display(), "texts"
            if newest.verb in PAIRING:
                did, what = did.removesuffix(" the word pair"), "word pairs"
            elif newest.verb in SAYING:
                what = "pictures"
            yield Doing(newest.at, f"{name} {did} {len(first)} {what}", "", "")
            continue
        for line in first:
            if line.work in known:
                model, pk, title = known[line.work]
                before, after = acted(line, said, tells_reviewers_note=False)
                yield Doing(line.at, f"{name} {before} ", title, staff_url(model(pk=pk)), after)


def _remarks(user, since, at):
    told = {}
    for one in Remark.objects.filter(made_at__gte=since, made_at__lte=at).exclude(by=user).order_by("-made_at")[:LINES]:
        told.setdefault((one.by_name, one.work, timezone.localtime(one.made_at).date()), []).append(one.made_at)
    known = kinds.titled({work for _who, work, _day in told})
    for (name, work, _day), moments in told.items():
        if work in known:
            model, pk, title = known[work]
            count = f"{len(moments)} remarks" if len(moments) > 1 else "a remark"
            yield Doing(moments[0], f"{name} wrote {count} on ", title, staff_url(model(pk=pk)), ".")


def _handed(user, since, at):
    """Who gave texts to whom."""
    entries = LogEntry.objects.filter(action_time__gte=since, action_time__lte=at, change_message__startswith=HANDED)
    entries = entries.exclude(user=user).select_related("user").order_by("-action_time")[:LINES]
    for (by, said), group in groupby(entries, lambda one: (one.user, one.change_message)):
        group = list(group)
        count = f"{len(group)} guides" if len(group) > 1 else "a guide"
        of, _to, to = said.removeprefix(HANDED).removesuffix(".").partition(" to ")
        yield Doing(group[0].action_time, f"{name_of(by)} handed {count} over from {of} to {to}.", "", "")
