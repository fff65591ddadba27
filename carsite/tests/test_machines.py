"""What the site says to machines: feeds, a block of data, files at fixed addresses."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import Topic
from conftest import changed, hand, judge

WORDS = json.loads((Path(__file__).with_name("schema-org-30.0.json")).read_text())
ATOM = "{http://www.w3.org/2005/Atom}"


def data_of(page):
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def nodes(value):
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


def is_such(value, wanted):
    """Whether a value is one that the property takes: a thing of such a kind, a day, an address or words."""
    if isinstance(value, list):
        return all(is_such(one, wanted) for one in value)
    if isinstance(value, dict):
        return "@type" not in value or bool(set(WORDS["types"][value["@type"]]) & set(wanted))
    if isinstance(value, bool):
        return "Boolean" in wanted
    if "Text" in wanted or (isinstance(value, int) and {"Integer", "Number"} & set(wanted)):
        return True
    if {"Date", "DateTime"} & set(wanted):
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
    return value.startswith("http")  # a thing by its address


@pytest.fixture
def told(guide, ravi, client):
    """The sample guide, checked: its page."""
    for work in (guide, *guide.entry_set.all()):
        judge(work, ravi, reviewer_name="Dr Ravi Rao")
    return client.get(guide.get_absolute_url()).text


def test_the_data_of_a_guide_is_of_the_vocabulary_and_each_day_stands_on_the_page(told):
    (data,) = data_of(told)
    page, way, asked = data["@graph"]
    for node in nodes(data["@graph"]):
        for name, value in node.items():
            if not name.startswith("@"):
                word = WORDS["properties"][name]
                assert set(WORDS["types"][node["@type"]]) & set(word["of"]), (node["@type"], name)
                assert is_such(value, word["takes"]), (name, value)
    days = {page[name] for name in ("datePublished", "dateModified", "lastReviewed", "expires")}
    assert days <= set(re.findall(r'<time datetime="([^"]+)"', told)) and len(days) == 3
    assert page["reviewedBy"] == {
        "@type": "Person", "honorificPrefix": "Dr", "name": "Ravi Rao", "jobTitle": "haematologist"
    }  # fmt: skip
    assert page["@id"] in told.partition("<script")[0] and page["sponsor"]["name"] == "Vizzve Financial"
    assert len(asked["mainEntity"]) == 5 and [step["position"] for step in way["itemListElement"]] == [1, 2, 3]


def test_what_nobody_said_is_left_out_and_no_text_ends_the_block(make_article, asha, client):
    guide = make_article("Tea", uploaded_by="</script><script>x")
    guide.publish(by=hand("Meena"), note="First")
    page = client.get(guide.get_absolute_url()).text
    (data,) = data_of(page)
    said = data["@graph"][0]
    assert said["contributor"]["name"] == "</script><script>x" and page.count("<script") == 1
    assert not {"lastReviewed", "reviewedBy", "expires", "sponsor"} & said.keys() and "FAQPage" not in str(data)
    client.force_login(asha)
    assert "ld+json" not in client.get(f"/admin/articles/article/{guide.pk}/preview/").text
    guide.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert "ld+json" not in client.get(guide.get_absolute_url()).text


def entries(client, path):
    answer = client.get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8" and not answer.cookies
    feed = ElementTree.fromstring(answer.content)
    return feed, [(one.find(f"{ATOM}title").text, one.find(f"{ATOM}summary").text) for one in feed.iter(f"{ATOM}entry")]


def test_feeds_tell_each_change_of_substance_with_its_note(make_article, client, settings):
    topic = Topic(title="Blood", slug="blood", names="hi: रक्त")
    topic.keep(by=hand("Meena"), note="New")
    guide, other = make_article("Tea & 5 < 6", topic=topic), make_article("Plaster")
    hindi = make_article("चाय", language="hi", slug="tea", topic=topic)
    for one in (guide, other, hindi):
        one.publish(by=hand("Meena"), note="First")
    assert len(entries(client, "/feed/")[1]) == 2
    changed(guide, body="Take 2 drops.")
    feed, told = entries(client, "/feed/")
    assert told[0] == ("Tea & 5 < 6", "Changed") and len(told) == 3
    assert feed.find(f"{ATOM}id").text == f"{settings.SITE_URL}/feed/"
    ids = [one.find(f"{ATOM}id").text for one in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 3 and f"articles/{guide.pk}/2" in ids[0]
    assert [title for title, _note in entries(client, "/topics/blood/feed/")[1]] == ["Tea & 5 < 6"] * 2
    assert [title for title, _note in entries(client, "/hi/feed/")[1]] == ["चाय"]
    # Machines are told the name of a topic that people read on the same page.
    assert "| रक्त |" in entries(client, "/hi/topics/blood/feed/")[0].find(f"{ATOM}title").text
    (data,) = data_of(client.get(hindi.get_absolute_url()).text)
    assert data["@graph"][1]["itemListElement"][1]["name"] == "रक्त"
    guide.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="Stop.")
    assert entries(client, "/feed/")[1][0] == ("Taken down: Tea & 5 < 6", "Stop.")
    assert entries(client, "/ur/feed/")[1] == [] and client.get("/topics/none/feed/").status_code == 404
    assert 'href="/feed/"' in client.get("/").text and 'href="/hi/feed/"' in client.get("/hi/new/").text


def test_programs_are_told_of_the_guides_with_their_checks_and_how_to_cite(told, guide, client, settings):
    said = client.get("/llms.txt").text
    day = f"{timezone.localtime():%Y-%m-%d}"
    assert f"{settings.SITE_URL}{guide.get_absolute_url()}): edition 1" in said
    assert f"checked by a clinician on {day}" in said and "its edition and its date" in said
    guide.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert guide.title not in client.get("/llms.txt").text


def test_whom_to_tell_of_a_hole(client, db, settings):
    said = client.get("/.well-known/security.txt").text
    assert f"Contact: {settings.SITE_URL}/contact/" in said and re.search(r"^Expires: 20\d\d-\d\d-\d\dT", said, re.M)
