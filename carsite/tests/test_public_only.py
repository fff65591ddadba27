"""A process for readers alone: its pages in its own memory, its role in the database, and what it does without one."""

import datetime
import os
import re
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from articles.hearing import READER
from carsite.reader import asked, kept, printing, role
from carsite.tests.conftest import judged
from conftest import encoded, hand, republish, two_coloured
from publishing.models import Line, Picture, Remark, StoredPage, Unfound
from publishing.record import code_at, code_of_copy

pytestmark = pytest.mark.databases

PATH = "/articles/having-a-blood-test/"
ROLE = "readers_of_tests"


@pytest.fixture
def article(make_article):
    article = make_article(body="One.")
    article.publish(by=hand("Meena"), note="First")
    return article


@pytest.fixture
def memory(settings):
    """Pages are kept as a process for readers keeps them."""
    settings.PAGES_IN_MEMORY = True
    memory = kept()
    most = memory.most
    yield memory
    memory.clear()
    memory.most = most


def names(memory):
    return {key.partition(" ")[2] for key in memory.pages}


def test_a_page_in_memory_is_one_query_the_same_bytes_and_no_row(article, client, memory, django_assert_num_queries):
    made = client.get(PATH)
    with django_assert_num_queries(0):  # the one raw query goes past Django's counter
        again = client.get(PATH)
    assert (again.content, again.headers) == (made.content, made.headers)
    assert not StoredPage.objects.exists() and names(memory) == {PATH}


@pytest.mark.xdist_group("printing")
def test_nothing_that_is_made_for_readers_lies_in_the_table(article, client, memory, monkeypatch):
    """A page, a sheet, the answer about a sheet, and what was packed when somebody asked for it."""
    monkeypatch.setattr(asked, "ASKED", set())
    at = timezone.now()
    code = code_at(article.live(at), at)
    for path in (PATH, f"/h/{code}/", *([] if printing.missing() else [f"{PATH}handout.pdf"])):
        assert client.get(path).status_code == 200
        client.get(path, headers={"Accept-Encoding": "gzip"})
    asked.store()
    assert f"/h/{code}/" in names(memory) and len(names(memory)) > 1
    assert not StoredPage.objects.exists()


# A process that was started for readers alone, asked without a server
ASK = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
for path in ("/feedback/", "/search/"):
    answer = client.post(path, b"x" * 5_500_000, content_type="text/plain")
    print(answer.status_code, answer.headers.get("Connection"), "This is too large" in answer.text)
"""


def test_what_is_too_large_is_refused_with_a_sentence_where_nobody_logs_in(tmp_path):
    keep = {"PATH": os.environ["PATH"], "VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "carsite.settings"}
    told = keep | {"PUBLIC_ONLY": "true", "SITE_URL": "http://127.0.0.1:8000", "DATABASE_URL": ""}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=settings.BASE_DIR, env=told, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["413 close True"] * 2, done.stderr


def test_a_publication_is_in_the_next_answer_and_a_moment_too(article, client, memory):
    client.get(PATH)
    republish(article, "Two.")
    assert "Two." in client.get(PATH).text
    article.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    assert client.get(PATH).status_code == 410


def test_what_was_touched_leaves_memory_though_nobody_asks_for_it(article, make_article, client, memory):
    other = make_article("Other")
    other.publish(by=hand("Meena"), note="First")
    for path in (PATH, "/articles/other/"):
        client.get(path)
    memory.look_through()
    assert names(memory) == {PATH, "/articles/other/"}
    republish(article, "Two.")
    memory.look_through()
    assert names(memory) == {"/articles/other/"}
    republish(other, "Two.")
    memory.look_through()
    assert names(memory) == set() and memory.size == 0


def test_what_ends_by_itself_leaves_memory(article, client, memory):
    article.body = "Two."
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Soon", at=timezone.now() + datetime.timedelta(hours=1))
    client.get(PATH)
    memory.look_through()
    assert names(memory) == {PATH}
    (page,) = memory.pages.values()
    page.until_us = page.since_us  # the moment has come
    memory.look_through()
    assert names(memory) == set()


def test_an_erasure_by_law_leaves_nothing_in_memory(article, make_article, client, memory):
    other = make_article("Other")
    other.publish(by=hand("Meena"), note="First")
    republish(article, "Two.")
    client.get(f"{PATH}history/")
    client.get("/articles/other/")
    article.redact(article.editions.get(number=1), by=hand("Omar"), reason="By law")
    memory.look_through()
    assert names(memory) == set()


def test_what_cannot_be_asked_about_is_not_kept(article, client, memory, monkeypatch):
    client.get(PATH)

    def away(*args, **kwargs):
        raise OperationalError("not today")

    with monkeypatch.context() as patch:
        patch.setattr(StoredPage, "head", away)
        memory.look_through()
    assert names(memory) == set()


def test_there_is_room_for_so_much_and_what_was_asked_longest_ago_goes(article, make_article, client, memory):
    for path in (PATH, "/", "/faq/"):
        client.get(path)
    client.get(PATH)
    memory.most = memory.size
    client.get("/new/")
    assert "/" not in names(memory) and PATH in names(memory) and memory.size <= memory.most
    memory.most = 10
    client.get("/words/")
    assert "/words/" not in names(memory)


def test_the_table_answers_for_other_processes(article, client):
    client.get(PATH)
    assert kept().count() == 1
    kept().look_through()
    assert kept().count() == 1


def test_without_a_database_readers_are_told_to_come_again(article, client, monkeypatch):
    client.raise_request_exception = False

    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patch, connection.execute_wrapper(away):
        patch.setattr(connection, "cursor", away)
        patch.setattr(connection, "ensure_connection", away)
        answer = client.get("/hi/articles/")
    assert answer.status_code == 503 and answer["Retry-After"] and answer["Cache-Control"] == "no-store"
    assert "कृपया" in answer.text and "closed the connection" not in answer.text


needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows roles")


@pytest.fixture
def take_role(db, capsys):
    call_command("readers_role", ROLE)
    assert re.match(rf"DATABASE_URL='postgres://{ROLE}:\S{{30,}}@", capsys.readouterr().out)
    call_command("readers_role", ROLE)
    assert "its password is the same" in capsys.readouterr().out

    def take(name):
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {name}" if name else "RESET ROLE")

    take(ROLE)
    yield take
    take("")


@pytest.fixture
def filled(make_article, make_entry, article):
    """Something of each sort, in many states; all addresses of it."""
    picture = Picture.take(encoded(two_coloured(), "PNG"), by=hand("Asha"), file_name="arm.png", at=timezone.now())
    other = make_article("Other", body=f"![An arm](/media/{picture.name})\n\nWords.")
    other.publish(by=hand("Meena"), note="First")
    make_entry(article=article).publish(by=hand("Meena"), note="First")
    republish(article, "Two.")
    judged(article)
    article.lead = "A kinder lead."
    republish(article, "Two.")  # a small change of wording, to which the review is carried
    gone = make_article("Gone")
    gone.publish(by=hand("Meena"), note="First")
    gone.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    make_article("Draft", lead="Never published.")
    paths = [
        "/",
        "/articles/",
        "/faq/",
        "/new/",
        "/words/",
        "/feed/",
        "/unsafe/",
        "/llms.txt",
        "/sitemap.xml",
        "/health/",
    ]
    paths += [
        f"/articles/{one}/{more}" for one in ("gone", "other", "draft") for more in ("", "history/", "history/1/")
    ]
    paths += [PATH, f"{PATH}history/", f"{PATH}history/1/", f"{PATH}history/1/since/", f"{PATH}edit/", "/none/", "/h/"]
    paths += [f"/h/{code_of_copy(Line.objects.get(seq=1))}/"]
    paths += [f"/search/?q={word}" for word in ("nurse", "blod", "zqxj")] + [f"/media/{picture.name}"]
    return [*paths, *(f"/sitemap-{one}.xml" for one in ("guides", "questions", "words", "pages"))]


@needs_postgresql
def test_the_role_of_readers_suffices_for_every_page(filled, client, memory, take_role):
    codes = {}
    for path in filled:
        page = client.get(quote(path, safe="/?="))
        codes[path] = page.status_code
        page.streaming and list(page)  # a picture is a file, to be read to its end
    assert {path: code for path, code in codes.items() if code >= 500} == {}
    assert codes[PATH] == 200 and codes["/articles/gone/"] == 410 and codes["/articles/draft/"] == 404
    assert client.get(PATH).status_code == 200


@needs_postgresql
def test_the_role_of_readers_may_send_what_readers_send(article, client, memory, take_role):
    edition = article.editions.values_list("pk", flat=True).get()
    for said in ("yes", "wrong"):
        sent = client.post("/feedback/", {"edition": edition, "said": said}, HTTP_ORIGIN="http://testserver")
        assert sent.status_code == 302
    take_role("")
    assert Remark.objects.get().by_name == READER


@needs_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT password FROM auth_user",
        "SELECT session_data FROM django_session",
        "SELECT body FROM articles_article",
        "SELECT by_name FROM publishing_line",
        "SELECT note FROM articles_articlereview",
        "SELECT text FROM publishing_remark",
        "SELECT text FROM articles_voice",
        "SELECT br FROM publishing_storedpage",
        "INSERT INTO publishing_storedpage (key) VALUES ('x')",
        "UPDATE articles_articleedition SET body = 'x'",
        "DELETE FROM articles_heard",
        "TRUNCATE publishing_unfound",
        "ALTER TABLE publishing_line DISABLE TRIGGER ALL",
        "UPDATE publishing_remark SET text = 'x'",
        "INSERT INTO publishing_remark (work, passage, before, after, text, by_name, made_at, settled_by_name) "
        "VALUES ('articles/1', '', '', '', '', 'Dr Nila Rao', now(), '')",
    ],
)
def test_the_role_of_readers_may_nothing_else(statement, take_role):
    refused = pytest.raises(ProgrammingError, match="permission denied|must be owner|row-level security")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@needs_postgresql
def test_a_process_for_readers_starts_with_this_role_alone(take_role):
    role.refuse_other_role()
    take_role("")
    with pytest.raises(ImproperlyConfigured, match="may DELETE .* readers_role"):
        role.refuse_other_role()


MORE = ["SELECT (note) ON articles_articlereview", "SELECT (text) ON articles_voice", "UPDATE (said) ON articles_heard"]
MORE += ["INSERT (id) ON publishing_remark", "DELETE ON articles_voice", "TRIGGER ON publishing_line"]
LESS = ["SELECT (width) ON publishing_picture", "UPDATE (span) ON articles_pace", "INSERT (language) ON articles_seen"]
LESS += ["SELECT ON articles_articleedition", "DELETE ON publishing_unfound", "SELECT (language) ON faq_entry"]


@needs_postgresql
@pytest.mark.parametrize("right", [f"GRANT {one} TO" for one in MORE] + [f"REVOKE {one} FROM" for one in LESS])
def test_one_right_too_many_or_too_few_keeps_the_process_from_starting_until_the_next_migrate(right, take_role):
    deed, table = right.split()[1], right.split()[-2]
    take_role("")
    with connection.cursor() as cursor:
        cursor.execute(f"{right} {ROLE}")
    take_role(ROLE)
    word = "may" if right.startswith("GRANT") else "may not"
    with pytest.raises(ImproperlyConfigured, match=f"{word} {deed} {table}"):
        role.refuse_other_role()
    take_role("")
    call_command("migrate", verbosity=0)
    take_role(ROLE)
    role.refuse_other_role()


@needs_postgresql
def test_a_role_that_sees_all_remarks_is_refused(take_role):
    take_role("")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publishing_remark DISABLE ROW LEVEL SECURITY")
    take_role(ROLE)
    with pytest.raises(ImproperlyConfigured, match="may see all of publishing_remark"):
        role.refuse_other_role()


@needs_postgresql
def test_what_is_searched_in_vain_gives_way_where_there_is_no_more_room(take_role):
    today = timezone.localdate()
    assert Unfound.note("zqxj", "en", day=today) and Unfound.note("zqxj", "en", day=today + datetime.timedelta(days=1))
    take_role("")
    assert Unfound.objects.get().days == 2


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL knows roles")
def test_a_database_without_roles_is_told(db):
    with pytest.raises(CommandError, match="Only PostgreSQL"):
        call_command("readers_role")
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_ONLY"):
        role.refuse_other_role()


def test_every_table_with_words_is_either_read_by_pages_or_not_at_all():
    """A new table is hidden from readers until somebody says that pages show it."""
    reads, rights = role.reads(), role.rights()
    counted = {"articles_heard", "articles_pace", "articles_seen", "publishing_unfound"}
    assert {table for table, deeds in rights.items() if set(deeds) != {"SELECT"}} == counted | {
        "articles_voice",
        "publishing_remark",
    }
    assert {table for table, deeds in rights.items() if "DELETE" in deeds} == {"publishing_unfound"}
    for hidden in ("auth_user", "django_session", "publishing_access", "publishing_buffer", "publishing_storedpage"):
        assert hidden not in reads
    assert reads["articles_article"] == ("id", "language") and "by_name" not in reads["publishing_line"]
