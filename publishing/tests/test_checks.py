"""What patients are told about who checked a page."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conftest import hand, judge, let_pass, republish, shown
from publishing.models import StoredPage

PATH = "/articles/having-a-blood-test/"
YEAR = timezone.localdate().year + 5
DUE = f"October {YEAR}"


@pytest.fixture
def article(make_article, ravi):
    article = make_article(body="Take 5 mg.")
    judge(article, ravi, next_due_on=datetime.date(YEAR, 10, 12))
    article.publish(by=hand("Meena"), note="First")
    return article


def test_a_reviewed_guide_says_by_whom_when_and_until_when_at_head_and_foot(article, client):
    page = client.get(PATH).text
    assert "Not yet" not in page
    assert page.count(DUE) == 2 and page.count(timezone.localdate().strftime("%Y-%m-%d")) >= 2
    assert "Ravi, haematologist" in page
    assert "Reviewed" in client.get("/articles/").text and "Not yet checked" not in client.get("/articles/").text


def test_one_question_that_nobody_checked_speaks_for_the_whole_page(article, make_entry, ravi, client):
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    assert "Not yet checked by a clinician" in client.get(PATH).text
    lists = ("/", "/articles/", "/search/?q=blood")
    assert ["Not yet checked" in client.get(path).text for path in lists] == [True] * 3
    judge(entry, ravi)
    assert ["Not yet" in client.get(path).text for path in (PATH, *lists)] == [False] * 4
    assert "Checked by Ravi, haematologist" in client.get(entry.get_absolute_url()).text


def test_a_review_reaches_a_stored_page_and_a_revocation_too(article, ravi, client):
    assert "Not yet" not in client.get(PATH).text
    article.revoke(article.reviews.get(), by=hand(ravi), note="Overlooked")
    assert "Not yet checked" in client.get(PATH).text
    judge(article, ravi)
    assert "Not yet checked" not in client.get(PATH).text


def test_another_text_is_not_checked_by_an_old_review(article, client):
    republish(article, "Take 6 mg.")
    assert "Not yet checked" in client.get(PATH).text


def test_an_overdue_check_is_said_plainly_from_the_day_after_it_was_due(article, asha, client):
    client.get(PATH)
    stored = StoredPage.objects.get(key__endswith=PATH)
    review = article.reviews.get()
    assert stored.until_us == int(review.overdue_at.timestamp() * 1_000_000)
    client.force_login(asha)
    assert "due a check" not in shown(client, review.overdue_at - datetime.timedelta(seconds=1), PATH).text
    page = shown(client, review.overdue_at, PATH).text
    assert "This page is due a check" in page and DUE in page


@pytest.mark.parametrize(
    ("name", "right", "wrong", "said"),
    [
        ("published_on", datetime.date(1900, 1, 1), datetime.date(1, 1, 1), "0001-01-01 cannot be the date"),
        ("published_on", timezone.localdate(), datetime.date(2999, 1, 1), "not more than a year ahead"),
        ("brief", f"Dose: {'a' * 300}", f"Dose: {'a' * 301}", "Say it in fewer words"),
        ("sources", "a" * 20_000, "a" * 20_001, "Keep the ones that the guide rests on"),
    ],
)
def test_what_no_guide_can_need_is_refused_with_what_to_do(name, right, wrong, said, article):
    setattr(article, name, right)
    article.full_clean()
    setattr(article, name, wrong)
    with pytest.raises(ValidationError, match=said):
        article.full_clean()


def test_nobody_hands_over_to_himself(article, asha, omar, client):
    client.force_login(omar)
    answer = client.post("/admin/articles/article/handover/", {"of": asha.pk, "to": asha.pk})
    assert "Choose two different people." in answer.text


def test_the_day_a_page_names_is_the_first_on_which_one_of_its_texts_is_due(article, make_entry, ravi, client):
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    soon = timezone.localdate() + datetime.timedelta(days=2)
    judge(entry, ravi, next_due_on=soon)
    assert f'<time datetime="{soon:%Y-%m}">' in client.get(PATH).text
    let_pass(days=5)
    StoredPage.objects.all().delete()
    was = soon - datetime.timedelta(days=5)
    assert f'The next check was due in <time datetime="{was:%Y-%m}">' in client.get(PATH).text


def test_a_question_that_moves_to_another_guide_takes_its_due_day_along(
    article, make_article, make_entry, ravi, client
):
    other = make_article("Another guide")
    judge(other, ravi)
    other.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    judge(entry, ravi, next_due_on=timezone.localdate() + datetime.timedelta(days=2))
    entry.article = other
    entry.keep(by=hand("Asha"), at=timezone.now())
    entry.publish(by=hand("Meena"), note="Moved", emergency="A test")
    client.get(other.get_absolute_url())
    stored = StoredPage.objects.get(key__endswith=other.get_absolute_url())
    assert stored.until_us == int(entry.reviews.get().overdue_at.timestamp() * 1_000_000)


def test_a_table_that_cannot_be_published_is_refused_when_it_is_saved(article):
    article.body = "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 12_000
    with pytest.raises(ValidationError, match="too long to be published with the rest of this text"):
        article.full_clean()
