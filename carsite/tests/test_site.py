"""The pages of the whole site, for people and machines."""

import gzip
import json
import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from carsite.reader.search import words_of
from carsite.serving.logs import OneLine
from faq.models import Entry
from publishing.models import Frame, Line
from publishing.record import triggers
from publishing.safety import apart


def test_a_missing_page_offers_to_search_the_words_of_its_address(guide, client):
    answer = client.get("/articles/t-cell-extraction.html/")
    assert answer.status_code == 404
    assert 'name="q" value="cell extraction html"' in answer.text
    assert all(f'href="{way}"' in answer.text for way in ("/", "/articles/", "/faq/"))


@pytest.mark.parametrize(
    "path", ["/articles/immune-reaction/", "/faq/immune-reaction/", "/immune/reaction", "/topics/x/"]
)
def test_a_missing_page_searches_nothing(path, guide, client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 404
    assert len(queries) < 12 and not [one["sql"] for one in queries if "LIKE" in one["sql"].upper()]


def test_search_finds_guides_and_questions_and_marks_the_words(guide, client):
    page = client.get("/search/", {"q": "IMMUNE reaction"}).text
    assert guide.get_absolute_url() in page and "<mark>" in page
    assert "/faq/" in client.get("/search/", {"q": "worldwide"}).text
    assert "<mark>" not in client.get("/search/", {"q": "zzqwv xxyyq"}).text


@pytest.mark.parametrize(
    "q", ["", "%", "_", "'", '"', "\\", "<script>", "a" * 3000, "\0", "(" * 500, "😀", "*", "?" * 9]
)
def test_no_query_breaks_the_search(q, guide, client):
    answer = client.get("/search/", {"q": q})
    assert answer.status_code == 200 and "<script" not in answer.text


def test_words_of_a_query_are_few_and_short():
    assert words_of("What is CAR T-cell therapy?") == ["what", "is", "car", "t-cell", "therapy"]
    assert len(words_of(" ".join(f"word{number}" for number in range(50)))) == 8
    assert words_of("रक्त जाँच") == ["रक्त", "जाँच"]


def test_the_sitemap_leads_to_what_is_live(guide, make_article, client, settings):
    make_article("Not yet")
    assert f"{settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").text
    index = client.get("/sitemap.xml")
    assert index["Content-Type"] == "application/xml"
    maps = re.findall(rf"<loc>{settings.SITE_URL}([^<]+)</loc>", index.text)
    assert maps[0] == "/sitemap-guides.xml" and "/sitemap-questions.xml" in maps
    # On PostgreSQL keys go on from test to test, so these may stand on two pages.
    listed = [found for path in maps for found in re.findall(r"<loc>([^<]+)</loc>", client.get(path).text)]
    guides = [found for found in listed if "/articles/" in found]
    assert guides == [f"{settings.SITE_URL}/articles/car-t-cell-therapy/"] and len(listed) == 6
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_the_sitemap_names_every_page_of_a_long_map(guide, client, settings, monkeypatch):
    monkeypatch.setattr("carsite.reader.machines.LiveTexts.limit", 2)
    maps = re.findall(rf"<loc>{settings.SITE_URL}([^<]+)</loc>", client.get("/sitemap.xml").text)
    of_questions = [path for path in maps if "questions" in path]
    assert len(of_questions) in (3, 4) and maps[-2:] == ["/sitemap-words.xml", "/sitemap-pages.xml"]
    listed = [re.findall(r"<loc>([^<]+)</loc>", client.get(path).text) for path in of_questions]
    assert sum(map(len, listed)) == 5 and len(set().union(*listed)) == 5 and max(map(len, listed)) == 2
    for number in ("0", "x", "\u0663", "1" * 4400, "999"):
        assert client.get("/sitemap-questions.xml", {"p": number}).status_code == 404


def test_a_page_of_a_map_is_found_by_key_and_none_is_counted(guide, client):
    for path in ("/sitemap.xml", "/sitemap-questions.xml"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked = " ".join(query["sql"] for query in queries)
        assert "COUNT(" not in asked and "OFFSET" not in asked, path


def test_canonical_addresses_come_from_the_setting(guide, client, settings):
    page = client.get("/articles/car-t-cell-therapy/?utm_source=x", headers={"host": "localhost"}).text
    assert f'<link rel="canonical" href="{settings.SITE_URL}/articles/car-t-cell-therapy/">' in page


def test_health_says_what_is_wrong(client, db):
    assert client.get("/health/").status_code == 200
    triggers.remove()
    answer = client.get("/health/")
    triggers.install()
    assert answer.status_code == 503 and "triggers" in json.loads(answer.content)["problems"][0]


def test_an_error_page_needs_no_database(client, db, monkeypatch):
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("no database today")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        patch.setattr(connection, "ensure_connection", broken)
        answer = client.get("/articles/")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text and "no database today" not in answer.text


def test_staff_whose_text_is_too_large_are_told_that_nothing_was_saved(asha, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(asha)
    sent = {"content_type": "application/x-www-form-urlencoded", "data": "body=" + "a" * 2000}
    answer = client.post("/admin/articles/article/add/", **sent)
    assert answer.status_code == 400
    for words in ("Nothing was saved", "go back in your browser", "200,000 bytes"):
        assert words in answer.text


def test_patients_whose_address_cannot_be_read_are_told_to_go_back(client, db):
    answer = client.get("/search/?" + "&".join(f"q{n}=1" for n in range(2000)))
    assert answer.status_code == 400 and "Nothing is wrong with your phone" in answer.text


@pytest.mark.parametrize(
    "path", ["/.env", "/.git/config", "/var/site.sqlite3", "/static/../manage.py", "/media/../x", "/%00"]
)
def test_files_of_the_project_are_not_served(path, client, db):
    assert client.get(path).status_code == 404


def test_a_stranger_cannot_forge_a_log_line():
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "Not Found: %s", ("/a\n2026 INFO forged\x1b[0m",), None)
    line = OneLine("{message}", style="{").format(record)
    assert "\n" not in line and "\x1b" not in line


def test_set_up_can_run_again_and_again(client, db, settings, tmp_path, capsys):
    settings.VAR = tmp_path
    call_command("set_up")
    first = (tmp_path / "first-passwords.txt").read_text()
    assert (tmp_path / "first-passwords.txt").stat().st_mode & 0o777 == 0o600
    kept = [model.objects.count() for model in (Line, Article, Entry)]
    call_command("set_up")
    assert [model.objects.count() for model in (Line, Article, Entry)] == kept
    assert (tmp_path / "first-passwords.txt").read_text() == first
    assert capsys.readouterr().out.count("First passwords") == 2
    for role in ("writer", "reviewer", "publisher", "administrator"):
        assert role in first
    samples_say_what_they_are(client)


def samples_say_what_they_are(client):
    """The samples of a new site: read, translated, taken down, and each called a sample."""
    shown = client.get("/articles/having-a-blood-test/")
    assert shown.status_code == 410 and b"This is a sample of a notice" in shown.content
    unchecked = {
        "": b"sample. No clinician",
        "/hi": "नमूना है".encode(),
        "/ur": "نمونہ ہے".encode(),
        "/es": b"una muestra",
    }
    for start, said in unchecked.items():
        packed = client.get(f"{start}/articles/car-t-cell-therapy/", headers={"accept-encoding": "gzip"}).content
        page = gzip.decompress(packed)
        assert len(packed) <= 12_000  # with the links to its translations at each section
        assert said in page and page.count(b'rel="alternate" hreflang="') == 5
        # Nobody who speaks the language has confirmed its words
        assert b"If you feel very unwell" in page and page.count(b'<section class="now"') == 1 + bool(start)
    small = client.get("/articles/going-home-after-a-small-operation/").content
    assert (
        b"sample. No clinician" in small and b'class="call now"' in small and b"<dfn" in small and b"<caption" in small
    )
    assert b"sample. No clinician" in client.get("/articles/taking-your-tablets-safely/").content
    first, *others = Article.objects.filter(slug="car-t-cell-therapy").order_by("pk")
    assert [one.original for one in others] == [first] * 3
    assert not any(apart(first.body, one.body, languages=("en", one.language)) for one in others)


def test_samples_never_come_beside_what_a_clinic_wrote(make_article, settings, tmp_path):
    settings.VAR = tmp_path
    make_article("Our first guide")
    call_command("set_up")
    assert Article.objects.count() == 1 and Frame.objects.count() == 1


def test_migrations_can_be_undone_and_done_again(press):
    call_command("migrate", "carsite", "zero", verbosity=0)
    call_command("migrate", "carsite", verbosity=0)
    from django.contrib.auth.models import Group

    assert set(Group.objects.values_list("name", flat=True)) >= {"writers", "publishers", "administrators"}
