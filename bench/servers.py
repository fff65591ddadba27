"""Servers with their worker and thread counts: throughput, CPU a request, memory, and readers beside slow clients.

    python bench/servers.py [--size 1000] [--seconds 4] [--rounds 3] [NAME...]

A name is `gunicorn WORKERSxTHREADS`, or the same with granian, waitress (one process) or cheroot (one process), which have
to be installed by hand: $BENCH_PYTHON names the interpreter that has them. Needs wrk.
Without names: what carsite/server.py says.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import prepare

PORT = int(os.environ.get("BENCH_PORT", 8765))
PYTHON = os.environ.get("BENCH_PYTHON") or sys.executable  # which has the other servers too
SITE_URL = "http://127.0.0.1:8000"  # as in one.py, so that what was stored there is found here
PATH = "/articles/article-0/"
SLOW = 20


def command(name):
    """The server's command line; an empty name is the project's own."""
    address = f"127.0.0.1:{PORT}"
    gunicorn = [PYTHON, "-m", "gunicorn", "--config", "carsite/server.py", "--access-logfile", os.devnull]
    if not name:
        return [*gunicorn, "carsite.wsgi"]
    kind, _, counts = name.partition(" ")
    workers, threads = counts.split("x")
    if kind == "gunicorn":
        return [*gunicorn, "--bind", address, "--workers", workers, "--threads", threads, "carsite.wsgi"]
    if kind == "waitress":
        return [PYTHON, "-m", "waitress", f"--listen={address}", f"--threads={threads}", "carsite.wsgi:application"]
    if kind == "cheroot":
        return [PYTHON, "-m", "cheroot", "--bind", address, "--threads", threads, "carsite.wsgi:application"]
    granian = [PYTHON, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT)]
    return [*granian, "--workers", workers, "--blocking-threads", threads, "carsite.wsgi:application"]


@contextlib.contextmanager
def serving(name, file):
    environment = {"DATABASE_URL": f"sqlite:///{file}", "PORT": str(PORT), "PYTHONWARNINGS": "ignore"}
    server = subprocess.Popen(
        command(name),
        cwd=prepare.ROOT,
        env=os.environ | environment | {"VAR": str(prepare.WORK), "SITE_URL": SITE_URL},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                read()
                break
            time.sleep(0.1)
        yield server
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            print(f"{name} did not end within 30 s of being asked to, and was killed.", file=sys.stderr)
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(5)


def read():
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{PATH}", timeout=20) as answer:
        return len(answer.read())


def processes(server):
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == server.pid:
                yield entry


def cpu(server):
    """Processor seconds the server's processes have used."""
    fields = [(entry / "stat").read_text().rsplit(")", 1)[1].split() for entry in processes(server)]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def memory(server):
    """MiB of all processes, pages they share counted once (PSS)."""
    texts = [(entry / "smaps_rollup").read_text() for entry in processes(server)]
    return sum(int(re.search(r"^Pss: +(\d+)", text, re.M)[1]) for text in texts) / 1024


def load(server, seconds, size):
    """(requests a second, CPU ms a request, ms that 99 of 100 stay under): 8 connections, guides of all numbers."""
    script = prepare.WORK / "guides.lua"
    script.write_text(
        f'request = function() return wrk.format("GET", "/articles/article-" .. math.random(0, {size - 1}) .. "/") end'
    )
    before = cpu(server)
    asked = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script]
    asked.append(f"http://127.0.0.1:{PORT}/")
    text = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    number = int(re.search(r"(\d+) requests in", text)[1])
    slowest, unit = re.search(r"99% +([\d.]+)(us|ms|s)", text).groups()
    rate = float(re.search(r"Requests/sec: +([\d.]+)", text)[1])
    return rate, 1000 * (cpu(server) - before) / number, float(slowest) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


SLOWLY = {
    "heads": b"",
    "bodies": b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\n",
}


def beside_slow_clients(first):
    """The longest that one of ten readers waits, in s, while 20 connections send a byte a second after the `first` bytes.

    inf when one is not answered within 20 s.
    """
    slow, longest = [socket.create_connection(("127.0.0.1", PORT)) for _ in range(SLOW)], 0.0
    try:
        for letter in b"GET /artic":
            for one in slow:
                with contextlib.suppress(OSError):
                    one.send(first + bytes([letter]))
            first, began = b"", time.monotonic()
            try:
                read()
            except OSError:
                return float("inf")
            longest = max(longest, time.monotonic() - began)
            time.sleep(max(0, 1 - time.monotonic() + began))
    finally:
        for one in slow:
            one.close()
    return longest


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=[""])
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        print("Skipped: the servers, since wrk is not installed (apt-get install wrk).")
        return
    file, found = prepare.database("ours", asked.size), {name: [] for name in asked.names}
    for _ in range(asked.rounds):
        for name in asked.names:
            with serving(name, file) as server:
                load(server, 1, asked.size)
                found[name].append((*load(server, asked.seconds, asked.size), memory(server)))
    print(
        f"| server | requests/s | CPU ms a request | 99 % under ms | MiB | longest wait beside {SLOW} slow heads, s | bodies |"
    )
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for name in asked.names:
        waits = []
        for first in SLOWLY.values():
            with serving(name, file):
                waits.append(beside_slow_clients(first))
        middle = [statistics.median(one) for one in zip(*found[name], strict=True)]
        row = "| {} | {:,.0f} | {:.3f} | {:.1f} | {:.0f} | {:.2f} | {:.2f} |"
        print(row.format(name or "carsite/server.py", *middle, *waits))


if __name__ == "__main__":
    main()
