"""The whole road of each role in a browser: at each act the focus stands on what is said of it, and no page is too wide.

Each is walked on a screen or on a telephone, and at night on both.
"""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from articles.models import Article
from carsite.tests.walking import Walk
from conftest import NIGHTLY, edit, hand, judge, person
from publishing.models import Asking, Remark, Review, ReviewLink

BODY = (
    "## How to take it\n\nTake 5 mg in the evening.\n\nCall 111 in the night.\n\n"
    "## When to get help\n\nCall us at once when you bleed. About 2 in 100 people do."
)
PASTED = "<h2>Your blood test</h2><ul><li>Bring your letter.</li><li>Drink a glass of water.</li></ul>"
PASTE = """(box, html) => { const held = new DataTransfer(); held.setData("text/html", html);
    held.setData("text/plain", "Your blood test"); box.focus(); box.select();
    box.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: held})) }"""
SCREEN, PHONE = 1280, 390
pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


def walked(*widths):
    """At the first width each time, at the other one at night."""
    return pytest.mark.parametrize("width", widths if NIGHTLY else widths[:1])


@pytest.fixture
def walk(press, browser, live_server, width, settings):
    """Whoever walks this road."""
    settings.HAS_MAIL = True
    begun = Walk(browser, live_server.url, width=width)
    yield begun
    begun.context.close()


@pytest.fixture
def clinic(press, make_article):
    """A person in each role, and a guide that patients read."""
    asha, ravi = person("Asha", "writers"), person("Ravi", "clinical reviewers")
    meena, omar = person("Meena", "publishers"), person("Omar", "administrators")
    guide = make_article("Warfarin", by=hand(asha), owner=asha, body=BODY)
    judge(guide, ravi)
    guide.publish(by=hand(meena), note="First")
    return guide, asha, ravi, meena, omar


def asked(work, by, whom, note=""):
    day = timezone.localdate() + datetime.timedelta(days=3)
    Asking.ask(work, by=hand(by), asked_name=whom.first_name, account=whom, until_on=day, at=timezone.now(), note=note)


@walked(SCREEN, PHONE)
def test_a_writer_begins_with_a_pattern_pastes_settles_what_is_found_and_asks_for_a_check(clinic, walk):
    tab = walk.tab
    walk.log_in("asha")
    walk.follow("New guide")
    walk.click(re.compile("^Write ?: a test"))
    tab.fill("#id_title", "Having a blood test")
    tab.fill("#id_lead", "A short test of your blood.")
    tab.fill("#id_body", "")
    tab.locator("#id_body").evaluate(PASTE, PASTED)
    expect(tab.locator("#id_body")).to_have_value(re.compile("- Bring your letter"))
    tab.fill("#id_body", f"{tab.input_value('#id_body')}\n\nTake 5.0 mg before you come. Call us at once if you bleed.")
    walk.click("Save")
    walk.hears("Saved")
    must = tab.locator("#findings li", has_text="“5.0 mg” can be read as 50 mg.")
    must.get_by_role("link", name="Go to it").click()
    assert tab.evaluate("document.activeElement.id") == "id_body"
    must.get_by_role("button", name="Write “5 mg”").click()
    walk.hears("Saved in your name: “5 mg” now stands for “5.0 mg”.")
    walk.click("Ask for a check …")
    walk.click("Ask for the check")
    walk.hears("Ravi is asked to check it by")
    walk.follow("Your work")
    assert "With Ravi" in tab.locator("main").text_content()
    made = Article.objects.get(title="Having a blood test")
    assert "## Your blood test\n\n- Bring your letter." in made.body and "Take 5 mg before" in made.body
    assert Asking.objects.get().work == made.name and made.live(timezone.now()) is None


@walked(PHONE, SCREEN)
def test_a_reviewer_reads_the_real_page_remarks_answers_and_goes_on_to_the_next_text(clinic, walk, make_article):
    guide, asha, ravi, *_others = clinic
    edit(guide, hand(asha), body=BODY.replace("5 mg", "3 mg"))
    other = make_article("Having a blood test", by=hand(asha), owner=asha)
    asked(guide, asha, ravi, "Is the dose right?")
    asked(other, asha, ravi)
    walk.log_in("ravi")
    assert "Asha asks: “Is the dose right?”" in walk.tab.inner_text("main")
    walk.row("Check", "Warfarin")
    walk.tick_dangers()
    walk.tab.locator(".line", has_text="Call 111").locator("summary").click()
    walk.tab.locator("textarea:focus").fill("By day too?")
    walk.click("Keep this remark")
    walk.hears("Your remark is kept.")
    walk.tab.get_by_label("A word to Asha").fill("Say it of the day, too.")
    walk.click("Fit after changes")
    walk.hears("Recorded. Thank you. Next: Check “Having a blood test”.")
    walk.follow("Check “Having a blood test”")
    walk.click("Fit for patients")
    walk.hears("Recorded. Thank you.")
    assert "To check" not in walk.tab.inner_text("main")
    assert [guide.reviews.latest("made_at").result, other.reviews.get().result] == ["fit after changes", "fit"]
    assert Remark.objects.get().passage.startswith("Call 111")


@walked(SCREEN, PHONE)
def test_a_publisher_publishes_now_and_later_cancels_undoes_and_withdraws_with_a_reason(clinic, walk):
    guide, asha, ravi, *_others = clinic
    edit(guide, hand(asha), body=BODY.replace("5 mg", "3 mg"))
    judge(guide, ravi)
    walk.log_in("meena")
    walk.row("Publish …", "Warfarin")
    walk.tab.fill("[name=note]", "5 mg became 3 mg")
    walk.click(re.compile("^Publish$"))
    walk.hears("Nothing was done yet.")
    walk.tick_dangers()
    walk.click(re.compile("^Publish$"))
    walk.hears("Patients read edition 2 of “Warfarin” since")
    assert "3 mg" in guide.live(timezone.now()).body

    walk.follow("The text you write in")
    walk.write("Call us at once", "Please call us at once")
    walk.place("Publish …").wait_for()
    walk.click("Publish …")
    walk.choose("Later", "radio")
    walk.tab.fill("[name=at]", (timezone.localtime() + datetime.timedelta(days=2)).strftime("%Y-%m-%dT10:00"))
    walk.click(re.compile("^Publish$"))
    walk.hears("Edition 3 waits. Patients read it from")
    walk.follow("Cancel …")
    walk.tab.fill("[name=note]", "Too late")
    walk.click("Cancel it")
    walk.hears("Cancelled. What patients read now stays.")

    walk.click("Publish …")
    walk.click(re.compile("^Publish$"))
    walk.hears("Patients read edition 4 of")
    walk.click("Undo")
    walk.hears("Undone. Patients read what edition 2 says, as edition 5.")
    walk.follow("Withdraw …")
    walk.choose("It is out of date", "radio")
    walk.tab.fill("[name=note]", "A new one is being written")
    walk.click("Withdraw")
    walk.hears("Withdrawn. Patients find a notice in its place.")
    assert guide.live(timezone.now()).is_notice


@walked(SCREEN, PHONE)
def test_an_administrator_invites_gives_a_role_lets_go_and_reads_what_was_done(clinic, walk):
    guide, asha, *_others = clinic
    walk.log_in("omar")
    menu(walk, "People")
    walk.tab.get_by_label("Name", exact=True).fill("Lata Rao")
    walk.tab.get_by_label("Mail", exact=True).fill("lata@clinic.example")
    walk.click("Send the invitation")
    walk.hears("The invitation was mailed to lata@clinic.example.")
    lata = User.objects.get(email="lata@clinic.example")
    assert "/admin/invitation/" in mail.outbox[-1].body and mail.outbox[-1].to == [lata.email]
    menu(walk, "People")
    walk.follow("Lata Rao")
    walk.choose("Publish")
    walk.click("Save")
    walk.hears("Saved.")
    assert set(lata.groups.values_list("name", flat=True)) == {"writers", "publishers"}
    menu(walk, "People")
    walk.follow("Asha")
    walk.tab.get_by_label("Hand over 1 guide").select_option(label="Lata Rao (0 guides)")
    walk.click(re.compile("^Asha leaves"))
    walk.hears("Asha has left.")
    guide.refresh_from_db()
    assert guide.owner == lata and not User.objects.get(pk=asha.pk).is_active

    menu(walk, "Everything that was done")
    assert "Meena published edition 1 of Warfarin: First." in " ".join(walk.tab.inner_text("main").split())
    menu(walk, "Who came in, and who may do what")
    assert "Lata Rao" in walk.tab.inner_text("main")


@walked(PHONE, SCREEN)
def test_an_administrator_looks_in_all_of_history_replaces_and_takes_a_file_for_a_complaint(clinic, walk):
    guide, *_others = clinic
    walk.log_in("omar")
    menu(walk, "What did we ever tell patients?")
    walk.tab.get_by_label("What patients were told").fill("111")
    walk.click("Look in all of history")
    walk.follow("Replace it everywhere, as one act")
    walk.tab.get_by_label("by", exact=True).fill("112")
    walk.click("Show what would change")
    walk.click("Save them, and have them reviewed first")
    walk.hears("1 text is saved, and not published")
    guide.refresh_from_db()
    assert "Call 112" in guide.body and "Call 111" in guide.live(timezone.now()).body

    menu(walk, "Any page as it was")
    walk.tab.fill("[name=path]", guide.get_absolute_url())
    walk.tab.fill("[name=at]", timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S"))
    with walk.tab.expect_download() as file:
        walk.place("One file for a complaint").click()
    assert file.value.suggested_filename.endswith(".zip")
    walk.click("Show the page")
    assert "Call 111" in walk.tab.inner_text("main")


def menu(walk, place):
    """What stands behind More."""
    if not walk.tab.locator(".ways details[open]").count():
        walk.tab.get_by_text("More", exact=True).click()
    walk.follow(place)


@walked(PHONE, SCREEN)
def test_a_guest_opens_a_link_remarks_and_judges(clinic, walk):
    guide, asha, *_others = clinic
    edit(guide, hand(asha), body=BODY.replace("5 mg", "3 mg"))
    _link, key = ReviewLink.invite(guide, invited="Dr Rao", email="", by=hand(asha), at=timezone.now())
    walk.go(f"/review/?k={key}")
    walk.tick_dangers()
    walk.tab.locator(".line", has_text="Call 111").locator("summary").click()
    walk.tab.locator("textarea:focus").fill("By day too?")
    walk.click("Keep this remark")
    walk.hears("Your remark is kept.")
    walk.tab.locator("[name=credential]").fill("Consultant haematologist")
    walk.click("Fit for patients")
    assert "Your judgement is recorded. Thank you." in walk.tab.inner_text("main")
    review = guide.reviews.latest("made_at")
    assert (review.reviewer_name, review.result) == ("Dr Rao", Review.Result.FIT)
    assert Remark.objects.get().by_name == "Dr Rao" and walk.context.cookies() == []
