"""The backups that `daily` makes: one a night in a folder, the old ones taken away."""

import datetime
import re
from pathlib import Path

from django.conf import settings

from carsite.keeping.later import beside, renew_lists
from carsite.keeping.progress import Bar
from carsite.keeping.taking import take
from publishing.models import Chore

NAME = "site-{:%Y-%m-%d-%H%M}.backup"
OURS = re.compile(r"site-(\d{4}-\d\d-\d\d)-\d{4}\.backup")
FEWEST = 7
# The first backup of a month stays so long: a change behind the site's back may be noticed late.
OF_A_MONTH = datetime.timedelta(days=400)


def asked_for():
    """What is to be done each night. What lacks its setting is not, so that it is on the day on which that is set."""
    needed = {
        Chore.What.BACKUP: settings.BACKUPS,
        Chore.What.LINKS: settings.TRIES_LINKS,
        Chore.What.REMINDERS: settings.HAS_MAIL,
    }
    return {what for what in Chore.What if needed.get(what, True)}


def backup_into(folder, *, whom, days, at):
    """Write tonight's backup, take the old ones away, renew the lists beside the others; return it.

    Raises CommandError, OSError.
    """
    taken = take(Path(folder) / NAME.format(at), whom=whom, bar=Bar(None), at=at)
    for path in past(Path(folder), at.date(), days):
        path.unlink()
        beside(path).unlink(missing_ok=True)
    renew_lists(Path(folder))
    return taken


def nightly(folder):
    """(day, path) of our backups in a folder, the newest first."""
    found = ((OURS.fullmatch(path.name), path) for path in folder.glob("site-*.backup"))
    return sorted(((datetime.date.fromisoformat(name[1]), path) for name, path in found if name), reverse=True)


def past(folder, today, days):
    """Those that may go: older than so many days, but not the newest seven, nor the first of a month for a year."""
    ours, firsts = nightly(folder), {}
    for day, path in ours:
        firsts[day.year, day.month] = path
    for day, path in ours[FEWEST:]:
        is_first = path in firsts.values() and day > today - OF_A_MONTH
        if day < today - datetime.timedelta(days=days) and not is_first:
            yield path
