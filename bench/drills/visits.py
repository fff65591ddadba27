"""The site's own server for a drill, and who visits it: readers, and somebody of the staff with a form."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress

import lxml.html

from bench.drills.ground import QUIET, ROOT, kill

GUIDE = "/articles/car-t-cell-therapy/"
# Logs somebody in without a form, and prints the key of that.
COME_IN = """
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.get(username="{name}"))
print("key", client.cookies["sessionid"].value)
"""


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_given):
        return None


OPENER = urllib.request.build_opener(Stay)


def ask(base, path, data=None, **headers):
    """(code, text, seconds) of one request; the code is 0 where nobody answered within 60 seconds."""
    began, request = time.monotonic(), urllib.request.Request(base + path, data=data, headers=headers)
    try:
        with OPENER.open(request, timeout=60) as answer:
            found = answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        found = refusal.code, refusal.read()
    except OSError:
        found = 0, b""
    return found[0], found[1].decode(errors="replace"), time.monotonic() - began


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def serving(site, *before, **environment):
    """The site's own server on a free port, once it answers; yields its address. `before` stands before the command."""
    if not (site.folder / "static").exists():
        site.run("collectstatic", "--noinput", "--verbosity", "0")
    port = free_port()
    command = [*before, sys.executable, "-m", "gunicorn", "--config", "carsite/server.py", "carsite.wsgi"]
    told = site.environment | {"PORT": str(port)} | environment
    with open(site.folder / "server.log", "ab") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=told, start_new_session=True, **QUIET | {"stderr": log})
    base = f"http://127.0.0.1:{port}"
    try:
        until(lambda: ask(base, "/robots.txt")[0] == 200, 60)
        yield base
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        if server.poll() is None:
            kill(server)


def until(what, seconds):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"it took longer than {seconds} seconds"
        time.sleep(0.1)


class Staff:
    """Somebody of the staff, logged in."""

    def __init__(self, site, base, name):
        said = site.do(COME_IN.format(name=name))
        self.base = base
        self.cookie = f"sessionid={said.split('key ', 1)[1].split()[0]}"

    def ask(self, path, data=None):
        return ask(self.base, path, data, Cookie=self.cookie, Referer=self.base + path)

    def form(self, path):
        """What the form of a page would send back, as a dictionary."""
        request = urllib.request.Request(self.base + path, headers={"Cookie": self.cookie})
        with OPENER.open(request, timeout=60) as answer:
            cookies, page = answer.headers.get_all("Set-Cookie") or [], answer.read()
        token = [one.split(";")[0] for one in cookies if one.startswith("csrftoken=")]
        if token and "csrftoken" not in self.cookie:
            self.cookie += f"; {token[0]}"
        forms = [one for one in lxml.html.fromstring(page).forms if one.method == "POST"]
        found = max(forms, key=lambda one: len(one.form_values())).form_values()
        return {name: (value or "").removeprefix("\n") for name, value in found}  # HTML drops the first line end itself

    def send(self, path, form):
        return self.ask(path, urllib.parse.urlencode(form).encode())
