"""What patients read."""

import datetime
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models.topics import Topic
from conftest import hand
from publishing.models import Frame


def test_the_sample_guide_is_read_whole(guide, client):
    page = client.get("/articles/car-t-cell-therapy/").text
    words = re.sub(r"<[^>]+>", "", page)
    for text in ("Extraction", "Modification", "Expansion", "Infusion", "24 June 2025", "PAVAN", "www.vizzve.com"):
        assert text in words
    for text in ("10 Lakh+ Customers", "The clinic has not checked these claims", "not supplied", "Vizzve Financial"):
        assert text in words
    assert page.count("<details") == 5 and page.count('<ol class="steps">') == 1
    article, _end, after = page.partition("</article>")
    assert "RBI-Registered" not in article and "RBI-Registered" in after
    risks = article.index('class="risks"')
    assert risks < article.index('href="tel:112"') < article.rindex("The future")


def test_honest_blanks_are_said(make_article, client):
    make_article(sources="").publish(by=hand("Asha"), note="First")
    page = client.get("/articles/having-a-blood-test/").text
    assert "Not yet checked by a clinician" in page
    assert "The publisher did not list sources" in page


def test_a_reader_leaves_no_trace(guide, client, django_assert_max_num_queries):
    most = {"/": 13, "/articles/": 9, "/articles/car-t-cell-therapy/": 20, "/faq/": 15, "/search/?q=cells": 18}
    for path, queries in (most | {"/nothing/here/": 4}).items():
        with django_assert_max_num_queries(queries):
            answer = client.get(path)
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")
        assert "<script" not in answer.text.replace('<script type="application/ld+json">', "")
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert (answer["Referrer-Policy"], answer["X-Content-Type-Options"]) == ("same-origin", "nosniff")


def test_a_list_costs_the_same_however_long_it_is(make_article, client):
    def queries(path):
        with CaptureQueriesContext(connection) as made:
            assert client.get(path).status_code == 200
        return len(made)

    def publish(numbers):
        for number in numbers:
            make_article(f"Guide {number}").publish(by=hand("Asha"), note="First")

    publish(range(2))
    few = [queries(path) for path in ("/articles/", "/")]
    publish(range(2, 12))
    assert [queries(path) for path in ("/articles/", "/")] == few
    assert max(few) <= 12


def test_a_withdrawn_guide_says_why_since_when_and_where_to_go(make_article, client):
    old, new = make_article("Old"), make_article("New")
    old.publish(by=hand("Asha"), note="First")
    new.publish(by=hand("Asha"), note="First")
    old.withdraw(
        by=hand("Asha"), note="There is a better one", reason="replaced", replaced_by=new, text="Bring the new sheet."
    )
    answer = client.get("/articles/old/")
    assert answer.status_code == 410
    assert 'href="/articles/new/"' in answer.text and "Bring the new sheet." in answer.text
    assert "noindex" in answer.text and "A nurse takes" not in answer.text
    for path in ("/articles/", "/", "/search/?q=nurse", "/sitemap-guides.xml"):
        assert 'articles/old/"' not in client.get(path).text


def test_the_history_tells_dates_and_notes_but_no_old_text(make_article, client, later):
    article = make_article(body="Take 5 mg.")
    article.publish(by=hand("Asha"), note="First words")
    article.body = "Take 0.5 mg."
    article.keep(by=hand("Asha"), at=later)
    article.publish(by=hand("Asha"), note="Dose corrected")
    article.body = "Secret plans."
    article.keep(by=hand("Asha"), at=later)
    article.publish(by=hand("Asha"), note="For Friday", at=later)
    page = client.get("/articles/having-a-blood-test/history/").text
    assert "First words" in page and "Dose corrected" in page
    assert "For Friday" not in page and "5 mg" not in page


def test_questions_stand_with_their_guide_and_in_the_list(make_article, make_entry, client):
    article = make_article()
    article.publish(by=hand("Asha"), note="First")
    make_entry("Second?", article=article, place=2).publish(by=hand("Asha"), note="First")
    make_entry("First?", article=article, place=1).publish(by=hand("Asha"), note="First")
    make_entry("Not yet?", article=article, place=3)
    make_entry("Can I bring someone?").publish(by=hand("Asha"), note="First")
    page = client.get("/articles/having-a-blood-test/").text
    assert page.index("First?") < page.index("Second?") and "Not yet?" not in page
    questions = client.get("/faq/").text
    assert "Can I bring someone?" in questions and "Not yet?" not in questions
    assert "A little." in client.get("/faq/first/").text


def test_a_question_moved_to_another_guide_leaves_the_first(make_article, make_entry, client, at):
    one, two = make_article("One"), make_article("Two")
    one.publish(by=hand("Asha"), note="First")
    two.publish(by=hand("Asha"), note="First")
    entry = make_entry(article=one)
    entry.publish(by=hand("Asha"), note="First")
    entry.article = two
    entry.keep(by=hand("Asha"), at=at)
    assert "Does it hurt?" in client.get("/articles/one/").text
    entry.publish(by=hand("Asha"), note="Moved")
    assert "Does it hurt?" not in client.get("/articles/one/").text
    assert "Does it hurt?" in client.get("/articles/two/").text


def test_topics_group_the_home_page(make_article, client, db):
    topic = Topic(title="Tests and visits", slug="tests")
    topic.keep(by=hand("Omar"), note="New")
    make_article(topic=topic).publish(by=hand("Asha"), note="First")
    assert "Tests and visits" in client.get("/").text
    assert "Having a blood test" in client.get("/topics/tests/").text
    assert client.get("/topics/none/").status_code == 404


def test_the_frame_stands_around_every_page_from_its_moment_on(guide, client, later):
    frame = Frame.objects.create(
        pk=1, clinic="Clinic by the River", emergency_number="+91 112", banner="Closed on Monday."
    )
    frame.publish(by=hand("Omar"), note="New name")
    for path in ("/", "/articles/car-t-cell-therapy/", "/faq/", "/nothing/"):
        page = client.get(path).text
        assert "Clinic by the River" in page and "Closed on Monday." in page
    assert 'href="tel:+91112"' in client.get("/articles/car-t-cell-therapy/").text
    frame.clinic = "Clinic on the Hill"
    frame.keep(by=hand("Omar"), at=later)
    frame.publish(by=hand("Omar"), note="Move", at=later)
    assert "Hill" not in client.get("/").text


def test_a_page_beyond_the_last_is_not_found_and_a_nonsense_number_is_ignored(guide, client):
    assert client.get("/articles/", {"page": "2"}).status_code == 404
    for page in ("1", "0", "-1", "x", "9" * 30, "١"):
        assert client.get("/articles/", {"page": page}).status_code == 200


def test_published_is_the_publishers_date_or_the_first_day_here(make_article, client):
    make_article("Dated", published_on=datetime.date(2024, 5, 3)).publish(by=hand("Asha"), note="First")
    make_article("Undated").publish(by=hand("Asha"), note="First")
    assert "3 May 2024" in client.get("/articles/dated/").text
    assert "20" in client.get("/articles/undated/").text.partition("Published")[2][:120]


def test_a_piece_that_a_search_shows_tears_no_dose_and_no_word(make_article, client):
    for letters in range(60, 78):
        between = ("of these tablets " * 6)[:letters].strip()
        body = f"{'Before it ' * 30}take 250 mg {between} or paracetamol {'as you like ' * 10}{'of' * (letters % 5)} 12 ml."
        make_article(f"Guide {letters}", body=body, lead="").publish(by=hand("Asha"), note="First")
    pieces = re.findall(r"<p>(… .*?)</p>", client.get("/search/?q=paracetamol").text)
    assert len(pieces) == 18
    for piece in pieces:
        told = re.sub(r"<[^>]+>", "", piece)
        assert "250 mg" in told or not re.search(r"\d|mg", told.partition("paracetamol")[0]), told
        assert "12 ml" in told or not re.search(r"\d|ml", told.partition("paracetamol")[2]), told
        assert re.match(r"… (Before|it|take|250|of|these|tablets|or)\b", told), told


def test_a_piece_starts_with_its_sentence_where_that_is_near(make_article, client):
    body = f"{'Many words. ' * 40}Do not, unless your doctor says that you may, and never at night, take paracetamol."
    make_article(body=body, lead="").publish(by=hand("Asha"), note="First")
    assert "… Do not, unless your doctor" in client.get("/search/?q=paracetamol").text
