"""Publishing in one page: what stands in the way, before and after, now or later; and the ways back."""

import datetime
import re

import pytest
from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Line

BODY = "## How to take it\n\nTake it very slowly.\n\n1. Sit down.\n2. Take 5 mg.\n\n## Afterwards\n\nRest for a day."


@pytest.fixture
def guide(make_article, meena, client):
    """A guide that patients read; Meena, who publishes, is logged in."""
    article = make_article(body=BODY)
    article.publish(by=hand("Asha"), note="First")
    client.force_login(meena)
    return article


def url(work, page="publish"):
    return f"/admin/articles/article/{work.pk}/{page}/"


def read(page):
    return " ".join(re.sub("<[^>]+>", " ", page.text).split())


def publish(client, work, **sent):
    return client.post(url(work), {"edits": work.edits, "note": "A note", **sent}, follow=True)


def test_only_the_passages_that_changed_stand_beside_each_other_below_their_heading(guide, client):
    edit(guide, "Asha", body=BODY.replace("very slowly", "really slowly"))
    page = client.get(url(guide))
    assert "Patients read edition 1. This will be edition 2. Nothing stands in the way" in read(page)
    assert page.text.count('class="pair"') == 1 and '<h3 class="all">How to take it</h3>' in page.text
    assert "gone: very" in read(page) and "new: really" in read(page)
    assert "passages are the same." in read(page)
    assert page.context["form"].initial["note"] == "Wording in “How to take it”."


def test_each_danger_stands_under_its_sentence_and_is_ticked_there(guide, asha, ravi, client):
    edit(guide, asha, body=BODY.replace("5 mg", "3 mg"))
    judge(guide, ravi)
    page = client.get(url(guide))
    pair = page.text[page.text.index("How to take it, step 2") :]
    assert pair.index('name="ticks"') < pair.index("the same")
    assert "1 danger is not ticked." in page.text and 'href="#danger-1"' in page.text
    assert ">Publish</button>" in page.text
    assert "Look at each change that could hurt" in read(publish(client, guide))
    (key,) = re.findall(r'name="ticks" id="tick-1" value="([^"]*)"', page.text)
    done = publish(client, guide, ticks=key)
    assert "Patients read edition 2 of" in read(done)


def test_without_a_second_person_the_page_leads_to_one_and_keeps_the_way_out_folded(guide, asha, client):
    edit(guide, asha, body=BODY.replace("5 mg", "3 mg"))
    page = client.get(url(guide))
    assert "No clinician has checked this text." in page.text and "Ask for a check …" in page.text
    assert ">Publish</button>" not in page.text and "Publish without a check" in page.text
    assert page.context["form"].initial.get("note", "") == ""


def test_later_is_a_choice_on_the_same_page(guide, client):
    edit(guide, "Asha", body=BODY.replace("very slowly", "really slowly"))
    missing = publish(client, guide, when="later")
    assert "Say from which day and time patients read it." in read(missing)
    friday = timezone.localtime() + datetime.timedelta(days=3)
    done = publish(client, guide, when="later", at=friday.strftime("%Y-%m-%dT10:00"))
    assert "Edition 2 waits. Patients read it from" in read(done) and "Cancel …" in read(done)
    assert guide.live(timezone.now()).number == 1


def test_a_day_that_was_typed_counts_only_where_later_was_chosen(guide, client):
    edit(guide, "Asha", body=BODY.replace("very slowly", "really slowly"))
    publish(client, guide, when="now", at="2099-01-01T10:00")
    assert guide.live(timezone.now()).number == 2


def test_a_change_of_wording_is_undone_by_one_click_and_what_was_typed_stays(guide, client):
    new = BODY.replace("very slowly", "really slowly")
    edit(guide, "Asha", body=new)
    done = publish(client, guide)
    assert ">Undo</button>" in done.text
    edits = re.search(r'name="edits" value="(\d+)"', done.text)[1]
    back = client.post(url(guide, "undo"), {"edits": edits}, follow=True)
    assert "Undone. Patients read what edition 1 says, as edition 3." in read(back)
    guide.refresh_from_db()
    assert guide.live(timezone.now()).body == BODY and guide.body == new
    assert [line.verb for line in Line.objects.filter(work=guide.name).order_by("seq")] == ["publish"] * 3
    assert client.post(url(guide, "undo"), {"edits": edits}, follow=True).status_code == 200
    assert guide.editions.count() == 3


def test_after_a_change_of_substance_there_is_no_undo_but_two_other_ways(guide, asha, ravi, client):
    edit(guide, asha, body=BODY.replace("5 mg", "3 mg"))
    judge(guide, ravi)
    (key,) = re.findall(r'name="ticks" id="tick-1" value="([^"]*)"', client.get(url(guide)).text)
    done = publish(client, guide, ticks=key)
    assert ">Undo</button>" not in done.text and "Withdraw …" in done.text and "Emergency" in done.text
    refused = client.post(url(guide, "undo"), {"edits": guide.edits}, follow=True)
    assert "Going back would change the substance" in read(refused) and guide.editions.count() == 2


def test_who_may_not_publish_sees_none_of_it(guide, asha, client):
    client.force_login(asha)
    assert client.get(url(guide)).status_code == 403
    assert client.post(url(guide, "undo"), {"edits": guide.edits}).status_code == 403
    assert "Was that wrong?" not in client.get(url(guide, "published")).text
