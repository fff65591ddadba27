"""What staff typed is shown again, to be copied, wherever it could not be saved."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from articles.models.articles import Article
from carsite.staff.unsaved import typed
from carsite.tests.conftest import change_url, fields_of, found_by_axe, is_too_wide
from publishing.models import Line

EDITOR = [f"/admin/editor/{name}/" for name in ("preview", "picture", "paste")]
HERE = {"Origin": "http://testserver"}
WORDS = "Two </textarea><script>alert(1)</script>\r\n\r\n& three."


@pytest.fixture
def strict(db):
    """A browser whose forms need their token."""
    return Client(enforce_csrf_checks=True)


def token_on(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def opened(client, url):
    """What a browser would send of the form at an address, its token included."""
    page = client.get(url)
    return fields_of(page) | {"csrfmiddlewaretoken": token_on(page), "body": WORDS, "_save": "Save"}


def shows(answer, *words):
    """Whether the answer is the page that shows what was typed, with these words and nothing that may run."""
    assert answer.status_code == 403 and answer["Cache-Control"] == "no-store"
    assert "<script" not in answer.text and "<form" not in answer.text and "csrfmiddlewaretoken" not in answer.text
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)
    return all(escape(one.replace("\r\n", "\n")) in answer.text for one in words)


def shows_nothing_of(answer, *words):
    return answer.status_code == 403 and not any(escape(one) in answer.text for one in words)


def unchanged(work):
    was = (work.edits, work.body)
    work.refresh_from_db()
    return (work.edits, work.body) == was and not Line.objects.exists()


@pytest.mark.parametrize("ended", ["expired", "logged out", "password changed", "account closed"])
def test_what_was_typed_is_shown_when_the_log_in_has_ended(article, asha, strict, ended):
    strict.force_login(asha)
    sent = opened(strict, change_url(article))
    if ended == "expired":
        Session.objects.all().delete()
    elif ended == "logged out":
        strict.logout()
    else:
        asha.set_password("another-pass-phrase")
        asha.is_active = ended != "account closed"
        asha.save()
    answer = strict.post(change_url(article), sent, headers=HERE)
    assert shows(answer, "you were logged out", WORDS, "Having a blood test", "A little.", "Question 1: question")
    log_in = f'href="/admin/login/?next={change_url(article).replace("/", "%2F")}" target="_blank" rel="noopener"'
    assert log_in in answer.text and unchanged(article)


def test_what_was_typed_is_shown_after_a_log_in_in_another_tab(article, asha, strict):
    strict.get("/admin/login/")
    strict.force_login(asha)
    sent = opened(strict, change_url(article))
    strict.logout()
    token = token_on(strict.get("/admin/login/"))
    again = {"username": "asha", "password": "a-long-pass-phrase", "csrfmiddlewaretoken": token}
    assert strict.post("/admin/login/", again, headers=HERE).status_code == 302
    answer = strict.post(change_url(article), sent, headers=HERE)
    assert shows(answer, "You are logged in as asha", WORDS) and "you were logged out" not in answer.text
    assert f'href="{change_url(article)}" target="_blank" rel="noopener"' in answer.text and unchanged(article)


def test_what_another_site_sent_is_neither_saved_nor_shown(article, asha, strict):
    strict.force_login(asha)
    sent = opened(strict, change_url(article))
    foreign = ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://testserver.evil.example"}, {})
    for headers in foreign:
        answer = strict.post(change_url(article), sent | {"csrfmiddlewaretoken": "x" * 32}, headers=headers)
        assert shows(answer, "did not come from a page of this site")
        assert shows_nothing_of(answer, "three.", "A little.")
    assert unchanged(article)


def test_what_a_person_typed_who_may_no_longer_save_is_shown(article, asha, client):
    client.force_login(asha)
    sent = fields_of(client.get(change_url(article))) | {"body": WORDS}
    asha.groups.clear()
    assert shows(client.post(change_url(article), sent), "this account is not allowed", WORDS) and unchanged(article)
    asha.is_staff = False
    asha.save()
    assert shows(client.post(change_url(article), sent), "this account is not allowed", WORDS) and unchanged(article)


def test_the_note_of_an_act_is_shown_and_nothing_is_published(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    edits = client.get(url).context["form"]["edits"].value()
    client.logout()
    sent = {"edits": edits, "note": "The dose is now right.", "ticks": ["a" * 64], "companions": ["1:2"]}
    answer = client.post(url, sent)
    assert shows(answer, "Note", "The dose is now right.", "Look again at: Ticks, Companions.")
    assert "a" * 64 not in answer.text and unchanged(article)


def is_gone(answer, *words, gone="this"):
    assert answer.status_code == 410 and answer["Cache-Control"] == "no-store" and "<script" not in answer.text
    assert f"Somebody deleted {gone} while you were writing." in answer.text
    return all(escape(one.replace("\r\n", "\n")) in answer.text for one in words)


def test_what_was_typed_is_shown_when_the_text_was_deleted_meanwhile(make_article, make_entry, asha, client):
    client.force_login(asha)
    for work, name in ((make_article(), "body"), (make_entry(), "answer")):
        sent = fields_of(client.get(change_url(work))) | {name: WORDS}
        other = Client()
        other.force_login(asha)
        assert other.post(change_url(work).replace("/change/", "/delete/"), {"post": "yes"}).status_code == 302
        assert is_gone(client.post(change_url(work), sent), WORDS, str(work))
        assert not type(work).objects.exists() and client.get(change_url(work)).status_code == 302


def test_what_was_typed_is_shown_when_a_question_beside_it_was_deleted(article, asha, client):
    client.force_login(asha)
    sent = fields_of(client.get(change_url(article))) | {"body": WORDS, "entry_set-0-answer": "Only the arm."}
    article.entry_set.get().delete()
    assert is_gone(
        client.post(change_url(article), sent), WORDS, "Question 1: answer", "Only the arm.", gone="question 1"
    )
    assert unchanged(article)


def test_the_words_of_a_reviewer_are_shown_when_the_text_was_deleted_meanwhile(make_article, ravi, client):
    work = make_article()
    url = change_url(work).replace("/change/", "/review/")
    work.delete()
    client.force_login(ravi)
    sent = {"result": "not fit", "reviewer_name": "Ravi", "credential": "doctor", "note": "Say for how long."}
    assert is_gone(client.post(url, sent), "Say for how long.", "doctor")


def test_what_was_deleted_twice_or_may_not_be_seen_is_no_loss(make_article, asha, strict, client):
    work = make_article()
    url = change_url(work)
    work.delete()
    client.force_login(asha)
    assert client.post(url.replace("/change/", "/delete/"), {"post": "yes"}).status_code == 302
    assert client.post("/admin/auth/user/99999/change/", {"username": "x"}).status_code in (302, 403)
    strict.force_login(asha)
    answer = strict.post(url, {"body": "three."}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and "three." not in answer.text


def test_passwords_and_files_are_never_shown(client, strict, omar):
    new = {"username": "nila", "password1": "hidden-phrase", "password2": "hidden-phrase", "usable_password": "true"}
    answer = client.post("/admin/auth/user/add/", new | {"file": SimpleUploadedFile("a.txt", b"words of the file")})
    assert shows(answer, "nila", "Passwords are not shown", "Files are not kept")
    assert shows_nothing_of(answer, "hidden-phrase", "words of the file", "able password")
    client.force_login(omar)
    client.logout()
    changed = {"old_password": "hidden-phrase", "new_password1": "hidden-phrase", "new_password2": "hidden-phrase"}
    for path in ("/admin/password_change/", f"/admin/auth/user/{omar.pk}/password/"):
        assert shows_nothing_of(client.post(path, changed | new), "hidden-phrase")


def test_a_refused_log_in_says_what_to_do_and_shows_no_password(strict, asha):
    who = {"username": "asha", "password": "a-long-pass-phrase", "next": "/admin/"}
    for headers in (HERE, {"Origin": "https://evil.example"}):
        answer = strict.post("/admin/login/?next=/admin/articles/", who, headers=headers)
        assert shows(answer, "You are not logged in yet", "/admin/login/?next=/admin/articles/", "cookies")
        assert shows_nothing_of(answer, "a-long-pass-phrase", "asha")


def test_who_could_not_log_out_is_told_so(strict, asha):
    strict.force_login(asha)
    assert shows(strict.post("/admin/logout/", headers=HERE), "You are still logged in")
    strict.logout()
    assert strict.post("/admin/logout/", headers=HERE).status_code == 403
    assert Client().post("/admin/logout/").status_code == 302


def test_the_editor_is_told_in_one_sentence_that_its_form_is_too_old(strict, asha):
    for path in EDITOR:
        assert "You are logged out." in strict.post(path, {"content": "x"}, headers=HERE).json()["error"]
    strict.force_login(asha)
    for path in EDITOR:
        answer = strict.post(path, {"content": "x"}, headers=HERE)
        assert answer.status_code == 403 and "Copy your text" in answer.json()["error"]
        assert "logged in again" in answer.json()["error"]


def test_every_typed_field_has_its_label_and_what_is_only_carried_has_none():
    given = QueryDict(mutable=True)
    given.update({"title": "A", "topic": "3", "body": "long " * 100, "place": "  ", "emergency_number": "108"})
    given.update(
        {
            "entry_set-1-answer": "B",
            "entry_set-1-id": "7",
            "entry_set-1-article": "7",
            "entry_set-TOTAL_FORMS": "2",
            "edits_seen": "4",
        }
    )
    given.update({"entry_set-__prefix__-place": "0", "_save": "Save", "csrfmiddlewaretoken": "x"})
    shown = typed(given, model=Article, labels={"title": "Its name"})
    assert [(field.label, field.text[:5]) for field in shown.fields] == [
        ("Its name", "A"),
        ("Text", "long "),
        ("Emergency number", "108"),
        ("Question 2: answer", "B"),
    ]
    assert typed(QueryDict(f"a-{'9' * 5000}-b=c")).fields == []  # no field has such a name
    assert (shown.chosen, shown.has_secrets) == (["Topic"], False)
    assert [field.rows for field in shown.fields] == [1, 14, 1, 1]


@pytest.mark.browser
def test_a_text_survives_the_end_of_the_session_in_a_real_browser(press, live_server, make_article, asha, tab):
    article, complaints = make_article(body="One."), []
    client = Client()
    client.force_login(asha)
    tab.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    tab.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(live_server.url + change_url(article))
    text = "\nدو لفظ & <b>three</b>.\n\n" + "A long line that goes on. " * 200
    tab.locator("#id_body").fill(text)
    Session.objects.all().delete()
    tab.locator("#id_body").press_sequentially("!")
    tab.get_by_text("You are logged out. Copy your text").wait_for()
    with tab.expect_navigation():
        tab.locator("[name=_save]").click()
    assert tab.get_by_label("Text", exact=True).input_value().strip("!") == text
    assert tab.get_by_label("Title").input_value() == "Having a blood test"
    assert not is_too_wide(tab) and complaints == []
    assert found_by_axe(tab, "logged out") == []
    article.refresh_from_db()
    assert article.body == "One." and article.changed_at < timezone.now()
