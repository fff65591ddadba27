"""The disk is full: readers go on, staff and whoever types a command read a sentence, and with room again nothing is lost.

Needs root, and a system that lets it have a mount namespace.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.drills.ground import ROOT, Site
from bench.drills.visits import GUIDE, Staff, ask, serving

SIZE = "32m"
COMMANDS = ["verify_ledger", "migrate", "daily", "invite administrator", "import_articles {guide}"]
NEW = "# A new guide\n\nA lead.\n\n## What happens\n\nRest.\n"


def drill(folder):
    if os.geteuid() or not shutil.which("unshare"):
        return "left out: it needs root and unshare"
    small = folder / "small"
    small.mkdir()
    inside = f"mount -t tmpfs -o size={SIZE} none {small} && exec {sys.executable} -m bench.drills.disk_full {small}"
    done = subprocess.run(["unshare", "--mount", "--fork", "sh", "-c", inside], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout.strip().splitlines()[-1]


def fill(path):
    """To the last byte."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def refused(site, *words, reads=False):
    """A command that cannot do its work ends with a sentence; one that only reads may find all that it needs."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    if reads and not done.returncode:
        return
    assert done.returncode, f"{words} ended well on a full disk"
    said = done.stderr.strip()
    assert "disk is full" in said and "Traceback" not in said and said.count("\n") < 3, f"{words}: {said}"


def walk(small):
    site = Site(small / "site")
    site.furnish()
    path, filler = "/admin/articles/article/1/change/", small / "filler"
    with serving(site) as base:
        staff = Staff(site, base, "administrator")
        form = staff.form(path)
        ask(base, GUIDE)
        head = site.head()
        fill(filler)
        form["lead"] = words = "Written while there was no room. " * 40
        code, text, _took = staff.send(path, form)
        assert code == 503 and "Nothing was saved" in text, f"staff who save: {code}"
        for page in (GUIDE, "/", "/faq/", "/search/?q=cells"):
            assert ask(base, page)[0] == 200, page
        assert "the disk is full" in ask(base, "/health/")[1]
        for place in (small / "site.backup", small / "site" / "site.backup"):
            refused(site, "manage.py", "backup", str(place))
        filler.unlink()
        fill(filler)  # what the refused commands gave back too
        assert ask(base, GUIDE)[0] == 200
        filler.unlink()
        assert staff.send(path, form)[0] == 302 and staff.form(path)["lead"].strip() == words.strip(), "later not saved"
    guide = small / "new.md"
    guide.write_text(NEW)
    fill(filler)
    for command in COMMANDS:
        refused(site, "manage.py", *command.format(guide=guide).split())
    refused(site, "-m", "carsite.server", reads=True)  # whether files beside the database are left to it differs
    filler.unlink()
    assert site.head() >= head
    site.run("backup", small / "site.backup")
    parts = [one.name for one in small.rglob("*.part")]
    assert not parts, f"left by half: {parts}"
    return f"readers went on, a save and {len(COMMANDS) + 3} commands were refused in a sentence; with room all went on"


if __name__ == "__main__":
    print(walk(Path(sys.argv[1])))
