"""The two roads that are walked most, in a browser: how many clicks and pages lead from log-in to what patients read."""

import pytest
from django.utils import timezone

from conftest import hand, judge, person

PASSWORD = "a-long-pass-phrase"
BODY = (
    "## How to take it\n\nTake it very slowly. Take 5 mg in the evening.\n\n"
    "## When to get help\n\nCall us at once when you bleed. About 2 in 100 people do."
)
pytestmark = pytest.mark.browser


@pytest.fixture
def guide(press, make_article):
    """A guide that a clinician checked, that patients read, and the three people of its road."""
    asha, ravi = person("Asha", "writers"), person("Ravi", "clinical reviewers")
    meena = person("Meena", "publishers")
    article = make_article("Kidney biopsy", by=hand(asha), owner=asha, body=BODY)
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    make_article("Plaster care", by=hand(meena), owner=meena)  # nobody sees the desk of a first day twice
    return article


class Walk:
    """Somebody at the desk, whose clicks and pages are counted; typing is no click."""

    def __init__(self, tab, url):
        self.tab, self.url, self.clicks, self.loads = tab, url, 0, 0

    def log_in(self, name):
        self.tab.goto(f"{self.url}/admin/login/")
        self.tab.on("load", self._count)
        self.tab.fill("[name=username]", name)
        self.tab.fill("[name=password]", PASSWORD)
        self.click("button", "Log in")

    def _count(self, _page):
        self.loads += 1

    def click(self, role, name):
        self.clicks += 1
        self.tab.get_by_role(role, name=name).first.click()
        self.tab.wait_for_load_state("load")

    def find(self, words):
        self.tab.fill("#q", words)
        self.click("button", "Find")

    def write(self, before, after):
        body = self.tab.locator("textarea[name=body]")
        body.fill(body.input_value().replace(before, after))
        body.blur()


def corrected(walk, guide):
    walk.log_in("meena")
    walk.find("Kidney")
    walk.write("very slowly", "really slowly")
    walk.tab.get_by_role("button", name="Publish …").wait_for()
    walk.click("button", "Publish …")
    walk.click("button", "Publish now")
    walk.tab.get_by_text("Patients read edition 2 of").first.wait_for()
    assert guide.live(timezone.now()).body == BODY.replace("very slowly", "really slowly")


def test_a_harmless_correction_takes_four_clicks_and_four_pages(guide, live_server, tab):
    walk = Walk(tab, live_server.url)
    corrected(walk, guide)
    assert walk.clicks <= 4 and walk.loads <= 4
    tab.goto(live_server.url + guide.get_absolute_url())
    said = tab.inner_text("main")
    assert "by Ravi" in said and "Since then small changes of wording, not checked." in said


def test_without_script_it_takes_no_more_than_five(guide, live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    walk = Walk(context.new_page(), live_server.url)
    walk.log_in("meena")
    walk.find("Kidney")
    body = walk.tab.locator("textarea[name=body]")
    body.fill(BODY.replace("very slowly", "really slowly"))
    walk.tab.locator(".bar .main").click()
    walk.clicks += 1
    walk.tab.wait_for_load_state("load")
    if "publish" not in walk.tab.url:
        walk.tab.goto(f"{live_server.url}/admin/articles/article/{guide.pk}/publish/")
        walk.clicks += 1
    walk.click("button", "Publish now")
    assert guide.live(timezone.now()).number == 2
    assert walk.clicks <= 5 and walk.loads <= 5
    context.close()
