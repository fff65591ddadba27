"""What chooses the server beside its speed (servers.py): what a reload loses, 200 slow clients, log-ins, a proxy before it.

    python bench/choosing.py [--size 1000] [NAME...]

Names as in servers.py; without one, what carsite/server.py says. `nginx NAME` stands behind deploy/nginx.conf's own location.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import prepare
import servers

SLOW, READERS, LOG_INS = 200, 8, 64
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;
events {{ worker_connections 2048; }}
http {{ access_log off; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{front}; location / {{ proxy_pass http://127.0.0.1:{back}; proxy_http_version 1.1;
    proxy_set_header Connection ""; proxy_set_header Host $host:{back}; proxy_set_header X-Forwarded-For $remote_addr; }} }} }}
"""


@contextmanager
def behind_nginx():
    """A proxy as small as that of deploy/ before the server; its port."""
    folder = prepare.WORK / "nginx"
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "nginx.conf"
    place.write_text(NGINX.format(folder=folder, front=servers.PORT + 1, back=servers.PORT))
    proxy = subprocess.Popen(["nginx", "-p", folder, "-c", place], stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield servers.PORT + 1
    finally:
        proxy.terminate()
        proxy.wait(10)


class Reader:
    """One connection that is kept, as browsers and proxies do; opened anew where the server ended it between two pages."""

    def __init__(self, port, keeps=True):
        self.port, self.keeps, self.connection = port, keeps, None

    def read(self):
        """Whether a page came, whole."""
        for _once in range(2):
            is_kept = self.connection is not None
            try:
                if self._asked() == 200:
                    return True
                return False
            except (OSError, http.client.HTTPException):
                self.connection = None
                if not is_kept:
                    return False
        return False

    def _asked(self):
        one = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        one.request("GET", servers.PATH, headers={"Host": f"127.0.0.1:{servers.PORT}"})
        answer = one.getresponse()
        body = answer.read()
        is_over = not self.keeps or answer.will_close
        self.connection = None if is_over else one
        if is_over:
            one.close()
        return answer.status if body else 0


def lost_by_reload(server, port, keeps, seconds=12):
    """(pages asked for, those that did not come) by eight readers while the server is told three times to start anew."""
    asked, is_over = [], threading.Event()

    def go_on():
        reader = Reader(port, keeps)
        while not is_over.is_set():
            asked.append(reader.read())

    with ThreadPoolExecutor(READERS) as readers:
        for _one in range(READERS):
            readers.submit(go_on)
        for _one in range(3):
            time.sleep(seconds / 4)
            os.kill(server.pid, signal.SIGHUP)
        time.sleep(seconds / 4)
        is_over.set()
    return len(asked), asked.count(False)


def waits(until, port):
    """The seconds that a reader waits, page by page, until that is set; inf where none came."""
    found, reader = [], Reader(port)
    while not until.is_set():
        began = time.monotonic()
        found.append(time.monotonic() - began if reader.read() else float("inf"))
        time.sleep(0.05)
    return found


def at(found, share):
    """What that share of them stays under, in ms."""
    return 1000 * sorted(found)[min(len(found) - 1, int(share * len(found)))] if found else float("inf")


def beside_slow(port, seconds=8):
    """(99 %, longest) ms that a reader waits beside 200 connections that send a byte a second."""
    slow, is_over = [], threading.Event()
    for _one in range(SLOW):
        with suppress(OSError):
            slow.append(socket.create_connection(("127.0.0.1", port), timeout=5))
    with ThreadPoolExecutor(1) as one:
        found = one.submit(waits, is_over, port)
        for second in range(seconds):
            for each in slow:
                with suppress(OSError):
                    each.send(b"GET /articles"[second : second + 1])
            time.sleep(1)
        is_over.set()
        told = found.result()
    for each in slow:
        each.close()
    return at(told, 0.99), at(told, 1)


def log_in(port, number):
    """The code of one try of a stranger with a name and a password of their own."""
    one = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    host = {"Host": f"127.0.0.1:{servers.PORT}"}
    try:
        one.request("GET", "/admin/login/", headers=host)
        answer = one.getresponse()
        page, cookie = answer.read().decode(), answer.getheader("Set-Cookie", "").split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        sent = {"username": f"nobody-{number}", "password": "not-this", "csrfmiddlewaretoken": token, "next": "/admin/"}
        told = host | {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        one.request("POST", "/admin/login/", urllib.parse.urlencode(sent), told)
        return one.getresponse().status
    except (OSError, http.client.HTTPException, TypeError):
        return 0
    finally:
        one.close()


def beside_log_ins(port):
    """(99 %, longest) ms that a reader waits while 64 log in at once, the answers they got."""
    is_over = threading.Event()
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(LOG_INS) as many:
        found = one.submit(waits, is_over, port)
        codes = list(many.map(lambda number: log_in(port, number), range(LOG_INS)))
        is_over.set()
        told = found.result()
    return at(told, 0.99), at(told, 1), "".join(f"{codes.count(code)} × {code} " for code in sorted(set(codes)))


def measured(name, file):
    """One row: what is lost by a reload with kept connections, with one for each page; slow clients; log-ins."""
    is_behind, own = name.startswith("nginx"), name.removeprefix("nginx").strip()
    with servers.serving(own, file) as server:
        if is_behind:
            with behind_nginx() as port:
                return told_of(server, port)
        return told_of(server, servers.PORT)


def told_of(server, port):
    lost = ["{:,}: {}".format(*lost_by_reload(server, port, keeps)) for keeps in (True, False)]
    slow, log_ins = beside_slow(port), beside_log_ins(port)
    return [*lost, "{:.0f}, {:.0f}".format(*slow), "{:.0f}, {:.0f} ({})".format(*log_ins[:2], log_ins[2].strip())]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=[""])
    parser.add_argument("--size", type=int, default=1000)
    asked = parser.parse_args()
    file = prepare.database("ours", asked.size)
    print(f"| server | pages: lost by 3 reloads, kept | new each | beside {SLOW} slow: 99 %, most ms | {LOG_INS} log-ins |")
    print("| --- | --- | --- | --- | --- |")
    for name in asked.names:
        if name.startswith("nginx") and not shutil.which("nginx"):
            print(f"| {name} | no nginx here | | | |")
            continue
        print(f"| {name or 'carsite/server.py'} | {' | '.join(measured(name, file))} |", flush=True)


if __name__ == "__main__":
    main()
