"""The pages that ask a publisher to confirm an act."""

from html import unescape

import pytest
from django.db import connection
from django.utils import timezone

from conftest import hand
from publishing.models import Line
from publishing.models.works import copies


@pytest.fixture
def published(make_article, make_entry, meena, client):
    """A published guide with one answer; Meena is logged in."""
    article = make_article(body="Take it very slowly. Take 5 mg.")
    entry = make_entry(article=article)
    for work in (article, entry):
        work.publish(by=hand("Asha"), note="First")
    client.force_login(meena)
    return article


def changed(article, body):
    article.body = body
    article.keep(by=hand("Asha"), at=timezone.now())
    return f"/admin/articles/article/{article.pk}/publish/"


def test_a_mere_change_of_wording_asks_for_a_note_and_nothing_that_has_no_effect(published, client):
    url = changed(published, "Take it really slowly. Take 5 mg.")
    page = client.get(url)
    assert set(page.context["form"].fields) == {"edits", "note", "raises_substance", "when", "at"}
    assert client.post(url, {"edits": published.edits, "note": "Wording"}).status_code == 302


def test_a_change_of_substance_asks_for_a_review_and_what_becomes_of_each_answer(published, client):
    url = changed(published, "Take it very slowly. Take 50 mg.")
    fields = client.get(url).context["form"].fields
    assert {"emergency", f"follows_{published.entry_set.get().pk}"} <= set(fields)


def test_who_raises_a_change_to_substance_is_asked_what_that_takes_and_it_is_done(published, client):
    entry = published.entry_set.get()
    url = changed(published, "Take it really slowly. Take 5 mg.")
    sent = {"edits": published.edits, "note": "Meaning", "raises_substance": "on"}
    asked = client.post(url, sent)
    assert "Say what becomes of this answer." in asked.text and "emergency" in asked.context["form"].fields
    decided = sent | {"emergency": "It cannot wait", f"follows_{entry.pk}": "hide"}
    assert client.post(url, decided).status_code == 302
    assert entry.live(timezone.now()).is_notice


def test_a_refusal_stands_at_the_top_of_the_page(published, client):
    url = changed(published, "Take it really slowly. Take 5 mg.")
    sent = {"edits": published.edits, "note": "Wording"}
    changed(published, "Take it somehow slowly. Take 5 mg.")
    page = client.post(url, sent).text
    assert "Asha saved this after you opened it" in page and page.count("errornote") == 1
    assert page.index("Asha saved this") < page.index("What changes for patients")
    assert Line.objects.filter(note="Wording").count() == 0


def test_only_a_guide_that_patients_read_can_stand_in_place_of_another(published, make_article, meena, client):
    make_article("Knee, never published")
    gone, living, other = make_article("Knee, old"), make_article("Knee, new"), make_article("Knee, newest")
    for work in (gone, living, other):
        work.publish(by=hand("Asha"), note="First")
    gone.withdraw(by=hand("Asha"), note="Old", reason="out of date")
    url = f"/admin/articles/article/{published.pk}/withdraw/"
    sent = {"edits": published.edits, "note": "Replaced", "reason": "replaced"}
    for typed, said in {
        "": "Name the guide that has replaced this one.",
        "Knee, old": "No guide that patients read is called “Knee, old”.",
        "knée": "Several guides fit: “Knee, new”, “Knee, newest”. Type more of the title.",
        "9" * 18: "No guide that patients read is called",
        "http://[x": "No guide that patients read is called “http://[x”.",
        "https://[ward]/articles/knee-new/": "No guide that patients read is called",
    }.items():
        assert said in unescape(client.post(url, sent | {"replaced_by": typed}).text), typed
    assert client.post(url, sent | {"replaced_by": living.get_absolute_url()}).status_code == 302
    assert published.live(timezone.now()).replaced_by == living


def test_a_reviewer_sees_first_what_can_hurt(published, ravi, client):
    changed(published, "Take it very slowly. Take 50 mg.")
    client.force_login(ravi)
    page = client.get(f"/admin/articles/article/{published.pk}/review/").text
    assert page.index("1 danger:") < page.index("new: </span>50</ins>") < page.index("Danger 1 of 1.")


def test_what_patients_read_beside_a_guide_keeps_the_guide_and_the_page_says_so(make_article, make_entry, omar, client):
    article = make_article("Never published")
    entry = make_entry("Was I read?", article=article)
    entry.publish(by=hand("Asha"), note="First")
    client.force_login(omar)
    answer = client.get(f"/admin/articles/article/{article.pk}/delete/", follow=True)
    assert "“Was I read?” was published, so it is kept for ever" in answer.text
    assert "beside which patients read it, is kept with it" in answer.text
    other = make_article("Really never")
    assert client.post(f"/admin/articles/article/{other.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not type(other).objects.filter(pk=other.pk).exists()


def test_publishing_renders_before_it_takes_the_lock(published, client, monkeypatch):
    url = changed(published, "Take it really slowly. Take 5 mg.")
    render, before, depths = copies.render, len(connection.savepoint_ids), []

    def watched(*given, **told):
        depths.append(len(connection.savepoint_ids) - before)
        return render(*given, **told)

    monkeypatch.setattr(copies, "render", watched)
    assert client.post(url, {"edits": published.edits, "note": "Wording"}).status_code == 302
    assert depths == [0]
