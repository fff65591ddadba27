"""What staff typed is never lost: a form of the admin that is refused shows each field as it was sent."""

import pytest
from django import forms
from django.utils import timezone

from articles.models import Topic
from carsite.tests.conftest import change_url, fields_of, form_of
from conftest import act_of_a_fast_clock, hand
from publishing.models import Frame, Picture, Publisher, Sponsor

# By each kind that has a form: what is wrong in what is sent.
WRONG = {
    "article": {"title": ""},
    "entry": {"question": ""},
    "topic": {"note": ""},
    "frame": {"clinic": "C" * 500},
    "publisher": {"name": ""},
    "sponsor": {"name": ""},
    "picture": {"alt_text": "A" * 301},
}
ADDED = {
    "article": "/admin/articles/article/add/",
    "entry": "/admin/faq/entry/add/",
    "topic": "/admin/articles/topic/add/",
    "publisher": "/admin/publishing/publisher/add/",
    "sponsor": "/admin/publishing/sponsor/add/",
}


@pytest.fixture
def row(kind, make_article, make_entry):
    """A row of that kind."""
    made = {
        "article": make_article,
        "entry": make_entry,
        "frame": lambda: Frame.objects.create(pk=1),
        "publisher": lambda: Publisher.objects.create(name="Clinic"),
        "sponsor": lambda: Sponsor.objects.create(name="A maker"),
        "picture": lambda: Picture.objects.create(
            name="a" * 64 + ".png", width=1, height=1, uploaded_at=timezone.now()
        ),
    }
    return topic() if kind == "topic" else made[kind]()


def topic():
    made = Topic(title="Blood")
    made.keep(by=hand("Meena"), note="New")
    return made


def filled(client, url):
    """What a browser sends of a form as it is: nothing of a field in which nothing is chosen."""
    unchosen = {"ticks"}
    return {name: value for name, value in fields_of(client.get(url)).items() if value or name not in unchosen}


def sent_and_shown(client, url, wrong):
    """What is typed into every field of words of a form, and what the form shows after it was refused."""
    page = client.get(url)
    fields = form_of(page).fields
    words = [name for name, one in fields.items() if type(one) is forms.CharField and not one.widget.is_hidden]
    sent = filled(client, url) | {name: f"Typed {name}" for name in words} | wrong
    answer = client.post(url, sent)
    assert answer.status_code == 200, "it was not refused"
    shown = fields_of(answer)
    return as_words(sent), as_words({name: shown[name] for name in sent})


def as_words(values):
    """A field as a browser sends it: the form gives back numbers, and lists of what was chosen."""
    return {name: " ".join(value) if isinstance(value, list) else str(value) for name, value in values.items()}


@pytest.mark.parametrize("kind", WRONG)
def test_a_change_that_is_refused_is_still_in_the_form(kind, row, omar, client):
    client.force_login(omar)
    sent, shown = sent_and_shown(client, change_url(row), WRONG[kind])
    assert shown == sent


@pytest.mark.parametrize("kind", ADDED)
def test_what_is_new_and_refused_is_still_in_the_form(kind, omar, client):
    client.force_login(omar)
    sent, shown = sent_and_shown(client, ADDED[kind], WRONG[kind])
    assert shown == sent


def test_a_topic_that_the_ledger_refuses_is_still_in_the_form(omar, client):
    client.force_login(omar)
    row = topic()
    act_of_a_fast_clock(hours=1)
    for url in (ADDED["topic"], change_url(row)):
        typed = {"title": "Typed anew", "note": "Typed too", "place": "7"}
        page = client.post(url, filled(client, url) | typed)
        assert "Ask the operator to set the clock right." in page.text
        assert {name: fields_of(page)[name] for name in typed} == typed
