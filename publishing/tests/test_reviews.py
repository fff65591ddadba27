"""Reviews: a clinician's judgement on one exact text, and the two people it takes to change what patients are told."""

import datetime
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from conftest import by_link, edit, hand, judge, newest
from publishing.models import Frame, Line, Standing
from publishing.refusals import NotTicked, Permanent, Refused, Unfit, Unreviewed
from publishing.text.digests import digest


@pytest.fixture
def article(make_article, asha):
    return make_article(by=hand(asha), body="Take 5 mg after food.")


def test_a_new_article_needs_a_second_person(article, asha, ravi, meena):
    with pytest.raises(Unreviewed, match="clinician who did not write it"):
        article.publish(by=hand(meena), note="First")
    judge(article, ravi)
    edition = article.publish(by=hand(meena), note="First")
    assert edition.is_substance and edition.emergency_reason == ""
    assert newest(article).reviewer_name == "Ravi"


def test_an_edit_voids_a_review_without_a_flag(article, asha, ravi, meena):
    judge(article, ravi)
    edit(article, asha, lead="Another lead.")
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")


def test_nobody_is_the_second_person_for_what_they_wrote(article, asha, ravi, meena):
    edit(article, ravi, body="Take 5 mg before food.")
    judge(article, ravi)
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")


def test_who_wrote_an_earlier_edition_may_review_a_later_one(article, asha, ravi, meena):
    edit(article, ravi, body="Take 5 mg before food.")
    article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, asha, body="Take 4 mg before food.")
    judge(article, ravi)
    found = article.judgement(article.freeze(), timezone.now()).dangers
    assert article.publish(by=hand(meena), note="Dose", ticks=[one.key for one in found]).number == 2


def test_an_emergency_takes_a_reason_that_stays_with_the_edition(article, meena):
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First", emergency="  ")
    edition = article.publish(by=hand(meena), note="First", emergency="Patients wait for it")
    assert edition.emergency_reason == "Patients wait for it"
    call_command("verify_ledger")


def test_a_change_of_wording_needs_no_second_person(article, asha, meena):
    article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, asha, lead="A test that is short.")
    edition = article.publish(by=hand(meena), note="Wording")
    assert not edition.is_substance


def test_a_person_may_raise_a_wording_to_substance(article, asha, meena):
    article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, asha, lead="A test that is short.")
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="Wording", raises_substance=True)


def test_a_command_publishes_what_counts_as_not_checked(article):
    article.publish(by=hand("import"), note="file.txt")
    assert newest(article) is None


def test_a_clinic_may_switch_the_rule_off_and_the_ledger_says_when(article, meena, omar):
    frame = Frame.objects.create(pk=1, needs_two_people=False)
    frame.publish(by=hand("set-up"), note="Only one of us")
    assert article.publish(by=hand(meena), note="First").number == 1
    assert Line.objects.get(work="frame/1").note == "Only one of us"


def test_the_text_that_patients_read_can_be_reviewed_again_without_an_edition(article, ravi, meena, client):
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=30))
    live = article.publish(by=hand(meena), note="First")
    edit(article, "Asha", lead="Being rewritten.")
    review = judge(article, ravi, text_digest=live.text_digest)
    assert newest(article) == review and article.editions.count() == 1


def test_a_text_that_has_moved_on_is_not_reviewed(article, ravi):
    read = article.freeze().text_digest
    edit(article, "Asha", body="Take 6 mg.")
    with pytest.raises(Refused, match="has changed since you read it"):
        judge(article, ravi, text_digest=read)


def test_a_review_needs_a_name_a_credential_and_a_day_to_come(article, ravi):
    with pytest.raises(Unfit):
        judge(article, ravi, credential=" ")
    for day in (
        None,
        timezone.localdate(),
        timezone.localdate() - datetime.timedelta(days=1),
        datetime.date(9999, 12, 31),
    ):
        with pytest.raises(Unfit):
            judge(article, ravi, next_due_on=day)


def test_the_day_a_review_is_due_is_counted_in_the_clinics_time(article, ravi):
    now = timezone.now()
    # Where it is now another day than in UTC: the day after on an island in the Pacific, the day before on another.
    with timezone.override("Pacific/Kiritimati" if now.hour > 10 else "Etc/GMT+12"):
        today = timezone.localdate(now)
        assert today != now.date()
        with pytest.raises(Unfit):
            judge(article, ravi, next_due_on=today)
        assert judge(article, ravi, next_due_on=today + datetime.timedelta(days=1))


def test_what_can_hurt_is_looked_for_in_the_language_of_the_text(make_article, ravi, meena):
    article = make_article(by=hand("Asha"), language="hi", body="यह दवा लें।")
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, "Asha", body="यह दवा न लें।")
    (danger,) = article.judgement(article.freeze(), timezone.now()).dangers
    assert "न" in " ".join(danger.what)


def test_what_is_fit_only_after_changes_is_no_review_to_publish_on(article, ravi, meena):
    judge(article, ravi, result="fit after changes", note="Say how long.")
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="First")


def test_a_review_that_two_people_revoke_at_once_is_revoked_once(article, ravi):
    review = judge(article, ravi)
    same = type(review).objects.get(pk=review.pk)
    article.revoke(review, by=hand(ravi), note="I overlooked something")
    with pytest.raises(Refused, match="revoked before"):
        article.revoke(same, by=hand(ravi), note="So did I")


def test_a_review_revoked_while_its_edition_waits_holds_it_back(article, ravi, meena, later):
    review = judge(article, ravi)
    waiting = article.publish(by=hand(meena), note="For Friday", at=later)
    article.revoke(review, by=hand(ravi), note="I overlooked something")
    waiting.refresh_from_db()
    assert waiting.cancelled_at and article.live(later) is None
    assert "Held back" in Line.objects.get(verb="cancel").note
    call_command("verify_ledger")


def test_what_waits_is_held_back_when_the_newest_judgement_calls_it_unfit(article, ravi, meena, later):
    judge(article, ravi)
    waiting = article.publish(by=hand(meena), note="For Friday", at=later)
    judge(article, ravi, result="not fit", note="Ten times too much")
    waiting.refresh_from_db()
    assert waiting.cancelled_at and article.live(later) is None
    assert "Held back: Ravi calls it not fit" in Line.objects.get(verb="cancel").note
    call_command("verify_ledger")


def test_the_publishers_own_link_does_not_keep_what_waits(article, ravi, meena, omar, later):
    """One review is left when the other is revoked: by a link that the publisher made."""
    for asked_by, is_held in ((meena, True), (omar, False)):
        review = judge(article, ravi)
        by_link(article, asked_by)
        waiting = article.publish(by=hand(meena), note="For Friday", at=later)
        article.revoke(review, by=hand(ravi), note="I overlooked something")
        waiting.refresh_from_db()
        assert (waiting.cancelled_at is not None) == is_held
    # Who publishes has another name since.
    meena.last_name = "Iyer"
    meena.save()
    for one in article.reviews.filter(revoked_at=None, invited_by_name="Omar"):
        article.revoke(one, by=hand(ravi), note="I overlooked something")
    waiting.refresh_from_db()
    assert waiting.cancelled_at


def test_a_newer_review_that_falls_due_too_soon_holds_back_what_waits(article, ravi, meena):
    judge(article, ravi)
    day = timezone.localdate()
    waiting = article.publish(by=hand(meena), note="In ten days", at=timezone.now() + datetime.timedelta(days=10))
    judge(article, ravi, next_due_on=day + datetime.timedelta(days=20))
    waiting.refresh_from_db()
    assert waiting.cancelled_at is None
    due = day + datetime.timedelta(days=2)
    judge(article, ravi, next_due_on=due)
    waiting.refresh_from_db()
    line = Line.objects.get(verb="cancel")
    assert waiting.cancelled_at and line.by_name == "Ravi"
    assert line.note == f"Held back: the review by Ravi falls due on {due:%d %B %Y}, before it comes into force"
    with pytest.raises(Unreviewed, match="falls due"):
        article.publish(by=hand(meena), note="Again", at=timezone.now() + datetime.timedelta(days=10))


def test_when_a_review_goes_one_that_falls_due_too_soon_does_not_keep_what_waits(article, ravi, meena):
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    longer = judge(article, ravi)
    waiting = article.publish(by=hand(meena), note="In ten days", at=timezone.now() + datetime.timedelta(days=10))
    article.revoke(longer, by=hand(ravi), note="I overlooked something")
    waiting.refresh_from_db()
    assert waiting.cancelled_at and "falls due on" in Line.objects.get(verb="cancel").note


def test_a_writers_own_later_judgement_that_falls_due_too_soon_is_seen_when_scheduling(article, asha, ravi, meena):
    judge(article, ravi)
    judge(article, asha, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    with pytest.raises(Unreviewed, match="by Asha falls due"):
        article.publish(by=hand(meena), note="In ten days", at=timezone.now() + datetime.timedelta(days=10))


def test_what_waits_in_an_emergency_is_not_held_back_by_a_fit_review(article, asha, ravi, meena):
    waiting = article.publish(
        by=hand(meena), note="In ten days", at=timezone.now() + datetime.timedelta(days=10), emergency="Wrong dose"
    )
    judge(article, asha)
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    waiting.refresh_from_db()
    assert waiting.cancelled_at is None


def test_a_clock_set_back_makes_no_writer_the_second_person(article, ravi, meena):
    article.publish(by=hand(meena), note="First", emergency="A test")
    past = timezone.now() - datetime.timedelta(hours=1)
    article.body = "Take 6 mg before food."
    article.keep(by=hand(ravi), at=past)
    judge(article, ravi)
    assert article.judgement(article.freeze(), timezone.now()).review is None
    found = article.judgement(article.freeze(), timezone.now()).dangers
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="Dose", ticks=[one.key for one in found])


def test_a_review_that_falls_due_before_the_edition_comes_is_not_enough(article, ravi, meena):
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    with pytest.raises(Unreviewed, match="falls due"):
        article.publish(by=hand(meena), note="Later", at=timezone.now() + datetime.timedelta(days=10))


def test_changes_of_publisher_or_renderer_void_nothing(article, ravi, meena):
    from publishing.models import Publisher

    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, "Asha", publisher=Publisher.objects.create(name="Another publisher"))
    judgement = article.judgement(article.freeze(), timezone.now())
    assert article.review_of(judgement.edition, timezone.now()).reviewer_name == "Ravi"
    ticks = [one.key for one in judgement.dangers]
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="Publisher", ticks=ticks)
    judge(article, ravi)
    article.publish(by=hand(meena), note="Publisher", ticks=ticks)
    assert newest(article).reviewer_name == "Ravi"


def test_the_head_of_a_page_shows_the_oldest_review_or_none(article, make_entry, ravi, at):
    entry = make_entry(article=article)
    first, second = judge(article, ravi), judge(entry, ravi)
    assert Standing.of([second, first], at).review == first
    assert Standing.of([first, None], at) == Standing.of([], at) == Standing.NOBODY


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE articles_articlereview SET result = 'not fit'",
        "UPDATE articles_articlereview SET reviewer_name = 'Somebody'",
        "DELETE FROM articles_articlereview",
    ],
)
def test_reviews_are_permanent(sql, article, ravi):
    review = judge(article, ravi)
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(Permanent):
        review.save()


def test_an_altered_review_is_noticed(article, ravi):
    from conftest import alter

    judge(article, ravi)
    alter("UPDATE articles_articlereview SET reviewer_name = 'Somebody'")
    with pytest.raises(CommandError, match="review"):
        call_command("verify_ledger")


def test_each_dangerous_change_takes_a_tick_that_is_kept(article, asha, ravi, meena):
    article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, asha, body="Take 50 mg after food.")
    judge(article, ravi)
    with pytest.raises(NotTicked, match="50"):
        article.publish(by=hand(meena), note="Dose")
    found = article.judgement(article.freeze(), timezone.now()).dangers
    article.publish(by=hand(meena), note="Dose", ticks=[one.key for one in found])
    kept = {"ticked": [{"digest": digest(["Take 5 mg after food.", "Take 50 mg after food."]), "kind": "changed"}]}
    assert Line.objects.head().told().items() >= (kept | {"review": article.reviews.get().line_id}).items()


def test_two_equal_judgements_both_stand_in_the_record(article, ravi):
    judge(article, ravi)
    judge(article, ravi)
    call_command("verify_ledger")


def test_the_newest_judgement_governs(article, ravi, meena):
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    judge(article, ravi, result="not fit", note="I overlooked something dangerous.")
    assert newest(article) is None
    edit(article, "Asha", lead="Other words.")
    judge(article, ravi)
    assert article.publish(by=hand(meena), note="Wording").number == 2


def test_invisible_words_are_no_reason(article, meena, ravi):
    for nothing in ("\u200b", "\u202e \u2060", " . "):
        with pytest.raises(Unreviewed):
            article.publish(by=hand(meena), note="First", emergency=nothing)
        with pytest.raises(Refused):
            article.publish(by=hand("import"), note=nothing)
        with pytest.raises(Unfit):
            judge(article, ravi, credential=nothing)


def test_another_language_is_a_change_of_substance(article, asha, meena):
    article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, asha, language="ta", body="Take it after food.")
    with pytest.raises((Unreviewed, NotTicked)):
        article.publish(by=hand(meena), note="Language")


def test_an_answer_beside_another_guide_is_a_change_of_substance(article, make_article, make_entry, asha, ravi, meena):
    entry = make_entry(article=article)
    entry.publish(by=hand(meena), note="First", emergency="A test")
    edit(entry, asha, article=make_article("Other"))
    with pytest.raises(Unreviewed):
        entry.publish(by=hand(meena), note="Moved")


def test_what_was_unsafe_comes_back_only_after_another_review(article, ravi, meena):
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    article.withdraw(by=hand(meena), note="Somebody was harmed", reason="unsafe")
    with pytest.raises(Unreviewed):
        article.publish(by=hand(meena), note="Back")
    judge(article, ravi)
    article.publish(by=hand(meena), note="Looked at again")


def test_a_text_that_cannot_be_published_is_not_called_fit(make_article, ravi):
    article = make_article(body="")
    with pytest.raises(Unfit, match="empty"):
        judge(article, ravi)


def act_page(client, work, act, by):
    client.force_login(by)
    return client.get(f"/admin/articles/article/{work.pk}/{act}/").text


def test_a_publisher_reads_why_a_review_by_their_own_link_does_not_count(article, meena, omar, client):
    by_link(article, meena)
    said = "by Dr Nila Rao does not count: it came by a link that who publishes it made."
    assert said in act_page(client, article, "publish", meena) and said in act_page(client, article, "schedule", meena)
    other = act_page(client, article, "publish", omar)
    assert "does not count" not in other and "was reviewed by Dr Nila Rao" in other


def test_a_publisher_reads_that_the_reviewer_wrote_in_the_text(article, asha, ravi, meena, client):
    edit(article, ravi, lead="Ravi's lead.")
    judge(article, ravi)
    assert "by Ravi does not count: it is by somebody who also wrote this text." in act_page(
        client, article, "publish", meena
    )
    judge(article, asha, result="not fit", note="No", reviewer_name="Dr Nila Rao")
    page = act_page(client, article, "publish", meena)
    assert "by Dr Nila Rao, is “Not fit”." in page and "also wrote" not in page


def test_a_publisher_reads_that_a_review_is_older_than_the_withdrawal(article, ravi, meena, client):
    judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    article.withdraw(by=hand(meena), note="Somebody was harmed", reason="unsafe")
    said = "by Ravi does not count: it is older than edition 1, which patients have read since."
    assert said in act_page(client, article, "publish", meena)


def test_the_panel_says_which_reviews_came_by_link_and_who_asked(article, ravi, meena, asha, client):
    judge(article, ravi)
    by_link(article, meena)
    client.force_login(asha)
    panel = client.get(f"/admin/articles/article/{article.pk}/change/").text
    assert panel.count("by link, asked for by") == 1
    assert re.search(r"Dr Nila Rao, [^<]*, by link, asked for by Meena", panel)


def test_only_the_notes_that_patients_read_are_said_to_be_read_by_them(article, ravi, meena, later, client):
    review = judge(article, ravi)
    article.publish(by=hand(meena), note="First")
    edit(article, "Asha", lead="Other words.")
    article.publish(by=hand(meena), note="Wording", at=later)
    for act, by in ((f"revoke/{review.pk}", ravi), ("cancel", meena)):
        page = act_page(client, article, act, by)
        assert "It stays in the record; patients do not read it." in page and "Patients can read it" not in page
    for act in ("publish", "schedule", "withdraw"):
        page = act_page(client, article, act, meena)
        assert "Patients can read it under “What changed”." in page and "do not read it" not in page
