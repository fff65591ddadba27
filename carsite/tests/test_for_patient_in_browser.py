"""What is typed for one patient, in Chromium: it goes to no address, no table, no log and no file of the site."""

import pytest
from django.conf import settings
from django.test import Client

from carsite.copying import Copy
from carsite.keeping import Bar
from carsite.keeping.rows import lines, tables
from carsite.tests.conftest import RULES, RUN_AXE
from conftest import hand

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

BLANKS = 48


@pytest.fixture
def leaflet(press, make_article, asha):
    guide = make_article("Tablets", body="\n\n".join(f"Take [[dose {number}]] with water." for number in range(BLANKS)))
    guide.publish(by=hand("Meena"), note="First")
    return guide


def faults(tab):
    from axe_playwright_python.base import AXE_SCRIPT  # not installed where no browser test runs

    tab.evaluate(AXE_SCRIPT)
    passed, found = tab.evaluate(RUN_AXE, RULES)
    assert passed
    return found


def test_fifty_words_typed_for_one_patient_are_found_nowhere(leaflet, asha, live_server, tab, caplog):
    client = Client()
    client.force_login(asha)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    tab.context.add_cookies([session])
    tab.goto(f"{live_server.url}/admin/articles/article/{leaflet.pk}/for-patient/")
    assert faults(tab) == []
    asked = []
    tab.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    fields = tab.locator("input").all()
    assert len(fields) == BLANKS + 2
    for number, field in enumerate(fields):
        field.fill(f"Marker{number}x")
    fields[0].press("Enter")
    tab.pdf()
    assert asked == []
    tab.goto(live_server.url + leaflet.get_absolute_url())
    tab.go_back()
    assert not any(field.input_value() for field in tab.locator("input").all())
    kept = b"".join(line for model in tables() for line in lines(model))
    kept += caplog.text.encode() + "".join(asked).encode()
    kept += b"".join(path.read_bytes() for path in settings.VAR.rglob("*") if path.is_file())
    assert b"Tablets" in kept and b"Marker" not in kept


def test_a_copy_works_from_a_disk_with_the_network_off(leaflet, tab, tmp_path, at):
    Copy(tmp_path / "copy", at=at, days=30).make(Bar(None))
    tab.context.set_offline(True)
    failed = []
    tab.on("requestfailed", lambda request: failed.append(request.url))
    tab.on("console", lambda said: failed.append(said.text))
    tab.goto(f"file://{tmp_path}/copy/index.html")
    tab.get_by_role("link", name="Look up a word").click()
    tab.get_by_role("link", name="Tablets").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Tablets" and tab.url.startswith("file://")
    assert faults(tab) == [] and failed == []
    tab.get_by_role("link", name="Search").click()
    assert faults(tab) == [] and failed == []
