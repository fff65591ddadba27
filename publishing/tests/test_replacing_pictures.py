"""One picture put in place of another in all that patients see, as one act."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models.articles import Article
from conftest import hand
from publishing.models import Line, say
from publishing.tests.test_library import take

LIST, URL = "/admin/publishing/picture/", "/admin/recall/replace/"


def page(path):
    return Client().get(path).text


@pytest.fixture
def pictures(db):
    return take("old.jpg", 900, alt_text="The old drip [left]"), take("new.jpg", 700, alt_text="The new drip")


@pytest.fixture
def shown(pictures, make_article, make_entry, meena, client):
    """Two guides and an answer that show the old picture, one being changed, one never published."""
    old, new = pictures
    first = make_article("First", body=f"Before.\n\n{old.markdown}\n\nAfter.")
    first.publish(by=hand("Meena"), note="First")
    make_article("Second", body=f"![Our own words](/media/{old.name})").publish(by=hand("Meena"), note="First")
    make_entry("Answer?", article=first, answer=f"See:\n\n{old.markdown}").publish(by=hand("Meena"), note="First")
    busy = make_article("Busy", body=old.markdown)
    busy.publish(by=hand("Meena"), note="First")
    busy.lead = "Somebody is at work here."
    busy.keep(by=hand("Asha"), at=timezone.now())
    make_article("Draft", body=old.markdown)
    client.force_login(meena)
    return {"find": f"/media/{old.name}", "by": f"/media/{new.name}"}


def answered(page, asked, **changes):
    ticks = re.findall(r'<input type="checkbox" name="ticks" value="([^"]*)"', page.text)
    sent = {"seen": page.context["form"]["seen"].value(), "ticks": ticks, "note": "New drip", "emergency": "Broken."}
    return asked | sent | changes


def test_the_new_picture_reaches_every_text_as_one_act_with_its_words(shown, pictures, client):
    old, new = pictures
    asked = client.get(URL, shown)
    by_hand = {str(work): why for work, why, _url in asked.context["apart"]}
    assert "somebody is at work on it" in by_hand["Busy"] and "patients do not see it there" in by_hand["Draft"]
    assert {str(one.work) for one in asked.context["ready"]} == {"First", "Second", "Answer?"}
    done = client.post(URL, answered(asked, shown), follow=True)
    assert "3 texts show the new picture from now on." in done.text and "“Busy”" in done.text
    first = page("/articles/first/")
    assert 'alt="The new drip"' in first and new.name[:20] in first and old.name[:20] not in first
    second = page("/articles/second/")
    assert 'alt="The new drip"' in second and "Our own words" not in second
    assert old.name[:20] in page("/articles/busy/")
    assert Article.objects.get(title="First").body == f"Before.\n\n{new.markdown}\n\nAfter."
    call_command("verify_ledger")


def test_what_was_chosen_wrongly_is_said_and_nothing_is_changed(shown, pictures, client):
    old, new = pictures
    lines = Line.objects.count()
    for by, said in (
        (shown["find"], "That is the same picture."),
        ("/media/" + "0" * 64 + ".jpg", "not in the library any more"),
        ("a word", "not in the library any more"),
        (f"/media/{take('bare.jpg', 500).name}", "has no words"),
    ):
        page = client.get(URL, shown | {"by": by})
        assert said in page.text and not page.context["ready"], by
    say(new, "consent", by=hand("Asha"))
    say(new, "retract", by=hand("Asha"), note="By letter")
    assert "consent to show the new picture has ended" in client.get(URL, shown).text
    assert Line.objects.count() == lines + 2


def test_from_the_library_another_picture_is_chosen_among_those_with_words(shown, pictures, client):
    old, new = pictures
    take("bare.jpg", 500)
    way = f"{LIST}{old.pk}/instead/"
    assert way in client.get(f"{LIST}{old.pk}/change/").text
    page = client.get(way)
    assert [row["picture"].called for row, _address in page.context["rows"]] == ["new"]
    [(_row, address)] = page.context["rows"]
    assert len(client.get(address).context["ready"]) == 3
    assert "No other picture fits" in client.get(way, {"q": "zebra"}).text


def test_only_who_may_publish_all_of_them_replaces(shown, pictures, asha, client):
    client.force_login(asha)
    old, _new = pictures
    assert client.get(f"{LIST}{old.pk}/instead/").status_code == 403
    assert client.get(URL, shown).status_code == 403
    assert "/instead/" not in client.get(f"{LIST}{old.pk}/change/").text


def test_more_texts_than_fit_on_one_page_are_done_page_by_page(pictures, make_article, meena, client, monkeypatch):
    monkeypatch.setattr("publishing.record.recall.replacing.PAGE", 2)
    old, new = pictures
    for number in range(5):
        make_article(f"Guide {number}", body=old.markdown).publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    asked, left = {"find": f"/media/{old.name}", "by": f"/media/{new.name}", "after": ""}, []
    for _page in range(3):
        page = client.get(URL, asked)
        left.append(len(page.context["ready"]))
        done = client.post(URL, answered(page, asked))
        asked["after"] = dict(re.findall(r"[?&](after)=([^&]*)", done["Location"])).get("after", "")
    assert left == [2, 2, 1] and not asked["after"]
    at = timezone.now()
    assert all(new.name in one.live(at).html for one in Article.objects.all())
