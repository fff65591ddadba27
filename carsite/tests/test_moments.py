"""Days and moments that staff type mean one day and one moment, also where the clocks of the clinic change."""

import datetime
import re
from html import unescape
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.urls import get_resolver
from django.utils import timezone

from carsite.past.as_it_was import AsItWasForm
from carsite.tests.conftest import answer, change, fields_of
from carsite.tests.test_typed_text import ROOMS, by_omar, forms_of_the_admin, subclasses  # noqa: F401
from conftest import hand, unmarked, when
from publishing.models import Line, ReviewLink
from publishing.record import spoken
from publishing.staff.acts.forms import PublishForm, WithdrawForm
from publishing.staff.moments import DayField, MomentField, around_gap, moments_of

pytestmark = pytest.mark.databases

NOON = datetime.datetime(2025, 3, 4, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def paris(settings):
    settings.TIME_ZONE = "Europe/Paris"
    return ZoneInfo("Europe/Paris")


def fields(request, work):
    """Every field for a day or a moment of every form that staff, or who has a link, can fill in."""
    assert get_resolver().url_patterns  # so that every module with a form is loaded
    ours = {one for one in subclasses(forms.Form) if one.__module__.startswith(ROOMS)}
    found = [field for form in {*ours, *forms_of_the_admin(request)} for field in form.base_fields.items()]
    for form in (PublishForm(work=work), WithdrawForm(work=work), AsItWasForm()):
        found += form.fields.items()
    return [(name, field) for name, field in found if isinstance(field, forms.DateField | forms.DateTimeField)]


def test_every_field_of_a_day_or_a_moment_says_its_form_and_takes_only_that(by_omar, make_article):  # noqa: F811
    found = fields(by_omar, make_article())
    assert {name for name, _field in found} >= {"published_on", "next_due_on", "at"}
    for name, field in found:
        is_day = isinstance(field, DayField)
        assert is_day or isinstance(field, MomentField), name
        typed = "2025-03-04" if is_day else "2025-03-04 12:00"
        said = re.search(r"rite it like (\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)", field.help_text)[1]
        assert field.clean(said) and field.clean(typed) == field.clean(typed.replace(" ", "T"))
        for wrong in (
            "04/03/2025",
            "4.3.2025",
            "04/03/2025 12:00",
            "March 4, 2025",
            "04-03-2025",
            "2025-02-30",
            "2025",
        ):
            with pytest.raises(forms.ValidationError, match="Write it like 202"):
                field.clean(wrong)


def test_a_day_that_can_be_two_is_refused_in_the_admin_and_nothing_typed_is_lost(owned, asha, client):
    client.force_login(asha)
    address = f"/admin/articles/article/{owned.pk}/change/"
    sent = fields_of(client.get(address))
    page = client.post(address, sent | {"published_on": "04/03/2025", "lead": "A lead."}).text
    assert "“04/03/2025” is not one clear day. Write it like 2025-06-24" in unescape(page)
    assert 'value="04/03/2025"' in page and "A lead." in page
    assert client.post(address, sent | {"published_on": "2025-03-04"}).status_code == 302
    owned.refresh_from_db()
    assert owned.published_on == datetime.date(2025, 3, 4)
    assert 'value="2025-03-04"' in client.get(address).text


def test_a_day_by_link_is_asked_for_in_one_form_whatever_the_language_of_the_page(make_article, asha, client):
    article = make_article("Ein Bluttest", language="ur", by=hand(asha))
    _link, key = ReviewLink.invite(article, invited="Dr Rao", email="", by=hand(asha), at=timezone.now())
    page = client.get(f"/review/?k={key}").text
    assert re.search(r'<input type="date" name="next_due_on" value="\d{4}-\d\d-\d\d"', page)
    refused = answer(client, f"/review/?k={key}", next_due_on="04/03/2027").text
    assert "“04/03/2027” is not one clear day" in unescape(refused)
    assert not article.reviews.exists()


def test_the_hour_that_comes_twice_and_the_one_that_never_comes(paris):
    twice, never = datetime.datetime(2026, 10, 25, 2, 30), datetime.datetime(2026, 3, 29, 2, 30)
    assert [f"{at:%H:%M}" for at in moments_of(twice, paris)] == ["00:30", "01:30"]
    assert moments_of(never, paris) == []
    assert [f"{at:%H:%M}" for at in around_gap(never, paris)] == ["01:59", "03:00"]
    assert len(moments_of(twice.replace(hour=4), paris)) == 1
    # A whole day that Samoa left out, and half an hour on Lord Howe.
    left_out = around_gap(datetime.datetime(2011, 12, 30, 9), ZoneInfo("Pacific/Apia"))
    assert [f"{at:%d %H:%M}" for at in left_out] == ["29 23:59", "31 00:00"]
    half = around_gap(datetime.datetime(2026, 10, 4, 2, 10), ZoneInfo("Australia/Lord_Howe"))
    assert [f"{at:%H:%M}" for at in half] == ["01:59", "02:30"]


def next_year():
    return timezone.localdate().year + 1


def last_sunday(year, month):
    day = datetime.date(year, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


@pytest.mark.parametrize("act", ["schedule", "withdraw"])
def test_an_act_in_the_hour_that_comes_twice_is_asked_which(act, paris, make_article, meena, client):
    article = make_article()
    if act == "withdraw":
        article.publish(by=hand("Asha"), note="First")
    client.force_login(meena)
    address, day = f"/admin/articles/article/{article.pk}/{act}/", last_sunday(next_year(), 10)
    sent = {"edits": article.edits, "note": "Then", "emergency": "A test", "reason": "out of date"}
    page = unescape(client.post(address, sent | {"at": f"{day}T02:30"}).text)
    assert f"{day} 02:30 comes twice in Europe/Paris" in page
    first, second = f"{day} 02:30+02:00", f"{day} 02:30+01:00"
    assert f"Write {first} for the first time, {second} for the second." in page
    # What a browser's own field could not show, nor let anybody type, stands in one for text.
    assert f'<input type="text" name="at" value="{day}T02:30"' in page
    assert client.post(address, sent | {"at": second.replace("+", " +")}).status_code == 302
    waiting = article.waiting(timezone.now())
    assert waiting.in_force_at == datetime.datetime(day.year, 10, day.day, 1, 30, tzinfo=datetime.UTC)
    assert "02:30 (UTC+0100)" in client.get(f"/admin/articles/article/{article.pk}/change/").text


def test_an_act_in_the_hour_that_never_comes_is_told_which_times_there_are(paris, make_article, meena, client):
    article = make_article()
    client.force_login(meena)
    day = last_sunday(next_year(), 3)
    sent = {"edits": article.edits, "note": "Then", "emergency": "A test", "at": f"{day}T02:30"}
    page = unescape(client.post(f"/admin/articles/article/{article.pk}/schedule/", sent).text)
    assert f"There is no {day} 02:30 in Europe/Paris" in page
    assert f"after {day} 01:59 comes {day} 03:00. Choose one of these." in page
    assert article.waiting(timezone.now()) is None


def test_as_it_was_offers_both_moments_of_an_hour_that_comes_twice(paris, told, client):
    day = last_sunday(next_year(), 10)
    asked = {"at": f"{day}T02:30", "path": told.address(), "show": "Show the page"}
    page = unescape(client.get("/admin/as-it-was/", asked).text)
    found = re.findall(r'<a href="(\?at=[^"]*)">at ([^<]*)</a>', page)
    assert [typed for _url, typed in found] == [f"{day} 02:30+02:00", f"{day} 02:30+01:00"]
    led = [unquote(client.get(f"/admin/as-it-was/{url}").url) for url, _typed in found]
    for at, hour in zip(led, ("00", "01"), strict=True):
        assert at == f"/admin/as-it-was/{day}T{hour}:30:59.999999Z{told.address()}"
    bars = [client.get(at).text for at in led]
    assert "02:30 (UTC+0200)" in bars[0] and "02:30 (UTC+0100)" in bars[1]
    never = unescape(client.get("/admin/as-it-was/", asked | {"at": f"{last_sunday(next_year(), 3)}T02:30"}).text)
    assert "There is no" in never and '<a href="?at=' not in never


def read_at(client, typed, path):
    """What staff see who ask for a page as it was at a moment that they type."""
    return unmarked(client.get("/admin/as-it-was/", {"at": typed, "path": path}, follow=True).text)


def test_the_minute_shown_for_an_edition_shows_that_edition(told, client):
    change(told, body="Take 9 drops.")
    in_force = told.live(Line.objects.moment_of_reading()).in_force_at
    local = timezone.localtime(in_force)
    assert f"{local:%H:%M}" in spoken(in_force)
    for typed in (f"{local:%Y-%m-%dT%H:%M}", f"{local:%Y-%m-%d %H:%M}", f"{local:%Y-%m-%dT%H:%M:%S}"):
        assert "Take 9 drops." in read_at(client, typed, told.address())
    exact = (in_force - datetime.timedelta(microseconds=1)).isoformat()
    assert "Take 9 drops." not in read_at(client, exact, told.address())


def test_what_has_not_come_yet_of_the_minute_asked_for_is_not_called_the_past():
    now = timezone.now()
    field = MomentField(ends_by=now)
    local = timezone.localtime(now)
    assert field.clean(f"{local:%Y-%m-%d %H:%M}") == now
    before = local.replace(second=0, microsecond=0) - datetime.timedelta(minutes=5)
    end = before.replace(second=59, microsecond=999_999)
    assert field.clean(f"{before:%Y-%m-%d %H:%M}") == end
    assert field.clean(f"{before:%Y-%m-%d %H:%M:%S}") == before.replace(microsecond=999_999)
    assert field.clean(before.isoformat("T", "microseconds")) == before
    assert MomentField().clean(f"{before:%Y-%m-%d %H:%M}") == before
    assert when(field.clean("2025-03-04T12:00Z")) == when(NOON.replace(second=59, microsecond=999_999))
