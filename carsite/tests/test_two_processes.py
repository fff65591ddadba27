"""The drill: two real servers on one database. What one publishes is in the other's next answer."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

PATH = "/articles/car-t-cell-therapy/"
# What a publisher does, in a process of its own.
ACT = """
import datetime
from django.utils import timezone
from articles.models import Article
from django.contrib.auth.models import User
from publishing.models import Hand
article, hand = Article.objects.get(), Hand.of(User.objects.get(username="publisher"))
article.lead = {lead!r}
article.keep(by=hand, at=timezone.now())
moment = timezone.now() + datetime.timedelta(seconds={wait}) if {wait} else None
if {withdraw}:
    article.withdraw(by=hand, note="Drill", reason="unsafe", at=moment)
else:
    ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
    article.publish(by=hand, note="Drill", at=moment, emergency="Drill", ticks=ticks)
print(moment.timestamp() if moment else 0)
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class House:
    """A database of its own, with what is needed to run the project's commands on it."""

    def __init__(self, folder, address):
        keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = keep | {"VAR": str(folder), "WORKERS": "1", "SITE_URL": "http://127.0.0.1:8000"}
        self.environment["DATABASE_URL"] = address
        self.servers = []

    def run(self, *words):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True)
        return done.stdout.decode()

    def act(self, lead="", wait=0.0, withdraw=False):
        """Act in another process; the moment it comes into force, in seconds since 1970."""
        return float(self.run("shell", "--verbosity", "0", "-c", ACT.format(lead=lead, wait=wait, withdraw=withdraw)))

    def serve(self):
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--config", "carsite/server.py", "carsite.wsgi"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = self.environment | {"PORT": str(port)}
        self.servers.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **quiet))
        return f"http://127.0.0.1:{port}"

    def stop(self):
        for server in self.servers:
            server.terminate()
        for server in self.servers:
            server.wait(20)


def read(base, path=PATH, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(base + path, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def until(what, seconds):
    """Wait until something holds; the last moment at which it was asked and did not, so that a slow answer is no fault."""
    start, last = time.monotonic(), 0.0
    while True:
        asked = time.time()
        if what():
            return last
        last = asked
        assert time.monotonic() - start < seconds, "it took too long"
        time.sleep(0.05)


def is_up(base):
    try:
        return read(base, "/health/")[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def house(tmp_path_factory, empty_database):
    house = House(tmp_path_factory.mktemp("house"), empty_database)
    house.run("migrate", "--verbosity", "0")
    house.run("set_up")
    yield house
    house.stop()


def test_two_servers_never_disagree(house):
    servers = [house.serve(), house.serve()]
    for base in servers:
        until(lambda base=base: is_up(base), 30)
    for base in servers * 2:
        assert read(base)[0] == 200
    for charset in ("rot13", "punycode", "utf-16", "nonsense"):  # a claimed one changes nothing
        code, page = read(servers[0], "/search/?q=nurse", **{"Content-Type": f"text/plain; charset={charset}"})
        assert code == 200 and 'value="nurse"' in page
    assert read(servers[0], "/articles/", Script_Name="//evil.example")[0] == 200

    house.act(lead="Published in another process.")
    for base in servers:
        assert "Published in another process." in read(base)[1]

    moment = house.act(lead="Came by itself.", wait=4)
    assert "Came by itself." not in read(servers[0])[1] or time.time() > moment
    assert until(lambda: "Came by itself." in read(servers[0])[1], 30) < moment + 1
    assert "Came by itself." in read(servers[1])[1]

    moment = house.act(withdraw=True, wait=4)
    assert read(servers[1])[0] == 200 or time.time() > moment
    assert until(lambda: read(servers[1])[0] == 410, 30) < moment + 1
    assert read(servers[0])[0] == 410
    house.run("verify_ledger")
