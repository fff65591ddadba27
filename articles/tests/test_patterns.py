"""A new guide starts from a pattern, from another guide, or from an empty page."""

import pytest

from articles.patterns import patterns
from carsite.tests.conftest import fields_of
from publishing.findings import GREY
from publishing.models import findings_of
from publishing.text import render_html

NEW, ADD = "/admin/articles/article/new/", "/admin/articles/article/add/"


def test_six_patterns_are_offered_and_an_empty_page(asha, client):
    client.force_login(asha)
    page = client.get(NEW).text
    for title in ("A treatment", "A test", "An operation", "A medicine", "A condition", "A visit", "Something else"):
        assert f"<h2>{title}</h2>" in page


@pytest.mark.parametrize("one", patterns(), ids=lambda one: one.name)
def test_a_guide_starts_with_headings_and_one_grey_sentence_each(one, asha, client):
    client.force_login(asha)
    text = fields_of(client.get(f"{ADD}?pattern={one.name}"))["body"]
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert len(headings) >= 6 and len(headings) == text.count(f"\n{GREY} ")
    assert headings[-1] == ("## If you cannot come" if one.name == "visit" else "## When to get help")
    assert render_html(text).count("<h2") == len(headings)


def test_an_empty_page_is_empty_and_an_unknown_pattern_too(asha, client):
    client.force_login(asha)
    for asked in ("", "?pattern=", "?pattern=../settings"):
        assert not fields_of(client.get(ADD + asked))["body"]


def test_each_grey_sentence_that_is_left_must_be_fixed_also_where_somebody_changed_it(make_article, at):
    (one,) = [one for one in patterns() if one.name == "medicine"]
    kept = "## Risks\n\n✎ Name the common harms.\n\nReal words. ✎ is a pencil."
    for text, count in ((one.text, one.text.count("\n✎ ")), (kept, 1), ("## Risks\n\nReal words.", 0)):
        found = findings_of(make_article(body=text), at).must_fix
        assert len([finding for finding in found if finding.check.id == "left over"]) == count


def test_who_may_not_write_is_not_asked_what_to_write(ravi, client):
    client.force_login(ravi)
    assert client.get(NEW).status_code == 403
