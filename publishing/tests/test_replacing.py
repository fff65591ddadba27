"""Replacing: the one act that puts right everywhere what patients are told."""

import datetime
import html
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models.articles import Article
from carsite import server
from conftest import changed, hand
from publishing.models import Frame, Line
from publishing.record.recall.told import find

URL = "/admin/recall/replace/"


def told(text):
    """The titles of what tells patients this now."""
    hits = find(text, Line.objects.moment_of_reading())
    return sorted(hit.title for hit in hits if hit.until is None)


@pytest.fixture
def telling(make_article, meena, client):
    """Eight guides that tell the old number, one of them being changed just now, and one that tells a longer one."""
    for number in range(8):
        make_article(f"Guide {number}", body=f"Guide {number}: call 0800 123 456.").publish(
            by=hand("Meena"), note="First"
        )
    busy = Article.objects.get(title="Guide 7")
    busy.lead = "Somebody is at work here."
    busy.keep(by=hand("Asha"), at=timezone.now())
    make_article("Longer", body="Call 0800-123456-7.").publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    return {"find": "0800 123 456", "by": "0800 999 999"}


def answered(page, asked, **changes):
    """What a person sends from the page: every danger looked at, and a reason."""
    form = page.context["form"]
    # Only what stands on the page can be ticked.
    ticks = re.findall(r'<input type="checkbox" name="ticks" value="([^"]*)"', page.text)
    sent = {"seen": form["seen"].value(), "ticks": ticks, "note": "New number", "emergency": "The old line is dead."}
    return asked | sent | changes


def test_the_new_number_reaches_every_guide_as_one_act(telling, client):
    page = client.get(URL, telling)
    by_hand = {str(work): why for work, why, _url in page.context["apart"]}
    assert "somebody is at work on it" in by_hand.pop("Guide 7")
    assert "only within a longer number" in by_hand.pop("Longer") and by_hand == {}
    assert 'name="ticks"' in page.text and len(page.context["ready"]) == 7 and "<del>" in page.text
    assert client.post(URL, answered(page, telling)).status_code == 302
    assert len(told("0800 999 999")) == 7
    at = Line.objects.moment_of_reading()
    editions = [article.live(at) for article in Article.objects.exclude(title__in=["Longer", "Guide 7"])]
    assert {(one.number, one.note, one.made_by_name) for one in editions} == {(2, "New number", "Meena")}
    assert {one.emergency_reason for one in editions} == {"The old line is dead."}
    call_command("verify_ledger")


@pytest.mark.slow
def test_all_or_nothing(telling, client):
    page = client.get(URL, telling)
    lines = Line.objects.count()
    edits = list(Article.objects.order_by("pk").values_list("edits", flat=True))
    for change, said in (
        ({"emergency": ""}, "has to review exactly this text"),
        ({"ticks": []}, "Nothing was changed, in no text. “Guide "),
        ({"note": " "}, "This field is required"),
        ({"seen": "articles/1:1"}, "Somebody saved one of these texts"),
    ):
        answer = client.post(URL, answered(page, telling, **change))
        assert answer.status_code == 200 and said in answer.text, change
    assert Line.objects.count() == lines
    assert list(Article.objects.order_by("pk").values_list("edits", flat=True)) == edits


def test_a_text_saved_since_the_page_was_opened_stops_them_all(telling, client):
    page = client.get(URL, telling)
    article = Article.objects.get(title="Guide 3")
    article.lead = "New."
    article.keep(by=hand("Asha"), at=timezone.now())
    answer = client.post(URL, answered(page, telling))
    assert "Somebody saved one of these texts" in answer.text
    assert told("0800 999 999") == []
    # Having seen them as they are, she may confirm.
    assert client.post(URL, answered(answer, telling)).status_code == 302
    assert len(told("0800 999 999")) == 6


def test_a_text_that_would_grow_too_long_is_left_to_a_person(telling, client):
    changed(Article.objects.get(title="Guide 3"), body="Call 0800 123 456." + " word" * 39_990)
    page = client.get(URL, telling | {"by": "x" * 200})
    assert len(page.context["ready"]) == 6 and "the longest that can be published is 200,000" in page.text


def test_who_still_reads_the_old_number_is_said_before_and_after(telling, client):
    changed(Article.objects.get(title="Guide 3"), body="Call 0800 123 456, or 0800 123 456-1.")
    page = client.get(URL, telling)
    assert [str(one.work) for one in page.context["ready"] if one.left] == ["Guide 3"]
    assert "“Guide 3” goes on saying it in another way:" in page.text
    done = client.post(URL, answered(page, telling), follow=True)
    assert "7 texts say “0800 999 999” from now on" in done.text and done.context["q"] == "0800 123 456"
    assert "3 texts still tell patients “0800 123 456”: " in done.text
    assert all(f"“{name}”" in done.text for name in ("Guide 3", "Guide 7", "Longer"))


def test_a_link_and_its_words_change_in_one_act_and_the_frame_with_them(make_article, make_entry, omar, client):
    Frame.objects.create(pk=1, emergency_number="0800-123-456", emergency_label="Call 0800/123456").publish(
        by=hand("Omar"), note="First"
    )
    make_article(body="Call [0800 123 456](tel:0800123456).").publish(by=hand("Meena"), note="First")
    make_entry(answer="Call +91 800 123456.").publish(by=hand("Meena"), note="First")
    client.force_login(omar)
    asked = {"find": "0800 123 456", "by": "0800 999 999"}
    page = client.get(URL, asked)
    assert page.context["apart"] == [] and "goes on saying it" not in page.text
    done = client.post(URL, answered(page, asked), follow=True)
    assert "3 texts say" in done.text and "still tell" not in done.text.partition("<h2>")[0]
    at = Line.objects.moment_of_reading()
    assert Article.objects.get().live(at).body == "Call [0800 999 999](tel:0800999999)."
    frame = Frame.around(at)
    assert (frame.emergency_number, frame.emergency_label) == ("0800 999 999", "Call 0800 999 999")


def typed_in(page):
    """The corrected paragraphs as the page would send them, by the title of their text."""
    rows = page.context["form"].rows
    return {str(change.work): (field.html_name, field.value()) for change, [(_one, field)], _why in rows}


@pytest.mark.slow
def test_a_row_can_be_corrected_and_what_is_typed_survives_a_refusal(telling, client):
    page = client.get(URL, telling)
    name, text = typed_in(page)["Guide 3"]
    assert text == "Guide 3: call 0800 999 999." and "<ins>" in page.text
    better = {name: "Guide 3: call 0800 999 999, never 5 mg."}
    refused = client.post(URL, answered(page, telling, **better))
    # What was typed is a danger that nobody has looked at yet.
    assert refused.status_code == 200 and typed_in(refused)["Guide 3"] == (name, better[name])
    assert told("0800 999 999") == []
    assert client.post(URL, answered(refused, telling, **better)).status_code == 302
    assert told("never 5 mg") == ["Guide 3"] and len(told("0800 999 999")) == 7


def test_a_row_that_is_put_back_stays_as_it_is(telling, client):
    page = client.get(URL, telling)
    name, _text = typed_in(page)["Guide 3"]
    back = {name: "Guide 3: call 0800 123 456."}
    assert client.post(URL, answered(page, telling, **back)).status_code == 302
    assert len(told("0800 999 999")) == 6 and Article.objects.get(title="Guide 3").edits == 1


def test_what_was_typed_for_a_text_that_somebody_saved_meanwhile_is_shown(telling, client):
    page = client.get(URL, telling)
    name, _text = typed_in(page)["Guide 3"]
    article = Article.objects.get(title="Guide 3")
    article.keep(by=hand("Asha"), at=timezone.now())
    answer = client.post(URL, answered(page, telling, **{name: "Words of mine."}))
    assert "Somebody saved one of these texts" in answer.text and "Words of mine." in answer.text
    assert typed_in(answer)["Guide 3"][1] == "Guide 3: call 0800 999 999."


def reviewed(work, by):
    work.review(
        by=hand(by),
        text_digest=work.freeze().text_digest,
        result="fit",
        next_due_on=timezone.localdate() + datetime.timedelta(days=90),
        reviewer_name="Dr Ravi Rao",
        credential="haematologist",
        evidence="",
        note="",
    )


@pytest.mark.slow
def test_all_can_be_saved_reviewed_and_then_published_as_one_act(telling, ravi, client):
    page = client.get(URL, telling)
    assert "7 of them need a second person" in page.text and page.text.count("Needs a second person.") == 7
    name, text = typed_in(page)["Guide 3"]
    lines = Line.objects.count()
    asked = answered(page, telling, save="1", note="", emergency="", ticks=[], **{name: f"{text} Day and night."})
    saved = client.post(URL, asked, follow=True)
    assert "7 texts are saved, and not published: patients still read “0800 123 456”" in saved.text
    assert Line.objects.count() == lines and told("0800 999 999") == []
    assert Article.objects.get(title="Guide 3").body == "Guide 3: call 0800 999 999. Day and night."
    edits = list(Article.objects.order_by("pk").values_list("edits", flat=True))
    assert "There is nothing to replace" in client.post(URL, answered(saved, telling, save="1")).text
    for article in Article.objects.exclude(title__in=["Longer", "Guide 7"]):
        reviewed(article, ravi)
    page = client.get(URL, telling)
    assert "second person" not in page.text and "Reviewed by Dr Ravi Rao" in page.text
    assert client.post(URL, answered(page, telling, emergency="")).status_code == 302
    assert len(told("0800 999 999")) == 7 and told("Day and night") == ["Guide 3"]
    assert list(Article.objects.order_by("pk").values_list("edits", flat=True)) == edits
    assert not any(one.live(timezone.now()).emergency_reason for one in Article.objects.all())


def test_only_what_was_saved_here_is_published_from_here(telling, client):
    body = "Guide 3: call 0800 999 999.\n\nAnd something else."
    changed_only = Article.objects.get(title="Guide 3")
    changed_only.body = body
    changed_only.keep(by=hand("Asha"), at=timezone.now())
    by_hand = {str(work): why for work, why, _url in client.get(URL, telling).context["apart"]}
    assert "somebody is at work on it" in by_hand["Guide 3"]


def test_new_words_that_hold_the_old_ones_are_not_called_left(make_article, meena, client):
    make_article(body="Take 5 mg.").publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    asked = {"find": "5 mg", "by": "5 mg daily"}
    done = client.post(URL, answered(client.get(URL, asked), asked), follow=True)
    assert "1 text says “5 mg daily”" in done.text and "still tell" not in done.text.partition("<h2>")[0]


def test_a_stale_tick_is_explained(telling, client):
    answer = client.post(URL, answered(client.get(URL, telling), telling, ticks=["a4dae"]))
    assert "Look at each change that could hurt" in answer.text and "available choices" not in answer.text


def test_the_longest_words_fit_into_an_address_and_longer_ones_are_refused(meena, client):
    client.force_login(meena)
    longest = "द" * 250
    page = client.get(URL, {"find": longest, "by": longest})
    assert "at most 250" not in page.text and page.text.count('maxlength="250"') == 2
    assert len(page.wsgi_request.get_full_path()) + len("GET  HTTP/1.1\r\n") <= server.limit_request_line
    for url, asked in ((URL, {"find": "a", "by": longest + "a"}), ("/admin/recall/", {"q": longest + "a"})):
        assert "Write at most 250 letters" in client.get(url, asked).text


def test_the_frame_is_left_to_administrators(meena, omar, client):
    Frame.objects.create(pk=1, contact="Ring 0800 123 456").publish(by=hand("Omar"), note="First")
    asked = {"find": "0800 123 456", "by": "0800 999 999"}
    client.force_login(meena)
    assert "Only an administrator may change" in client.get(URL, asked).text
    client.force_login(omar)
    assert client.post(URL, answered(client.get(URL, asked), asked)).status_code == 302
    assert Frame.around(Line.objects.moment_of_reading()).contact == "Ring 0800 999 999"


def test_one_text_is_counted_as_one(make_article, meena, client):
    make_article(body="Call 0800 123 456.").publish(by=hand("Meena"), note="First")
    client.force_login(meena)
    asked = {"find": "0800 123 456", "by": "0800 999 999"}
    done = client.post(URL, answered(client.get(URL, asked), asked), follow=True)
    assert "1 text says “0800 999 999” from now on. Patients read it at once." in done.text


def test_many_texts_are_replaced_a_page_at_a_time(telling, client, monkeypatch):
    monkeypatch.setattr("publishing.record.recall.replacing.PAGE", 3)
    page = client.get(URL, telling)
    assert "More texts tell patients this" in page.text
    link = re.search(r'href="([^"]+)" rel="next"', page.text)[1]
    passed = client.get(URL + html.unescape(link))
    seen = {str(change.work) for one in (page, passed) for change in one.context["ready"]}
    assert len(page.context["ready"]) + len(page.context["apart"]) == 3 and len(seen) > 3
    done = 0
    while True:
        asked, sent = telling | {"after": page.context["after"]}, len(page.context["ready"])
        answer = client.post(URL, answered(page, asked))
        done += sent
        if URL not in answer["Location"]:
            break
        page = client.get(answer["Location"])
        assert "These are the next." in page.text
    assert done == 7 and len(told("0800 999 999")) == 7
    assert Line.objects.filter(note="New number").count() == 7


def test_a_page_of_texts_is_looked_at_with_a_few_queries(telling, client):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(URL, telling)
    assert len(page.context["ready"]) == 7
    # Each text asks for its reviews alone.
    assert len(queries) < 40, [one["sql"][:100] for one in queries]
