"""The list of questions: page after page, however many there are."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import hand
from publishing.models import StoredPage, publish_all

pytestmark = pytest.mark.databases


@pytest.fixture
def asked(make_article, make_entry):
    """Publishes questions: so many general ones, and so many of each guide; their names in order."""

    def ask(general, *of_guides):
        # In the order of their titles, whichever was written first
        guides = [make_article(f"Guide {number:02}", body="Rest.") for number in reversed(range(len(of_guides)))][::-1]
        entries = [make_entry(question=f"General: {number:03}?") for number in range(general)]
        for guide, count in zip(guides, of_guides, strict=True):
            entries += [make_entry(article=guide, question=f"{guide}: {number:03}?") for number in range(count)]
        publish_all(dict.fromkeys([*guides, *entries], "First"), by=hand("Meena"), emergency="Measured")
        return [entry.question for entry in entries]

    return ask


def walked(client, link, start="/faq/"):
    """The questions on each page from there on, as the link to the next page (or the one before) leads."""
    pages, path = [], start
    while path:
        page = client.get(path)
        assert page.status_code == 200, path
        pages.append(re.findall(r"(?:General|Guide \d+): \d{3}\?", re.sub(r"(?s)<script.*?</script>", "", page.text)))
        found = re.search(rf'rel="{link}" href="(\?[^"]+)"', page.text)
        path = "/faq/" + found[1] if found else ""
        assert len(pages) < 30
    return pages, page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]


@pytest.mark.parametrize(
    "counts",
    [(0,), (3, 5), (120, 3), (100, 2), (48, 40, 7, 9), (2, 60, 3, 51, 4), (0, 60), (0, *[7] * 20), (50, 50, 50)],
)
def test_each_question_stands_on_one_page_and_a_guides_questions_together(counts, asked, client):
    names = asked(*counts)
    pages, last = walked(client, "next")
    assert [name for page in pages for name in page] == names
    for guide in {name[:-6] for name in names} - {"General"}:
        assert sum(any(name[:-6] == guide for name in page) for page in pages) == 1
    back, _first = walked(client, "prev", last)
    assert [name for page in reversed(back) for name in page] == names


def test_a_short_list_is_one_page(asked, client):
    asked(6, 12, 12)
    assert 'rel="next"' not in client.get("/faq/").text


def test_a_page_of_guides_questions_is_found_by_key(asked, client):
    asked(1, *[7] * 20)
    pages, last = walked(client, "next")
    StoredPage.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        client.get(last)
    for query in queries:
        assert "OFFSET" not in query["sql"] and "COUNT(" not in query["sql"]
    if connection.vendor == "sqlite":
        (found,) = [one["sql"] for one in queries if _is_of_guides(one["sql"])][:1]
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + found)
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert re.search(r"INDEX articles_edition_title \(language=\? AND title[<>]\?\)", plan), plan
        assert "TEMP B-TREE" not in plan, plan


def _is_of_guides(sql):
    return 'ORDER BY "articles_articleedition"."title"' in sql and "EXISTS" in sql


def test_behind_nothing_is_no_page(asked, client):
    asked(1, 1)
    for query in ("after=999999", "page=2"):
        assert client.get(f"/faq/?{query}").status_code == 404
    for query in ("after=x", "after=-1", "after=01", "page=x"):  # says nothing, as any unknown words do
        assert client.get(f"/faq/?{query}").content == client.get("/faq/").content
