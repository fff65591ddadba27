"""Whatever stands where a number, a day or a name belongs, no address of the staff breaks."""

import re
from urllib.parse import quote, quote_from_bytes

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Topic
from conftest import NIGHTLY, hand
from faq.models import Entry
from publishing.models import Frame, Publisher, Sponsor

NONSENSE = {
    "letters": "abc",
    "beyond the last year": "9999-12-31T23:59:59-23:59",
    "negative": "-1",
    "long": "9" * 4400,
    "big": "9223372036854775808",
    "year 0": "0000-01-01T00:00",
    "before the first year": "0001-01-01T00:00:00+14:00",
    "NUL": "a\0b",
    "other digits": "१²③",
}
SURROGATE = quote_from_bytes(b"\xed\xa0\x80")
SENT, ASKED = list(NONSENSE.values()), [*map(quote, NONSENSE.values()), SURROGATE]
TOOLS = ["at", "path", "file", "was", "q", "csv", "find", "by", "anchor", "owner", "copy", "before", "after", "next"]
LISTS = ["p", "o", "all", "e", "q", "_popup", "_to_field", "topic__id__exact", "owner__id__exact", "groups__id__exact"]
LISTS += ["language__exact", "is_active__exact", "verb__exact", "id__in", "at__year", "changed_at__gte", "password"]
FIELDS = ["edits", "companions", "note", "at", "ticks", "reason", "replaced_by", "result", "next_due_on", "text_digest"]
FIELDS += ["reviewer_name", "credential", "is_sure", "emergency", "raises_substance", "revoke", "invited", "email"]
FIELDS += ["title", "slug", "language", "topic", "owner", "published_on", "place", "edits_seen", "article", "question"]
FIELDS += ["of", "to", "find", "by", "seen", "text:articles/1:1:body:0", "groups", "username", "password1", "action"]
FIELDS += [
    "_selected_action",
    "content",
    "name",
    "clinic",
    "emergency_number",
    "websites",
    "post",
    "_save",
    "with_pictures",
]
ROWS = {"faq_entry_set-TOTAL_FORMS": "", "entry_set-TOTAL_FORMS": "", "entry_set-INITIAL_FORMS": ""}
ROWS |= {"entry_set-0-id": "", "entry_set-0-article": "", "entry_set-0-place": "", "entry_set-0-edits_seen": ""}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def routes():
    """Every address of the admin, with its parameters unfilled, Django's own included."""
    for one in admin.site.urls[0]:
        route = str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from (f"/admin/{route}{inner.pattern}" for inner in one.url_patterns)
        elif not route.startswith("^"):
            yield f"/admin/{route}"
    yield from (
        "/admin/editor/preview/",
        "/admin/editor/picture/",
        "/admin/editor/paste/",
        "/admin/editor/pictures/",
        "/admin/editor/guides/",
        "/admin/r/<int:a>/<path:b>/",
    )


def fitting(route):
    """The address of something that is there."""
    route = route.replace("<str:when>", quote(timezone.now().isoformat()))
    return PARAMETER.sub("1", route)


def few(values, place, by_day=1):
    """At night all of them; by day so many, others at each place, so that between them all are tried."""
    return values if NIGHTLY else [values[(place + one) % len(values)] for one in range(by_day)]


def broken(client, method, path, *given):
    """What breaks; all else is undone: PostgreSQL lets nobody ask it anything more after what it called no value."""
    with transaction.atomic():
        answer = getattr(client, method)(path, *given)
        transaction.set_rollback(True)
    return [f"{method} {path[:90]} {str(given)[:90]}: {answer.status_code}"] if answer.status_code >= 500 else []


@pytest.fixture
def root(make_article, make_entry, omar):
    """An administrator who may do everything, with one of each thing."""
    Topic(title="Tests").keep(by=hand("Meena"), note="New")
    article = make_article(pk=1, topic=Topic.objects.get())
    make_entry(pk=1, article=article).publish(by=hand("Meena"), note="First")
    article.publish(by=hand("Meena"), note="First")
    Frame.objects.update_or_create(pk=1)
    Publisher.objects.create(pk=1, name="A")
    Sponsor.objects.create(pk=1, name="A")
    assert (Article.objects.get().pk, Entry.objects.get().pk) == (1, 1)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


@pytest.mark.slow
def test_no_parameter_of_an_address_breaks_it(root):
    found = []
    for number, route in enumerate(filter(PARAMETER.search, routes())):
        for place, parameter in enumerate(PARAMETER.finditer(route)):
            for value in few(ASKED, number + place, 2):
                path = fitting(route[: parameter.start()]) + value + fitting(route[parameter.end() :])
                found += broken(root, "get", path) + broken(root, "post", path)
    assert found == []


@pytest.mark.slow
def test_no_question_breaks_an_address(root):
    found = []
    for number, route in enumerate(routes()):
        path = fitting(route)
        is_list = path.count("/") == 4 and not path.endswith("/logout/")
        for value in few(ASKED, number):
            found += broken(root, "get", f"{path}?{'&'.join(f'{name}={value}' for name in TOOLS)}")
        for place, name in enumerate((LISTS if is_list else TOOLS) if path.count("/") < 5 else ()):
            for value in few([one for one in ASKED if len(one) < 200], number + place):
                found += broken(root, "get", f"{path}?{name}={value}")
    assert found == []


@pytest.mark.slow
def test_nothing_that_is_sent_breaks_an_address(root):
    found = []
    for number, route in enumerate(routes()):
        for value in few(SENT, number):
            path, filled = fitting(route), dict.fromkeys((*FIELDS, *ROWS), value)
            found += broken(root, "post", path, filled)
            filled |= {"edits": "1", "note": "x", "edits_seen": "1", "entry_set-TOTAL_FORMS": "1"}
            found += broken(root, "post", path, filled | {"entry_set-INITIAL_FORMS": "1"})
            root.force_login(User.objects.get(username="root"))
    assert found == []
