"""What is compiled once finds what the same query finds when it is written out, whatever the values are."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models.articles import Article, ArticleEdition
from conftest import hand
from faq.models import EntryEdition
from publishing.models import FrameEdition, Line, noted
from publishing.models.chained.ledger import Touch
from publishing.models.frozen.editions import live_at_address, live_edition
from publishing.models.prepared import prepared
from publishing.models.stored import next_touch
from publishing.models.surround.frame import live_frame
from publishing.record.shown.composition import live_beside

pytestmark = [pytest.mark.databases, pytest.mark.djangos]

ODD = ("guide-1", "100%", "%s", "%(at)s", "{at}", "{", "'; --", "कार-टी", "")


@pytest.fixture
def moments(make_article, make_entry):
    """Two guides with questions, published three times, one withdrawn; moments before, between and after all of it."""
    found = [timezone.now() - datetime.timedelta(days=1)]
    for number in (1, 2):
        article = make_article(title=f"Guide {number}", slug=f"guide-{number}")
        works = [article, make_entry(article=article, question=f"What is {number}?", place=2)]
        works += [make_entry(article=article, question=f"Who is {number}?", place=1)]
        for time in range(3):
            for work in works:
                setattr(work, "lead" if work is article else "answer", f"Text {time}")
                work.keep(by=hand("Asha"), at=timezone.now())
                work.publish(by=hand("Asha"), note="Again", emergency="Measured")
                found.append(timezone.now())
    article.withdraw(by=hand("Asha"), note="Old", reason="out of date")
    return [*found, timezone.now(), timezone.now() + datetime.timedelta(days=1)]


def test_prepared_finds_at_each_moment_what_the_query_finds(moments):
    for at in moments:
        for article in Article.objects.all():
            live = ArticleEdition.objects.live(at, of=article.pk)
            assert live_edition(ArticleEdition, at=at, work=article.pk) == list(live)
            here = {"language": "en", "slug": article.slug}
            assert live_at_address(ArticleEdition, at=at, **here) == list(live.filter(**here))
            beside = live_beside(EntryEdition, at=at, original=article.pk)
            assert {one.work_id: one for one in beside} == {
                entry.pk: entry.live(at) for entry in article.entry_set.all() if entry.live(at)
            }
            assert [one.place for one in beside] == sorted(one.place for one in beside)
        assert live_frame(at=at, language="en") == list(FrameEdition.objects.live(at, of=1))
    assert Line.objects.head() == Line.objects.order_by("-seq")[0]


def test_what_is_deferred_stays_away_and_can_still_be_read(moments, django_assert_num_queries):
    edition = live_beside.first(EntryEdition, at=moments[-1], original=Article.objects.get(slug="guide-1").pk)
    with django_assert_num_queries(0):
        assert (edition.question, edition.is_notice, edition.cancelled_at) == ("Who is 1?", False, None)
    with django_assert_num_queries(1):
        assert edition.answer


@pytest.mark.parametrize("odd", ODD)
def test_no_value_changes_the_query_or_the_names_that_are_noted(moments, odd):
    with noted() as names:
        found = live_at_address(ArticleEdition, at=moments[-1], language="en", slug=odd)
    assert names == {f"articles at en/{odd}"}
    assert [one.slug for one in found] == (["guide-1"] if odd == "guide-1" else [])


def test_names_are_noted_at_each_call_and_only_for_the_page_being_made(moments):
    first, second = Article.objects.values_list("pk", flat=True)
    for work in (first, second, first):
        with noted() as names:
            live_edition(ArticleEdition, at=moments[-1], work=work)
        assert names == {f"articles/{work}"}


def test_a_list_of_any_length_is_one_query(moments, django_assert_num_queries):
    at, name = moments[0], Article.objects.get(slug="guide-1").name
    for names in ([name], [*map(str, range(5_000)), name], ['"', "%s", "{at}", name]):
        with django_assert_num_queries(1):
            assert next_touch.first(at=at, names=names).name == name
    assert next_touch.first(at=at, names=[]) is None
    assert next_touch.first(at=moments[-1], names=[name]) is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite looks a list up in an index by itself")
def test_postgresql_looks_a_list_up_in_an_index(moments):
    line = Line.objects.head()
    Touch.objects.bulk_create(
        Touch(name=f"articles/{number}", line=line, in_force_at=moments[-1]) for number in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE publishing_touch")
        with CaptureQueriesContext(connection) as queries:
            next_touch(at=moments[0], names=["articles/1", "articles/7", "frame in en"])
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "touch_name_" in plan and "Seq Scan" not in plan, plan


def test_what_cannot_be_prepared_is_said(moments):
    with pytest.raises(TypeError, match="takes"):
        live_edition(ArticleEdition, at=moments[-1], works=1)
    joined = prepared(lambda: ArticleEdition.objects.select_related("topic"))
    with pytest.raises(TypeError, match="Nothing can be joined"):
        joined()


def test_a_query_is_built_once_for_each_model(moments):
    built = []

    @prepared
    def numbered(model, *, number):
        built.append(model)
        return model.objects.filter(number=number)

    for number in (1, 2, 3):
        for model in (ArticleEdition, EntryEdition):
            assert numbered(model, number=number) == list(model.objects.filter(number=number))
    assert built == [ArticleEdition, EntryEdition]
