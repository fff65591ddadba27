"""The two roads that are walked most, in a browser: how many clicks and pages lead from log-in to what patients read."""

import re

import pytest
from django.utils import timezone

from carsite.tests.walking import Walk
from conftest import hand, judge, person

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


@pytest.fixture
def walk(browser, live_server):
    """Somebody who begins to walk; each has a browser of their own."""
    begun = []

    def begin(**how):
        begun.append(Walk(browser, live_server.url, **how))
        return begun[-1]

    yield begin
    for one in begun:
        one.context.close()


def find(walk, words):
    walk.tab.fill("#q", words)
    walk.click("Find")


def test_a_harmless_correction_takes_four_clicks_and_four_pages(guide, walk):
    meena = walk()
    meena.log_in("meena")
    find(meena, "Kidney")
    meena.write("very slowly", "really slowly")
    meena.place("Publish …").wait_for()
    meena.click("Publish …")
    meena.click(re.compile("^Publish$"))
    meena.hears("Patients read edition 2 of")
    assert guide.live(timezone.now()).body == BODY.replace("very slowly", "really slowly")
    assert meena.clicks <= 4 and meena.loads <= 4
    meena.go(guide.get_absolute_url())
    said = meena.tab.inner_text("main")
    assert "by Ravi" in said and "Since then small changes of wording, not checked." in said


def test_without_script_it_takes_no_more_than_five(guide, walk):
    meena = walk(has_script=False)
    meena.log_in("meena")
    find(meena, "Kidney")
    meena.tab.locator("textarea[name=body]").fill(BODY.replace("very slowly", "really slowly"))
    meena.tab.locator(".bar .main").click()
    meena.clicks += 1
    meena.tab.wait_for_load_state("load")
    if "publish" not in meena.tab.url:
        meena.go(f"/admin/articles/article/{guide.pk}/publish/")
        meena.clicks += 1
    meena.click(re.compile("^Publish$"))
    assert guide.live(timezone.now()).number == 2
    assert meena.clicks <= 5 and meena.loads <= 5


def test_a_dose_corrected_with_a_second_person_takes_twelve_clicks_for_both(guide, walk):
    meena, ravi = walk(), walk()
    meena.log_in("meena")
    find(meena, "Kidney")
    meena.write("Take 5 mg", "Take 3 mg")
    meena.place("Ask for a check …").wait_for()
    meena.click("Ask for a check …")
    meena.click("Ask for the check")
    ravi.log_in("ravi")
    ravi.row("Check", "Kidney biopsy")
    ravi.tick_dangers()
    ravi.click("Fit for patients")
    ravi.hears("Recorded. Thank you.")
    meena.follow("Your work")
    meena.row("Publish …", "Kidney biopsy")
    meena.tick_dangers()
    meena.tab.fill("[name=note]", "5 mg became 3 mg")
    meena.click(re.compile("^Publish$"))
    meena.hears("Patients read edition 2 of")
    assert guide.live(timezone.now()).body == BODY.replace("5 mg", "3 mg")
    assert meena.clicks + ravi.clicks <= 12 and meena.loads + ravi.loads <= 10
