"""When to call: sections that say how soon, and the numbers, wherever a patient looks for one."""

import re

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from carsite import faults
from conftest import edit, hand
from publishing.models import Frame, findings_of
from publishing.safety import find

BODY = """## Fever (call now)

Call if you have a fever over 38.

- Bleeding

## Rash (call today)

A red skin.

## Hair (next visit)

It may fall out.

## Food

Eat well."""


@pytest.fixture
def numbers(db):
    given = {"clinic_number": "+91 (80) 4567 8900", "visit_number": "080 4567 8911"}
    frame = Frame.objects.create(pk=1, **given)
    frame.publish(by=hand("Omar"), note="First")
    return frame


@pytest.fixture
def page(numbers, make_article, client):
    make_article("Fever", slug="fever", body=BODY).publish(by=hand("Meena"), note="First")
    return client.get("/articles/fever/").text


def test_a_section_that_says_when_to_call_ends_with_its_own_number(page):
    dials = re.findall(r'<p class="dial (\w+)"><a class="btn" href="tel:([^"]*)">', page)
    assert dials == [("now", "112"), ("today", "+918045678900"), ("visit", "08045678911")]
    assert '<section id="fever" class="call now"' in page and '<span class="when">Call now:</span> Fever</h2>' in page
    assert ">Call now: Fever</a>" in page.partition('<div class="text">')[0]


def test_the_box_stands_where_no_section_says_call_now_and_names_both_numbers(page, make_article, client):
    assert '<section class="now"' not in page
    make_article("Rash", slug="rash", body=BODY.replace("(call now)", "")).publish(by=hand("Meena"), note="First")
    (box,) = re.findall(r'<section class="now".*?</section>', client.get("/articles/rash/").text, re.DOTALL)
    assert re.findall('href="tel:([^"]*)', box) == ["112", "+918045678900"]
    assert 'href="tel:+918045678900"' in client.get("/").text.partition("<footer")[2]


@pytest.mark.parametrize("given", ["clinic_number", "visit_number"])
def test_of_two_numbers_the_one_that_the_clinic_gives_stands_for_the_other(given, make_article, client):
    Frame.objects.create(pk=1, **{given: "080 4567 8911"}).publish(by=hand("Omar"), note="First")
    make_article("Rash", slug="rash", body=BODY).publish(by=hand("Meena"), note="First")
    dials = re.findall(r'<p class="dial (\w+)"><a class="btn" href="tel:([^"]*)">', client.get("/articles/rash/").text)
    assert dials == [("now", "112"), ("today", "08045678911"), ("visit", "08045678911")]


def test_who_is_to_call_today_reads_what_to_do_where_the_clinic_gives_no_number(make_article, client):
    guide = make_article("Rash", slug="rash", body=BODY)
    found = [one for one in findings_of(guide, timezone.now()) if one.check.id == "number to call"]
    assert [(one.passage, one.line) for one in found] == [("Rash", 7)]
    guide.publish(by=hand("Meena"), note="First")
    page = client.get("/articles/rash/").text
    assert re.findall('class="dial (.*?)"', page) == ["now", "today"] and 'href="tel:"' not in page
    today = page.partition('class="dial today">')[2].partition("</p>")[0]
    assert "you cannot reach anyone" in today and 'href="tel:112"' in today
    Frame.objects.create(pk=1, visit_number="080 4567 8911").publish(by=hand("Omar"), note="First")
    assert "number to call" not in {one.check.id for one in findings_of(guide, timezone.now())}


def test_another_number_is_on_every_page_at_once(page, numbers, client):
    edit(numbers, "Omar", clinic_number="080 1111 2222")
    numbers.publish(by=hand("Omar"), note="Moved")
    assert 'href="tel:08011112222"' in client.get("/articles/fever/").text


def test_the_page_of_a_fault_names_the_numbers_even_without_a_database(numbers, client, monkeypatch):
    faults.remember()
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise DatabaseError("not today")

    with monkeypatch.context() as patch, connection.execute_wrapper(broken):
        patch.setattr(connection, "cursor", broken)
        patch.setattr(connection, "ensure_connection", broken)
        answer = client.get("/articles/")
    monkeypatch.setattr(faults, "_known", {})
    assert answer.status_code == 500 and 'href="tel:+918045678900"' in answer.text and 'href="tel:112"' in answer.text


LOST = "this was marked “call now” and no longer is"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (" (call now)", "", LOST),
        ("(call now)", "(call today)", LOST),
        ("(call now)", "(next visit)", LOST),
        ("(call today)", "(next visit)", "this was marked “call today” and no longer is"),
        ("## Fever (call now)\n\n", "", LOST),
        ("(next visit)", "(call today)", None),
        ("## Food", "## Food (call now)", None),
    ],
)
def test_less_of_a_call_is_substance_and_more_is_not(old, new, told):
    what = {one for danger in find(BODY, BODY.replace(old, new)) for one in danger.what}
    assert what == ({told} if told else set())


def test_what_moves_from_under_a_call_to_a_lesser_one_is_told():
    moved = BODY.replace("- Bleeding\n\n", "").replace("A red skin.", "A red skin.\n\n- Bleeding")
    (danger,) = find(BODY, moved)
    assert LOST in danger.what and "Bleeding" in danger.before


def test_the_page_of_a_check_has_the_box_where_the_guide_has_it(numbers, make_article, ravi, client):
    client.force_login(ravi)

    def checked(title, body):
        page = client.get(f"/admin/articles/article/{make_article(title, body=body).pk}/review/").text
        return [page.find(one) for one in ('<section class="now"', 'id="food')]

    box, section = checked("One", BODY)
    assert box == -1 < section
    box, section = checked("Two", BODY.replace("(call now)", ""))
    assert section < box
    box, section = checked("Three", BODY.replace("(call now)", "(risks)"))
    assert -1 < box < section
