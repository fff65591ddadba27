"""Ways to a guide: by its first letter, by what changed lately, from a guide that is like it."""

import re
from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Topic
from articles.shown.letters import letter_of
from articles.ways import first_signs
from conftest import changed, edit, hand, shown
from publishing.models import Line, StoredPage


@pytest.fixture
def publish(make_article):
    def made(title, **content):
        guide = make_article(title, **content)
        guide.publish(by=hand("Meena"), note="First")
        return guide

    return made


@pytest.fixture
def topic(db):
    topic = Topic(title="Tests")
    topic.keep(by=hand("Omar"), note="New")
    return topic


@pytest.mark.parametrize(
    ("title", "letter"),
    [("apple", "A"), ("Étude", "E"), ("7 days", "0-9"), ("“Quoted”", "Q"), ("क्या", "क"), ("نیند", "ن"), ("?", "")],
)
def test_a_guide_stands_under_its_first_letter_without_marks(title, letter):
    assert letter_of(title) == letter


def test_a_short_list_of_all_guides_is_grouped_by_letters(publish, client):
    for title in ("Blood test", "asthma", "Ångström", "10 steps"):
        publish(title)
    page = client.get("/articles/").text.partition("<main")[2]
    assert page.index(">0-9</h2>") < page.index(">A</h2>") < page.index(">asthma<") < page.index(">B</h2>")
    assert page.count("</h2>") == 3 and '<a href="#l3">B</a>' in page


def test_a_long_list_leads_to_a_page_for_each_letter(publish, client, monkeypatch):
    for title in ("Blood test", "Bone", "Étude", "eye", "Yoga"):
        publish(title)
    monkeypatch.setattr("articles.views.paged.__defaults__", (3,))
    assert '<a href="/letters/">' in client.get("/articles/").text
    letters = client.get("/letters/").text
    assert letters.count('<a href="/letters/') == 3 and '<a href="/letters/e/">E</a>' in letters
    page = client.get("/letters/e/").text
    assert "Étude" in page and ">eye<" in page and "Bone" not in page
    assert [client.get(f"/letters/{one}/").status_code for one in ("z", "é", "bo", "%3f")] == [404] * 4
    assert client.get("/letters/E/").status_code == 301


def test_a_new_guide_makes_its_letter_anew(publish, client):
    publish("Bone")
    assert "Blood" not in client.get("/letters/b/").text
    publish("Blood test")
    assert "Blood test" in client.get("/letters/b/").text


def test_what_changed_lately_tells_what_is_new_changed_in_substance_or_gone(publish, asha, client):
    bone, eye = publish("Bone", body="Take 5 mg."), publish("Eye")
    then = Line.objects.moment_of_reading()
    edit(bone, "Asha", lead="This is a short test.")
    bone.publish(by=hand("Meena"), note="Only words")
    edit(bone, "Asha", body="Take 3 mg.")
    bone.publish(by=hand("Meena"), note="The dose was wrong")
    eye.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    page = client.get("/new/").text.partition("<main")[2]
    assert page.index("Taken down") < page.index("The dose was wrong") < page.index("New guide</p>")
    assert "Only words" not in page and page.count("New guide</p>") == 2
    client.force_login(asha)
    assert "The dose was wrong" not in shown(client, then, "/new/").text


def links(client, path):
    page = client.get(path).text.partition('aria-label="Related guides"')[2].partition("</nav>")[0]
    return [one.partition('">')[2] for one in page.split("<a href=")[1:] for one in [one.partition("</a>")[0]]]


def test_guides_of_the_same_topic_that_share_most_words_are_related(publish, topic, client):
    publish("Biopsy of the kidney", topic=topic)
    for title in ("A scan", "Kidney ultrasound", "Kidney biopsy at home", "Rest", "Sleep"):
        publish(title, topic=topic)
    publish("Kidney stones")
    found = links(client, "/articles/biopsy-of-the-kidney/")
    assert found[:2] == ["Kidney biopsy at home", "Kidney ultrasound"] and len(found) == 4
    assert links(client, "/articles/kidney-stones/") == []
    publish("The kidney biopsy", topic=topic)
    assert "The kidney biopsy" in links(client, "/articles/biopsy-of-the-kidney/")


def test_a_new_text_of_a_guide_leaves_those_warm_that_lead_to_it_and_a_new_title_does_not(publish, topic, client):
    publish("Kidney", topic=topic)
    other = publish("Stones", topic=topic)
    client.get("/articles/kidney/")
    changed(other, body="Another text.")
    stored = StoredPage.objects.get(key__endswith=" /articles/kidney/")
    client.get("/articles/kidney/")
    assert StoredPage.objects.get(pk=stored.pk).seq == stored.seq
    changed(other, title="Kidney stones")
    assert links(client, "/articles/kidney/") == ["Kidney stones"]
    assert StoredPage.objects.get(pk=stored.pk).seq > stored.seq


def test_where_staff_choose_related_guides_only_those_are_led_to_while_they_are_live(publish, topic, client):
    guide, stones = publish("Kidney", topic=topic), publish("Stones")
    publish("Kidney pain", topic=topic)
    changed(guide, related="/articles/stones/\nhttp://127.0.0.1/articles/nowhere\n")
    assert links(client, "/articles/kidney/") == ["Stones"]
    stones.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert links(client, "/articles/kidney/") == []


def test_no_more_than_six_are_chosen(db):
    with pytest.raises(ValidationError, match="at most 6"):
        Article(title="A", body="B", related="\n".join("abcdefg")).full_clean()


def test_letters_are_found_by_jumping_and_no_title_is_read_for_each(publish, client):
    def asked():
        StoredPage.objects.all().delete()
        with CaptureQueriesContext(connection) as made:
            page = client.get("/letters/").text
        return page.count('<a href="/letters/'), len(made)

    for title in ("Blood", "Étude", "eye"):
        publish(title)
    few = asked()
    for number in range(20):
        publish(f"Blood {number}")
    assert asked() == few and few[0] == 2
    if connection.vendor == "sqlite":
        with CaptureQueriesContext(connection) as made:
            assert list(first_signs(timezone.now(), "en")) == ["B", "e", "É"]
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + made[1]["sql"])
            plan = [row[3] for row in cursor.fetchall()]
        assert "SEARCH articles_articleedition USING INDEX articles_edition_first (<expr>=? AND <expr>>?)" in plan, plan


@pytest.mark.databases
@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [
        ("آپریشن سے پہلے", "ur", "ا"),
        ("أمراض", "ur", "ا"),
        ("५ बातें", "hi", "0-9"),
        ("¿Qué es la quimioterapia?", "es", "q"),
        ("“Dry eyes”: what helps", "en", "d"),
        ("Ёлка", "ru", "е"),
        ("(In)continence", "en", "i"),
    ],
)
def test_a_guide_stands_under_its_letter_in_every_script_and_behind_signs(
    title, language, letter, make_article, client, settings
):
    make_article(title, language=language).publish(by=hand("Meena"), note="First")
    home = "/letters/" if language == "en" else f"/{language}/letters/"
    letters = re.findall(f'<a href="{home}([^"]+)/"', client.get(home).text)
    assert [unquote(one) for one in letters] == [letter]
    assert title.strip("¿“(")[:2] in client.get(f"{home}{letter}/").text
