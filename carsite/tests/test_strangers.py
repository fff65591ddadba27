"""What a stranger, or a colleague who means ill, gets nowhere with: docs/faults.md lists it all."""

import io
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


@pytest.mark.parametrize(
    "cookies", ["sessionid=abc; csrftoken=zz; messages=x", "sessionid=; csrftoken=", "sessionid=a\\; b"]
)
def test_no_page_for_readers_answers_a_cookie_whatever_cookie_was_sent(cookies, make_article, client):
    make_article("Blood", slug="blood").publish(by=hand("Meena"), note="First")
    paths = ["/", "/articles/blood/", "/articles/blood/edit/", "/articles/blood/history/1/", "/search/?q=a", "/h/"]
    paths += ["/h/2345-6789/", "/thanks/", "/feedback/", "/review/?k=x", "/robots.txt", "/sitemap.xml", "/health/"]
    paths += ["/favicon.ico", "/media/none.png", "/nothing/", "/hi/search/?q=a", "/static/none.css"]
    for path in paths:
        answer = client.get(path, headers={"cookie": cookies})
        assert not answer.cookies and "Cookie" not in answer.get("Vary", ""), path
        assert not client.post(path, headers={"cookie": cookies}).cookies, path


@pytest.mark.browser
def test_a_tool_that_checks_a_guide_may_ask_for_robots_txt_from_there_and_no_script_runs(
    press, live_server, tab, make_article
):
    make_article("Blood", slug="blood").publish(by=hand("Meena"), note="First")
    answer = tab.goto(f"{live_server.url}/articles/blood/")
    browser = tab.context.new_cdp_session(tab)
    frame = browser.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    asked = {"url": f"{live_server.url}/robots.txt", "frameId": frame}
    asked["options"] = {"disableCache": True, "includeCredentials": False}
    assert browser.send("Network.loadNetworkResource", asked)["resource"]["httpStatusCode"] == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy and "default-src 'none'" in policy and "connect-src 'self'" in policy


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


class Unread:
    """What is sent, by somebody who looks whether it is read."""

    def __init__(self, size):
        self.size, self.was_read = size, 0

    def read(self, size=-1):
        self.was_read += 1
        return b"x" * min(size if size >= 0 else self.size, self.size)

    readline = read


@pytest.mark.parametrize("path", ["/admin/articles/article/bring/", "/admin/login/", "/feedback/", "/review/?k=x"])
def test_what_a_stranger_sends_is_not_read_where_it_is_more_than_a_form_holds(path, client, db):
    client.get("/admin/login/")  # a stranger has the token of a form, too
    body = Unread(110_000_000)
    told = {"CONTENT_LENGTH": str(body.size), "wsgi.input": body, "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = client.post(path, **told)
    assert answer.status_code == 413 and body.was_read == 0 and answer.headers["Connection"] == "close"
    assert "log in and send it again" in answer.text


def test_staff_send_more(client, asha):
    client.force_login(asha)
    text = b"# Sling\n\nRest it.\n\n## At home\n\nKeep it dry at home.\n" + b"<!-- " + b"x" * 5_500_000 + b" -->"
    answer = client.post("/admin/articles/article/bring/", {"act": "add", "files": [io.BytesIO(text)]})
    assert answer.status_code == 302
