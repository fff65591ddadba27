"""A topic is called on every page, now and in the past, as it was called then; and how staff rename one."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from articles.models import Topic, TopicEdition
from conftest import hand, shown
from publishing.models import Hand, Line
from publishing.record import faults
from publishing.refusals import NeedsPerson, NoteMissing, NothingToPublish

LIST = "/admin/articles/topic/"


@pytest.fixture
def topic(db):
    topic = Topic(title="Old name")
    topic.keep(by=hand("Omar"), note="New")
    return topic


@pytest.fixture
def guide(topic, make_article, make_entry):
    """A guide of the topic, and a question alone of it."""
    guide = make_article(topic=topic)
    guide.publish(by=hand("Meena"), note="First")
    make_entry("Does it hurt?", topic=topic).publish(by=hand("Meena"), note="First")
    return guide


def rename(topic, title, **told):
    topic.title = title
    return topic.keep(by=hand("Omar"), note="Clearer", **told)


def fields(topic, **typed):
    topic.refresh_from_db()
    return {"title": topic.title, "place": topic.place, "note": "Clearer", "edits_seen": topic.edits} | typed


def url(topic, page="change"):
    return f"{LIST}{topic.pk}/{page}/"


# What patients read


@pytest.mark.parametrize("path", ["/", "/topics/old-name/", "/articles/{}/", "/articles/{}/history/", "/faq/"])
def test_each_page_calls_a_topic_as_it_was_called_then(path, guide, topic, asha, client):
    path, then = path.format(guide.slug), Line.objects.moment_of_reading()
    rename(topic, "Other name")
    assert "Other name" in client.get(path).text and "Old name" not in client.get(path).text
    client.force_login(asha)
    page = shown(client, then, path)
    assert page.status_code == 200 and "Old name" in page.text and "Other name" not in page.text
    assert "names of topics" not in page.text
    assert shown(client, Line.objects.moment_of_reading(), path).text.count("Other name")


def test_a_notice_calls_its_topic_as_it_was_called_then(guide, topic, asha, client):
    guide.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    then = Line.objects.moment_of_reading()
    rename(topic, "Other name")
    assert "Other name" in client.get(guide.address()).text
    client.force_login(asha)
    assert "Old name" in shown(client, then, guide.address()).text


def test_topics_stood_in_the_order_of_their_places_then(make_article, make_entry, topic, guide, asha, client):
    other = Topic(title="Later", place=5)
    other.keep(by=hand("Omar"), note="New")
    make_article("Another guide", topic=other).publish(by=hand("Meena"), note="First")
    make_entry("And then?", topic=other).publish(by=hand("Meena"), note="First")
    then = Line.objects.moment_of_reading()
    topic.place = 9
    topic.keep(by=hand("Omar"), note="To the end")
    client.force_login(asha)
    for path in ("/", "/faq/"):
        now, was = client.get(path).text, shown(client, then, path).text
        assert now.index("Later") < now.index("Old name") and was.index("Old name") < was.index("Later")


def test_before_a_topic_was_made_its_page_was_not_there(make_article, topic, asha, client):
    then = Line.objects.moment_of_reading()
    rename(topic, "Other name")
    Topic(title="Younger").keep(by=hand("Omar"), note="New")
    client.force_login(asha)
    assert client.get("/topics/younger/").status_code == 200
    assert shown(client, then, "/topics/younger/").status_code == 404


def test_an_address_once_given_stays(topic, client):
    assert rename(topic, "Other name").slug == "old-name"
    assert "Other name" in client.get("/topics/old-name/").text
    again = Topic(title="Old name")
    again.keep(by=hand("Omar"), note="New")
    assert again.slug == "old-name-2"


def test_a_renamed_topic_makes_its_own_pages_anew_and_no_other(topic, guide, make_article, client):
    other = Topic(title="Heart")
    other.keep(by=hand("Omar"), note="New")
    elsewhere = make_article("Elsewhere", topic=other)
    elsewhere.publish(by=hand("Meena"), note="First")
    own = [guide.address(), "/topics/old-name/"]
    others = [elsewhere.address(), "/topics/heart/", "/articles/"]
    for path in own + others:
        client.get(path)
    rename(topic, "Other name")
    with_queries = {path: asked(client, path) for path in own + others}
    assert [path for path, count in with_queries.items() if count] == own
    assert all("Other name" in client.get(path).text for path in own)


def asked(client, path):
    """How many queries Django's own machinery takes for a page; none for one that is stored."""
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


# The record


def test_every_name_a_topic_had_is_kept_and_proven(topic, guide):
    rename(topic, "Other name")
    told = topic.editions.order_by("number").values_list("number", "title", "slug", "note")
    assert list(told) == [(1, "Old name", "old-name", "New"), (2, "Other name", "old-name", "Clearer")]
    assert (Line.objects.head().work, Line.objects.head().verb) == (f"topics/{topic.pk}", "publish")
    assert list(faults()) == []


def test_what_would_change_nothing_or_says_not_why_is_refused_and_saves_nothing(topic):
    with pytest.raises(NothingToPublish, match="already read exactly this"):
        topic.keep(by=hand("Omar"), note="Again")
    topic.title = "Other name"
    with pytest.raises(NoteMissing):
        topic.keep(by=hand("Omar"), note=" ")
    topic.refresh_from_db()
    assert (topic.title, topic.edits, Line.objects.count()) == ("Old name", 1, 1)


def test_a_command_makes_a_topic_and_renames_none(topic):
    command = Hand.command("import")
    Topic(title="Another").keep(by=command, note="New")
    topic.title = "Other name"
    with pytest.raises(NeedsPerson):
        topic.keep(by=command, note="Renamed")


def test_a_topic_that_was_ever_read_cannot_be_deleted(topic, omar, client):
    with pytest.raises(ProtectedError):
        topic.delete()
    client.force_login(omar)
    page = client.post(url(topic, "delete"), {"post": "yes"}, follow=True)
    assert "“Old name” was published, so it is kept for ever and cannot be deleted." in page.text
    assert "withdraw" not in page.text and TopicEdition.objects.count() == 1


# The staff's pages


def test_an_administrator_renames_a_topic_with_a_change_note(topic, omar, client):
    client.force_login(omar)
    assert "Patients read edition 1" in client.get(url(topic)).text
    assert client.post(url(topic), fields(topic, title="Other name", place=3)).status_code == 302
    assert topic.editions.last().note == "Clearer" and "Other name" in client.get("/topics/old-name/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Patients already read exactly this text"),
        ({"title": "Other name", "note": "\u200b"}, "Write it in letters or digits"),
        ({"title": "TAKEN"}, "There is a topic “Taken” already"),
        ({"title": "!!!"}, "Write it in letters or digits"),
    ],
)
def test_a_refusal_keeps_what_was_typed(typed, said, topic, omar, client):
    Topic(title="Taken").keep(by=hand("Omar"), note="New")
    client.force_login(omar)
    typed = {"note": "A note of mine", "place": 7 if typed else 0} | typed
    page = client.post(url(topic), fields(topic, **typed))
    assert page.status_code == 200 and said in page.text
    assert {name: page.context["adminform"].form[name].value() for name in typed} == {
        name: str(value) for name, value in typed.items()
    }
    assert topic.editions.count() == 1


def test_a_refused_new_topic_can_be_sent_again(omar, client):
    client.force_login(omar)
    typed = {"title": "Blood", "place": 0, "note": "\u200b"}
    assert "Write it in letters or digits" in client.post(f"{LIST}add/", typed).text
    assert client.post(f"{LIST}add/", typed | {"note": "New"}).status_code == 302
    assert Topic.objects.get().slug == "blood"


def test_a_name_with_a_changed_dose_is_looked_at_first(omar, client, db):
    topic = Topic(title="Warfarin 5 mg")
    topic.keep(by=hand("Omar"), note="New")
    client.force_login(omar)
    typed = fields(topic, title="Warfarin 10 mg")
    page = client.post(url(topic), typed)
    assert "Look at each change that could hurt, and tick it" in page.text
    ticks = [key for key, _words in page.context["adminform"].form.fields["ticks"].choices]
    assert client.post(url(topic), typed | {"ticks": ticks}).status_code == 302
    assert "ticked" in Line.objects.head().detail and topic.editions.last().title == "Warfarin 10 mg"


def test_nobody_overwrites_a_colleagues_name_unseen(topic, omar, client):
    client.force_login(omar)
    opened = fields(topic, title="Mine")
    rename(topic, "Theirs")
    page = client.post(url(topic), opened)
    assert "Omar saved this at" in page.text and "Theirs" in page.text
    assert "Mine" in page.text and topic.editions.last().title == "Theirs"


def test_who_may_not_rename_reads_a_topic_with_its_editions(topic, asha, client):
    rename(topic, "Other name")
    client.force_login(asha)
    page = client.get(url(topic)).text
    assert "edition 2" in page and "Change note" not in page and "Preview" not in page and "withdrawn" not in page
    assert "From edition 1 to edition 2" in client.get(url(topic, "editions/compare")).text
    assert "Old name" in client.get(url(topic, "editions/1")).text
    assert "Restore" not in client.get(url(topic, "editions")).text


def test_an_old_name_is_erased_by_law_and_the_record_holds(topic, guide, omar, client):
    rename(topic, "Other name")
    client.force_login(omar)
    assert "Erase by law" in client.get(url(topic, "editions")).text
    sent = {"reason": "A person’s name", "is_sure": "on"}
    assert client.post(url(topic, "editions/1/redact"), sent).status_code == 302
    assert topic.editions.get(number=1).title == "" and list(faults()) == []
    call_command("verify_ledger")


def test_recall_finds_what_a_topic_was_called_and_replacing_leads_to_its_own_page(topic, omar, client):
    rename(topic, "Other name")
    client.force_login(omar)
    page = client.get("/admin/recall/", {"q": "old name"}).text
    assert "Old name" in page and f"(topics/{topic.pk})" in page and f'href="{url(topic)}"' in page
    page = client.get("/admin/recall/replace/", {"find": "Other name", "by": "Third name"}).text
    assert "Patients read it as soon as it is saved" in page and f'href="{url(topic)}"' in page


def test_the_ledger_shows_what_was_done_to_topics(topic, omar, client):
    client.force_login(omar)
    page = client.get("/admin/publishing/line/").text
    assert f'published edition 1 of <a href="{url(topic)}"><bdi>Old name</bdi></a>: New.' in page
