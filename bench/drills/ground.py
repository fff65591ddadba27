"""What several drills stand on: a site in a folder, commands that are killed, and what must hold afterwards."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", 12))
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# Texts and pictures enough that a kill finds something in the middle.
FILL = """
import io
from django.utils import timezone
from PIL import Image
from articles.models import Article
from publishing.models import Hand, Picture
by, at = Hand.command("drill"), timezone.now()
for number in range({start}, {end}):
    picture = io.BytesIO()
    Image.new("RGB", (60 + number, 60), "red").save(picture, "PNG")
    Picture.take(picture.getvalue(), by=by, file_name=f"{{number}}.png", at=at)
    article = Article(title=f"Guide {{number}}", lead="A lead.", body=f"## What happens\\n\\nNumber {{number}}. " + "Words. " * 2000)
    article.keep(by=by, at=at)
    article.publish(by=by, note="First")
"""


class Site:
    """A site of its own in a folder; on SQLite, unless an address is given."""

    def __init__(self, folder, address=""):
        folder.mkdir(parents=True, exist_ok=True)
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.folder = folder
        self.environment = keep | {"VAR": str(folder), "WORKERS": "1", "DATABASE_URL": address}
        self.environment["SITE_URL"] = "http://127.0.0.1:8000"

    def start(self, *words, **options):
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True, **(QUIET | options))

    def run(self, *words):
        """What a command says; it has to end well."""
        command = [sys.executable, "manage.py", *map(str, words)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(map(str, words[:2]))}: {done.stdout}{done.stderr}"
        return done.stdout

    def do(self, code):
        return self.run("shell", "--verbosity", "0", "-c", code)

    def furnish(self, count=0):
        self.run("migrate", "--verbosity", "0")
        self.run("set_up")
        if count:
            self.do(FILL.format(start=0, end=count))

    def head(self):
        """The number of the last line, once the whole record was verified."""
        found = re.search(r"The record holds: (\d+) lines", self.run("verify_ledger", "--pages"))
        return int(found[1]) if found else 0


def kill(process):
    """As a power cut does: without a word."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def killed_after(process, seconds):
    """Kill it after so long; whether it was still running."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        time.sleep(0.01)
    kill(process)
    return True


def moments(whole, start=0.0):
    """As many moments within the time that the whole takes, drawn so that each part of it is met."""
    span = (whole - start) / ROUNDS
    return [start + (number + random.random()) * span for number in range(ROUNDS)]


def seconds_of(what):
    began = time.monotonic()
    what()
    return time.monotonic() - began
