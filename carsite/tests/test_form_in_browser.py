"""The form of a text as staff meet it, in Chromium: kept while it is typed, moved by keys and hand, read by axe."""

import contextlib
import json
import re
import shutil
import time
import urllib.request

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from carsite.tests.conftest import House, change_url, found_by_axe
from conftest import edit, hand
from publishing.models import Buffer

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


@pytest.fixture
def article(press, make_article, make_entry, asha, meena):
    article = make_article(title="Warfarin", body="## How to take it\n\n1. At six.\n2. Take 5 mg.\n\nThen each week.")
    for place, question in enumerate(("First?", "Second?", "Third?"), 1):
        make_entry(question, article=article, place=place)
    article.publish(by=hand("Meena"), note="First")
    return article


@pytest.fixture
def site(live_server, tab):
    """Opens an address of the desk as somebody who is logged in; each asking to leave is agreed to, and counted."""

    def log_in(user, page=tab):
        client = Client()
        client.force_login(user)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])

    def open_(path):
        tab.goto(live_server.url + path)
        return tab

    open_.log_in, open_.asked = log_in, []
    tab.on("dialog", lambda dialog: (open_.asked.append(dialog.type), dialog.accept()))
    return open_


@pytest.fixture
def form(site, article, asha):
    site.log_in(asha)
    return site(change_url(article))


def bar(page):
    return page.locator(".bar p")


def says(place, words, timeout=6000):
    playwright.expect(place).to_contain_text(re.compile(words), timeout=timeout)


def rows():
    return Buffer.objects.filter(saved_at=None)


def test_what_is_typed_is_kept_within_five_seconds_and_offered_after_a_crash(form, site, article):
    says(bar(form), r"Saved .*Patients read edition 1\.")
    form.locator("#id_lead").press("End")
    form.locator("#id_lead").press_sequentially("Half a sent")
    says(bar(form), r"Kept \d\d:\d\d\. Not saved yet\. Patients read edition 1\.", timeout=5000)
    assert rows().get().text("lead") == "A short test.Half a sent"
    site("/admin/")
    assert site.asked == ["beforeunload"]
    page = site(change_url(article))
    says(page.locator(".box").last, r"You typed here at \d\d:\d\d and did not save")
    assert page.locator("#id_lead").input_value() == "A short test."
    page.get_by_role("link", name="Take it up again").click()
    assert page.locator("#id_lead").input_value() == "A short test.Half a sent"
    page.locator("#id_lead").press("End")
    page.locator("#id_lead").press_sequentially("ence.")
    page.keyboard.press("Control+s")
    says(page.locator(".messagelist"), r"Saved \d\d:\d\d\. Patients read edition 1\.")
    assert page.evaluate("document.activeElement.closest('.messagelist') !== null")
    article.refresh_from_db()
    assert article.lead == "A short test.Half a sentence." and not rows().exists()
    assert page.get_by_text("You typed here").count() == 0


def test_leaving_a_field_keeps_at_once_and_leaving_the_page_too(form, site):
    form.locator("#id_lead").fill("On leaving the field")
    form.locator("#id_title").focus()
    says(bar(form), "Kept", timeout=2000)
    form.locator("#id_title").fill("On leaving the page")
    site("/admin/")
    form.wait_for_timeout(500)
    assert rows().get().text("title") == "On leaving the page"


def test_a_question_that_is_added_is_kept_and_comes_last(form, site, article):
    form.locator("#questions > summary").click()
    form.get_by_role("button", name="Add a question").click()
    new = form.locator(".moves > li").last
    new.locator("input[type=text]").fill("Fourth?")
    new.locator("textarea").fill("Yes.")
    form.locator("#id_title").focus()
    says(bar(form), "Kept")
    page = site(change_url(article))
    page.get_by_role("link", name="Take it up again").click()
    assert page.locator(".moves > li").count() == 4
    page.locator("#save").click()
    page.wait_for_load_state()
    assert list(article.entry_set.values_list("question", flat=True)) == ["First?", "Second?", "Third?", "Fourth?"]
    assert article.entry_set.get(question="Fourth?").place == 4


def test_logged_out_it_says_so_and_goes_on_after_a_log_in_in_another_tab(form, site, asha, ravi, article):
    Session.objects.all().delete()
    form.locator("#id_lead").fill("Typed after the log-out")
    says(bar(form), "Not kept: log in in another tab. Your text is still in this page.")
    assert not rows().exists()
    site.log_in(ravi)
    says(bar(form), "Not kept: somebody else is logged in here now", timeout=8000)
    assert not rows().exists()
    site.log_in(asha)
    says(bar(form), r"Kept \d\d:\d\d", timeout=8000)
    form.locator("#save").click()
    says(form.locator(".messagelist"), "Saved")
    article.refresh_from_db()
    assert article.lead == "Typed after the log-out"


def test_without_an_answer_it_says_since_when_and_tries_again(form):
    form.route("**/keep/", lambda route: route.abort())
    form.locator("#id_lead").fill("No answer")
    says(bar(form), r"Not kept since \d\d:\d\d: no answer from the site. Do not close this page.")
    form.unroute("**/keep/")
    says(bar(form), "Kept", timeout=8000)


def test_an_untouched_form_asks_nothing_and_keeps_nothing(form, site):
    form.locator("#id_lead").focus()
    form.locator("#id_title").focus()
    site("/admin/")
    assert site.asked == [] and not Buffer.objects.exists()


def test_nothing_typed_stays_in_the_browser(form):
    form.locator("#id_lead").fill("Ward computers are shared")
    says(bar(form), "Kept")
    stored = form.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert "shared" not in stored and "Warfarin" not in stored


def test_questions_are_moved_by_arrows_by_buttons_and_by_hand(form, article):
    form.locator("#questions > summary").click()
    titles = form.locator(".moves > li > details > summary")

    def shown():
        return titles.evaluate_all("found => found.map((one) => one.firstChild.textContent.trim())")

    grip = form.get_by_role("button", name="Move “First?”: arrow up or down")
    grip.press("ArrowDown")
    assert shown() == ["Second?", "First?", "Third?"]
    says(form.locator("#moved"), "Now place 2 of 3.")
    assert grip.evaluate("one => document.activeElement === one")
    titles.nth(2).click()
    form.locator(".moves > li").nth(2).get_by_role("button", name="Move up").click()
    assert shown() == ["Second?", "Third?", "First?"]
    titles.nth(1).click()
    grips = form.locator(".grip")
    grips.nth(2).drag_to(form.locator(".moves > li").first, target_position={"x": 40, "y": 4})
    assert shown() == ["First?", "Second?", "Third?"]
    grips.nth(0).press("ArrowDown")
    form.locator("#save").click()
    says(form.locator(".messagelist"), "Saved")
    assert list(article.entry_set.values_list("question", flat=True)) == ["Second?", "First?", "Third?"]


def test_the_next_step_saves_first_and_leads_on(form, article):
    form.locator("#id_body").fill("## How to take it\n\nTake 3 mg.")
    form.locator("#id_title").focus()
    says(form.locator("#next"), "Ask for a check …")
    form.locator("#next").click()
    form.wait_for_url(re.compile(r"/(ask|invite)/$"))
    article.refresh_from_db()
    assert "Take 3 mg" in article.body and not rows().exists()


def test_from_the_title_to_the_next_step_it_is_twelve_tabs_at_most(site, article, meena):
    site.log_in(meena)
    page = site(change_url(article))
    page.locator("#id_title").focus()
    for _tab in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "next":
            break
    assert page.evaluate("document.activeElement.id") == "next"
    says(page.locator("#next"), "Publish …")


def test_two_who_save_choose_by_passage(form, article, meena, site, asha):
    form.locator("#id_body").fill(article.body.replace("5 mg", "3 mg"))
    form.locator("#id_title").focus()
    says(bar(form), "Kept")
    edit(article, meena, body=article.body.replace("5 mg", "4 mg").replace("each week", "each month"))
    form.locator("#save").click()
    says(form.locator("h1"), "Two texts of “Warfarin”")
    says(form.locator(".box.bad"), "3 mg and 4 mg")
    assert found_by_axe(form, "two texts") == []
    form.get_by_label("Take mine", exact=True).check()
    form.locator("#save").click()
    says(form.locator(".messagelist"), "Saved")
    article.refresh_from_db()
    assert article.body.endswith("2. Take 3 mg.\n\nThen each month.")


def test_axe_finds_nothing_on_the_form_and_on_the_choice_of_patterns(form, site, article, meena):
    Buffer.keep(f"{int(timezone.now().timestamp()):x}-{'x' * 16}", **mine(meena, article))
    form.locator("#id_lead").fill("Typed")
    says(bar(form), "Kept")
    form = site(change_url(article))
    form.evaluate("document.querySelectorAll('main form details').forEach((one) => { one.open = true })")
    tool(form, "Link").first.click()
    form.keyboard.type("a")
    form.wait_for_timeout(1500)
    assert found_by_axe(form, "form") == []
    tool(form, "Picture").first.click()
    says(form.get_by_role("group", name="Picture").first, "No picture fits.")
    assert found_by_axe(form, "form with pictures") == []
    assert found_by_axe(site("/admin/articles/article/new/"), "new") == []
    assert found_by_axe(site("/admin/articles/article/add/?pattern=test"), "new guide") == []


def mine(person, article):
    return {
        "person": person,
        "work": article.name,
        "typed": {"body": ["Hers"]},
        "base": json.loads("{}"),
        "at": timezone.now(),
    }


def test_a_new_question_may_be_taken_out_again(form, article):
    form.locator("#questions > summary").click()
    for question in ("Wrong?", "Right?"):
        form.get_by_role("button", name="Add a question").click()
        form.locator(".moves > li").last.locator("input[type=text]").fill(question)
        form.locator(".moves > li").last.locator("textarea").fill("Yes.")
    form.locator(".moves > li").nth(3).get_by_role("button", name="Take out of this guide").click()
    form.locator("#save").click()
    says(form.locator(".messagelist"), "Saved")
    assert article.entry_set.count() == 4 and article.entry_set.filter(question="Right?").exists()


def tool(place, name):
    return place.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def test_answers_have_the_small_tools_and_their_own_preview(form, site, article):
    form.locator("#questions > summary").click()
    form.locator(".moves > li > details > summary").first.click()
    row = form.locator(".moves > li").first
    playwright.expect(row.get_by_role("toolbar", name="Put into the answer “First?”")).to_be_visible()
    row.locator("textarea").fill("a card")
    tool(row, "List").click()
    says(row.get_by_role("region", name="What patients will see: First?"), "a card")
    playwright.expect(row.locator(".markdownx-preview li")).to_have_text("a card")
    form.get_by_role("button", name="Add a question").click()
    new = form.locator(".moves > li").last
    new.locator("input[type=text]").fill("Fourth?")
    new.locator("textarea").fill("Yes")
    tool(new, "Bold").click()
    playwright.expect(new.locator(".markdownx-preview strong")).to_have_text("Yes", timeout=6000)
    form.locator("#save").click()
    says(form.locator(".messagelist"), "Saved")
    answers = dict(article.entry_set.values_list("question", "answer"))
    assert (answers["First?"], answers["Fourth?"]) == ("- a card", "**Yes**")
    page = site(change_url(article.entry_set.get(question="First?")))
    assert page.get_by_role("toolbar", name="Put into the answer").get_by_role("button").count() == 5
    says(page.get_by_role("region", name="What patients will see"), "a card")


def test_the_preview_turns_with_the_language_chosen(form):
    says(form.get_by_role("region", name="What patients will see"), "Take 5 mg")
    seen = form.locator(".markdownx-preview").first
    assert seen.evaluate("one => [one.lang, one.dir]") == ["en", "ltr"]
    form.evaluate("document.querySelectorAll('main form > details').forEach((one) => { one.open = true })")
    form.locator("#id_language").select_option("ur")
    playwright.expect(seen).to_have_attribute("dir", "rtl", timeout=6000)
    assert seen.get_attribute("lang") == "ur" and form.locator("#id_body").get_attribute("dir") == "auto"


def test_a_link_to_a_guide_is_looked_up_and_kept_and_what_was_typed_for_it_is_not(form, site, make_article):
    make_article(title="Your yellow book").publish(by=hand("Meena"), note="First")
    form.locator("#id_body").evaluate("box => box.setSelectionRange(box.value.length, box.value.length)")
    tool(form, "Link").first.click()
    form.keyboard.type("yell")
    form.wait_for_timeout(3000)
    assert not rows().exists()
    form.get_by_role("button", name="Your yellow book").click()
    form.locator("#id_title").focus()
    says(bar(form), "Kept")
    assert rows().get().text("body").endswith("each week.[Your yellow book](/articles/your-yellow-book/)")


@pytest.mark.slow
@pytest.mark.xdist_group("processes")
def test_a_long_guide_opens_with_few_requests_and_little_to_load(furnished, tmp_path, tab):
    folder = tmp_path / "site"
    shutil.copytree(furnished, folder)
    house = House(folder, "")
    house.run("collectstatic", "--noinput", "--verbosity", "0")
    house.do(WRITER)
    address = house.serve()
    try:
        wait_for(address)
        tab.goto(f"{address}/admin/login/?next=/admin/articles/article/900/change/")
        asked, sizes, load = {}, {}, tab.context.new_cdp_session(tab)
        load.send("Network.enable")
        load.on("Network.requestWillBeSent", lambda one: asked.update({one["requestId"]: one["request"]["url"]}))
        load.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
        tab.fill("#id_username", "nurse")
        tab.fill("#id_password", "a-long-pass-phrase")
        tab.click("[type=submit]")
        tab.locator("#save").wait_for()
        for limit in (90_000, 30_000):
            if limit == 90_000:
                load.send("Network.clearBrowserCache")
            asked.clear()
            tab.goto(f"{address}/admin/articles/article/900/change/")
            tab.locator("#id_body").scroll_into_view_if_needed()
            tab.wait_for_timeout(2500)
            sent = {url: sizes.get(one, 0) for one, url in asked.items() if url.startswith(address)}
            assert 5 < len(sent) <= 12 and sum(sent.values()) <= limit, (limit, sent)
    finally:
        house.stop()


WRITER = """
from django.contrib.auth.models import Group, User
from django.utils import timezone
from articles.models import Article
from publishing.models import Hand
user = User.objects.create_user("nurse", password="a-long-pass-phrase", is_staff=True)
user.groups.add(Group.objects.get(name="writers"))
words = "The nurse takes a little blood from your arm, and number {} of {} looks at it for you. "
parts = ["## Part " + str(part) + "\\n\\n" + "".join(words.format(part, one) for one in range(8)) for part in range(24)]
body = "\\n\\n".join(parts)
Article(pk=900, title="Long", body=body).keep(by=Hand.of(user), at=timezone.now())
"""


def wait_for(address):
    for _try in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address + "/health/", timeout=5).close()
            return
        time.sleep(0.2)
