"""verify_ledger notices what was done behind its back."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection, models
from django.utils import timezone

from articles.models.topics import Topic
from conftest import alter, hand
from publishing.models import Line
from publishing.record import triggers

pytestmark = pytest.mark.databases


@pytest.fixture
def record(make_article, make_entry, meena, later):
    """A small record: two articles, a question, a topic, something waiting, something cancelled."""
    topic = Topic(title="Tests", slug="tests")
    topic.keep(by=hand("Meena"), note="New topic")
    article = make_article(topic=topic)
    article.publish(by=hand("Meena"), note="First")
    make_entry(article=article).publish(by=hand("Meena"), note="First question")
    other = make_article("Your first visit")
    other.publish(by=hand("Meena"), note="For Friday", at=later)
    other.publish(by=hand("Meena"), note="Now after all")
    return article


def test_an_untouched_record_holds(record, capsys):
    call_command("verify_ledger")
    assert "The record holds: 6 lines" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE articles_articleedition SET html = '<p>other</p>' WHERE number = 1 AND title LIKE 'Having%'", 2),
        ("UPDATE articles_articleedition SET sponsor_name = 'Somebody' WHERE title LIKE 'Having%'", 2),
        ("UPDATE faq_entryedition SET answer = 'Not at all.'", 3),
        ("DELETE FROM faq_entryedition", 3),
        ("UPDATE articles_articleedition SET cancelled_at = NULL", 5),
        ("UPDATE articles_topicedition SET title = 'Other'", 1),
        ("UPDATE publishing_line SET note = 'Other' WHERE seq = 4", 4),
        ("UPDATE publishing_line SET by_name = 'Other' WHERE seq = 6", 6),
    ],
)
def test_an_altered_row_is_noticed_and_its_line_named(sql, line, record):
    alter(sql)
    with pytest.raises(CommandError, match=f"line {line}:"):
        call_command("verify_ledger")


def test_a_line_taken_out_is_noticed(record):
    for sql in ("faq_entryedition WHERE line_id = 3", "publishing_touch WHERE line_id = 3"):
        alter(f"DELETE FROM {sql}")
    alter("DELETE FROM publishing_line WHERE seq = 3")
    with pytest.raises(CommandError, match="line 3: it is missing"):
        call_command("verify_ledger")


NAME = {
    "sqlite": "SELECT name FROM sqlite_master WHERE name LIKE 'permanent_publishing_line_delete%'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'permanent_publishing_line_delete%'",
}
ALLOW = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
TAMPERED = {
    "sqlite": [
        ['DROP TRIGGER "{}"'],
        ['DROP TRIGGER "{}"', 'CREATE TRIGGER "{}" BEFORE DELETE ON publishing_line BEGIN SELECT 1; END'],
    ],
    "postgresql": [
        ['DROP TRIGGER "{}" ON publishing_line'],
        ['ALTER TABLE publishing_line DISABLE TRIGGER "{}"'],
        [f'CREATE OR REPLACE FUNCTION "{{}}"() {ALLOW}'],
    ],
}


def test_a_trigger_dropped_disabled_or_altered_is_a_fault_until_the_next_migrate(record):
    for statements in TAMPERED[connection.vendor]:
        with connection.cursor() as cursor:
            cursor.execute(NAME[connection.vendor])
            [[name]] = cursor.fetchall()
            for sql in statements:
                cursor.execute(sql.format(name))
        with pytest.raises(CommandError, match=f"trigger {name} is missing"):
            call_command("verify_ledger")
        triggers.install()
        call_command("verify_ledger")


def test_triggers_taken_away_leave_nothing_behind(db):
    triggers.remove()
    catalogue = "pg_proc WHERE proname" if connection.vendor == "postgresql" else "sqlite_master WHERE name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {catalogue} LIKE 'permanent%'")
        assert cursor.fetchone() == (0,)
    triggers.install()
    assert triggers.missing() == []


def test_deleting_every_user_changes_nothing_shown_or_recorded(record, client):
    before = client.get(record.get_absolute_url()).content
    lines = list(Line.objects.values())
    assert User.objects.all().delete()[0]
    assert client.get(record.get_absolute_url()).content == before
    assert list(Line.objects.values()) == lines
    call_command("verify_ledger")


def test_a_migration_that_rebuilds_a_table_leaves_it_permanent(press, make_article):
    edition = make_article().publish(by=hand("import"), note="First")
    constraint = models.CheckConstraint(condition=models.Q(number__gte=1), name="counted_from_one")
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")
    with connection.schema_editor() as editor:
        editor.add_constraint(type(edition), constraint)
    call_command("migrate", verbosity=0)
    try:
        assert triggers.missing() == []
        assert timezone.now() > edition.made_at
    finally:
        triggers.make_room()
        with connection.schema_editor() as editor:
            editor.remove_constraint(type(edition), constraint)
        triggers.install()
