"""Every page of the desk in a browser: axe finds nothing, light and dark, and none is wider than a telephone."""

import datetime

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Topic
from carsite.tests.conftest import RULES, RULES_OF_COLOUR, RUN_AXE, is_too_wide
from conftest import edit, fewer, hand, judge, person
from publishing.models import Frame, Picture, Publisher, Reviewer, Sponsor

PASSWORD = "a-long-pass-phrase"
TOOLS = ["index", "as_it_was", "recall", "proof", "erase", "password_change", "articles_article_due"]
TOOLS += ["articles_article_handover", "articles_article_new"]
# What stands alone (patients' own pages), is drawn by a script alone, or is tried by the tests of its own.
ELSEWHERE = {
    "preview",
    "edition",
    "phone",
    "review",
    "keep",
    "keep_new",
    "still_fit",
    "mend",
    "undo",
    "delete",
    "revoke",
    "remarks",
}


# By day each width and each scheme once, at night all four.
LOOKS = fewer(
    [(390, "light", RULES), (1280, "dark", RULES_OF_COLOUR), (1280, "light", RULES), (390, "dark", RULES_OF_COLOUR)], 2
)


@pytest.fixture
def desk(press, make_article, make_entry):
    """One row of each kind, a danger, an old edition, something that waits; and an administrator who may do all."""
    omar, ravi = person("Omar", "administrators"), person("Ravi", "clinical reviewers")
    guide = make_article(
        "Warfarin at home", by=hand(omar), owner=omar, body="## How to take it\n\nTake 5 mg very slowly."
    )
    judge(guide, ravi)
    guide.publish(by=hand("Asha"), note="First")
    edit(guide, hand(omar), body="## How to take it\n\nTake 3.0 mg very slowly.")
    waits = make_article("Flu vaccine", by=hand(omar), owner=omar)
    waits.publish(by=hand("Asha"), note="First", at=timezone.now() + datetime.timedelta(days=2))
    entry = make_entry("Does it hurt?", article=guide)
    frame, topic = Frame.objects.create(pk=1), Topic(title="Medicines")
    topic.keep(by=hand(omar), note="New")
    rows = [guide, entry, frame, topic, Publisher.objects.create(name="Clinic"), Sponsor.objects.create(name="A maker")]
    shown = Picture.objects.create(name="a" * 64 + ".png", width=1, height=1, uploaded_at=timezone.now())
    return [*rows, Reviewer.objects.create(name="Dr Rao", email="rao@example.org"), omar, shown]


def addresses(rows):
    """Of every page that the site has about these rows, or about all of their kind."""
    names = {one.name for one in admin.site.get_urls() if getattr(one, "name", None)}
    for listed in admin.site.get_urls():
        names |= {one.name for one in getattr(listed, "url_patterns", ()) if getattr(one, "name", None)}
    yield from (reverse(f"admin:{name}") for name in TOOLS)
    for row in rows:
        called = f"{row._meta.app_label}_{row._meta.model_name}_"
        for name in sorted(one for one in names if one.startswith(called)):
            if name.removeprefix(called) in ELSEWHERE:
                continue
            for given in ([], [row.pk]):
                try:
                    yield reverse(f"admin:{name}", args=given)
                    break
                except NoReverseMatch:
                    continue
    yield f"{reverse('admin:recall')}?q=Take"
    yield f"{reverse('admin:articles_article_changelist')}?q=nothing"


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_on_any_page_of_the_desk_and_none_is_wider_than_a_telephone(desk, live_server, tab):
    from axe_playwright_python.base import AXE_SCRIPT  # not installed where no browser test runs

    tab.goto(f"{live_server.url}/admin/login/")
    tab.fill("[name=username]", "omar")
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Log in").click()
    found, shown = [], 0
    for path in dict.fromkeys(addresses(desk)):
        answer = tab.goto(live_server.url + path)
        if answer.status in (403, 404, 405) or live_server.url + path != answer.url:
            continue
        shown += 1
        tab.evaluate(AXE_SCRIPT)
        for width, scheme, rules in LOOKS:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            found += [f"{path} is too wide at {width}"] * is_too_wide(tab)
            found += [f"{path}, {width}, {scheme}: {one}" for one in tab.evaluate(RUN_AXE, rules)[1]]
    assert shown > 40
    assert not found, "\n".join(found)
