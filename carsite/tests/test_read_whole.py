"""What no page reads: a large table as a whole, for what one text or a few of them say."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import hand, judge
from publishing.models import Line
from publishing.models.shelf.consents import all_consents
from publishing.record import Pressing

LARGE = re.compile(
    r"SCAN ((?:articles_article|faq_entry)(?:edition|review)?|publishing_(?:line|touch|saving|indexed))\b"
)
pytestmark = [pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite finds it"), pytest.mark.databases]


def read_whole(do):
    """(table as the statement calls it, the statement) of each that reads one to its end; of the ledger its head is
    asked for in order, which stops at once."""
    with CaptureQueriesContext(connection) as made:
        do()
    found = []
    for one in made.captured_queries:
        sql = one["sql"]
        if not sql.startswith("SELECT") or re.search(r"ORDER BY \S*(seq|1)\S* DESC LIMIT 1", sql):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
        found += [(match[1], sql) for step in plan if (match := LARGE.match(step))]
    return found


@pytest.fixture
def told(guide, make_article, make_entry, asha, ravi, meena):
    """A guide with a question that patients read, and others beside it."""
    for number in range(3):
        other = make_article(f"Other {number}", owner=asha, by=hand(asha))
        entry = make_entry(f"Why {number}?", article=other, by=hand(asha))
        for work in (other, entry):
            judge(work, ravi)
            work.publish(by=hand(meena), note="First")
    counted_as_many()
    return other


def counted_as_many():
    """What the database knows when it has counted its rows, were each table ten thousand times as long."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        rows = cursor.execute("SELECT rowid, stat FROM sqlite_stat1").fetchall()
        for row, stat in rows:
            first, *more = stat.split()
            many = " ".join(str(int(one) * 10_000) if one == first else one for one in (first, *more))
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE rowid = %s", [many, row])
        cursor.execute("ANALYZE sqlite_master")


def test_the_form_of_a_text_reads_what_is_known_of_that_text(told):
    entry = told.entry_set.get()
    for work in (told, entry):
        assert read_whole(lambda work=work: Pressing.of([work], timezone.now())) == []


def test_who_can_be_known_in_pictures_is_asked_of_lines_that_say_it(told):
    assert read_whole(lambda: list(all_consents(timezone.now()))) == []
    assert Line.objects.count() > 10


@pytest.mark.parametrize("path", ["history/", "history/1/", "history/1/since/"])
def test_what_a_page_said_is_found_without_other_guides_editions(told, client, path):
    address = f"{told.get_absolute_url()}{path}"
    whole = read_whole(lambda: client.get(address))
    assert [table for table, _sql in whole if "edition" in table or table.startswith("U")] == []


def test_translations_are_looked_for_among_translations(told, client):
    """Also where there are none, and the database has counted that: then it takes the others for one original's."""
    addresses = [told.get_absolute_url(), told.entry_set.get().get_absolute_url()]
    for address in (*addresses, "/sitemap-questions.xml", "/sitemap-guides.xml"):
        whole = read_whole(lambda address=address: client.get(address))
        assert [sql for table, sql in whole if "edition" in table and "original_id" in sql] == [], address


def test_staff_look_for_translations_among_translations(told, client, asha):
    client.force_login(asha)
    for address in ("/admin/articles/article/", "/admin/faq/entry/", f"/admin/articles/article/{told.pk}/change/"):
        client.get(address)
        whole = read_whole(lambda address=address: client.get(address))
        # The page's own texts come by an index of their order
        found = [
            sql for table, sql in whole if table in ("faq_entry", "articles_article") and '"original_id" IN' in sql
        ]
        assert found == [], address


def test_what_falls_due_first_is_found_by_the_days_of_reviews(told, make_article, client, asha, ravi, meena):
    today = timezone.localdate()
    for number in range(130):
        article = make_article(f"Guide {number}", owner=asha if number % 2 else ravi, by=hand(asha))
        judge(article, ravi, next_due_on=today + datetime.timedelta(days=50 - number // 20))
        article.publish(by=hand(meena), note="First")
    # Looked at once more since: it does not fall due so soon.
    judge(article, ravi, next_due_on=today + datetime.timedelta(days=300))
    client.force_login(asha)
    page = client.get("/admin/").text
    found = re.findall(r"The check of .*?Guide (\d+)", page, re.S)
    own = [number for number in range(128, 0, -1) if number % 2]
    wanted = sorted(own, key=lambda number: (50 - number // 20, number))[:50]
    assert {int(one) for one in found} == set(wanted) - {129}


def test_what_sqlite_asks_of_a_row_that_is_written_has_an_index(db):
    """Rows are written before the line that proves them, and several editions together: for each parent that comes
    while another is still missing SQLite looks for all rows that name it, and would read their whole table."""
    lacking = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and getattr(field.related_model, "is_permanent", False):
                table, column = model._meta.db_table, field.column
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1")
                    plan = " ".join(row[3] for row in cursor.fetchall())
                lacking += [] if plan.startswith("SEARCH") else [f"{table}.{column}"]
    assert lacking == []


PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/faq/entry/?p=2",
    "/admin/articles/article/checked/",
    "/letters/",
]


@pytest.mark.parametrize(
    "path", [*PAGES, "/llms.txt", "/admin/articles/article/{}/change/", "/admin/faq/entry/?state=due"]
)
def test_no_edition_review_or_line_is_read_that_the_page_does_not_tell_of(path, told, client, asha):
    client.force_login(asha)
    client.get(path.format(told.pk))  # who looks first works out what is owed of each
    whole = read_whole(lambda: client.get(path.format(told.pk)))
    # Of whoever has nothing at all to do it is asked whether he ever saved anything.
    allowed = re.compile("articles_article|faq_entry|publishing_saving")
    large = [one for one in whole if not allowed.fullmatch(one[0])]
    assert large == [], "\n".join(sql for _table, sql in large)
    # Of texts no more than an index is counted, or passed in the order that is shown.
    assert not [sql for _table, sql in whole if "body" in sql or '"folded"' in sql]


@pytest.mark.parametrize("path", ["/articles/", "/faq/", "/llms.txt"])
def test_a_list_of_guides_follows_the_index_of_their_titles(path, told, client):
    """Another index of the same language, such as that of letters, would have all of them sorted."""
    with CaptureQueriesContext(connection) as made:
        client.get(path)
    listed = [one["sql"] for one in made if 'ORDER BY "articles_articleedition"."title"' in one["sql"]]
    plans = []
    for sql in listed:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans.append(" ".join(row[3] for row in cursor.fetchall()))
    assert plans and all("articles_edition_title" in plan and "FOR ORDER BY" not in plan for plan in plans), plans
