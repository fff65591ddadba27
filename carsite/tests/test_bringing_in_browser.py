"""Bringing texts in, in a browser: files are dropped and come in, and axe finds nothing on any of its pages."""

import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles.models import Article, Brought, Topic
from articles.tests.papers import docx, p
from carsite.tests.conftest import found_by_axe
from conftest import hand, judge

pytestmark = [pytest.mark.browser, pytest.mark.slow]
URL = "/admin/articles/article/bring/"
CARE = (
    "---\ntitle: {}\nweight: 3\n---\n\nWhat you should do at home with it.\n\n## At home\n\nKeep it dry and rest. {}\n"
)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, "PNG")
    return file.getvalue()


FILES = {
    "stoma.docx": docx(p("Living with a stoma", "T"), p("At home", "H"), p("You should wash your hands before it.")),
    "sling.md": CARE.format("Wearing a sling", "\n\n![Cloth](images/no.png)\n\n::: danger\n\nCall us.\n").encode(),
    "plaster.md": (
        CARE.format("Your plaster", "\n\n![Arm](arm.png)\n").encode() + b"\n## Questions\n\n### May I swim?\n\nNo.\n"
    ),
    "gotas.md": b"# Bilo kaj\n\nPreberite ta list doma preden odstranite povoj.\n\n## Doma\n\nRoke umijte.\n",
    "warfarin.md": CARE.format("Warfarin at home", "Take 3 mg.").encode(),
    "sling.pdf": b"x",
    "arm.png": picture(),
}


@pytest.fixture
def at_desk(live_server, tab, press, meena, make_article):
    make_article("Warfarin at home", body="## How\n\nTake 5 mg.").publish(by=hand("Omar"), note="First")
    Topic(title="Arms").keep(by=hand("Omar"), note="New")
    client = Client()
    client.force_login(meena)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    tab.context.add_cookies([session])

    def at(path):
        tab.goto(live_server.url + path)
        return tab

    return at


def bring(page):
    files = [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in FILES.items()]
    page.locator("#files").set_input_files(files)
    page.get_by_text("Passed over: 1").wait_for()
    while page.locator("#go-on").count():
        page.wait_for_timeout(200)


def check(page, called):
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    assert found_by_axe(page, called) == []


def test_axe_finds_nothing_from_the_first_file_to_what_is_published(at_desk, meena, ravi):
    page = at_desk(URL)
    check(page, "empty")
    bring(page)
    assert page.locator("tbody tr").count() == 5
    check(page, "table")
    check(at_desk(f"{URL}?show=doubt"), "doubts")
    for name in ("sling.md", "plaster.md", "stoma.docx", "warfarin.md"):
        check(at_desk(f"{URL}{Brought.objects.get(name=name).pk}/"), name)
    page = at_desk(URL)
    page.get_by_role("button", name="Bring in as drafts").click()
    page.get_by_text("is a draft now").wait_for()
    check(at_desk(f"{URL}?show=taken"), "brought in")
    taken = Article.objects.filter(intake__isnull=False)
    assert {one.title for one in taken} == {"Living with a stoma"}  # whatever is doubted is not ticked
    page = at_desk(URL)
    page.get_by_label("Choose all on this page").check()
    page.get_by_role("button", name="Bring in as drafts").click()
    page.get_by_text("stayed: say first as what each is taken").wait_for()
    page = at_desk(f"{URL}publish/")
    assert "Nothing can be published at once" in page.text_content("main")
    check(page, "held back")
    for one in taken:
        for work in (one, *one.entry_set.all()):
            judge(work, ravi)
    page = at_desk(f"{URL}publish/")
    check(page, "ready")
    page.get_by_label("Change note").fill("Brought in from the old site")
    page.get_by_label("Publish without what is missing?").fill("They stood so for years.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("heading", name="1 guide published").wait_for()
    check(page, "published")
    page.get_by_role("link", name="Living with a stoma").click()
    assert page.get_by_role("heading", name="Living with a stoma").count() == 1


def test_what_waits_says_until_when(at_desk):
    page = at_desk(URL)
    bring(page)
    until = timezone.localdate(timezone.now() + datetime.timedelta(days=30))
    assert f"{until.day} {until:%B %Y}" in page.text_content("main")
