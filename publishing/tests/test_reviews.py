"""Reviews: a clinician's judgement on one exact text, and the two people it takes to change what patients are told."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from publishing.exceptions import NotTicked, Permanent, Refused, Unfit, Unreviewed
from publishing.models import Frame, Line
from publishing.models.reviews import standing


def edit(work, by, **content):
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by=by, at=timezone.now())


def judge(work, by, result="fit", **given):
    given = {
        "text_digest": work.freeze().text_digest,
        "reviewer_name": by.get_full_name(),
        "credential": "haematologist",
        "next_due_on": timezone.localdate() + datetime.timedelta(days=365) if result == "fit" else None,
    } | given
    return work.review(by=by, result=result, **given)


def newest(work):
    return work.reviews.of_text(work.live(timezone.now()), timezone.now())


@pytest.fixture
def article(make_article, asha):
    return make_article(by=asha, body="Take 5 mg after food.")


def test_a_new_article_needs_a_second_person(article, asha, ravi, meena):
    with pytest.raises(Unreviewed, match="clinician who did not write it"):
        article.publish(by=meena, note="First")
    judge(article, ravi)
    edition = article.publish(by=meena, note="First")
    assert edition.is_substance and edition.emergency_reason == ""
    assert newest(article).reviewer_name == "Ravi"


def test_an_edit_voids_a_review_without_a_flag(article, asha, ravi, meena):
    judge(article, ravi)
    edit(article, asha, lead="Another lead.")
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="First")


def test_nobody_is_the_second_person_for_what_they_wrote(article, asha, ravi, meena):
    edit(article, ravi, body="Take 5 mg before food.")
    judge(article, ravi)
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="First")


def test_who_wrote_an_earlier_edition_may_review_a_later_one(article, asha, ravi, meena):
    edit(article, ravi, body="Take 5 mg before food.")
    article.publish(by=meena, note="First", emergency="A test")
    edit(article, asha, body="Take 4 mg before food.")
    judge(article, ravi)
    found = article.judgement(article.freeze(), timezone.now()).dangers
    assert article.publish(by=meena, note="Dose", ticks=[one.key for one in found]).number == 2


def test_an_emergency_takes_a_reason_that_stays_with_the_edition(article, meena):
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="First", emergency="  ")
    edition = article.publish(by=meena, note="First", emergency="Patients wait for it")
    assert edition.emergency_reason == "Patients wait for it"
    call_command("verify_ledger")


def test_a_change_of_wording_needs_no_second_person(article, asha, meena):
    article.publish(by=meena, note="First", emergency="A test")
    edit(article, asha, lead="A test that is short.")
    edition = article.publish(by=meena, note="Wording")
    assert not edition.is_substance


def test_a_person_may_raise_a_wording_to_substance(article, asha, meena):
    article.publish(by=meena, note="First", emergency="A test")
    edit(article, asha, lead="A test that is short.")
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="Wording", raises_substance=True)


def test_a_command_publishes_what_counts_as_not_checked(article):
    article.publish(by="import", note="file.txt")
    assert newest(article) is None


def test_a_clinic_may_switch_the_rule_off_and_the_ledger_says_when(article, meena, omar):
    frame = Frame.objects.create(pk=1, needs_two_people=False)
    frame.publish(by=omar, note="Only one of us")
    assert article.publish(by=meena, note="First").number == 1
    assert Line.objects.get(work="frame").note == "Only one of us"


def test_the_text_that_patients_read_can_be_reviewed_again_without_an_edition(article, ravi, meena, client):
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=30))
    live = article.publish(by=meena, note="First")
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


def test_what_is_fit_only_after_changes_is_no_review_to_publish_on(article, ravi, meena):
    judge(article, ravi, result="fit after changes", note="Say how long.")
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="First")


def test_a_review_revoked_while_its_edition_waits_holds_it_back(article, ravi, meena, later):
    review = judge(article, ravi)
    waiting = article.publish(by=meena, note="For Friday", at=later)
    article.revoke(review, by=ravi, note="I overlooked something")
    waiting.refresh_from_db()
    assert waiting.cancelled_at and article.live(later) is None
    assert "Held back" in Line.objects.get(verb="cancel").note
    call_command("verify_ledger")


def test_a_review_that_falls_due_before_the_edition_comes_is_not_enough(article, ravi, meena):
    judge(article, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    with pytest.raises(Unreviewed, match="falls due"):
        article.publish(by=meena, note="Later", at=timezone.now() + datetime.timedelta(days=10))


def test_changes_of_publisher_or_renderer_void_nothing(article, ravi, meena):
    from publishing.models import Publisher

    judge(article, ravi)
    article.publish(by=meena, note="First")
    edit(article, "Asha", publisher=Publisher.objects.create(name="Another publisher"))
    article.publish(by=meena, note="Publisher")
    assert newest(article).reviewer_name == "Ravi"


def test_the_head_of_a_page_shows_the_oldest_review_or_none(article, make_entry, ravi):
    entry = make_entry(article=article)
    first, second = judge(article, ravi), judge(entry, ravi)
    assert standing([second, first]) == first
    assert standing([first, None]) is None and standing([]) is None


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
    from publishing.tests.test_verification import alter

    judge(article, ravi)
    alter("UPDATE articles_articlereview SET reviewer_name = 'Somebody'")
    with pytest.raises(CommandError, match="review"):
        call_command("verify_ledger")


def test_each_dangerous_change_takes_a_tick_that_is_kept(article, asha, ravi, meena):
    article.publish(by=meena, note="First", emergency="A test")
    edit(article, asha, body="Take 50 mg after food.")
    judge(article, ravi)
    with pytest.raises(NotTicked, match="50"):
        article.publish(by=meena, note="Dose")
    found = article.judgement(article.freeze(), timezone.now()).dangers
    article.publish(by=meena, note="Dose", ticks=[one.key for one in found])
    assert "Take 50 mg after food." in Line.objects.head().detail


def test_two_equal_judgements_both_stand_in_the_record(article, ravi):
    judge(article, ravi)
    judge(article, ravi)
    call_command("verify_ledger")


def test_the_newest_judgement_governs(article, ravi, meena):
    judge(article, ravi)
    article.publish(by=meena, note="First")
    judge(article, ravi, result="not fit", note="I overlooked something dangerous.")
    assert newest(article) is None
    edit(article, "Asha", lead="Other words.")
    judge(article, ravi)
    assert article.publish(by=meena, note="Wording").number == 2


def test_invisible_words_are_no_reason(article, meena, ravi):
    for nothing in ("\u200b", "\u202e \u2060", " . "):
        with pytest.raises(Unreviewed):
            article.publish(by=meena, note="First", emergency=nothing)
        with pytest.raises(Refused):
            article.publish(by="import", note=nothing)
        with pytest.raises(Unfit):
            judge(article, ravi, credential=nothing)


def test_another_language_is_a_change_of_substance(article, asha, meena):
    article.publish(by=meena, note="First", emergency="A test")
    edit(article, asha, language="ta", body="Take it after food.")
    with pytest.raises((Unreviewed, NotTicked)):
        article.publish(by=meena, note="Language")


def test_an_answer_beside_another_guide_is_a_change_of_substance(article, make_article, make_entry, asha, ravi, meena):
    entry = make_entry(article=article)
    entry.publish(by=meena, note="First", emergency="A test")
    edit(entry, asha, article=make_article("Other"))
    with pytest.raises(Unreviewed):
        entry.publish(by=meena, note="Moved")


def test_what_was_unsafe_comes_back_only_after_another_review(article, ravi, meena):
    judge(article, ravi)
    article.publish(by=meena, note="First")
    article.withdraw(by=meena, note="Somebody was harmed", reason="unsafe")
    with pytest.raises(Unreviewed):
        article.publish(by=meena, note="Back")
    judge(article, ravi)
    article.publish(by=meena, note="Looked at again")


def test_a_text_that_cannot_be_published_is_not_called_fit(make_article, ravi):
    article = make_article(body="")
    with pytest.raises(Unfit, match="empty"):
        judge(article, ravi)
