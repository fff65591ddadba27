"""Blanks that are filled in for one patient: patients see a line, staff a field, and nothing that is typed goes anywhere."""

import re

import pytest

from conftest import hand
from publishing.text import plain, render

BODY = "## Dose\n\nTake [[dose in the morning]] with [tea](/articles/). Come on [[your next visit]].\n"


@pytest.fixture
def leaflet(make_article):
    guide = make_article("Tablets", body=BODY)
    guide.publish(by=hand("Meena"), note="First")
    return guide


def test_a_blank_is_a_line_to_write_on_for_patients(leaflet, client):
    html = client.get(leaflet.get_absolute_url()).text
    assert 'Take <span class="gap">dose in the morning</span> with <a href="/articles/">tea</a>' in html
    assert "<input" not in html.partition("<main")[2].partition('class="read helped"')[0]


@pytest.mark.parametrize(
    "text", ["[[Warfarin]]", "[[toc]]", "[[a|b]]", "[[file:x.png]]", "[[drops](/a/)", "\\[[a dose]]"]
)
def test_marks_of_other_programs_are_no_blanks(text):
    assert "gap" not in render(text)
    assert 'href="/a/"' in render("[[drops]](/a/)") and plain(render("One [[dose]].")) == "One dose."


def test_staff_fill_them_in_on_a_page_that_can_send_nothing(leaflet, asha, client):
    client.force_login(asha)
    page = client.get(f"/admin/articles/article/{leaflet.pk}/for-patient/")
    policy = page["Content-Security-Policy"]
    assert "form-action 'none'" in policy and "connect-src 'none'" in policy and "default-src 'none'" in policy
    assert "script-src" not in policy and "no-store" in page["Cache-Control"] and "<form" not in page.text
    assert "handout" not in page.text  # it would lead away from what was typed, to a sheet without it
    fields = re.findall("<input[^>]*>", page.text)
    assert len(fields) == 4 and not any("name=" in one or "type=" in one for one in fields)
    assert all('autocomplete="off" spellcheck="false"' in one for one in fields)
    assert '<label class="filled">dose in the morning <input' in page.text and "<script" not in page.text
    leaflet.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert client.get(f"/admin/articles/article/{leaflet.pk}/for-patient/").status_code == 302
    client.logout()
    assert client.get(f"/admin/articles/article/{leaflet.pk}/for-patient/").status_code == 302
