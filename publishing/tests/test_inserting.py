"""Rows written many at once are what they were, and have the keys that the database gave them."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models.articles import Article
from articles.models.topics import Topic
from publishing.models import StoredPage
from publishing.models.inserting import insert

NOW = datetime.datetime(2025, 6, 24, 6, 30, 0, 123456, tzinfo=datetime.UTC)


def guides(number, **more):
    return [
        Article(slug=f"guide-{n}", title="“%s” {0} 中 \\ '", published_on=NOW.date(), changed_at=NOW, edits=n, **more)
        for n in range(number)
    ]


def test_each_row_comes_back_with_its_key_and_as_it_was(db):
    made = guides(101, topic=Topic.objects.create(name="Blood", slug="blood"))
    with CaptureQueriesContext(connection) as queries:
        insert(made)
    assert len(queries) < 6
    assert len({one.pk for one in made}) == 101
    for one in made:
        kept = Article.objects.get(pk=one.pk)
        for field in Article._meta.concrete_fields:
            assert getattr(kept, field.attname) == getattr(one, field.attname), field.name
    made[0].title = "Another"
    made[0].save()
    assert Article.objects.count() == 101


def test_a_key_that_the_row_brings_is_kept(db):
    numbers = dict.fromkeys(("since_us", "until_us", "seq", "http"), 7)
    bodies = {"br": b"\x00%s", "gzip": b"\xff", "identity": b""}
    pages = [StoredPage(key=key, needs="[]", **numbers, **bodies) for key in ("b", "a", "%s")]
    insert(pages)
    assert [page.key for page in pages] == ["b", "a", "%s"]
    assert {page.key for page in StoredPage.objects.all()} == {"b", "a", "%s"}
    assert bytes(StoredPage.objects.get(key="%s").br) == b"\x00%s"


def test_a_row_that_has_its_key_is_refused(db):
    made = guides(2)
    insert(made[:1])
    for row in (made[0], Article(pk=777, slug="brought")):
        with pytest.raises(ValueError, match="has its key already"), transaction.atomic():
            insert([made[1], row])
    assert Article.objects.count() == 1


def test_all_are_written_or_none(press):
    made = guides(200)
    made[150].slug = made[0].slug
    with pytest.raises(IntegrityError):
        insert(made)
    assert not Article.objects.exists()


def test_nothing_is_nothing_to_write(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert([])


def test_the_database_refuses_what_it_always_refuses(db):
    made = guides(2)
    made[1].slug = made[0].slug
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(made)
    assert not Article.objects.exists()
