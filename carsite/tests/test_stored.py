"""Public pages served as bytes: never stale, never somebody else's, never waited for."""

import datetime
import gzip
import threading
import time

import brotli
import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Page, Term
from articles.models.articles import Article
from articles.models.topics import Topic
from carsite.reader import stored
from carsite.reader.encodings import best_encoding
from carsite.reader.stored import known_query
from conftest import act_of_a_fast_clock, hand, republish
from publishing.models import Frame, StoredPage, Touch

pytestmark = [pytest.mark.databases, pytest.mark.djangos]

PATH = "/articles/having-a-blood-test/"


@pytest.fixture
def article(make_article):
    article = make_article(body="One.")
    article.publish(by=hand("Meena"), note="First")
    return article


def test_a_hit_is_one_query_and_the_same_bytes(article, client, django_assert_num_queries):
    made = client.get(PATH)
    with django_assert_num_queries(0):  # the one raw query goes past Django's counter
        kept = client.get(PATH)
    assert (kept.content, kept.headers) == (made.content, made.headers)
    assert "max-age=0" in kept["Cache-Control"] and "stale-if-error" in kept["Cache-Control"]
    assert kept["Vary"] == "Accept-Encoding" and "default-src 'none'" in kept["Content-Security-Policy"]


def test_a_publication_is_in_the_next_answer(article, client):
    assert "One." in client.get(PATH).text
    republish(article, "Two.")
    assert "Two." in client.get(PATH).text


def test_a_publication_leaves_every_other_guide_warm(article, make_article, client, django_assert_num_queries):
    topic = Topic(title="Tests", slug="")
    topic.keep(by=hand("Omar"), note="New")
    others = [make_article(f"Guide {number}", topic=topic) for number in range(3)]
    for other in others:
        other.publish(by=hand("Meena"), note="First")
    pages = [other.get_absolute_url() for other in others]
    for path in pages:
        client.get(path)
    republish(article, "Two.")
    republish(others[0], "Two.")
    with django_assert_num_queries(0):
        for path in pages[1:]:
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/articles/", "/faq/", "/topics/tests/"])
def test_lists_follow_publications(path, make_article, make_entry, client):
    topic = Topic(title="Tests", slug="")
    topic.keep(by=hand("Omar"), note="New")
    client.get(path)
    article = make_article("A new guide", topic=topic)
    article.publish(by=hand("Meena"), note="First")
    make_entry("A new question?", article=article).publish(by=hand("Meena"), note="First")
    assert "A new " in client.get(path).text
    article.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    page = client.get(path).text
    assert "The clinic has taken this guide down." in page if path == "/faq/" else "A new guide" not in page


def test_questions_topics_and_the_frame_reach_a_stored_guide(article, make_entry, client):
    topic = Topic(title="Tests", slug="")
    topic.keep(by=hand("Omar"), note="New")
    article.topic = topic
    republish(article, "With a topic.")
    assert "Tests" in client.get(PATH).text
    topic.title = "Tests and visits"
    topic.keep(by=hand("Omar"), note="Clearer")
    assert "Tests and visits" in client.get(PATH).text
    make_entry(article=article).publish(by=hand("Meena"), note="First")
    assert "Does it hurt?" in client.get(PATH).text
    Frame.objects.create(pk=1, clinic="Clinic by the River").publish(by=hand("Omar"), note="Name")
    assert "Clinic by the River" in client.get(PATH).text


def test_a_question_that_moves_away_leaves_both_pages_right(article, make_article, make_entry, client):
    other = make_article("Other")
    other.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    assert "Does it hurt?" in client.get(PATH).text and "Does it hurt?" not in client.get("/articles/other/").text
    entry.article = other
    entry.keep(by=hand("Asha"), at=timezone.now())
    entry.publish(by=hand("Meena"), note="Moved")
    assert "Does it hurt?" not in client.get(PATH).text and "Does it hurt?" in client.get("/articles/other/").text


def test_an_address_that_another_text_takes_over_is_not_answered_from_the_store(article, make_article, client):
    other = make_article("Other")
    other.publish(by=hand("Meena"), note="First")
    article.slug = "elsewhere"
    republish(article, "Moved.")
    assert client.get(PATH)["Location"] == "/articles/elsewhere/"
    other.slug = "having-a-blood-test"
    republish(other, "Mine now.")
    assert "Mine now." in client.get(PATH).text


def soon():
    return timezone.now() + datetime.timedelta(seconds=0.6)


def test_what_waits_appears_and_goes_on_its_moment_with_nothing_running(article, client):
    assert "One." in client.get(PATH).text
    article.body = "Two."
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Soon", at=soon())
    assert "One." in client.get(PATH).text and "One." in client.get(PATH).text
    time.sleep(0.7)
    assert "Two." in client.get(PATH).text
    article.withdraw(by=hand("Meena"), note="Soon gone", reason="out of date", at=soon())
    assert client.get(PATH).status_code == 200
    time.sleep(0.7)
    assert client.get(PATH).status_code == 410


def test_a_page_made_before_a_commit_and_stored_after_it_is_not_served(article, client, monkeypatch):
    put = StoredPage.put

    def late(page):
        republish(Article.objects.get(pk=article.pk), "Two.")
        return put(page)

    monkeypatch.setattr(StoredPage, "put", late)
    assert "One." in client.get(PATH).text
    monkeypatch.setattr(StoredPage, "put", put)
    assert StoredPage.objects.filter(key__endswith=PATH).exists()
    assert "Two." in client.get(PATH).text


def test_an_old_page_never_replaces_a_newer_one(article, client):
    client.get(PATH)
    old = StoredPage.objects.get(key__endswith=PATH)
    republish(article, "Two.")
    client.get(PATH)
    old.put()
    assert StoredPage.objects.get(key=old.key).seq > old.seq
    assert "Two." in client.get(PATH).text


def test_a_page_is_packed_for_who_asks_and_kept_so(article, client):
    read, unpacked = client.get(PATH).content, {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, unpack in unpacked.items():
        assert not getattr(StoredPage.objects.get(), encoding)
        answer = client.get(PATH, headers={"accept-encoding": encoding})
        assert answer["Content-Encoding"] == encoding and unpack(answer.content) == read
        assert bytes(getattr(StoredPage.objects.get(), encoding)) == answer.content
        assert client.get(PATH, headers={"accept-encoding": encoding}).content == answer.content
    assert client.get(PATH).content == read


def test_what_was_packed_for_an_older_page_is_not_kept_with_a_newer_one(article, client):
    client.get(PATH)
    old = StoredPage.objects.get()
    republish(article, body="Two.")
    client.get(PATH)
    StoredPage.add(old.key, old.etag, "gzip", gzip.compress(b"One."))
    assert "Two." in gzip.decompress(client.get(PATH, headers={"accept-encoding": "gzip"}).content).decode()


def test_an_upgrade_serves_no_old_bytes(article, client, monkeypatch):
    client.get(PATH)
    StoredPage.objects.update(identity=b"of the old release")
    assert client.get(PATH).content == b"of the old release"
    monkeypatch.setattr(stored, "release", lambda: "another")
    assert "One." in client.get(PATH).text


@pytest.mark.parametrize("fault", [{"needs": "{broken"}, {"identity": b""}, {"until_us": 0}, {"since_us": 2**60}])
def test_a_broken_row_is_made_anew(fault, press, article, client):
    client.get(PATH)
    StoredPage.objects.update(**fault)
    assert "One." in client.get(PATH).text
    assert "One." in client.get(PATH).text


def test_only_pages_are_stored(article, client):
    for path in ("/search/?q=blood", "/nothing/", "/articles/none/", "/health/", "/robots.txt", "/articles/?page=7"):
        client.get(path)
    client.post(PATH)
    assert not StoredPage.objects.exists()


def test_tracking_words_cookies_and_wishes_change_neither_page_nor_key(article, client):
    page = client.get(PATH).content
    client.cookies["sessionid"] = "of-somebody"
    for query in ("fbclid=1", "utm_source=x&page=1", "page=01", "%00", "page=2'"):
        assert client.get(f"{PATH}?{query}", headers={"accept-language": "hi"}).content == page
    assert StoredPage.objects.count() == 1


def test_a_page_number_is_a_key_only_where_there_are_pages(article, client):
    for number in range(2, 9):
        assert client.get(f"{PATH}?page={number}").status_code == 200
        client.get(f"/?page={number}")
    assert StoredPage.objects.count() == 2


def test_staff_read_the_same_bytes(article, asha, client):
    page = client.get(PATH).content
    client.force_login(asha)
    answer = client.get(PATH)
    assert answer.content == page and not answer.cookies


def test_a_foreign_host_is_refused_from_the_store_too(article, client):
    client.get(PATH)
    for host in ("evil.example", "testserver:80@evil.example", ""):
        assert client.get(PATH, headers={"host": host}).status_code == 400


def test_https_is_asked_for_before_the_store(article, client, settings):
    client.get(PATH)
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(PATH)
    assert (answer.status_code, answer["Location"]) == (301, settings.SITE_URL + PATH)
    assert client.get(PATH, secure=True).status_code == 200


def test_head_has_the_headers_and_no_body(article, client):
    page = client.get(PATH)
    for _stored in range(2):
        head = client.head(PATH)
        assert head.content == b"" and head["Content-Length"] == str(len(page.content)) and head["ETag"] == page["ETag"]


def test_if_none_match(article, client):
    tag = client.get(PATH)["ETag"]
    for known in (tag, tag[2:], f'"other", {tag}', "*"):
        answer = client.get(PATH, headers={"if-none-match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
        assert "default-src 'none'" in answer["Content-Security-Policy"]
    for other in ('"other"', 'W/"other"', "", tag.strip('W/"')):
        assert client.get(PATH, headers={"if-none-match": other}).status_code == 200
    republish(article, "Two.")
    assert client.get(PATH, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.9, br;q=0.3", "gzip"),
        ("GZIP ; q=1.0", "gzip"),
        ("identity", "identity"),
        ("identity;q=0.5, gzip;q=0.4", "identity"),
        ("gzip;q=0", "identity"),
        ("*;q=0", "identity"),
        ("zstd;q=1, nonsense;;q=,", "identity"),
        ("br;q=2", "br"),
    ],
)
def test_the_best_encoding_is_chosen(accepted, encoding):
    assert best_encoding(accepted) == encoding


def test_each_encoding_holds_the_same_page(article, client):
    page = client.get(PATH).content
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, unpack in unpacked.items():
        answer = client.get(PATH, headers={"accept-encoding": encoding})
        assert answer["Content-Encoding"] == encoding and unpack(answer.content) == page


def test_known_queries():
    for query in ("page=1", "page=0", "xpage=2", "", "after=2", "after="):
        assert known_query("/articles/", query) == ""
        assert known_query("/articles/one/", "page=2") == ""
    assert [known_query("/articles/", one) for one in ("page=2", "a=1&page=12&b")] == ["?page=2", "?page=12"]
    assert [known_query("/hi/faq/", one) for one in ("after=0", "a=1&after=12", "after=01", "page=3")] == [
        "?after=0",
        "?after=12",
        "",
        "?page=3",
    ]


def test_a_writer_who_holds_the_lock_slows_neither_a_hit_nor_a_miss(press, article, make_article, client):
    make_article("Other").publish(by=hand("Meena"), note="First")
    client.get(PATH)
    holds, done, outcome = threading.Event(), threading.Event(), []

    def write():
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(lead="Being written")
            holds.set()
            outcome.append("both answered" if done.wait(10) else "kept waiting")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    holds.wait(5)
    hit = client.get(PATH)
    miss = client.get("/articles/other/")
    done.set()
    writer.join()
    assert hit.status_code == miss.status_code == 200
    assert outcome == ["both answered"]


def test_a_fault_of_the_store_is_no_fault_of_the_page(press, article, client, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publishing_storedpage RENAME TO elsewhere")
    try:
        assert "One." in client.get(PATH).text
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO publishing_storedpage")


def test_pages_of_other_releases_are_forgotten(article, client):
    client.get(PATH)
    StoredPage.forget(stored.release())
    assert StoredPage.objects.count() == 1
    StoredPage.forget("another")
    assert not StoredPage.objects.exists()


def test_every_stored_name_is_a_name_that_acts_touch(article, make_entry, client):
    topic = Topic(title="Tests")
    topic.keep(by=hand("Omar"), note="New")
    article.topic = topic
    republish(article, "With a topic.")
    entry = make_entry(article=article)
    entry.publish(by=hand("Meena"), note="First")
    Frame.objects.create(pk=1).publish(by=hand("Omar"), note="First")
    Article(title="खून", body="खून", language="hi", original=article).keep(by=hand("Asha"), at=timezone.now())
    Article.objects.get(language="hi").publish(by=hand("Meena"), note="First")
    word, page = Term(title="drip", meaning="A bag."), Page(title="Privacy", body="No cookies.")
    for one, moment in ((word, timezone.now() + datetime.timedelta(days=2)), (page, None)):
        one.keep(by=hand("Asha"), at=timezone.now())
        one.publish(by=hand("Meena"), note="First", at=moment)
    for path in (PATH, "/", "/faq/", f"{PATH}history/", "/topics/tests/", "/privacy/", "/words/"):
        assert client.get(path).status_code == 200
    needs = {name for page in StoredPage.objects.all() for name in page.needs.strip("[]").replace('"', "").split(", ")}
    assert needs <= set(Touch.objects.values_list("name", flat=True))
    known = {
        "frame in en",
        "frame/1",
        "faq",
        "articles",
        article.name,
        entry.name,
        f"faq for {article.name}",
        "articles at en/having-a-blood-test",
    }
    known |= {
        "words in en",
        f"translations of {article.name}",
        "words",
        "pages",
        f"related in {topic.name}",
        "pages in en",
        "pages at en/privacy",
        page.name,
    }
    assert needs == known | {"topics", topic.name, "topics at tests", f"articles in {topic.name}"}


def test_no_header_of_one_reader_changes_what_another_reads(make_article, client):
    for number in range(51):
        make_article(f"Guide {number:02}", body="Text.").publish(by=hand("Meena"), note="First")
    strange = {"CONTENT_TYPE": "text/plain; charset=utf-16", "SCRIPT_NAME": "//evil.example"}
    client.get("/articles/?page=2", **strange)
    assert "Guide 50" in client.get("/articles/?page=2").text
    article = Article.objects.get(title="Guide 07")
    article.slug = "renamed"
    article.keep(by=hand("Meena"), at=timezone.now())
    article.publish(by=hand("Meena"), note="Renamed")
    for given in (strange, {}):
        assert client.get("/articles/guide-07/", **given).headers["Location"] == "/articles/renamed/"


def test_a_clock_set_back_brings_no_old_page_back(article, client):
    now = timezone.now()
    article.body = "Two."
    article.keep(by=hand("Asha"), at=now)
    article.publish(by=hand("Meena"), note="Later", at=now + datetime.timedelta(seconds=120))
    assert "One." in client.get(PATH).text
    act_of_a_fast_clock(seconds=240)
    assert "Two." in client.get(PATH).text


@pytest.mark.parametrize(
    "damage", [{"http": 0}, {"http": 404}, {"http": 999}, {"content_type": "text/html\nX: y"}, {"etag": "a\r\nb"}]
)
def test_a_damaged_row_is_made_anew(damage, article, client):
    client.get(PATH)
    StoredPage.objects.update(**damage)
    answer = client.get(PATH)
    assert answer.status_code == 200 and "One." in answer.text and "X" not in answer.headers


def test_another_version_of_a_package_makes_every_page_anew(monkeypatch):
    stored.release.cache_clear()
    before = stored.release()
    stored.release.cache_clear()
    monkeypatch.setattr(stored.metadata, "distributions", lambda: [])
    assert stored.release() != before
    stored.release.cache_clear()


def test_a_page_answers_to_reading_and_to_nothing_else(article, client):
    for method in ("post", "put", "delete", "options", "trace"):
        answer = getattr(client, method)(PATH)
        assert answer.status_code == 405 and "default-src 'none'" in answer["Content-Security-Policy"]


def full(places):
    """All of the places taken that there are; what gives them back."""
    count = 0
    while places.acquire(blocking=False):
        count += 1
    return lambda: places.release(count)


@pytest.mark.parametrize("full_ones", [[stored.MAKING.places, stored.LOOKING.places], [stored.ROOM]])
def test_of_what_is_dear_few_wait_and_the_rest_is_asked_to_come_again(full_ones, article, client):
    client.get(PATH)
    give_back = [full(places) for places in full_ones]
    try:
        for path in ("/hi/", "/search/?q=blood", "/h/1-1-BBBB/"):
            answer = client.get(path)
            assert (answer.status_code, answer["Retry-After"]) == (503, "5"), path
            assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "One." in client.get(PATH).text
    finally:
        for back in give_back:
            back()
    assert client.get("/search/?q=blood").status_code == 200


def test_searches_never_take_all_the_room_there_is(article, client):
    client.get(PATH)
    give_back = full(stored.LOOKING.places)
    try:
        assert client.get("/hi/").status_code == 200
    finally:
        give_back()
