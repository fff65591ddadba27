"""The list that lies beside a backup: what was erased after it, and which consents ended; in numbers, without words."""

import json
import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import Max

from publishing.models import Access, Line
from publishing.record import erased_since

ENDING = ".later.json"
FORMAT = 1
OTHER_HISTORY = (
    "{} cannot say what was erased after this backup: another backup was restored after it was made. Whatever was "
    "erased by law since then is yours to erase again."
)
log = logging.getLogger(__name__)


def beside(path):
    return path.with_name(path.name + ENDING)


def begin(taken):
    """Put an empty list beside a new backup."""
    told = {name: taken.told[name] for name in ("made_at", "release", "site", "line", "access")}
    about = {"format": FORMAT, "backup": taken.path.name, "sha256": taken.sha256, "size": taken.size, **told}
    _write(beside(taken.path), about | {"missing": len(taken.told["missing"]), "later": []})


def renew_lists(folder):
    """Write anew each list in a folder that has something to tell; return how many backups there are with a list.

    A list that another site wrote, or nobody can read, is left as it is. So is that of a backup whose last lines are
    not ours any more, because an older one was restored: our lines are not later than its. It says so until they are
    ours again.
    """
    count = 0
    for path in sorted(folder.glob(f"*{ENDING}")):
        try:
            told = _read(path)
        except CommandError:
            continue
        if told.get("site", settings.SITE_URL) != settings.SITE_URL:
            continue
        count += 1
        if not (_is_ours(Line, told["line"]) and _is_ours(Access, told["access"])):
            if _head(Line) and not told.get("is_other_history"):
                _write(path, told | {"is_other_history": True})
            continue
        was, told = told, {name: said for name, said in told.items() if name != "is_other_history"}
        later = list(erased_since(_seq(told["line"]), _seq(told["access"])))
        # Words of the access record are cut after years, and what they told with them: nothing leaves a list.
        known = [one for one in told["later"] if one not in later]
        if told != was or known + later != told["later"]:
            _write(path, told | {"later": known + later})
    return count


class Renewing:
    """Renews the lists in a folder whenever something was erased by law since it looked last."""

    def __init__(self, folder):
        self.folder, self.seen, self.is_told = folder, (0, 0), False

    def __call__(self):
        heads = _head(Line), _head(Access)
        try:
            if heads != self.seen and any(erased_since(*self.seen)):
                renew_lists(self.folder)
            self.seen, self.is_told = heads, False
        except OSError as problem:  # tried again in a minute
            if not self.is_told:
                log.error("The lists beside the backups cannot be renewed: %s", problem)
            self.is_told = True


def _is_ours(model, head):
    """Whether the line that was the last then is one of our record."""
    return head is None or model.objects.filter(seq=head["seq"], hash=head.get("hash")).exists()


def _head(model):
    return model.objects.aggregate(newest=Max("seq"))["newest"] or 0


def listed(path, sha256=None):
    """(what the list beside the backup with that digest tells, or None where there is none; sentences on what it cannot
    tell). Raises CommandError.

    Without a digest it is the list of another backup, that of an older one, say, which tells more.
    """
    if sha256 and not path.exists():
        return None, []
    told = _read(path)
    if sha256 and told["sha256"] != sha256:
        raise CommandError(f"{path.name} belongs to another backup. Bring the one that lay beside this file.")
    return told["later"], [OTHER_HISTORY.format(path.name)] if told.get("is_other_history") else []


def _seq(head):
    return head["seq"] if head else 0


def _read(path):
    try:
        told = json.loads(path.read_text())
        if told["format"] > FORMAT:
            raise CommandError(f"{path.name} was written by a newer version of this site. Install that, then restore.")
        _seq(told["line"]), _seq(told["access"]), list(told["later"]), told["sha256"]
        return told
    except (OSError, ValueError, LookupError, TypeError) as problem:
        raise CommandError(f"{path.name} cannot be read. Bring the list again that lay beside the backup.") from problem


def _write(path, told):
    """Whole or not at all, also where two write it at once: processes of two containers may have one number."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")  # for its owner alone
    part = Path(name)
    try:
        with open(number, "w") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
