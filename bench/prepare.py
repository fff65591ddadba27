"""Installs and fills what is measured, once, under var/bench/: guides as files, a database for each contestant and size."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import guides
import limit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = Path(os.environ.get("VAR") or ROOT / "var") / "bench"
OURS = sys.executable
WAGTAIL = WORK / "wagtail"
WAGTAIL_PYTHON = WORK / "venv-wagtail" / "bin" / "python"
# wagtail-cache 3.0.0 does not start on Django 6.1; Django 6.0 needs Python 3.12.
PINS = {True: ("wagtail==7.4.4", "wagtail-cache==3.0.0", "django==6.0.10")}
PINS[False] = ("wagtail==7.4.4", "wagtail-cache==3.0.0", "django==5.2.19")


def run(command, *, folder=ROOT, **environment):
    """Run a command; return (output, CPU seconds, wall seconds). Raises CalledProcessError."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=os.environ | environment, capture_output=True, text=True
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def database(name, size):
    return WORK / "db" / f"{name.partition('-')[0]}-{size}.sqlite3"


def ours(size, smaller=0):
    """Fill our database by import_articles --publish; return (CPU, wall) ms a guide, or None where it was filled before."""
    file = database("ours", size)
    if file.exists():
        return None
    making = file.with_suffix(".making")
    for old in WORK.glob(f"db/{making.name}*"):
        old.unlink()
    if smaller:
        with sqlite3.connect(database("ours", smaller)) as source, sqlite3.connect(making) as copy:
            source.backup(copy)
    environment = {"DATABASE_URL": f"sqlite:///{making}", "VAR": str(WORK)}
    folder = guides.write(WORK / f"guides-{smaller}-{size}", range(smaller, size))
    run([OURS, "manage.py", "migrate", "--verbosity", "0"], **environment)
    take = [OURS, "manage.py", "import_articles", "--publish"]
    _text, start, start_wall = run([*take, guides.write(WORK / "guides-none", [])], **environment)
    _text, spent, wall = run([*take, folder], **environment)
    shutil.rmtree(folder)
    fold(making)
    making.rename(file)
    return 1000 * (spent - start) / (size - smaller), 1000 * (wall - start_wall) / (size - smaller)


def fold(file):
    """Take what stands in the write-ahead log into the file, so that it can be moved."""
    with sqlite3.connect(file) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def body(size, path):
    """The bytes of our page."""
    command = [OURS, HERE / "one.py", "ours", database("ours", size), "body", path]
    return subprocess.run(command, env=os.environ | {"VAR": str(WORK)}, check=True, capture_output=True).stdout


def the_limit(size):
    """The limit's table with as many pages as we have guides, and the same bytes as ours."""
    file = database("limit", size)
    if file.exists():
        return
    shown = {path: body(size, path) for path in ("/articles/", "/articles/article-0/")}
    others = ((f"/articles/article-{number}/", shown["/articles/article-0/"]) for number in range(1, size))
    limit.fill(file, [*shown.items(), *others])


def python_for_wagtail():
    """(interpreter, whether Django 6.0 runs on it): the newest there is, else ours."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(":")]
    folders += sorted(Path.home().glob(".pyenv/versions/3.1[34]*/bin"))
    for name in ("python3.13", "python3.14", "python3.12"):
        for folder in folders:
            found = folder / name
            if found.exists() and not subprocess.run([found, "-c", "import ssl"], capture_output=True).returncode:
                return found, True
    return Path(OURS), sys.version_info >= (3, 12)


def wagtail():
    """Install Wagtail and make its project as `wagtail start` does. Raises CalledProcessError."""
    if (WAGTAIL / "ready").exists():
        return
    python, is_new = python_for_wagtail()
    run([python, "-m", "venv", "--clear", WAGTAIL_PYTHON.parent.parent])
    run([WAGTAIL_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS[is_new]])
    shutil.rmtree(WAGTAIL, ignore_errors=True)
    WAGTAIL.mkdir(parents=True)
    run([WAGTAIL_PYTHON.with_name("wagtail"), "start", "clinic", "."], folder=WAGTAIL)
    for part in ("articles", "clinic"):
        shutil.copytree(HERE / "wagtail" / part, WAGTAIL / part, dirs_exist_ok=True)
    environment = wagtail_environment(WORK / "db" / "wagtail-setup.sqlite3")
    run([WAGTAIL_PYTHON, "manage.py", "makemigrations", "articles"], folder=WAGTAIL, **environment)
    run([WAGTAIL_PYTHON, "manage.py", "collectstatic", "--noinput"], folder=WAGTAIL, **environment)
    (WAGTAIL / "ready").touch()


def wagtail_environment(file):
    return {"DJANGO_SETTINGS_MODULE": "clinic.settings.production", "BENCH_DB": str(file)}


def wagtail_filled(size, smaller=0):
    """Fill Wagtail's database; return its sentence about the time, or None where it was filled before."""
    file = database("wagtail", size)
    if file.exists():
        return None
    making = file.with_suffix(".making")
    making.unlink(missing_ok=True)
    if smaller:
        shutil.copy(database("wagtail", smaller), making)
    command = [WAGTAIL_PYTHON, HERE / "wagtail" / "fill.py", HERE, size]
    text, _spent, _wall = run(command, folder=WAGTAIL, **wagtail_environment(making))
    making.rename(file)
    return text.strip()
