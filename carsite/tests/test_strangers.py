"""What a stranger, or a colleague who means ill, gets nowhere with: docs/faults.md lists it all."""

import re

import pytest
from django.core.exceptions import ValidationError

from carsite.tests.conftest import change_url
from conftest import hand
from publishing.models import Publisher, Sponsor

WHO = {"username": "omar", "password": "a-long-pass-phrase"}
BREAKS_OUT = '</title><script>x("1")</script>'
SIGNS = "Tea \"x(1)'><x&y 5 < 6"
RUNS = re.compile(r"<script>x\(|</title><script|<x&|x\(1\)'>")


@pytest.mark.parametrize("place", ["//other.example", "https://other.example/", "/\\other.example", "javascript:x()"])
def test_no_log_in_leads_to_another_site(place, omar, client):
    answer = client.post("/admin/login/", WHO | {"next": place}, query_params={"next": place})
    assert answer.status_code == 302 and "other.example" not in answer.url and answer.url.startswith("/admin/")


def test_the_cookies_of_staff_reach_no_script_and_no_other_site(omar, client):
    client.post("/admin/login/", WHO)
    cookies = client.cookies.values()
    assert len(cookies) == 2 and all(one["httponly"] and one["samesite"] == "Lax" for one in cookies)


def test_what_is_typed_into_plain_fields_stays_text_on_every_page(make_article, omar, client):
    guide = make_article(SIGNS, lead=SIGNS, slug="breaks-out", uploaded_by=BREAKS_OUT)  # a tag in a title is refused
    guide.publish(by=hand("Meena"), note=BREAKS_OUT)
    public = ["/", "/articles/", "/articles/breaks-out/", "/articles/breaks-out/history/", "/feed/", "/sitemap.xml"]
    client.force_login(omar)
    pages = [*public, "/search/?q=title", "/admin/articles/article/", change_url(guide)]
    pages += [change_url(guide).replace("change", other) for other in ("history", "delete")]
    pages += [f"/admin/articles/article/{guide.pk}/preview/", "/admin/", "/admin/publishing/line/"]
    shown = [client.get(path) for path in pages]
    assert {answer.status_code for answer in shown} <= {200, 302, 403}
    assert [path for path, answer in zip(pages, shown, strict=True) if RUNS.search(answer.text)] == []
    assert sum("x(" in answer.text for answer in shown) > 8


def test_an_address_of_a_publisher_or_sponsor_runs_nothing(db):
    for one in (Publisher(name="A", websites="javascript:x()"), Sponsor(name="B", address="javascript:x()")):
        with pytest.raises(ValidationError) as refused:
            one.full_clean()
        assert {"websites", "address"} & set(refused.value.message_dict)


def test_no_password_is_guessed_by_asking_a_list(make_article, omar, client):
    guide = make_article(owner=omar)
    client.force_login(omar)
    asked = [f"/admin/articles/article/?owner__password__startswith={one}" for one in ("pbkdf2", "nothing")]
    first, second = (client.get(path) for path in asked)
    assert first.status_code == second.status_code
    assert guide.title not in first.text or guide.title in second.text
