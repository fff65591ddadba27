"""PostgreSQL is stopped and started again while people read and publish: a page of a fault meanwhile, then all goes on by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from bench.drills.acts_killed import THERE, WRITER
from bench.drills.ground import QUIET, Site, kill
from bench.drills.visits import GUIDE, ask, serving, until
from carsite.tests import postgres

ROUNDS, AWAY = 3, 2.0


class Server:
    """The PostgreSQL server behind an address, to be stopped and started again."""

    def __init__(self, address):
        self.folder = Path(parse_qs(urlsplit(address).query)["host"][0])
        self.started = None
        process = Path("/proc", str(self.pid()))
        self.command = process.joinpath("cmdline").read_bytes().decode().rstrip("\0").split("\0")
        # The tests' own setting loses the last commits when the server is killed; no clinic's may.
        self.command += ["-c", "synchronous_commit=on"]
        self.who = {"user": process.stat().st_uid, "group": process.stat().st_gid, "extra_groups": []}
        if os.geteuid():
            self.who = {}

    def pid(self):
        return int((self.folder / "files" / "postmaster.pid").read_text().split()[0])

    def stop(self, how=signal.SIGINT):
        pid = self.pid()
        os.kill(pid, how)
        until(lambda: not Path("/proc", str(pid), "cmdline").exists() or self.is_over(pid), 30)

    def is_over(self, pid):
        """A process that its parent has not asked after yet has no command any more."""
        return not Path("/proc", str(pid), "cmdline").read_bytes()

    def start(self):
        self.started = subprocess.Popen(self.command, cwd=self.folder, start_new_session=True, **self.who, **QUIET)


def drill(folder):
    try:
        with postgres.server() as address:
            server = Server(address)
            server.stop()
            server.start()
            try:
                until(lambda: answers(address), 30)
                return under_load(Site(folder / "site", address), server)
            finally:
                if server.started and server.started.poll() is None:
                    server.started.send_signal(signal.SIGINT)
                    server.started.wait(20)
    except postgres.Unavailable as why:
        return f"left out: {why}"


def answers(address):
    with suppress(psycopg.OperationalError):
        psycopg.connect(address).close()
        return True
    return False


def under_load(site, server):
    site.furnish()
    codes, slowest, is_over = [], 0.0, threading.Event()
    said = site.folder / "said"
    with serving(site) as base:

        def read():
            while not is_over.is_set():
                for page in (GUIDE, "/search/?q=cells"):
                    code, text, _took = ask(base, page)
                    codes.append(code)
                    assert text.strip() and "Traceback" not in text, f"{page} answered {code} and nothing"
                time.sleep(0.05)

        readers = [threading.Thread(target=read) for _ in range(4)]
        for one in readers:
            one.start()
        acknowledged = set()
        try:
            for number in range(ROUNDS):
                with open(said, "w") as file:
                    writer = site.start("shell", "-v", "0", "-c", WRITER.format(start=number * 100_000), stdout=file)
                    until(lambda: said.read_text().count("published") > 2, 60)
                    server.stop(signal.SIGQUIT if number == 1 else signal.SIGINT)
                    time.sleep(AWAY)
                    server.start()
                    began = time.monotonic()
                    until(lambda: ask(base, GUIDE)[0] == 200, 60)
                    slowest = max(slowest, time.monotonic() - began)
                    writer.poll() is None and kill(writer)
                whole = said.read_text().rpartition("\n")[0]
                acknowledged |= {f"guide-{line.split()[1]}" for line in whole.splitlines() if line.startswith("published")}
        finally:
            is_over.set()
            for one in readers:
                one.join()
        assert ask(base, "/health/")[0] == 200
    assert set(codes) <= {200, 500, 503}, sorted(set(codes))
    there = next(line for line in site.do(THERE).splitlines() if line.startswith("published")).split()[1:]
    lost = acknowledged - set(there)
    assert not lost, f"published and lost: {lost}"
    site.run("verify_ledger", "--pages")
    faults = sum(code != 200 for code in codes)
    return (
        f"{ROUNDS} restarts: {faults} of {len(codes)} answers a page of a fault, read again {slowest:.1f} s after; "
        f"{len(acknowledged)} published acts all there, the record holds"
    )
