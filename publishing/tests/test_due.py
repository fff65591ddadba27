"""What is due, who is told, and who looks after it."""

import datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from conftest import alter, by_link, edit, hand, judge, let_pass
from publishing.models import Reminder
from publishing.record import renew_owed
from publishing.record.owed.due import due_at


def states(at=None):
    return [(one.state, one.title) for one in due_at(at or timezone.now())]


@pytest.fixture
def texts(make_article, make_entry, asha, ravi, meena):
    """One text in every state."""
    made = {name: make_article(name, owner=asha) for name in ("Overdue", "Soon", "Fine", "Emergency", "Held", "Nobody")}
    day = timezone.localdate()
    for name, days in (("Overdue", 1), ("Soon", 20), ("Fine", 300)):
        judge(made[name], ravi, next_due_on=day + datetime.timedelta(days=days))
        made[name].publish(by=hand(meena), note="First")
    made["Emergency"].publish(by=hand(meena), note="First", emergency="At once")
    made["Nobody"].publish(by=hand("import"), note="file.txt")
    review = judge(made["Held"], ravi)
    made["Held"].publish(by=hand(meena), note="Soon", at=timezone.now() + datetime.timedelta(days=1))
    made["Held"].revoke(review, by=hand(ravi), note="Overlooked")
    entry = make_entry("Answer?", article=made["Fine"])
    judge(entry, ravi)
    entry.publish(by=hand(meena), note="First")
    edit(made["Fine"], asha, lead="Another meaning.")
    judge(made["Fine"], ravi)
    made["Fine"].publish(by=hand(meena), note="Meaning", raises_substance=True)
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
    article.publish(by=hand(meena), note="Wording")
    edit(article, asha, lead="A short test, in short.")
    article.publish(by=hand(meena), note="Wording")
    assert ("emergency", "Emergency") in states()
    judge(article, ravi, result="not fit", note="The dose")
    assert ("not fit", "Emergency") in states()
    judge(article, ravi)
    assert "Emergency" not in [work for _state, work in states()]
    edit(article, asha, lead="Other words for it.")
    article.publish(by=hand(meena), note="Wording")
    assert ("still fit", "Emergency") in states()


def test_a_review_that_did_not_count_does_not_end_an_emergency(make_article, asha, ravi, meena):
    article = make_article("Own", by=hand(asha))
    judge(article, asha)
    article.publish(by=hand(meena), note="First", emergency="At once")
    assert states() == [("emergency", "Own")]
    judge(article, ravi)
    assert states() == []


def emergencies():
    return [one for one in due_at(timezone.now()) if one.state == "emergency"]


def test_an_emergency_is_not_ended_by_who_wrote_it_or_by_the_publishers_own_link(make_article, ravi, meena, omar):
    article = make_article("Dose", by=hand(ravi))
    article.publish(by=hand(meena), note="First", emergency="Wrong dose")
    judge(article, ravi)
    by_link(article, meena)
    assert len(emergencies()) == 1
    edit(article, "Asha", lead="A test that is short.")
    judge(article, ravi)
    article.publish(by=hand(omar), note="Meaning", raises_substance=True)
    assert len(emergencies()) == 1
    by_link(article, omar)
    assert emergencies() == []


def test_an_emergency_is_not_ended_by_a_text_that_was_reviewed_before_it(make_article, asha, ravi, meena):
    article = make_article("Dose", by=hand(asha))
    first = article.freeze().lead
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, asha, lead="Another.")
    article.publish(by=hand(meena), note="Meaning", raises_substance=True, emergency="Wrong dose")
    edit(article, asha, lead=first)
    # What Ravi said of it was said before the edition that it replaces.
    article.publish(by=hand(meena), note="Back", raises_substance=True, emergency="Wrong dose")
    assert len(emergencies()) == 1
    judge(article, ravi)
    assert emergencies() == []


def test_the_reason_for_an_emergency_is_shown_wherever_one_looks(texts, asha, meena, client):
    article = texts["Emergency"]
    edit(article, asha, lead="A longer lead.")
    article.publish(by=hand(meena), note="Meaning", raises_substance=True, emergency="Wrong dose in print")
    (one,) = emergencies()
    assert one.why == "Edition 1: “At once” Edition 2: “Wrong dose in print”" and one.on == timezone.localdate()
    client.force_login(asha)
    for page in ("due", f"{article.pk}/editions", f"{article.pk}/editions/compare"):
        assert "Wrong dose in print" in client.get(f"/admin/articles/article/{page}/").text, page


def test_every_row_has_a_day(texts):
    found = {one.state: one.on for one in due_at(in_two_days())}
    today = timezone.localdate()
    assert found == {
        "emergency": today,
        "held back": today,
        "overdue": today + datetime.timedelta(days=1),
        "check": today,
        "unreviewed": today,
        "soon": today + datetime.timedelta(days=20),
    }


def test_an_emergency_that_was_scheduled_is_dated_when_patients_read_it(make_article, meena, later):
    make_article("Dose").publish(by=hand(meena), note="First", emergency="Wrong dose", at=later)
    (one,) = due_at(later)
    assert (one.state, one.on) == ("emergency", timezone.localtime(later).date())


def test_a_text_is_unreviewed_since_patients_read_it_or_its_review_was_revoked(make_article, ravi, meena):
    article = make_article("Text")

    def since():
        now = timezone.now()
        return [(one.state, (timezone.localdate(now) - one.on).days) for one in due_at(now)]

    article.publish(by=hand("import"), note="file.txt")
    let_pass(days=2)
    article.refresh_from_db()
    edit(article, "Asha", uploaded_by="Asha")
    article.publish(by=hand("import"), note="Only the byline")
    assert since() == [("unreviewed", 2)]
    review = judge(article, ravi)
    let_pass(days=2)
    article.revoke(article.reviews.get(pk=review.pk), by=hand(ravi), note="Overlooked")
    let_pass(days=1)
    assert since() == [("unreviewed", 1)]
    judge(article, ravi, result="not fit", note="The dose")
    let_pass(days=1)
    assert since() == [("not fit", 1)]
    edit(article, "Asha", lead="Another.")
    article.publish(by=hand("import"), note="file.txt")
    let_pass(days=1)
    assert since() == [("unreviewed", 1)]


def test_what_waits_and_is_overdue_by_then_is_listed_before(make_article, asha, ravi, meena):
    """A change of wording needs no review, so it is not held back."""
    article, day = make_article("Wording"), timezone.localdate()
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, asha, lead="A test that is short.")
    article.publish(by=hand(meena), note="Wording", at=timezone.now() + datetime.timedelta(days=10))
    assert states() == []
    judge(article, ravi, next_due_on=day + datetime.timedelta(days=2))
    (one,) = due_at(timezone.now())
    assert (one.state, one.on) == ("waits", timezone.localtime(timezone.now() + datetime.timedelta(days=10)).date())
    assert "The review by Ravi falls due on" in one.why


def test_the_page_names_people_guides_reasons_and_days(texts, asha, ravi, meena, client):
    asha.last_name = "Verma"
    asha.save()
    judge(texts["Fine"], ravi, result="not fit", note="The dose")
    client.force_login(asha)
    page = client.get("/admin/articles/article/due/").text
    assert "Asha Verma" in page and "<td>asha</td>" not in page
    assert "A question of “Fine”." in page
    assert "Held back while it waited" in page and "The review by Ravi was revoked." in page
    assert "Ravi: “Not fit”. The dose" in page and "<td></td>" not in page


def test_nobody_is_reminded_of_one_emergency_twice(texts, asha, meena, settings):
    settings.HAS_MAIL = True
    asha.email = "asha@example.org"
    asha.save()
    call_command("send_reminders")
    edit(texts["Emergency"], asha, lead="A test that is short.")
    texts["Emergency"].publish(by=hand(meena), note="Wording")
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
    before = texts["Fine"].edits
    client.force_login(omar)
    client.post("/admin/articles/article/handover/", {"of": asha.pk, "to": meena.pk})
    texts["Fine"].refresh_from_db()
    assert texts["Fine"].edits == before + 1, "a form that is open would take it back unseen"
    assert {article.owner for article in type(texts["Fine"]).objects.all()} == {meena}


def test_one_article_that_is_handed_over_is_counted_as_one(make_article, asha, meena, omar, client):
    make_article(owner=asha)
    client.force_login(omar)
    done = client.post("/admin/articles/article/handover/", {"of": asha.pk, "to": meena.pk}, follow=True)
    assert "1 guide now belongs to meena." in done.text


def test_articles_without_an_owner_find_one_in_one_act(make_article, asha, meena, omar, client):
    make_article("Kept", owner=asha)
    orphans = [make_article("First"), make_article("Second")]
    client.force_login(omar)
    client.post("/admin/articles/article/handover/", {"of": "", "to": meena.pk})
    assert {article.owner for article in type(orphans[0]).objects.filter(title__in=["First", "Second"])} == {meena}
    assert type(orphans[0]).objects.get(title="Kept").owner == asha


def test_each_owner_is_told_once_for_each_case_and_missed_days_lose_nothing(texts, asha, settings):
    settings.HAS_MAIL = True
    asha.email = "asha@example.org"
    asha.save()
    call_command("send_reminders")
    assert [message.to for message in mail.outbox] == [["asha@example.org"]]
    assert "Nobody" in mail.outbox[0].body and settings.SITE_URL in mail.outbox[0].body
    call_command("send_reminders")
    assert len(mail.outbox) == 1
    tomorrow, yesterday = (timezone.localdate() + datetime.timedelta(days=days) for days in (1, -1))
    alter(f"UPDATE articles_articlereview SET next_due_on = '{yesterday}' WHERE next_due_on = '{tomorrow}'")
    renew_owed(timezone.now())  # no act of the house moved the day
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
    make_article().publish(by=hand("import"), note="file.txt")
    call_command("send_reminders")
    assert [message.to for message in mail.outbox] == [["omar@example.org"]]
