"""Publish, schedule, cancel, withdraw: what patients can read at each moment."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models.articles import Article, ArticleEdition
from conftest import act_of_a_fast_clock, hand, let_pass
from publishing.models import Line, Touch, kinds
from publishing.record.verifying.verification import faults
from publishing.refusals import (
    AddressTaken,
    Changed,
    ClockBehind,
    MomentPassed,
    NoteMissing,
    NothingToPublish,
    NothingWaiting,
    NotLive,
    Permanent,
    Refused,
    Unfit,
)

pytestmark = pytest.mark.databases

HOUR = datetime.timedelta(hours=1)


def edit(article, **content):
    for name, value in content.items():
        setattr(article, name, value)
    article.keep(by=hand("Asha"), at=timezone.now())


def read(article, at):
    edition = article.live(at)
    return None if edition is None else edition.notice_reason if edition.is_notice else edition.body


def test_what_was_never_published_is_read_by_nobody(make_article, at):
    assert read(make_article(), at + HOUR) is None


def test_publishing_freezes_the_working_copy(make_article, meena):
    article = make_article(body="One.")
    edition = article.publish(by=hand(meena), note="First", emergency="A test")
    edit(article, body="Two.")
    assert (edition.number, edition.made_by, edition.made_by_name) == (1, meena, "Meena")
    assert read(article, edition.in_force_at) == "One."
    assert article.differs_from(edition)


def test_waiting_edition_is_hidden_until_its_time(make_article, meena, later):
    article = make_article()
    edition = article.publish(by=hand("Meena"), note="From Friday", at=later)
    assert read(article, later - datetime.timedelta(microseconds=1)) is None
    assert read(article, later) == article.body
    assert article.waiting(later - HOUR) == edition and article.waiting(later) is None


def test_a_correction_published_while_an_edition_waits_is_not_undone_by_it(make_article, meena, later):
    article = make_article(body="Take 5 mg.")
    article.publish(by=hand("Meena"), note="First")
    edit(article, body="Take 5 mg, with food.")
    friday = article.publish(by=hand("Meena"), note="For Friday", at=later)
    edit(article, body="Take 0.5 mg.")
    article.publish(by=hand("Meena"), note="Dose corrected")
    friday.refresh_from_db()
    assert friday.cancelled_at is not None
    assert read(article, later + HOUR) == "Take 0.5 mg."


def test_withdrawing_while_an_edition_waits_cancels_it(make_article, meena, later):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    edit(article, body="Another text.")
    article.publish(by=hand("Meena"), note="For Friday", at=later)
    article.withdraw(by=hand("Meena"), note="A mistake was found", reason="unsafe")
    assert read(article, later + HOUR) == "unsafe"
    assert article.waiting(timezone.now()) is None
    assert [line.verb for line in Line.objects.order_by("seq")] == ["publish", "schedule", "cancel", "withdraw"]


def test_a_withdrawal_can_wait_and_be_cancelled(make_article, meena, later):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    article.withdraw(by=hand("Meena"), note="Ends with the trial", reason="out of date", at=later)
    assert read(article, later) == "out of date"
    article.cancel(by=hand("Meena"), note="The trial goes on")
    assert read(article, later) == article.body
    with pytest.raises(NothingWaiting):
        article.cancel(by=hand("Meena"), note="Again")


def test_a_withdrawn_text_can_be_published_again_unchanged(make_article, meena):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    article.withdraw(by=hand("Meena"), note="Checking", reason="out of date")
    article.publish(by=hand("Meena"), note="Still right")
    assert read(article, timezone.now() + HOUR) == article.body


def test_a_moment_in_the_past_is_refused(make_article, meena, at):
    with pytest.raises(MomentPassed):
        make_article().publish(by=hand("Meena"), note="Backdated", at=at - HOUR)
    assert not Line.objects.exists()


def test_publishing_twice_the_same_makes_one_edition(make_article, meena):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    with pytest.raises(NothingToPublish):
        article.publish(by=hand("Meena"), note="First")
    assert article.editions.count() == 1


def test_acts_that_cannot_be_are_refused_with_a_sentence(make_article, meena):
    article = make_article()
    with pytest.raises(NotLive):
        article.withdraw(by=hand("Meena"), note="Why not", reason="unsafe")
    with pytest.raises(NoteMissing):
        article.publish(by=hand("Meena"), note="   ")
    article.publish(by=hand("Meena"), note="First")
    with pytest.raises(Unfit):
        article.withdraw(by=hand("Meena"), note="New one", reason="replaced")
    edit(article, body="")
    with pytest.raises(Unfit, match="empty"):
        article.publish(by=hand("Meena"), note="Nothing")
    assert Line.objects.count() == 1


def test_what_somebody_saved_meanwhile_is_not_published_unseen(make_article, meena):
    article = make_article()
    edit(Article.objects.get(pk=article.pk), body="Changed by somebody else.")
    with pytest.raises(Changed):
        article.publish(by=hand("Meena"), note="As I saw it")


def test_a_clock_set_back_unpublishes_nothing(make_article, meena):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    let_pass(hours=-3)
    assert Line.objects.head().at > timezone.now() + 2 * HOUR
    assert read(article, Line.objects.moment_of_reading()) == article.body
    edit(article, body="Later text.")
    with pytest.raises(ClockBehind, match="clock"):
        article.publish(by=hand("Meena"), note="Second")


def test_a_clock_a_little_behind_publishes_after_the_last_act(make_article, meena):
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    last = act_of_a_fast_clock(minutes=4)
    edit(article, body="Later text.")
    second = article.publish(by=hand("Meena"), note="Second")
    assert second.in_force_at == last + datetime.timedelta(microseconds=1)
    assert not list(faults())


def test_a_taken_address_is_refused(make_article, meena):
    one, two = make_article("One"), make_article("Two")
    one.publish(by=hand("Meena"), note="First")
    edit(one, slug="another")
    edit(two, slug="one")
    with pytest.raises(AddressTaken, match="one"):
        two.publish(by=hand("Meena"), note="First")


def test_each_act_touches_the_names_it_affects(make_article, make_entry, meena):
    first, second = make_article("First"), make_article("Second")
    entry = make_entry(article=first)
    entry.publish(by=hand("Meena"), note="New")
    entry.article = second
    entry.keep(by=hand("Meena"), at=timezone.now())
    entry.publish(by=hand("Meena"), note="Moved")
    names = set(Touch.objects.filter(line__seq=2).values_list("name", flat=True))
    assert {entry.name, "faq", f"faq for {first.name}", f"faq for {second.name}"} <= names


def test_editions_and_lines_refuse_change_in_the_model(make_article, meena):
    edition = make_article().publish(by=hand("Meena"), note="First")
    line = Line.objects.get()
    for act in (
        edition.save,
        edition.delete,
        line.save,
        line.delete,
        ArticleEdition.objects.all().delete,
        Line.objects.all().delete,
        lambda: ArticleEdition.objects.update(html=""),
        lambda: Line.objects.update(note=""),
        lambda: Line.objects.bulk_create([line], update_conflicts=True, update_fields=["note"], unique_fields=["seq"]),
    ):
        with pytest.raises(Permanent):
            act()


LINE = [field.column for field in Line._meta.concrete_fields]
OTHER_LINE = {"seq": "seq + 2", "previous": "'x'", "hash": "'y'"}
CHANGES = [
    "UPDATE articles_articleedition SET html = 'other'",
    "UPDATE articles_articleedition SET made_by_name = 'Somebody'",
    "UPDATE articles_articleedition SET cancelled_at = in_force_at",
    "UPDATE articles_articleedition SET made_by_id = 4711",
    "DELETE FROM articles_articleedition",
    "UPDATE publishing_line SET note = 'other'",
    "DELETE FROM publishing_line",
    "UPDATE publishing_touch SET name = 'other'",
    "DELETE FROM publishing_touch",
    f"INSERT INTO publishing_line SELECT {', '.join(OTHER_LINE.get(name, name) for name in LINE)} FROM publishing_line",
]


@pytest.mark.parametrize("sql", CHANGES)
def test_the_database_refuses_change_too(sql, make_article, meena):
    make_article().publish(by=hand("Meena"), note="First")
    with pytest.raises(IntegrityError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgresql_refuses_to_empty_a_permanent_table(press, make_article):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE: it deletes, which is refused row by row.")
    make_article().publish(by=hand("import"), note="First")
    for model in kinds.permanent():
        with pytest.raises(IntegrityError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert ArticleEdition.objects.count() == Line.objects.count() == 1


def test_two_publishers_at_the_same_second_both_stand_in_one_chain(press, make_article):
    articles = [make_article(f"Guide {number}") for number in range(4)]
    start, problems = threading.Barrier(4), []

    def publish(article):
        try:
            start.wait()
            for number in range(3):
                edit(article, body=f"Text {number}.")
                article.publish(by=hand("import"), note="At once")
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[article]) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert Line.objects.count() == 12 and not list(faults())


def test_two_people_publishing_the_same_article_make_one_edition(press, make_article):
    article = make_article()
    start, results = threading.Barrier(2), []

    def publish():
        try:
            mine = Article.objects.get(pk=article.pk)
            start.wait()
            results.append(mine.publish(by=hand("import"), note="At once"))
        except Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(result).__name__ for result in results) == ["ArticleEdition", "NothingToPublish"]
