"""An address that another text once had is taken only by a person who was told whose it was, and ticked it."""

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from articles.tests.test_addresses import republish
from conftest import hand
from publishing.models import Hand
from publishing.refusals import AddressTaken, NeedsPerson, NotTicked


@pytest.fixture
def moved(make_article):
    """A guide that patients read at “one” until today."""
    article = make_article("One")
    article.publish(by=hand("Asha"), note="First")
    republish(article, "uno")
    return article


@pytest.fixture
def taking(moved, make_article):
    """Another guide, never published, to be at “one”."""
    return make_article("Another", slug="one")


def said(title="One"):
    return f"“one” was the address of “{title}” until {date_format(timezone.localtime(), 'j F Y')}"


def ticks(article):
    return [danger.key for danger in article.judgement(article.unrendered(), timezone.now()).dangers]


def test_form_and_publish_page_say_whose_address_it_was_and_ask_for_a_tick(taking, meena, client):
    client.force_login(meena)
    address = f"/admin/articles/article/{taking.pk}"
    assert said() in client.get(f"{address}/change/").text
    page = client.get(f"{address}/publish/")
    assert said() in page.text and page.text.count('type="checkbox" name="ticks"') == 1
    sent = {"edits": taking.edits, "note": "First", "emergency": "A test"}
    assert "tick it" in client.post(f"{address}/publish/", sent).text
    assert not taking.editions.exists()
    assert client.post(f"{address}/publish/", sent | {"ticks": ticks(taking)}).status_code == 302
    assert "<h1>Another</h1>" in client.get("/articles/one/").text
    # It is its own from now on: nobody is asked again.
    assert said() not in client.get(f"{address}/change/").text
    assert ticks(taking) == []


def test_without_a_tick_it_is_refused_also_where_the_text_had_another_address(moved, make_article, meena):
    other = make_article("Another")
    other.publish(by=hand(meena), note="First", emergency="A test")
    other.slug = "one"
    other.keep(by=hand("Asha"), at=timezone.now())
    keys = ticks(other)
    assert len(keys) == 2  # that the address changes, and whose it was
    for some in ([], keys[:1], keys[1:]):
        with pytest.raises(NotTicked):
            other.publish(by=hand(meena), note="Moved", emergency="A test", ticks=some)
    other.publish(by=hand(meena), note="Moved", emergency="A test", ticks=keys)
    assert moved.address() == "/articles/uno/"


def test_a_command_leaves_it_to_a_person(taking, make_article):
    with pytest.raises(NeedsPerson, match="was the address of “One” until"):
        taking.publish(by=Hand.command("import_articles"), note="First")
    make_article("New").publish(by=Hand.command("import_articles"), note="First")


def test_what_the_text_itself_had_or_what_was_never_public_is_not_asked_about(moved, make_article, later, meena):
    moved.slug = "one"
    moved.keep(by=hand("Asha"), at=timezone.now())
    assert len(ticks(moved)) == 1  # only that the address changes
    waited = make_article("Waited")
    waited.publish(by=hand("Asha"), note="For Friday", at=later)
    waited.cancel(by=hand("Asha"), note="No")
    waited.slug = "elsewhere"
    waited.keep(by=hand("Asha"), at=timezone.now())
    assert ticks(make_article("Another", slug="waited")) == []


def test_where_the_other_text_still_answers_it_is_refused_whatever_is_ticked(make_article, meena):
    one = make_article("One")
    one.publish(by=hand("Asha"), note="First")
    one.slug = "uno"
    one.keep(by=hand("Asha"), at=timezone.now())
    other = make_article("Another", slug="one")
    with pytest.raises(AddressTaken):
        other.publish(by=hand(meena), note="First", emergency="A test", ticks=ticks(other))
