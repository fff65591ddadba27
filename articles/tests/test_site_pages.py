"""The pages that every site needs: in the foot of each page, at an address right below the site, kept like any text."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import timezone

from articles.beside.first import ORDER, take_first
from articles.models import TAKEN, Page, PageEdition
from conftest import changed, hand, mapped, shown, when
from publishing.models import Hand, Line, findings_of
from publishing.record import faults


@pytest.fixture
def make_page(db):
    def make(title="Privacy", body="We set no cookie.", **content):
        page = Page(title=title, body=body, **content)
        page.keep(by=hand("Asha"), at=timezone.now())
        page.publish(by=hand("Meena"), note="First")
        return page

    return make


def foot(client, path):
    return client.get(path).text.partition('<footer class="foot">')[2]


@pytest.mark.parametrize(
    "path", ["/", "/articles/", "/faq/", "/search/?q=drip", "/no/such/page/", "/privacy/", "/words/"]
)
def test_the_foot_of_every_page_leads_to_the_pages_in_their_order(make_page, client, path):
    make_page("Privacy", place=2)
    make_page("About this site", place=1)
    links = foot(client, path)
    assert links.index(">About this site</a>") < links.index('<a href="/privacy/">Privacy</a>')


def test_a_page_stands_right_below_the_site_and_in_its_language(make_page, client):
    make_page("निजता", "हम कोई कुकी नहीं रखते।", language="hi", slug="privacy")
    assert client.get("/privacy/").status_code == 404
    page = client.get("/hi/privacy/")
    assert page.status_code == 200 and '<html lang="hi"' in page.text and "कुकी" in page.text
    assert ">निजता</a>" in foot(client, "/hi/articles/") and "निजता" not in foot(client, "/articles/")


def test_a_page_leads_to_itself_in_other_languages(make_page, client):
    make_page("Privacy")
    alone = client.get("/privacy/").text
    make_page("निजता", "कुकी नहीं।", language="hi", slug="privacy")
    link = '<a href="/hi/privacy/" dir="ltr" lang="hi" hreflang="hi">'
    assert link in client.get("/privacy/").text and link not in alone
    assert '<a href="/privacy/" dir="ltr" lang="en" hreflang="en">' in client.get("/hi/privacy/").text


def test_a_page_can_be_proven_like_a_guide(make_page, asha, client, tmp_path):
    make_page("Privacy", "## No cookie\n\nWe set *no* cookie.\n\n- None.")
    client.force_login(asha)
    sent = client.get(f"/admin/complaint/{when(Line.objects.moment_of_reading())}/privacy/")
    zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content))).extractall(tmp_path)
    verify = [sys.executable, "verify.py"]
    assert subprocess.run(verify, cwd=tmp_path, capture_output=True, text=True).stdout.startswith(
        "This holds: 1 edition"
    )
    page = tmp_path / "page.html"
    page.write_text(page.read_text().replace("<em>no</em>", "one"))
    assert "does not show pages/" in subprocess.run(verify, cwd=tmp_path, capture_output=True, text=True).stdout


def test_what_comes_with_the_project_is_published_once_in_each_language(db, at):
    counts = [take_first(code, by=Hand.command("set-up"), at=at) for code in ("en", "hi", "ur", "te", "en")]
    assert min(counts[:3]) > len(ORDER) and counts[3:] == [0, 0]
    changed(Page.objects.get(language="ur", slug="about"), slug="renamed")
    assert take_first("ur", by=Hand.command("set-up"), at=at) == 0
    live = PageEdition.objects.live(Line.objects.moment_of_reading()).readable()
    assert live.filter(language="en").count() == len(ORDER)
    for one in Page.objects.all():
        assert findings_of(one, at).must_fix == [], one
        is_first = one.language == "en"
        assert is_first or one.body.startswith("> [!NOTE]"), f"{one} says that no native speaker has read it"


def test_a_page_that_is_missing_in_a_language_is_led_to_in_the_first_with_its_own_language_said(make_page, client):
    make_page("Privacy")
    make_page("Contact")
    make_page("رازداری", "ہم کوئی کوکی نہیں رکھتے۔", language="ur", slug="privacy")
    links = foot(client, "/ur/")
    assert '<a href="/contact/" dir="ltr" lang="en" hreflang="en">Contact</a>' in links
    assert '<a href="/ur/privacy/">رازداری</a>' in links and ">Privacy<" not in links


def test_an_act_on_a_page_changes_the_foot_of_its_language_alone(make_page, client):
    page = make_page("Privacy")
    before, hindi = client.get("/articles/").text, client.get("/hi/articles/").text
    changed(page, title="Privacy and cookies")
    assert "Privacy and cookies" in client.get("/articles/").text != before
    page.withdraw(by=hand("Meena"), note="Old", reason="out of date", text="Ask us.")
    assert "Privacy" not in foot(client, "/articles/") and ">Privacy</a>" in hindi
    gone = client.get("/privacy/")
    assert gone.status_code == 410 and "Ask us." in gone.text and list(faults()) == []


def test_history_and_as_it_was_and_map_come_with_the_kind(make_page, asha, client):
    page, then = make_page("Privacy"), Line.objects.moment_of_reading()
    changed(page, body="We set one cookie, for staff.")
    told = client.get("/privacy/history/").text
    assert told.index("Changed") < told.index("First") and 'href="/privacy/"' in told
    assert "/privacy/</loc>" in mapped(client) and "sitemap-pages.xml" in client.get("/sitemap.xml").text
    client.force_login(asha)
    assert "We set no cookie." in shown(client, then, "/privacy/").text
    assert "one cookie" in shown(client, Line.objects.moment_of_reading(), "/privacy/").text


def test_a_renamed_address_leads_on_and_no_page_takes_one_of_the_site(make_page, client):
    page = make_page("Privacy")
    changed(page, slug="privacy-and-cookies")
    moved = client.get("/privacy/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/privacy-and-cookies/")
    with pytest.raises(ValidationError, match="belongs to another part of the site"):
        Page(title="Guides", slug="articles", body="x").full_clean()
    assert make_page("Search").slug == "search-2"


def test_every_first_part_of_an_address_of_the_site_is_taken():
    def firsts(patterns, before=""):
        for one in patterns:
            route = before + str(one.pattern)
            if hasattr(one, "url_patterns") and "/" not in route:
                yield from firsts(one.url_patterns, route)
            elif "<" not in route.partition("/")[0]:
                yield route.partition("/")[0].partition(".")[0].partition("-")[0]

    assert {one for one in firsts(get_resolver().url_patterns) if one} - TAKEN == set()


def test_staff_find_pages_in_a_list_of_their_own_like_guides(make_page, meena, client):
    page = make_page("Privacy")
    client.force_login(meena)
    told = client.get("/admin/articles/page/").text
    assert ">Privacy</a>" in told and "Topic" not in told.partition("<main")[2] and "No topic" not in told
    form = client.get(f"/admin/articles/page/{page.pk}/change/").text
    assert "Patients read edition 1" in form and "/privacy/" in form
    assert client.get("/admin/articles/page/add/").status_code == 200
