"""The drill: two real servers on one database. What one publishes is in the other's next answer."""

import shutil
import time
import urllib.error
import urllib.request

import pytest

from carsite.tests.conftest import FURNISH, House

PATH = "/articles/car-t-cell-therapy/"


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


@pytest.fixture
def house(tmp_path, empty_database, request):
    if empty_database:
        house = House(tmp_path, empty_database)
        house.do(*FURNISH)
    else:
        house = House(shutil.copytree(request.getfixturevalue("furnished"), tmp_path / "house"), "")
    yield house
    house.stop()


@pytest.mark.slow
@pytest.mark.xdist_group("processes")
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

    moment = house.act(lead="Came by itself.", wait=2)
    assert "Came by itself." not in read(servers[0])[1] or time.time() > moment
    assert until(lambda: "Came by itself." in read(servers[0])[1], 30) < moment + 1
    assert "Came by itself." in read(servers[1])[1]

    moment = house.act(withdraw=True, wait=2)
    assert read(servers[1])[0] == 200 or time.time() > moment
    assert until(lambda: read(servers[1])[0] == 410, 30) < moment + 1
    assert read(servers[0])[0] == 410
    house.run("verify_ledger")
