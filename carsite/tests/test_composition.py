"""What a reader is shown is put together in one place, and has a digest."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import resolve

from articles.models import ArticleEdition, Topic
from conftest import hand
from publishing.models import Frame
from publishing.record import composed

PAGES = [
    "/",
    "/articles/",
    "/articles/car-t-cell-therapy/",
    "/articles/car-t-cell-therapy/history/",
    "/faq/",
    "/faq/{}/",
]


def refuse(execute, sql, *_rest):
    raise AssertionError(f"A template asked the database: {sql}")


@pytest.fixture
def whole(guide, at):
    return lambda: composed(guide.live(at + datetime.timedelta(seconds=5)), at + datetime.timedelta(seconds=5))


@pytest.mark.parametrize("path", [*PAGES, "/topics/{topic}/", "/search/?q=cells", "/faq/gone/"])
def test_templates_ask_the_database_nothing(path, guide, rf, at):
    guide.entry_set.last().withdraw(by=hand("Meena"), note="Old", reason="out of date", text="Ask us.")
    gone, kept = guide.entry_set.last(), guide.entry_set.first()
    path = path.format(kept.slug, topic=Topic.objects.get().slug).replace("gone", gone.slug)
    request = rf.get(path)
    request.user, request.LANGUAGE_CODE = AnonymousUser(), "en"
    request.moment = lambda: at + datetime.timedelta(seconds=5)
    found = resolve(path.partition("?")[0])
    response = found.func(request, *found.args, **found.kwargs)
    with connection.execute_wrapper(refuse):
        response.render()
    assert response.status_code in (200, 410) and "</html>" in response.content.decode()


def test_the_digest_is_the_same_for_the_same_page_and_another_for_any_other(whole, guide, ravi, at):
    first = whole().digest
    assert whole().digest == first and len(first) == 64
    told = {first}

    def changes():
        told.add(whole().digest)
        return len(told)

    text = guide.freeze().text_digest
    due = at.date() + datetime.timedelta(days=100)
    guide.review(
        by=hand(ravi), text_digest=text, result="fit", next_due_on=due, reviewer_name="Ravi", credential="Haematologist"
    )
    assert changes() == 2
    topic = Topic.objects.get()
    topic.title = "Blood"
    topic.keep(by=hand("Omar"), note="A shorter name")
    assert changes() == 3
    frame = Frame(pk=1)
    frame.banner = "The ward is closed."
    frame.keep(by=hand("Omar"), at=at)
    frame.publish(by=hand("Omar"), note="Closed")
    assert changes() == 4
    entry = guide.entry_set.first()
    entry.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert changes() == 5


def test_a_draft_is_composed_of_the_texts_as_they_are_being_written(guide, at):
    entry = guide.entry_set.first()
    entry.answer = "Another answer."
    entry.keep(by=hand("Asha"), at=at)
    then = at + datetime.timedelta(seconds=5)
    drafted = composed(guide.freeze(), then)
    assert drafted.is_draft and drafted.editions == [drafted.named["topic"]] and drafted.first_at is None
    assert "Another answer." in drafted.companions[0].html
    live = ArticleEdition.objects.get()
    assert not any("Another answer." in one.html for one in composed(live, then).companions)
