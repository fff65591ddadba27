"""What machines that watch are told: whether patients can be served, and what people should see to. Without secrets."""

import datetime
import ipaddress
import json
import os
import resource
import shutil
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.utils import timezone

from carsite import VERSION
from carsite.keeping import asked_for
from carsite.reader import kept, printing
from publishing import unpromised
from publishing.models import Chore, Line, Verified, kinds, media
from publishing.record import triggers

# Older than this, something that is done each night was not done; the record is verified as a whole each night too.
LATE = datetime.timedelta(hours=36)
LITTLE, TOO_LITTLE = 1_000_000_000, 50_000_000  # bytes left on a disk
PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class Watched:
    """What the store of pictures last said. One thread asks it, so that one that never answers holds no reader's."""

    def __init__(self, ask, patience=10):
        self.ask, self.patience, self.said, self.asked_at = ask, patience, None, None

    def look(self):
        """Ask it now."""
        self.asked_at = time.monotonic()
        try:
            self.said = self.ask()
        except Exception:  # noqa: BLE001 - whatever it is, it is no answer
            self.said = False
        self.asked_at = None

    def answers(self):
        """Whether it answered last, and is not asked in vain just now; so of one that nobody has asked yet."""
        asked_at = self.asked_at
        is_late = asked_at is not None and time.monotonic() - asked_at > self.patience
        return self.said is not False and not is_late

    def start(self, every=30):
        """Ask again and again until the process ends. Called where one serves."""
        ended = threading.Event()

        def go_on():
            self.look()
            while not ended.wait(every):
                self.look()

        threading.Thread(target=go_on, name="store of pictures", daemon=True).start()
        return ended


STORE = Watched(media.answers)


@cache
def migrations_of_the_code():
    return frozenset(unpromised.migrations())


class Looked:
    """One look at everything: `problems` keep patients from being served, `warnings` do not."""

    def __init__(self, at):
        self.at, self.problems, self.warnings = at, [], []
        self.verified, self.chores = {}, {}
        self.answer = {"version": VERSION}
        try:
            Line.objects.order_by("-seq").values_list("seq").first()
            self.database()
            self.nights()
        except Exception as problem:  # whatever the driver says; never its words, which may name a host or a user
            self.problems.append(f"the database does not answer ({type(problem).__name__})")
        self.files()
        self.answer["printing"] = printing.missing() or "ready"
        self.answer["mail"] = "set" if settings.HAS_MAIL else "not set"

    def database(self):
        lacking = migrations_of_the_code() - unpromised.migrated(connection)
        if lacking:
            self.problems.append(f"{len(lacking)} migrations are pending: run manage.py migrate")
        if triggers.missing():
            self.problems.append("triggers that keep editions permanent are missing: run manage.py migrate")
        self.answer["migrations"] = "pending" if lacking else "done"

    def nights(self):
        """When the record, the pages and each nightly chore were last done."""
        self.verified = {of: Verified.last(of) for of in Verified.Of.values}
        self.answer["verified"] = {of: run and self._run(of, run) for of, run in self.verified.items()}
        self.chores = runs = Chore.runs(self.at)
        self.answer["daily"] = {what: self._since(runs.get(what, (None,))[0]) for what in Chore.What.values}
        if not settings.BACKUPS and not settings.PUBLIC_ONLY:
            self.warnings.append("no folder for backups is set: BACKUPS")
        elif not settings.PUBLIC_ONLY and not os.access(settings.BACKUPS, os.W_OK | os.X_OK):
            self.warnings.append("the folder for backups cannot be written: BACKUPS")
        for what in sorted(asked_for()):
            last, first = runs.get(what, (None, None))
            is_late = first and not datetime.timedelta() <= self.at - (last or first) <= LATE
            if is_late or (what == Chore.What.BACKUP and not last):
                self.warnings.append(f"the last {Chore.What(what).label} is too old or missing: manage.py daily")

    def _run(self, of, run):
        if not run.is_held:
            self.warnings.append(f"verify_ledger found a fault in {Verified.Of(of).label}: run it")
        return {"at": run.began_at.isoformat(), "hours": self._hours(run.began_at), "held": run.is_held}

    def _since(self, moment):
        return moment and {"at": moment.isoformat(), "hours": self._hours(moment)}

    def _hours(self, moment):
        return round((self.at - moment).total_seconds() / 3600, 1)

    def files(self):
        """Whether pictures can be stored, or read by who serves readers alone, and how much room is left."""
        folder, needed = folder_of_media(), os.R_OK if settings.PUBLIC_ONLY else os.W_OK
        is_writable = folder is None or os.access(folder, needed | os.X_OK)
        if not is_writable:
            self.problems.append("the folder of pictures cannot be written")
        self.answer["media"] = "elsewhere" if folder is None else "writable" if is_writable else "not writable"
        if not STORE.answers():  # patients read on, with the pictures' words
            self.answer["media"] = "does not answer"
            self.warnings.append("the store of pictures does not answer, or refuses our keys: MEDIA_STORE")
        left = room_left()
        self.answer["disk"] = {"bytes_left": left}
        if left < TOO_LITTLE:
            self.problems.append("the disk is full")
        elif left < LITTLE:
            self.warnings.append(f"the disk is nearly full: {left // 1_000_000} MB left")


def folder_of_media():
    """The folder of the pictures, or the one in which it will be made; None where they lie in another store."""
    with suppress(NotImplementedError, AttributeError):
        path = Path(default_storage.path(""))
        return next(one for one in (path, *path.absolute().parents) if os.path.exists(one))
    return None


def room_left():
    """The fewest bytes left of the places where the site writes."""
    free = []
    for place in filter(None, (settings.VAR, folder_of_media(), settings.BACKUPS)):
        with suppress(OSError):  # it is not there, or nobody may look: warned of where it is used
            free.append(shutil.disk_usage(place).free)
    return min(free, default=0)


def health(request):
    """200 when patients can be served, else 503 and why. With `?strict` warnings are problems too."""
    looked = Looked(timezone.now())
    is_well = not looked.problems and not ("strict" in request.GET and looked.warnings)
    answer = {"healthy": is_well, "problems": looked.problems, "warnings": looked.warnings, **looked.answer}
    return HttpResponse(
        json.dumps(answer),
        status=200 if is_well else 503,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def metrics(request):
    """Figures for a monitor on this very machine, as Prometheus reads them; to anybody else there is no such page."""
    if not is_from_here(request):
        raise Http404
    lines = [f'guides_info{{version="{VERSION}"}} 1']
    with suppress(DatabaseError):
        lines += [f"guides_{name} {value}" for name, value in figures()]
    lines.append(f"guides_worker_memory_bytes {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def is_from_here(request):
    """Whether it was asked on this machine, by nobody's mediation."""
    try:
        is_loopback = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return is_loopback and not any(request.META.get(name) for name in PROXIED)


def figures():
    """(name, value) of what can be told in a few queries."""
    looked = Looked(timezone.now())
    yield "healthy", int(not looked.problems)
    yield "warnings", len(looked.warnings)
    yield "disk_bytes_left", looked.answer["disk"]["bytes_left"]
    head = Line.objects.order_by("-seq").values_list("seq", "at").first()
    yield "ledger_lines", head[0] if head else 0
    yield "ledger_last_seconds", head[1].timestamp() if head else 0
    yield "stored_pages", kept().count()
    for model in kinds.works():
        yield f'texts{{kind="{model.LEDGER_NAME}"}}', model._base_manager.count()
    for what, (last, _first) in looked.chores.items():
        if last:
            yield f'done_seconds{{what="{what}"}}', last.timestamp()
    for of, run in looked.verified.items():
        if run:
            yield f'verified_seconds{{of="{of}"}}', run.began_at.timestamp()
            yield f'verified_held{{of="{of}"}}', int(run.is_held)
