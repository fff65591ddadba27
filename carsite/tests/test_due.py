"""What is due, who is told, and who looks after it."""

import datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from publishing.due import due_at
from publishing.models import Reminder
from publishing.tests.test_reviews import edit, judge


def states(at=None):
    return [(one.state, str(one.work)) for one in due_at(at or timezone.now())]


@pytest.fixture
def texts(make_article, make_entry, asha, ravi, meena):
    """One text in every state."""
    made = {name: make_article(name, owner=asha) for name in ("Overdue", "Soon", "Fine", "Emergency", "Held", "Nobody")}
    day = timezone.localdate()
    for name, days in (("Overdue", 1), ("Soon", 20), ("Fine", 300)):
        judge(made[name], ravi, next_due_on=day + datetime.timedelta(days=days))
        made[name].publish(by=meena, note="First")
    made["Emergency"].publish(by=meena, note="First", emergency="At once")
    made["Nobody"].publish(by="import", note="file.txt")
    review = judge(made["Held"], ravi)
    made["Held"].publish(by=meena, note="Soon", at=timezone.now() + datetime.timedelta(days=1))
    made["Held"].revoke(review, by=ravi, note="Overlooked")
    entry = make_entry("Answer?", article=made["Fine"])
    judge(entry, ravi)
    entry.publish(by=meena, note="First")
    edit(made["Fine"], asha, lead="Another meaning.")
    judge(made["Fine"], ravi)
    made["Fine"].publish(by=meena, note="Meaning", raises_substance=True)
    return made


def in_two_days():
    return timezone.now() + datetime.timedelta(days=2)


def test_everything_due_is_listed_the_pressing_first(texts):
    assert states(in_two_days()) == [
        ("emergency", "Emergency"),
        ("held back", "Held"),
        ("overdue", "Overdue"),
        ("check", "Answer?"),
        ("unreviewed", "Nobody"),
        ("soon", "Soon"),
    ]


def test_a_review_clears_what_was_published_in_an_emergency(texts, ravi):
    judge(texts["Emergency"], ravi)
    assert ("emergency", "Emergency") not in states()


def test_a_small_change_does_not_end_an_emergency(texts, asha, ravi, meena):
    article = texts["Emergency"]
    edit(article, asha, lead="A test that is short.")
    article.publish(by=meena, note="Wording")
    edit(article, asha, lead="A short test, in short.")
    article.publish(by=meena, note="Wording")
    assert ("emergency", "Emergency") in states()
    judge(article, ravi, result="not fit", note="The dose")
    assert ("not fit", "Emergency") in states()
    judge(article, ravi)
    assert "Emergency" not in [work for _state, work in states()]
    edit(article, asha, lead="Other words for it.")
    article.publish(by=meena, note="Wording")
    assert ("unreviewed", "Emergency") in states()


def test_a_review_that_did_not_count_does_not_end_an_emergency(make_article, asha, ravi, meena):
    article = make_article("Own", by=asha)
    judge(article, asha)
    article.publish(by=meena, note="First", emergency="At once")
    assert states() == [("emergency", "Own")]
    judge(article, ravi)
    assert states() == []


def test_nobody_is_reminded_of_one_emergency_twice(texts, asha, meena, settings):
    settings.HAS_MAIL = True
    asha.email = "asha@example.org"
    asha.save()
    call_command("send_reminders")
    edit(texts["Emergency"], asha, lead="A test that is short.")
    texts["Emergency"].publish(by=meena, note="Wording")
    call_command("send_reminders")
    assert len(mail.outbox) == 1


def test_the_list_of_things_due_has_one_name(texts, asha, client):
    client.force_login(asha)
    assert '/due/">Things due</a>' in client.get("/admin/").text
    assert "<h1>Things due</h1>" in client.get("/admin/articles/article/due/").text


def test_the_page_of_things_due_names_owners_and_leads_to_each(texts, asha, meena, client):
    client.force_login(asha)
    page = client.get("/admin/articles/article/due/").text
    assert "Published in an emergency" in page and f"/admin/articles/article/{texts['Nobody'].pk}/change/" in page
    client.force_login(meena)
    assert "Emergency</a>" not in client.get("/admin/articles/article/due/?owner=me").text


def test_an_owners_articles_are_handed_over_in_one_act(texts, asha, meena, omar, client):
    client.force_login(omar)
    client.post("/admin/articles/article/handover/", {"of": asha.pk, "to": meena.pk})
    assert {article.owner for article in type(texts["Fine"]).objects.all()} == {meena}


def test_one_article_that_is_handed_over_is_counted_as_one(make_article, asha, meena, omar, client):
    make_article(owner=asha)
    client.force_login(omar)
    done = client.post("/admin/articles/article/handover/", {"of": asha.pk, "to": meena.pk}, follow=True)
    assert "1 article now belongs to meena." in done.text


def test_articles_without_an_owner_find_one_in_one_act(make_article, asha, meena, omar, client):
    make_article("Kept", owner=asha)
    orphans = [make_article("First"), make_article("Second")]
    client.force_login(omar)
    client.post("/admin/articles/article/handover/", {"of": "", "to": meena.pk})
    assert {article.owner for article in type(orphans[0]).objects.filter(title__in=["First", "Second"])} == {meena}
    assert type(orphans[0]).objects.get(title="Kept").owner == asha


def test_each_owner_is_told_once_for_each_case_and_missed_days_lose_nothing(texts, asha, settings, monkeypatch):
    settings.HAS_MAIL = True
    asha.email = "asha@example.org"
    asha.save()
    call_command("send_reminders")
    assert [message.to for message in mail.outbox] == [["asha@example.org"]]
    assert "Nobody" in mail.outbox[0].body and settings.SITE_URL in mail.outbox[0].body
    call_command("send_reminders")
    assert len(mail.outbox) == 1
    later = in_two_days()
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("send_reminders")
    assert len(mail.outbox) == 2 and "Overdue" in mail.outbox[1].body and "Nobody" not in mail.outbox[1].body


def test_without_a_mail_server_nothing_counts_as_told(texts, settings):
    settings.HAS_MAIL = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_reminders")
    assert not Reminder.objects.exists()


def test_administrators_are_told_what_has_no_owner(make_article, omar, settings):
    settings.HAS_MAIL = True
    omar.email = "omar@example.org"
    omar.save()
    make_article().publish(by="import", note="file.txt")
    call_command("send_reminders")
    assert [message.to for message in mail.outbox] == [["omar@example.org"]]
