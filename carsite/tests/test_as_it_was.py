"""As it was: staff read any page as patients saw it at a moment."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.utils import timezone

from carsite.tests.conftest import change
from conftest import hand, shown, unmarked, when
from publishing.models import Line, StoredPage


def test_a_page_is_shown_with_the_text_question_frame_and_review_of_that_moment(told, client):
    page = shown(client, told.then, told.address())
    for old, new in (("Take 5 drops.", "Take 2 drops."), ("Call 111.", "Call 222."), ("Old Clinic", "New Clinic")):
        assert old in unmarked(page.text) and new not in unmarked(page.text)
    assert "Dr Old" in page.text
    assert "Not what they read now." in page.text
    assert "Dr Old" not in client.get(told.address()).text
    assert "Take 2 drops." in unmarked(client.get(told.address()).text)


def test_the_bar_names_the_moment_in_the_clinics_time(told, client):
    local = timezone.localtime(told.then)
    assert f"As patients saw it on {local.day} {local:%B %Y, %H:%M}. Not what they read now." in (
        shown(client, told.then, told.address()).text
    )


def test_links_lead_on_within_the_moment_and_no_form_works(told, client):
    page = shown(client, told.then)
    assert f'href="/admin/as-it-was/{when(told.then)}{told.address()}"' in page.text
    outside = [href for href in re.findall(r'<a\b[^>]*\shref="([^"]*)"', page.text) if href.startswith("/")]
    assert outside and all(href.startswith("/admin/as-it-was/") for href in outside)
    assert "<form" not in page.text.replace("<form inert", "")
    assert "form-action 'none'" in page["Content-Security-Policy"]


def test_it_is_neither_stored_nor_indexed(told, client):
    before = StoredPage.objects.count()
    page = shown(client, told.then, told.address())
    assert "no-store" in page["Cache-Control"] and page["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in page.text
    assert StoredPage.objects.count() == before


def test_what_was_renamed_since_leads_on_and_what_was_not_yet_there_is_said_to_be_missing(told, client):
    old = told.address()
    change(told, slug="a-new-address")
    now = Line.objects.moment_of_reading()
    assert shown(client, now, old)["Location"] == f"/admin/as-it-was/{when(now)}/articles/a-new-address/"
    page = shown(client, told.then, "/articles/a-new-address/")
    assert page.status_code == 404 and "Not what they read now." in page.text


def test_a_withdrawn_guide_is_its_notice_only_since_then(told, client):
    before = Line.objects.moment_of_reading()
    told.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    assert shown(client, before, told.address()).status_code == 200
    assert shown(client, Line.objects.moment_of_reading(), told.address()).status_code == 410


def test_a_moment_to_come_says_what_waits_for_it(told, later, client):
    told.body = "Take 1 drops."
    told.keep(by=hand("Asha"), at=timezone.now())
    told.publish(by=hand("Meena"), note="For Friday", at=later)
    page = shown(client, later + datetime.timedelta(hours=1), told.address())
    assert "Take 1 drops." in unmarked(page.text) and "As patients will read it" in page.text
    assert "This waits until then: “Having a blood test”" in page.text
    assert "Nothing waits until then." in shown(client, later - datetime.timedelta(hours=1), told.address()).text


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2001-01-01T00:00:00Z", "the first act on this site was on"),
        ("0001-01-01T00:00:00Z", "No page was ever read in that year"),
        ("9999-12-31T23:59:59Z", "No page was ever read in that year"),
        ("2026-06-24T10:00:00", "That is not a date and a time"),
        ("yesterday", "That is not a date and a time"),
    ],
)
def test_a_moment_that_shows_nothing_gets_a_sentence(asked, answer, told, client):
    page = client.get(f"/admin/as-it-was/{asked}/")
    assert page.status_code == 404 and answer in page.text


def test_the_form_takes_the_clinics_time_and_any_address_of_the_site(told, client):
    local = (timezone.localtime(told.then) + datetime.timedelta(minutes=1)).replace(second=0, microsecond=0)
    sent = {"at": local.strftime("%Y-%m-%dT%H:%M"), "path": f"https://clinic.example{told.address()}?fbclid=1"}
    end = local.replace(second=59, microsecond=999_999)
    assert client.get("/admin/as-it-was/", sent).url == f"/admin/as-it-was/{when(end)}{told.address()}"
    page = client.get("/admin/as-it-was/").text
    assert "Asia/Kolkata" in page
    wrong = client.get("/admin/as-it-was/", {"at": "31 June", "path": "/admin/"}).text
    assert "Write it like 2026-06-24 10:00." in wrong and "Patients have no page at such an address" in wrong
    wrong = client.get("/admin/as-it-was/", sent | {"path": "http://[ward]/articles/"}).text
    assert "Patients have no page at such an address" in wrong


def test_somebody_without_a_role_reads_nothing_of_the_past(told, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor", is_staff=True))
    assert shown(client, told.then).status_code == 403


def test_a_page_in_another_language_stays_in_it(make_article, asha, client):
    article = make_article("خون کا ٹیسٹ", language="ur", body="One.")
    article.publish(by=hand("Meena"), note="First")
    then = change(article, body="Two.")
    client.force_login(asha)
    page = shown(client, then, article.address())
    assert '<html lang="ur" dir="rtl"' in page.text and "One." in page.text
    assert page["Content-Language"] == "ur"
    assert f'href="/admin/as-it-was/{when(then)}/ur/' in page.text


def test_the_first_page_of_the_admin_leads_to_the_tools(asha, client, django_user_model):
    client.force_login(asha)
    page = client.get("/admin/").text
    for url in ("/admin/as-it-was/", "/admin/recall/", "/admin/proof/"):
        assert f'href="{url}"' in page
    client.force_login(django_user_model.objects.create_user("visitor", is_staff=True))
    assert "/admin/recall/" not in client.get("/admin/").text


def test_a_moment_in_another_clock_is_the_same_moment(told, client):
    """What was typed by hand, or copied from elsewhere, has an offset."""
    page = shown(client, told.then, told.address())
    for hours in (5.5, -5):
        zone = datetime.timezone(datetime.timedelta(hours=hours))
        asked = told.then.astimezone(zone).isoformat()
        other = client.get(f"/admin/as-it-was/{quote(asked)}{told.address()}").text
        assert unmarked(other.replace(asked, "")) == unmarked(page.text.replace(when(told.then), ""))
    assert client.get("/admin/as-it-was/0001-01-01T00:00:00+05:30/").status_code < 500
