"""The site behaves alike on SQLite and on PostgreSQL."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from articles.importing.importer import take
from articles.models.articles import Article
from articles.models.topics import Topic
from conftest import hand
from publishing.models import Line

pytestmark = pytest.mark.databases

NUL_IN_PATH = ["/articles/%00/", "/articles/a%00b/history/", "/articles/a/%00/", "/faq/%00/", "/topics/a%00/"]
NUL_IN_PATH += ["/hi/articles/%00/", "/media/%00.png", "/admin/%00/", "/%00", "/admin/articles/article/%00/change/"]
FOR_STAFF = ["article/?q=%00", "article/?language__exact=%00", "article/?topic__id__exact=%00", "article/?o=%00"]
TOO_LARGE = [
    "article/99999999999999999999999/change/",
    "article/?p=99999999999",
    "article/?topic__id__exact=9" + "9" * 20,
]


def status(client, path):
    client.raise_request_exception = False
    return client.get(path).status_code


@pytest.mark.parametrize("path", NUL_IN_PATH)
def test_a_nul_in_a_path_is_a_page_not_found(path, guide, client):
    assert status(client, path) == 404


@pytest.mark.parametrize("path", ["/", "/articles/", "/faq/", "/search/", "/sitemap.xml", "/health/"])
def test_a_nul_in_a_query_changes_nothing(path, guide, client):
    assert status(client, f"{path}?page=%00&q=%00") in {200, 404}
    assert status(client, f"{path}?%00=1") == 200


@pytest.mark.parametrize("path", FOR_STAFF + TOO_LARGE)
def test_no_query_of_staff_breaks_the_lists(path, guide, omar, client):
    client.force_login(omar)
    assert status(client, f"/admin/articles/{path}") in {200, 302, 400, 404}


def test_a_nul_in_a_cookie_or_a_name_opens_nothing(db):
    stranger = Client(headers={"Cookie": 'sessionid="\\000aaaaaaaaaaaaaaaa"'}, raise_request_exception=False)
    assert [stranger.get(path).status_code for path in ("/", "/search/?q=blood", "/admin/")] == [200, 200, 400]
    answer = Client().post("/admin/login/", {"username": "a\0b", "password": "x\0y"})
    assert answer.status_code == 200 and not answer.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("slug", ["रक्त-जाँच", "prueba-de-sangre-días"])
def test_an_address_in_any_script_answers(slug, make_article, client):
    make_article("Blood test", slug=slug).publish(by=hand("import"), note="First")
    assert status(client, f"/articles/{slug}/") == 200
    assert status(client, f"/articles/{slug}-😀/") == 404


def test_what_belongs_to_no_topic_comes_last(make_article, make_entry, client):
    topic = Topic(title="Tests", place=7)
    topic.keep(by=hand("import"), note="New")
    for title, its_topic in (("Alone", None), ("Blood", topic), ("Another", None)):
        article = make_article(title, topic=its_topic)
        article.publish(by=hand("import"), note="First")
        make_entry(f"Question on {title}?", article=article, topic=its_topic).publish(by=hand("import"), note="First")
    make_entry("General question?").publish(by=hand("import"), note="First")
    make_entry("General on blood?", topic=topic).publish(by=hand("import"), note="First")
    page = client.get("/").text
    assert page.index(">Blood<") < min(page.index(">Alone<"), page.index(">Another<"))
    page = client.get("/faq/").text
    names = ("General on blood", "General question", "on Alone", "on Another", "on Blood")
    words = [page.index(f"{name}?") for name in names]
    assert words == sorted(words)


def test_the_longest_name_of_a_person_stands_in_the_record(meena):
    meena.first_name, meena.last_name = "M" * 150, "N" * 150
    Topic(title="Tests").keep(by=hand(meena), note="New")
    assert Line.objects.get().by_name == f"{'M' * 150} {'N' * 149}"


def test_a_topic_is_found_again_in_large_letters_of_any_script(tmp_path, at, db):
    for number, topic in enumerate(["Équipe", "ÉQUIPE"]):
        file = tmp_path / f"{number}.md"
        file.write_text(f"---\ntitle: Guide {number}\ntopic: {topic}\n---\n\n## What happens\n\nA short talk.\n")
        assert take(file, at=at).result == "imported"
    assert [topic.title for topic in Topic.objects.all()] == ["Équipe"]


def test_a_large_import_leaves_a_database_that_knows_its_size(tmp_path, db):
    for number in range(51):
        (tmp_path / f"{number}.txt").write_text(f"Guide {number}\nA short lead.\nWhat happens\nA nurse comes.\n")
    call_command("import_articles", tmp_path)
    assert Article.objects.count() == 51
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'articles_article'::regclass")
            assert cursor.fetchone() == (51,)
