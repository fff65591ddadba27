"""What Django's documents do not promise, and the house takes: each test says what breaks where it has changed."""

import datetime

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from publishing import unpromised

pytestmark = [pytest.mark.django_db, pytest.mark.databases, pytest.mark.djangos]


def test_the_drivers_own_connection_answers_a_query(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE seen_by_both (number integer)")
        cursor.execute("INSERT INTO seen_by_both VALUES (7)")
    found = unpromised.driver(connection).execute("SELECT number FROM seen_by_both").fetchone()
    assert found == (7,), "No stored page is found, since the driver's connection is another one: see models/stored.py."


def test_what_is_asked_again_and_again_is_seen_as_all_else_and_planned_once(db):
    with CaptureQueriesContext(connection) as seen:
        for number in range(8):
            with unpromised.asking(connection) as cursor:
                cursor.execute("SELECT slug FROM articles_article WHERE id > %s", [number])
    assert len(seen) == 8, "Nobody counts what pages ask any more: see models/prepared.py."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT slug FROM art%'")
            assert cursor.fetchone() == (1,), "PostgreSQL plans each search anew, and each page."


def test_the_tables_of_a_database_are_known(db):
    wanted = {model._meta.db_table for model in apps.get_models()}
    assert wanted <= unpromised.tables(connection), "No trigger is installed: see record/rules/triggers.py."


def test_a_statement_comes_with_its_values_apart(db):
    sql, values = unpromised.statement(Article.objects.filter(slug="it's %s"))
    assert "%s" in sql and tuple(values) == ("it's %s",), "No query can be prepared: see models/prepared.py."
    assert list(Article.objects.raw(sql, values)) == []


def test_what_a_row_holds_is_turned_into_what_a_field_holds(db):
    Article.objects.create(title="Blood", slug="blood", published_on=datetime.date(2026, 6, 24))
    names = ("id", "title", "published_on")
    fields = [Article._meta.get_field(name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM articles_article")
        row = list(cursor.fetchone())
    for place, (convert, column) in unpromised.converters(connection, fields):
        for one in convert:
            row[place] = one(row[place], column, connection)
    assert row[1:] == ["Blood", datetime.date(2026, 6, 24)], "What is prepared is read wrongly: see models/prepared.py."


def test_an_object_that_is_made_of_a_row_is_one_that_was_read(db):
    article = Article.objects.create(title="Blood", slug="blood", published_on=datetime.date(2026, 6, 24))
    one = unpromised.made(Article, connection, ["id", "title", "topic_id"], [article.pk, "Blood", None])
    why = "What is prepared makes other objects than Django: see models/prepared.py."
    assert one == article and not one._state.adding and one._state.db == connection.alias, why
    assert one.get_deferred_fields() == article.get_deferred_fields() | {
        field.attname for field in Article._meta.concrete_fields if field.attname not in ("id", "title", "topic_id")
    }, why
    assert (one.slug, one.topic) == ("blood", None), why
    one.title = "Bone"
    one.save(update_fields=["title"])
    assert Article.objects.get().title == "Bone", why


def test_what_brings_other_tables_along_is_seen():
    why = "A query that joins would be prepared, and its rows put together wrongly: see models/prepared.py."
    assert unpromised.joins(Article.objects.select_related("topic")), why
    assert not unpromised.joins(Article.objects.filter(topic__slug="blood")), why


def test_the_models_of_a_database_are_known_from_its_migrations(db):
    after = unpromised.migrations()
    why = "No backup can be restored: see carsite/keeping/restoring.py."
    assert unpromised.migrated(connection) == set(after), why
    last = [node for node, following in after.items() if not following]
    unpromised.migrate_to(connection, last)
    then = {model._meta.label: model for model in unpromised.models_at(connection, last).get_models()}
    assert set(then) == {model._meta.label for model in apps.get_models()}, why
    for model in apps.get_models():
        columns = [field.column for field in then[model._meta.label]._meta.concrete_fields]
        assert sorted(columns) == sorted(field.column for field in model._meta.concrete_fields), why


def test_in_a_transaction_nothing_is_committed_by_itself(press):
    why = "An act could be done outside a transaction: see ledger.lock()."
    assert transaction.get_autocommit(), why
    with transaction.atomic():
        assert not transaction.get_autocommit(), why


def test_the_fields_of_a_model_are_its_concrete_ones():
    for model in apps.get_models():
        promised = [one for one in model._meta.get_fields() if one.concrete and not one.many_to_many]
        assert list(model._meta.fields) == list(model._meta.concrete_fields) == promised, "Editions copy other fields."
