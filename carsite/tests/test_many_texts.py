"""The staff's lists of guides and questions stay as quick on the last page as on the first."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin import ArticleAdmin
from articles.models import ArticleEdition
from conftest import hand
from faq.admin import EntryAdmin
from publishing.models import publish_all
from publishing.record import standings

pytestmark = pytest.mark.databases

TOLD = {"reviewer_name": "Dr Ravi Rao", "credential": "haematologist", "evidence": "", "note": ""}


@pytest.fixture
def many(make_article, make_entry):
    """Seven guides, some of one title, with two questions each; all published."""
    guides = [make_article(f"Guide {number // 2}", slug=f"guide-{number}") for number in range(7)]
    entries = [
        make_entry(article=guide, question=f"Why {number}?", place=number) for guide in guides for number in (1, 2)
    ]
    publish_all(dict.fromkeys([*guides, *entries], "First"), by=hand("Meena"), emergency="Tested")
    return guides


@pytest.mark.parametrize(
    ("path", "desk", "index"),
    [
        ("/admin/articles/article/", ArticleAdmin, "articles_article_changed"),
        ("/admin/articles/article/?o=title", ArticleAdmin, "articles_article_title"),
        ("/admin/faq/entry/", EntryAdmin, "faq_entry_changed"),
    ],
)
def test_a_page_of_the_list_is_found_by_an_index(path, desk, index, many, ravi, client, monkeypatch):
    monkeypatch.setattr(desk, "list_per_page", 3)
    client.force_login(ravi)
    client.get(path)  # who looks first works out what is owed of each
    shown, taken, number, count = [], set(), 1, 1
    while len(shown) < count:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path, {"p": number} | ({"o": "title"} if "=" in path else {}))
        shown, count, number = [*shown, *answer.context["rows"]], answer.context["count"], number + 1
        taken.add(len(queries))
    order = ["title", "pk"] if "=" in path else ["-changed_at", "-pk"]
    assert shown == list(type(shown[0]).objects.order_by(*order)) and len(taken) <= 2 and max(taken) < 40
    (keys,) = [one["sql"] for one in queries if re.search(r"LIMIT [23](?!\d)", one["sql"])][-1:]
    assert "COUNT" not in keys
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + keys)
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert f"USING COVERING INDEX {index}" in plan and "TEMP B-TREE" not in plan, plan


def test_what_lists_say_of_checks_is_asked_at_once(many, db):
    at = ArticleEdition.objects.latest("made_at").made_at
    guides = list(ArticleEdition.objects.live(at))
    for article in many:
        text = article.live(at).text_digest
        article.review(
            by=hand("Ravi"), text_digest=text, result="fit", next_due_on=at.date().replace(year=at.year + 1), **TOLD
        )
    at = article.reviews.latest("made_at").made_at
    with CaptureQueriesContext(connection) as queries:
        assert len(standings(guides, at)) == len(many)
    # The reviews of the guides, the questions beside them, and their reviews
    assert len(queries) == 3
