"""Every page of the desk in a browser: axe finds nothing, light and dark, and none is wider than a telephone."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Article, OldAddress, Page, Term, Topic, Voice
from carsite.tests.conftest import ALL_LOOKS, found_by_axe
from conftest import edit, hand, judge, person
from publishing.models import Access, Frame, Line, Pair, Picture, Publisher, Reviewer, Sides, Sponsor, say_pairs

PASSWORD = "a-long-pass-phrase"
TOOLS = ["index", "as_it_was", "recall", "proof", "erase", "password_change", "articles_article_due"]
TOOLS += ["articles_article_handover", "articles_article_new", "help", "unfound", "second_own", "recall_replace"]
# What stands alone (patients' own pages), is drawn by a script alone, or is tried by the tests of its own.
ELSEWHERE = {
    "preview",
    "edition",
    "phone",
    "review",
    "keep",
    "keep_new",
    "keep_beside",
    "still_fit",
    "mend",
    "undo",
    "delete",
    "revoke",
    "remarks",
    "table",  # a file
}


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
    OldAddress.objects.create(path="/old/warfarin.html", article=guide, added_at=timezone.now())
    waits = make_article("Flu vaccine", by=hand(omar), owner=omar)
    waits.publish(by=hand("Asha"), note="First", at=timezone.now() + datetime.timedelta(days=2))
    entry = make_entry("Does it hurt?", article=guide)
    frame, topic = Frame.objects.create(pk=1), Topic(title="Medicines")
    topic.keep(by=hand(omar), note="New")
    rows = [guide, entry, frame, topic, Publisher.objects.create(name="Clinic"), Sponsor.objects.create(name="A maker")]
    word, page = Term(title="dose", meaning="How much you take."), Page(title="About us", body="## Who\n\nWe are.")
    for one in (word, page):
        one.keep(by=hand(omar), at=timezone.now())
        one.publish(by=hand("Asha"), note="First")
    told = Article(title="घर पर वारफ़रिन", language="hi", original=guide, body="## कैसे लें\n\n5 mg धीरे-धीरे लें।")
    told.translated = guide.live(timezone.now())
    told.keep(by=hand(omar), at=timezone.now())
    say_pairs(together=[Sides.written("blood", "bleeding", "en")], by=hand(omar))
    rows += [word, page, told, Pair.objects.get(), Line.objects.first(), Access(pk=1)]
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
            for given in ([], [row.pk], [row.pk, 1]):
                try:
                    yield reverse(f"admin:{name}", args=given)
                    break
                except NoReverseMatch:
                    continue
    yield f"{reverse('admin:recall')}?q=Take"
    yield f"{reverse('admin:recall_replace')}?find=very+slowly&by=slowly"
    yield f"{reverse('admin:articles_article_translations')}?only=missing"
    yield f"{reverse('admin:articles_article_changelist')}?q=nothing"


def log_in(tab, live_server):
    tab.goto(f"{live_server.url}/admin/login/")
    tab.fill("[name=username]", "omar")
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Log in").click()


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_on_any_page_of_the_desk_and_none_is_wider_than_a_telephone(desk, live_server, tab):
    log_in(tab, live_server)
    found, shown = [], 0
    for path in dict.fromkeys(addresses(desk)):
        answer = tab.goto(live_server.url + path)
        if answer.status in (403, 404, 405) or live_server.url + path != answer.url:
            continue
        shown += 1
        found += found_by_axe(tab, path)
    assert shown > 100
    assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_where_a_readers_words_are_erased_asked_refused_and_done(desk, live_server, tab):
    guide, words = desk[0], "Nurse Roe\n" + "was rude " * 40
    said = Voice.objects.create(edition=guide.editions.get(), text=words, made_at=timezone.now())
    log_in(tab, live_server)
    tab.goto(f"{live_server.url}/admin/articles/article/{guide.pk}/readers/{said.pk}/erase/")
    found = found_by_axe(tab, "asked", ALL_LOOKS)
    tab.get_by_role("button", name="Erase it").click()
    assert Voice.objects.exists()
    found += found_by_axe(tab, "refused", ALL_LOOKS)
    tab.get_by_label("Why it is erased").fill("It names somebody")
    tab.get_by_label("Erase it for ever").check()
    tab.get_by_role("button", name="Erase it").click()
    tab.get_by_text("What the reader wrote is erased").wait_for()
    assert not Voice.objects.exists()
    found += found_by_axe(tab, "done", ALL_LOOKS)
    assert not found, "\n".join(found)


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_where_somebody_translates_with_words_to_use_and_a_machine(desk, live_server, tab):
    omar = desk[-2]
    term, missing = Term.objects.get(title="dose"), Term(title="clot", meaning="Thick blood.")
    own = Term(title="खुराक", language="hi", meaning="कितना लेना है।", original=term)
    english = Article(title="Heparin", owner=omar, body="## Dose\n\nTake one dose.\n\nA clot is dangerous.")
    for one in (missing, own, english):
        one.keep(by=hand(omar), at=timezone.now())
        one.publish(by=hand("Asha"), note="First")
    hindi = Article(title="हेपरिन", language="hi", original=english, body="## खुराक\n\nएक खुराक लें।\n\nA clot.")
    hindi.is_machine, hindi.translated = True, english.live(timezone.now())
    hindi.keep(by=hand(omar), at=timezone.now())
    judge(hindi, User.objects.get(username="ravi"))
    log_in(tab, live_server)
    url = f"{live_server.url}/admin/articles/article/{hindi.pk}"
    tab.goto(f"{url}/translate/?all")
    said = tab.locator("main").inner_text()
    assert "Words to use" in said and "Words of the list that have none" in said
    assert tab.get_by_role("radio", name="Yes").is_checked()
    found = found_by_axe(tab, "translating", ALL_LOOKS)
    tab.goto(f"{url}/ask/")
    assert tab.locator("[name=kind][value=translator]").is_checked()
    found += found_by_axe(tab, "asking a translator", ALL_LOOKS)
    assert not found, "\n".join(found)
