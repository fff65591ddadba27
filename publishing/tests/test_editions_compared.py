"""Old editions compared with each other, and restored into the working copy."""

import pytest
from django.utils import timezone

from conftest import hand
from publishing.models import Line
from publishing.refusals import Changed, Refused


@pytest.fixture
def article(make_article):
    """Three editions: one, two, and a notice."""
    article = make_article(title="First title", body="One.")
    article.publish(by=hand("Meena"), note="First")
    article.title, article.body, article.slug = "Second title", "Two.", "another-address"
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Second")
    article.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe", text="Ask us.")
    return article


def test_any_two_editions_are_compared_field_by_field(article, ravi, client):
    client.force_login(ravi)
    url = f"/admin/articles/article/{article.pk}/editions/compare/"
    page = client.get(url, {"before": 1, "after": 2}).text
    assert "<h3>Title</h3>" in page and "<del>One.</del><ins>Two.</ins>" in page
    assert "<del>Two.</del><ins>One.</ins>" in client.get(url, {"before": 2, "after": 1}).text
    assert "Both say the same" in client.get(url, {"before": 2, "after": 2}).text
    assert "<ins>Ask us.</ins>" in client.get(url).text
    assert client.get(url, {"before": 9}).status_code == 404


def test_an_old_edition_comes_back_into_the_working_copy_and_patients_see_nothing(article, asha, client):
    client.force_login(asha)
    url = f"/admin/articles/article/{article.pk}/editions/1/restore/"
    page = client.get(url)
    assert "<ins>One.</ins>" in page.text
    lines = Line.objects.count()
    assert client.post(url, {"edits": page.context["form"]["edits"].value()}).status_code == 302
    edits = article.edits
    article.refresh_from_db()
    assert (article.title, article.body, article.slug) == ("First title", "One.", "another-address")
    assert (article.edits, article.changed_by_name, Line.objects.count()) == (edits + 1, "Asha", lines)
    assert client.get(article.address()).status_code == 410


def test_restoring_overwrites_nothing_that_was_saved_meanwhile(article, asha, client):
    client.force_login(asha)
    url = f"/admin/articles/article/{article.pk}/editions/1/restore/"
    edits = client.get(url).context["form"]["edits"].value()
    article.body = "What Meena wrote."
    article.keep(by=hand("Meena"), at=timezone.now())
    answer = client.post(url, {"edits": edits})
    assert "Meena saved this after you opened it. Nothing was done" in answer.text
    article.refresh_from_db()
    assert article.body == "What Meena wrote."
    with pytest.raises(Changed):
        article.restore(article.editions.get(number=1), by=hand("Asha"), at=timezone.now(), edits=edits)


def test_a_notice_and_a_missing_edition_cannot_be_restored(article, asha, client):
    with pytest.raises(Refused, match="holds no text"):
        article.restore(article.editions.get(number=3), by=hand("Asha"), at=timezone.now(), edits=article.edits)
    client.force_login(asha)
    for number in (3, 9):
        assert client.get(f"/admin/articles/article/{article.pk}/editions/{number}/restore/").status_code == 404


def test_a_question_and_the_frame_are_restored_the_same_way(make_entry, omar, client):
    from publishing.models import Frame

    client.force_login(omar)
    frame = Frame.objects.create(pk=1, clinic="Old")
    for work, field, app in ((make_entry(answer="Old"), "answer", "faq/entry"), (frame, "clinic", "publishing/frame")):
        work.publish(by=hand("Meena"), note="First")
        setattr(work, field, "New")
        work.keep(by=hand("Asha"), at=timezone.now())
        assert client.post(f"/admin/{app}/{work.pk}/editions/1/restore/", {"edits": work.edits}).status_code == 302
        work.refresh_from_db()
        assert getattr(work, field) == "Old"
