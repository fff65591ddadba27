"""What patients read of who checked a guide, beside its clinician, and of the part a machine had in it."""

import pytest
from django.utils import timezone

from conftest import edit, hand, judge
from publishing.models import Review
from publishing.record import composed

KINDS = [Review.Kind.TRANSLATOR, Review.Kind.LAY_READER]


@pytest.fixture
def published(make_article, ravi):
    article = make_article()
    judge(article, ravi)
    article.publish(by=hand("Meena"), note="First")
    return article


def read(client, article):
    return " ".join(client.get(article.address()).text.split())


def test_each_kind_of_check_is_a_row_until_it_is_taken_back(published, meena, omar, client):
    assert "Lay reader" not in read(client, published) and "Translation checked by" not in read(client, published)
    judge(published, meena, kind="translator", credential="sworn translator", is_machine=True)
    other = judge(published, omar, kind="lay reader", credential="a patient’s son")
    page = read(client, published)
    assert "Translation checked by</dt><dd>Meena, sworn translator, on" in page
    assert "A machine translated it first." in page and "Lay reader</dt><dd>Omar, a patient’s son, on" in page
    assert "Reviewed by</dt><dd>Ravi, haematologist" in page and "Not yet checked" not in page
    published.revoke(other, by=hand(meena), note="Mistaken")
    assert "Lay reader" not in read(client, published)


@pytest.mark.parametrize("kind", KINDS)
def test_what_another_kind_says_neither_gives_nor_takes_a_clinicians_word(kind, make_article, meena, ravi, client):
    article = make_article()
    article.publish(by=hand("Asha"), note="First")
    judge(article, meena, kind=kind)
    assert "Not yet checked by a clinician" in read(client, article)
    judge(article, ravi)
    judge(article, meena, result="not fit", kind=kind, note="Hard to read")
    page = read(client, article)
    assert "Not yet checked by a clinician" not in page and "Reviewed by</dt><dd>Ravi" in page
    assert "Lay reader" not in page and "Translation checked by" not in page


def test_a_not_fit_of_another_kind_holds_back_nothing_that_waits(published, ravi, meena, later):
    edit(published, "Asha", lead="Other.")
    judge(published, ravi)
    published.publish(by=hand("Meena"), note="Second", at=later, raises_substance=True)
    judge(published, meena, result="not fit", kind="lay reader", note="Hard")
    assert published.waiting(timezone.now()) is not None


def test_a_page_with_another_check_has_another_digest(published, meena):
    before = composed(published.live(timezone.now()), timezone.now()).digest
    judge(published, meena, kind="lay reader")
    assert composed(published.live(timezone.now()), timezone.now()).digest != before


@pytest.mark.parametrize(
    "part, said",
    [("", ""), ("none", "It had no part"), ("helped", "It helped to write"), ("drafted", "It drafted this text")],
)
def test_the_part_of_a_machine_is_frozen_in_the_edition_and_told_after_who_answers(part, said, published, client):
    edit(published, "Asha", ai_part=part, lead="Changed.")
    published.publish(by=hand("Meena"), note="Second")
    edit(published, "Asha", ai_part="none")
    page = read(client, published)
    assert ("Artificial intelligence" in page) is bool(part) and said in page
    assert not part or page.index("Reviewed by") < page.index(said)
    assert published.live(timezone.now()).ai_part == part
