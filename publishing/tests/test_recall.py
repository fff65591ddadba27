"""Recall: every edition that ever told patients something, and from when to when."""

import csv
import datetime
import html
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import changed, hand
from publishing.models import Frame, Line, publish_all
from publishing.record.recall.told import TooShort, find, hits
from publishing.text.letters.spelling import around_found, fold

pytestmark = pytest.mark.databases


def found(text):
    hits = find(text, Line.objects.moment_of_reading())
    return [(hit.work.partition("/")[0], hit.edition.number, hit.until is None) for hit in hits]


@pytest.fixture
def told(make_article, make_entry):
    """An article that once told a number and a question that still does, beside one that never did."""
    article = make_article(body="Call **0800** 123 456 at once.")
    article.publish(by=hand("Meena"), note="First")
    entry = make_entry(article=article, answer="The number is 0800-123-456.")
    entry.publish(by=hand("Meena"), note="First")
    make_article("Other", body="Call nobody.").publish(by=hand("Meena"), note="First")
    changed(article, body="Call 0800 999 999 at once.")
    return article


def test_an_edition_is_found_with_the_times_it_was_in_force(told):
    [live, earlier] = find("0800 123 456", Line.objects.moment_of_reading())
    assert (live.work, live.until) == (told.entry_set.get().name, None)
    first, second = told.editions.order_by("number")
    assert (earlier.edition, earlier.in_force_at, earlier.until) == (first, first.in_force_at, second.in_force_at)
    assert earlier.words == ("Call **", "0800** 123 456", " at once.")


@pytest.mark.parametrize("number", ["0800123456", "0800 123456", "0800/123-456", "(0800) 123 456", "०८०० १२३ ४५६"])
def test_a_telephone_number_is_found_however_it_is_grouped(number, told):
    assert found(number) == [("faq", 1, True), ("articles", 1, False)]


@pytest.mark.parametrize("number", ["080 2222 3333", "+91 80 2222 3333", "0091-80-2222-3333", "8022223333"])
def test_a_telephone_number_is_found_with_its_countrys_code_and_without(number, make_article):
    for title, told in (("Home", "(080) 2222-3333"), ("Abroad", "+91 80 22223333"), ("Both", "+91 (0)80 2222 3333")):
        make_article(title, body=f"Call {told} now.").publish(by=hand("Meena"), note="First")
    assert sorted(hit.title for hit in find(number, timezone.now())) == ["Abroad", "Both", "Home"]


def test_a_few_digits_are_a_dose_and_found_only_as_written(told):
    assert found("456 at") == [("articles", 1, False)]
    assert found("08 00") == []


def test_accents_case_and_unicode_forms_hide_no_hit(make_article):
    make_article("पैरासिटामोल", language="hi", body="बुखार ३८ ℃ से ऊपर हो तो PARACÉTAMOL 500 ㎎ लें").publish(
        by=hand("Meena"), note="First"
    )
    for text in ("paracetamol 500 mg", "Parace\u0301tamol", "38 °C", "३८", "पैरासिटामोल", "500\u00a0MG"):
        assert found(text) == [("articles", 1, True)], text


def test_what_never_came_into_force_and_what_still_waits_is_not_listed(told, later, capsys):
    told.body = "Call 0800 777 777."
    told.keep(by=hand("Asha"), at=timezone.now())
    told.publish(by=hand("Meena"), note="For Friday", at=later)
    assert found("0800 777 777") == []
    call_command("find_in_history", "0800777777")
    assert f"Edition 3 of articles/{told.pk} says it too, and waits for" in capsys.readouterr().out
    told.cancel(by=hand("Meena"), note="No")
    assert find("0800 777 777", later + datetime.timedelta(days=1)) == []


def test_a_notice_ends_what_was_told_and_its_own_words_are_found(told):
    entry = told.entry_set.get()
    entry.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe", text="Do not call 0800 123 456.")
    assert sorted(found("0800 123 456")) == [("articles", 1, False), ("faq", 1, False), ("faq", 2, True)]


def test_the_frame_is_searched_too_and_signs_of_sql_are_only_letters(db, make_article):
    Frame.objects.create(pk=1, contact="Ring 100% of us: a_b").publish(by=hand("Meena"), note="First")
    assert found("100% of us") == [("frame", 1, True)]
    assert found("1%us") == found("%%") == []
    with pytest.raises(TooShort):
        find("*", timezone.now())


def test_the_place_is_shown_in_the_text_as_it_was_written():
    text = "पहला। दवा की मात्रा लें।\n\nTake  5 **mg**, not 7."
    assert around_found(text, fold("5 mg"))[1] == "5 **mg"
    assert around_found(text, fold("मात्रा")) == ("पहला। दवा की ", "मात्रा", " लें।")
    assert around_found("one\ntwo", fold("one two"))[1] == "one\ntwo"
    assert around_found("x" * 5000 + " 500 ㎎", fold("500 MG"))[1:] == ("500 ㎎", "")
    assert around_found("İ **0800** 123", fold("0800123"))[1] == "0800** 123"


def test_the_command_says_what_was_told_and_what_still_is(told, capsys):
    call_command("find_in_history", "0800 123 456")
    said = capsys.readouterr().out
    assert "still now: The number is [0800-123-456]." in said
    assert "2 editions told patients this; 1 still does." in said
    call_command("find_in_history", "0800 999 999")
    assert "1 edition told patients this; 1 still does." in capsys.readouterr().out
    with pytest.raises(CommandError, match="at least two letters"):
        call_command("find_in_history", "x")


def test_the_page_and_its_csv_list_the_same_and_no_cell_is_a_formula(make_article, ravi, client):
    article = make_article("=1+1", body="@ 5 mg")
    article.publish(by=hand("Meena"), note="First")
    client.force_login(ravi)
    page = client.get("/admin/recall/", {"q": "5 mg"}).text
    assert "1 edition told patients this" in page and "<mark>5 mg</mark>" in page and "Replace it" not in page
    answer = client.get("/admin/recall/", {"q": "5 mg", "csv": "1"})
    text = answer.getvalue().decode()
    assert text.startswith("\ufefftext,")
    [row] = csv.DictReader(text[1:].splitlines())
    assert (row["title"], row["until"], row["found"]) == ("'=1+1", "still now", "5 mg")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def plan_of(queries, words):
    """How SQLite goes about the first of these queries that holds the words."""
    (found,) = [one["sql"] for one in queries if words in one["sql"]][:1]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + found)
        return " ".join(row[3] for row in cursor.fetchall())


@pytest.fixture
def often(make_article, make_entry, monkeypatch):
    """Seven guides and three questions that each told a dose three times and tell it still."""
    monkeypatch.setattr("publishing.staff.recalling.found.PAGE", 4)
    works = [make_article(f"Guide {number}", body="Take 5 mg.") for number in range(7)]
    works += [make_entry(article=works[0], question=f"Question {number}?", answer="5 mg.") for number in range(3)]
    for note in ("First", "Second", "Third"):
        for work in works:
            setattr(work, type(work).BODY, getattr(work, type(work).BODY) + f" {note}")
            work.keep(by=hand("Meena"), at=timezone.now())
        publish_all(dict.fromkeys(works, note), by=hand("Meena"), emergency="Tested")


def test_a_page_follows_the_other_and_each_edition_stands_on_one(often, ravi, client):
    client.force_login(ravi)
    path, shown = "/admin/recall/?q=5+mg", []
    while path:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        assert len(queries) < 25 and not any("OFFSET" in one["sql"] for one in queries)
        shown += [(hit.work, hit.edition.number, hit.until is None) for hit in page.context["hits"]]
        link = re.search(r'href="\?(q=[^"]+)" rel="next"', page.text)
        path = f"/admin/recall/?{html.unescape(link[1])}" if link else ""
    assert len(shown) == len(set(shown)) == 30
    assert [is_living for *_rest, is_living in shown] == [True] * 10 + [False] * 20
    first = client.get("/admin/recall/", {"q": "5 mg"}).text
    assert "More than 4 editions told patients this; at least 4 still do" in " ".join(first.split())
    answer = client.get("/admin/recall/", {"q": "5 mg", "csv": "1", "after": "now/faq/1"})
    assert answer.streaming and len(answer.getvalue().splitlines()) == 31
    for after in ("now/articles/0", "then/nothing/1", "now/faq/٣", "x" * 5000, "now/faq/" + "9" * 400):
        assert len(client.get("/admin/recall/", {"q": "5 mg", "after": after}).context["hits"]) == 4


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads so few rows as it likes")
def test_hits_are_read_in_the_order_of_an_index(often):
    for is_living in (True, False):
        with CaptureQueriesContext(connection) as queries:
            next(hits("5 mg", Line.objects.moment_of_reading(), is_living=is_living, together=2))
        plan = plan_of(queries, "folded")
        assert "newest" in plan and "TEMP B-TREE" not in plan, plan
