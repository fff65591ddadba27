"""What colleagues did lately, from the ledger, in sentences with titles."""

import datetime
from itertools import groupby
from typing import NamedTuple

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from publishing.models import HELD_BACK, Among, Line, Remark, Review, kinds, name_of
from publishing.record import lately
from publishing.staff.addresses import staff_url

LINES = 400  # of the ledger, the newest
SENTENCES = 12  # a day
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
    newest = Line.objects.order_by("-seq").defer("detail")[:LINES]
    lines = [one for one in newest if since <= one.at <= at and one.by_account != user.pk and one.verb != FORGET]
    groups = [list(group) for _one, group in groupby(lines, lambda one: (one.by_name, one.verb, one.note))]
    known = kinds.titled({line.work for group in groups for line in group})
    results = _results([line.seq for group in groups for line in group if line.verb == Line.Verb.REVIEW])
    for group in groups:
        first = [line for line in group if not line.beside] or group
        who, newest = _who(group[0]), first[0]
        if len(first) > 3:
            yield Doing(newest.at, f"{who} {newest.get_verb_display()} {len(first)} texts", "", "")
            continue
        for line in first:
            if line.work in known:
                model, pk, title = known[line.work]
                before, after = _said(line, results)
                yield Doing(line.at, f"{who} {before} ", title, staff_url(model(pk=pk)), after)


def _who(line):
    return line.by_name or "Somebody"


def _results(seqs):
    """By line, what a review said."""
    found = {}
    for model in kinds.reviews() if seqs else ():
        found |= dict(model.objects.filter(Among("line", seqs)).values_list("line_id", "result"))
    return found


def _said(line, results):
    """(what somebody did with a text, what stands behind its title)."""
    why = f": {line.note}" if line.note else ""
    when = line.in_force_at and lately(line.in_force_at, line.at)
    if line.verb == Line.Verb.REVIEW:
        result = Review.Result(results.get(line.seq, Review.Result.FIT)).label
        return "checked", f": {result[:1].lower()}{result[1:]}."
    if line.verb == Line.Verb.CANCEL and line.note.startswith(HELD_BACK):
        return "held back", f": {line.note.removeprefix(HELD_BACK)}."
    said = {
        Line.Verb.PUBLISH: (f"published edition {line.number} of", why),
        Line.Verb.SCHEDULE: (f"had edition {line.number} wait until {when}, of", why),
        Line.Verb.WITHDRAW: ("withdrew", why),
        Line.Verb.CANCEL: ("cancelled what waited of", why),
        Line.Verb.REVOKE: ("took back a check of", why),
        Line.Verb.CHECK: ("found still right", why),
        Line.Verb.REDACT: (f"erased edition {line.number} of", why),
    }
    before, after = said.get(line.verb, (line.get_verb_display(), why))
    return before, after if after.endswith((".", "?", "!")) else f"{after}."


def _remarks(user, since, at):
    told = {}
    for one in Remark.objects.filter(made_at__gte=since, made_at__lte=at).exclude(by=user).order_by("-made_at")[:LINES]:
        told.setdefault((one.by_name, one.work, timezone.localtime(one.made_at).date()), []).append(one.made_at)
    known = kinds.titled({work for _who, work, _day in told})
    for (who, work, _day), moments in told.items():
        if work in known:
            model, pk, title = known[work]
            count = f"{len(moments)} remarks" if len(moments) > 1 else "a remark"
            yield Doing(moments[0], f"{who} wrote {count} on ", title, staff_url(model(pk=pk)), ".")


def _handed(user, since, at):
    """Who gave texts to whom."""
    entries = LogEntry.objects.filter(action_time__gte=since, action_time__lte=at, change_message__startswith=HANDED)
    entries = entries.exclude(user=user).select_related("user").order_by("-action_time")[:LINES]
    for (by, said), group in groupby(entries, lambda one: (one.user, one.change_message)):
        group = list(group)
        count = f"{len(group)} guides" if len(group) > 1 else "a guide"
        of, _to, to = said.removeprefix(HANDED).removesuffix(".").partition(" to ")
        yield Doing(group[0].action_time, f"{name_of(by)} handed {count} over from {of} to {to}.", "", "")
