"""What a page costs the database does not grow with a clinic's years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models.topics import Topic
from conftest import hand
from publishing.models import StoredPage

pytestmark = pytest.mark.databases

PATHS = ("/", "/articles/", "/topics/blood/", "/faq/", "/articles/guide-3/", "/articles/guide-3/history/")
PATHS += ("/faq/question-3/",)
GUIDES, EDITIONS = 4, 30
# SQLite's steps: what it may do for one edition that is no longer in force, without reading it.
PASSING = 60


@pytest.fixture
def old_site(make_article, make_entry):
    """Four guides with a question each and a question alone, all published thirty times."""
    blood = Topic(title="Blood", slug="blood")
    blood.keep(by=hand("Omar"), note="New")
    works = [make_entry(question="Question 3", slug="question-3")]
    for number in range(GUIDES):
        article = make_article(title=f"Guide {number}", slug=f"guide-{number}", topic=blood)
        works += [article, make_entry(article=article, question=f"What is {number}?", slug=f"what-{number}")]
    for year in range(EDITIONS):
        for work in works:
            setattr(work, "lead" if hasattr(work, "lead") else "answer", f"Year {year}")
            work.keep(by=hand("Asha"), at=timezone.now())
            work.publish(by=hand("Asha"), note="Again", emergency="Measured")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def made(client, path):
    """(steps of SQLite's machine, the queries) it takes to make a page."""
    taken = []
    StoredPage.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        connection.connection.set_progress_handler(lambda: taken.append(1), 10)
        try:
            assert client.get(path).status_code == 200
        finally:
            connection.connection.set_progress_handler(None, 0)
    return 10 * len(taken), [query["sql"] for query in queries if query["sql"].startswith("SELECT")]


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
def test_editions_no_longer_in_force_are_passed_and_not_read(old_site, client):
    for path in PATHS:
        steps, queries = made(client, path)
        # A guide's page looks for others of its topic. Its history tells old editions, and asks of each text which are open.
        own = {"/articles/guide-3/": 2 + GUIDES, "/articles/guide-3/history/": 4}
        texts = own.get(path, 2 if "-3" in path else 2 * GUIDES)
        assert steps < texts * EDITIONS * PASSING, path
        reads_no_whole_table(path, queries)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps")
def test_a_guide_reads_no_other_where_none_is_translated(make_article, client):
    for number in range(5):
        article = make_article(title=f"Guide {number}", slug=f"guide-{number}")
        for note in ("First", "Again", "Once more"):
            article.lead = note
            article.keep(by=hand("Asha"), at=timezone.now())
            article.publish(by=hand("Asha"), note=note, emergency="Measured")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        # What the planner knows of many: where all rows were alike in something, so are all of 30,000.
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'articles_articleedition'")
        for index, known in cursor.fetchall():
            rows, *_each = known.split()
            many = " ".join("30000" if one == rows else one for one in known.split())
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [many, index])
        cursor.execute("ANALYZE sqlite_schema")
    reads_no_whole_table("/articles/guide-3/", made(client, "/articles/guide-3/")[1])


def reads_no_whole_table(path, queries):
    """The questions of all guides there are may well be read in one go; the guides never."""
    for query in queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query.replace("%", "%%"))
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "SCAN articles_articleedition" not in plan, (path, plan)
