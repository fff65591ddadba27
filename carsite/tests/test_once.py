"""Forms that are sent twice, and forms that claim more rows than anybody wrote."""

import re
import threading

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article, ArticleEdition, Topic
from carsite.staff import once
from carsite.tests.conftest import change_url, fields_of
from publishing.models import Line, Publisher, ReviewLink, SentForm
from publishing.models.typed.sent import KEPT, TAKES_AT_MOST

pytestmark = pytest.mark.databases


def token_on(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page.text)[1]


def sent_twice(client, url, **given):
    """Both answers to one form, sent twice from one page, as a second click does."""
    given |= {"csrfmiddlewaretoken": token_on(client.get(url))}
    return client.post(url, given), client.post(url, given)


ADDED = {
    Publisher: {"name": "Example Cancer Care"},
    Topic: {"title": "Blood", "place": 1, "note": "New"},
    User: {"name": "Nila Rao", "mail": "nila@clinic.example", "roles": "writers"},
}


@pytest.mark.parametrize("model", ADDED)
def test_an_add_form_sent_twice_makes_one_row_and_both_lead_to_it(model, omar, client):
    client.force_login(omar)
    before = model.objects.count()
    first, second = sent_twice(client, f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/", **ADDED[model])
    assert first.status_code == second.status_code == 302 and first["Location"] == second["Location"]
    assert model.objects.count() == before + 1


def test_a_guide_added_twice_is_one_guide_and_the_page_says_so(asha, client):
    client.force_login(asha)
    add = "/admin/articles/article/add/"
    given = fields_of(client.get(add)) | {"title": "Two clicks", "_continue": "Save"}
    first, second = sent_twice(client, add, **given)
    assert Article.objects.count() == 1 and first["Location"] == second["Location"] == change_url(Article.objects.get())
    assert "arrived twice, and was done once" in client.get(second["Location"]).text


def test_the_same_words_from_a_page_opened_anew_are_another_form(omar, client):
    client.force_login(omar)
    for _ in range(2):
        add = "/admin/publishing/sponsor/add/"
        client.post(
            add,
            {
                "csrfmiddlewaretoken": token_on(client.get(add)),
                "name": "Example",
                "wording": "Paid by",
                "language": "en",
            },
        )
    assert SentForm.objects.count() == 2


def test_who_goes_back_and_writes_something_else_is_heard(omar, client):
    client.force_login(omar)
    add = "/admin/publishing/publisher/add/"
    token = token_on(client.get(add))
    for name in ("One", "Two"):
        client.post(add, {"csrfmiddlewaretoken": token, "name": name})
    assert Publisher.objects.count() == 2


def test_a_form_that_was_refused_may_be_sent_again(omar, client):
    client.force_login(omar)
    first, second = sent_twice(client, "/admin/publishing/publisher/add/", name="")
    assert first.status_code == second.status_code == 200 and "This field is required" in second.text
    assert not SentForm.objects.exists()


def test_an_invitation_sent_twice_makes_one_link(article, asha, client):
    client.force_login(asha)
    sent_twice(client, f"/admin/articles/article/{article.pk}/ask/", name="Dr Nila Rao")
    assert ReviewLink.objects.count() == 1


def test_an_act_sent_twice_is_one_act_and_the_second_is_not_told_that_it_failed(article, meena, client):
    client.force_login(meena)
    url = f"/admin/articles/article/{article.pk}/publish/"
    given = {"edits": client.get(url).context["form"]["edits"].value(), "note": "First", "emergency": "A test"}
    first, second = sent_twice(client, url, **given)
    assert first["Location"] == second["Location"] and ArticleEdition.objects.count() == 1
    assert Line.objects.filter(work=article.name).count() == 1


def test_forms_are_forgotten_after_a_day(omar, client):
    client.force_login(omar)
    old = SentForm.objects.create(digest="old", sent_at=timezone.now() - KEPT, led_to="/admin/")
    sent_twice(client, "/admin/publishing/publisher/add/", name="Example")
    assert SentForm.objects.count() == 1 and not SentForm.objects.filter(pk=old.pk)


def test_a_form_whose_process_was_ended_may_be_sent_again(db):
    at = timezone.now()
    assert SentForm.take("one", at=at)[1] and not SentForm.take("one", at=at)[1]
    assert SentForm.take("one", at=at + TAKES_AT_MOST * 2)[1]
    assert not SentForm.take("one", at=at + TAKES_AT_MOST * 2)[1]


@pytest.mark.slow
def test_a_form_sent_by_many_clicks_at_once_makes_one_thing(press):
    person = User.objects.create_user("clicker", is_staff=True)
    person.groups.set(Group.objects.all())
    client = Client()
    client.force_login(person)
    add = "/admin/publishing/publisher/add/"
    given, led_to = {"csrfmiddlewaretoken": token_on(client.get(add)), "name": "At once"}, []

    def click():
        one = Client()
        one.cookies.update(client.cookies)
        try:
            led_to.append(one.post(add, given)["Location"])
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert Publisher.objects.count() == 1 and len(led_to) == 6 and len(set(led_to)) == 1


@pytest.mark.parametrize("rows", ["99999", " 99999", "99999.0", "+99999", "9_9999", "٩٩٩٩٩", "201"])
@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
def test_a_form_of_too_many_rows_is_refused_before_work_and_loses_no_words(name, rows, article, asha, client):
    client.force_login(asha)
    url = change_url(article)
    given = fields_of(client.get(url)) | {"body": "My words."}
    given |= {one: rows for one in given if one.endswith(name)}
    answer = client.post(url, given)
    assert answer.status_code == 400 and "room for 200 rows" in answer.text and "My words." in answer.text
    article.refresh_from_db()
    assert article.body == "One."


@pytest.mark.parametrize("rows", ["9" * 5000, "x", ""])
def test_a_number_of_rows_that_is_none_gets_a_sentence(rows, article, asha, client):
    client.force_login(asha)
    given = fields_of(client.get(change_url(article)))
    given |= {one: rows for one in given if one.endswith("TOTAL_FORMS")}
    assert client.post(change_url(article), given).status_code in (200, 400)


def test_a_form_whose_first_process_died_shows_what_was_typed_and_is_not_called_done(omar, client, monkeypatch):
    client.force_login(omar)
    add = "/admin/publishing/publisher/add/"
    given = {"csrfmiddlewaretoken": token_on(client.get(add)), "name": "Typed for an hour"}
    monkeypatch.setattr(once, "first", lambda row, answer: answer())  # it never says where it led
    monkeypatch.setattr(once, "WAITS", 0.1)
    client.post(add, given)
    Publisher.objects.all().delete()
    page = client.post(add, given)
    assert page.status_code == 409 and "Typed for an hour" in page.text and "not known yet" in page.text
    assert not Publisher.objects.exists()
