"""What a page costs the database does not grow with a clinic's years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models.topics import Topic
from conftest import hand
from publishing.models import StoredPage

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
        for query in queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query.replace("%", "%%"))
                plan = " ".join(row[3] for row in cursor.fetchall())
            # The questions of all guides there are may well be read in one go.
            assert "SCAN articles_articleedition" not in plan, (path, plan)
