"""Each Atom feed of the site beside what RFC 4287 asks of one, by a checker of our own."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from articles.models import Topic
from conftest import changed, hand

ATOM, LANG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")  # section 3.3
# Section 4.2.6: an id is absolute. RFC 4151: the authority of a tag is a host without a port.
ID = re.compile(r"(?:https?://[^\s/]+/\S*|tag:[a-z0-9.-]+,\d{4}(?:-\d\d){0,2}:\S+)")
ONCE, PERSON = {"id", "title", "updated"}, {"name", "uri", "email"}
OF_FEED = ONCE | {"author", "category", "contributor", "generator", "icon", "link", "logo", "rights", "subtitle"}
OF_ENTRY = ONCE | {"author", "category", "content", "contributor", "link", "published", "rights", "source", "summary"}
AT_MOST_ONCE = {"generator", "icon", "logo", "rights", "subtitle", "content", "published", "source", "summary"}


def named(node):
    return [one.tag.removeprefix(ATOM) for one in node]


def faults(feed, address):
    """What RFC 4287 forbids in a feed that was asked for at this address, as sentences."""
    if feed.tag != f"{ATOM}feed":
        yield "the document is no atom:feed (4.1.1)"
    entries = feed.findall(f"{ATOM}entry")
    yield from faults_of(feed, OF_FEED | {"entry"}, has_author=bool(feed.findall(f"{ATOM}author")) or not entries)
    for entry in entries:
        yield from faults_of(entry, OF_ENTRY, has_author=bool(feed.findall(f"{ATOM}author")))
    told = [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries]
    if len(set(told)) < len(told):
        yield "two entries have one id and one moment (4.1.1)"
    if [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"] != [address]:
        yield "the feed does not lead to itself (4.1.1)"
    moments = [moment for _id, moment in told if moment]
    if moments and (feed.findtext(f"{ATOM}updated") or "") < max(moments):
        yield "an entry is newer than the feed (4.2.15)"
    if not feed.get(LANG):
        yield "the language is not told (2)"


def faults_of(node, may, *, has_author):
    """The same of a feed or an entry by itself."""
    children = named(node)
    yield from (f"{one} stands in {node.tag}" for one in set(children) - may)
    yield from (f"{one} stands {children.count(one)} times" for one in ONCE if children.count(one) != 1)
    yield from (f"{one} stands more than once" for one in AT_MOST_ONCE if children.count(one) > 1)
    if not (has_author or node.find(f"{ATOM}author") is not None):
        yield "nobody is named as author (4.1.1, 4.1.2)"
    for person in (*node.findall(f"{ATOM}author"), *node.findall(f"{ATOM}contributor")):
        if named(person).count("name") != 1 or not person.findtext(f"{ATOM}name") or set(named(person)) - PERSON:
            yield "a person has no name (3.2)"
    if not ID.fullmatch(node.findtext(f"{ATOM}id") or ""):
        yield f"{node.findtext(f'{ATOM}id')} is no id (4.2.6)"
    for name in ("updated", "published"):
        yield from (
            f"{one.text} is no moment (3.3)" for one in node.findall(ATOM + name) if not MOMENT.fullmatch(one.text)
        )
    links = node.findall(f"{ATOM}link")
    yield from ("a link leads nowhere (4.2.7)" for one in links if not re.match(r"https?://", one.get("href", "")))
    ways = [(one.get("type"), one.get("hreflang")) for one in links if one.get("rel", "alternate") == "alternate"]
    if len(set(ways)) < len(ways) or not (ways or "content" in children):
        yield "the links to its page are two of one kind, or none (4.1.1, 4.1.2)"
    if not (node.findtext(f"{ATOM}title") or "").strip():
        yield "the title is empty"


@pytest.fixture
def feeds(make_article, client):
    """By address the feeds of a site with guides in two languages, changed ones and one that was unsafe."""
    topic = Topic(title="Blood", slug="blood")
    topic.keep(by=hand("Meena"), note="New")
    guide, gone = make_article("Tea & 5 < 6", topic=topic), make_article("Plaster", topic=topic)
    for one in (guide, gone, make_article("चाय", language="hi", slug="tea", topic=topic)):
        one.publish(by=hand("Meena"), note="First")
    changed(guide, body="Take 2 drops.")
    gone.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="Stop <now> & ask.")
    paths = ("/feed/", "/hi/feed/", "/topics/blood/feed/", "/hi/topics/blood/feed/", "/unsafe/feed/", "/ur/feed/")
    return {path: client.get(path).content for path in paths}


def test_every_feed_is_as_rfc_4287_asks(feeds, client):
    for path, content in feeds.items():
        assert content.startswith(b'<?xml version="1.0" encoding="utf-8"?>'), path
        feed = ElementTree.fromstring(content)
        assert list(faults(feed, f"{settings.SITE_URL}{path}")) == [], path
        assert bool(feed.findall(f"{ATOM}entry")) == (path != "/ur/feed/"), path
        for link in feed.iter(f"{ATOM}link"):
            assert client.get(link.get("href").removeprefix(settings.SITE_URL)).status_code in (200, 410), path


@pytest.mark.parametrize("name", ["id", "title", "updated", "author", "link"])
def test_the_checker_misses_what_is_missing(feeds, name):
    feed = ElementTree.fromstring(feeds["/feed/"])
    for node in (feed, feed.find(f"{ATOM}entry")):
        for one in node.findall(ATOM + name):
            node.remove(one)
    assert list(faults(feed, f"{settings.SITE_URL}/feed/"))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"T", b" "),
        (b'rel="self"', b'rel="me"'),
        (b"</id>", b"</id><id>tag:a,2026:b</id>"),
        (b",2026:articles", b":8000,2026:articles"),
        (b"<name>", b"<name/><email>"),
    ],
)
def test_the_checker_finds_what_is_wrong(feeds, was, now):
    content = feeds["/feed/"]
    if was == b"T":
        content = re.sub(rb"(\d\d-\d\d)T", rb"\1 ", content)
    elif was == b"<name>":
        content = re.sub(rb"<name>(.*?)</name>", rb"<email>\1</email>", content)
    else:
        assert was in content
        content = content.replace(was, now)
    assert list(faults(ElementTree.fromstring(content), f"{settings.SITE_URL}/feed/"))
