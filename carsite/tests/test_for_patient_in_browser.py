"""What is typed for one patient, in Chromium: it goes to no address, no table, no log and no file of the site."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from carsite.copying import Copy
from carsite.keeping import Bar
from carsite.keeping.rows import lines, tables
from carsite.tests.conftest import found_by_axe
from conftest import hand

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

BLANKS = 48
ABOUT = re.compile("About this copy|इस नकल के बारे में")


@pytest.fixture
def leaflet(press, make_article, asha):
    guide = make_article("Tablets", body="\n\n".join(f"Take [[dose {number}]] with water." for number in range(BLANKS)))
    guide.publish(by=hand("Meena"), note="First")
    return guide


def test_fifty_words_typed_for_one_patient_are_found_nowhere(leaflet, asha, live_server, tab, caplog):
    client = Client()
    client.force_login(asha)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    tab.context.add_cookies([session])
    tab.goto(f"{live_server.url}/admin/articles/article/{leaflet.pk}/for-patient/")
    assert found_by_axe(tab, "for one patient") == []
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


def missed(request):
    """The address that could not be had; none where the tab only went on before it had come, as for its icon."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


def test_a_copy_works_from_a_disk_with_the_network_off(leaflet, tab, tmp_path, at):
    Copy(tmp_path / "copy", at=at, days=30).make(Bar(None))
    tab.context.set_offline(True)
    failed = []
    tab.on("requestfailed", lambda request: failed.extend(missed(request)))
    tab.on("console", lambda said: failed.append(said.text))
    tab.goto(f"file://{tmp_path}/copy/index.html")
    tab.get_by_role("link", name="Look up a word").click()
    tab.get_by_role("link", name="Tablets").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Tablets" and tab.url.startswith("file://")
    assert found_by_axe(tab, "for one patient") == [] and failed == []
    tab.get_by_role("link", name="Search").click()
    assert found_by_axe(tab, "for one patient") == [] and failed == []


def test_every_link_of_a_copy_is_followed_with_the_network_off(leaflet, make_article, make_entry, tab, tmp_path, at):
    for one in (make_entry("Does it hurt?", article=leaflet), make_article("गोलियाँ", language="hi")):
        one.publish(by=hand("Meena"), note="First")
    Copy(tmp_path / "copy", at=timezone.now(), days=30).make(Bar(None))
    tab.context.set_offline(True)
    failed, seen, left = [], set(), [f"file://{tmp_path}/copy/index.html"]
    tab.on("requestfailed", lambda request: failed.extend(missed(request)))
    while left:
        seen.add(address := left.pop())
        tab.goto(address)
        told = tab.get_by_role("region", name=ABOUT).inner_text()
        assert len(re.findall(r"\b\d+-\d+-[A-Z]{4}\b", told)) == 1 and str(timezone.localdate().year) in told, address
        led = tab.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href.split('#')[0])")
        left += {one for one in led if one.startswith("file:")} - seen - set(left)
    pages = {page.as_uri() for page in (tmp_path / "copy").rglob("*.html")}
    assert failed == [] and seen == pages and len(pages) > 15
