"""Recall: every edition that ever told patients something, and the one act that puts it right everywhere."""

import csv
import datetime
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article
from carsite import server
from publishing.folding import around, fold
from publishing.models import Frame, Line
from publishing.recall import TooShort, find


def found(text):
    hits = find(text, Line.objects.moment_of_reading())
    return [(hit.work.partition("/")[0], hit.edition.number, hit.until is None) for hit in hits]


def changed(work, **content):
    for name, value in content.items():
        setattr(work, name, value)
    work.keep(by="Asha", at=timezone.now())
    return work.publish(by="Meena", note="Changed")


@pytest.fixture
def told(make_article, make_entry):
    """An article that once told a number and a question that still does, beside one that never did."""
    article = make_article(body="Call **0800** 123 456 at once.")
    article.publish(by="Meena", note="First")
    entry = make_entry(article=article, answer="The number is 0800-123-456.")
    entry.publish(by="Meena", note="First")
    make_article("Other", body="Call nobody.").publish(by="Meena", note="First")
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


def test_a_few_digits_are_a_dose_and_found_only_as_written(told):
    assert found("456 at") == [("articles", 1, False)]
    assert found("08 00") == []


def test_accents_case_and_unicode_forms_hide_no_hit(make_article):
    make_article("पैरासिटामोल", language="hi", body="बुखार ३८ ℃ से ऊपर हो तो PARACÉTAMOL 500 ㎎ लें").publish(
        by="Meena", note="First"
    )
    for text in ("paracetamol 500 mg", "Parace\u0301tamol", "38 °C", "३८", "पैरासिटामोल", "500\u00a0MG"):
        assert found(text) == [("articles", 1, True)], text


def test_what_never_came_into_force_and_what_still_waits_is_not_listed(told, later, capsys):
    told.body = "Call 0800 777 777."
    told.keep(by="Asha", at=timezone.now())
    told.publish(by="Meena", note="For Friday", at=later)
    assert found("0800 777 777") == []
    call_command("find_in_history", "0800777777")
    assert f"Edition 3 of articles/{told.pk} says it too, and waits for" in capsys.readouterr().out
    told.cancel(by="Meena", note="No")
    assert find("0800 777 777", later + datetime.timedelta(days=1)) == []


def test_a_notice_ends_what_was_told_and_its_own_words_are_found(told):
    entry = told.entry_set.get()
    entry.withdraw(by="Meena", note="Wrong", reason="unsafe", text="Do not call 0800 123 456.")
    assert sorted(found("0800 123 456")) == [("articles", 1, False), ("faq", 1, False), ("faq", 2, True)]


def test_the_frame_is_searched_too_and_signs_of_sql_are_only_letters(db, make_article):
    Frame.objects.create(pk=1, contact="Ring 100% of us: a_b").publish(by="Meena", note="First")
    assert found("100% of us") == [("frame", 1, True)]
    assert found("1%us") == found("%%") == []
    with pytest.raises(TooShort):
        find("*", timezone.now())


def test_folding_finds_the_place_in_the_text_as_it_was_written():
    text = "पहला। दवा की मात्रा लें।\n\nTake  5 **mg**, not 7."
    assert around(text, fold("5 mg"))[1] == "5 **mg"
    assert around(text, fold("मात्रा")) == ("पहला। दवा की ", "मात्रा", " लें।")
    assert around("one\ntwo", fold("one two"))[1] == "one\ntwo"


def test_the_command_says_what_was_told_and_what_still_is(told, capsys):
    call_command("find_in_history", "0800 123 456")
    said = capsys.readouterr().out
    assert "still now: The number is [0800-123-456]." in said
    assert "2 editions told patients this; 1 of them still do." in said
    with pytest.raises(CommandError, match="at least two letters"):
        call_command("find_in_history", "x")


def test_the_page_and_its_csv_list_the_same_and_no_cell_is_a_formula(make_article, ravi, client):
    article = make_article("=1+1", body="@ 5 mg")
    article.publish(by="Meena", note="First")
    client.force_login(ravi)
    page = client.get("/admin/recall/", {"q": "5 mg"}).text
    assert "1 edition told patients this" in page and "<mark>5 mg</mark>" in page and "Replace it" not in page
    answer = client.get("/admin/recall/", {"q": "5 mg", "csv": "1"})
    text = answer.content.decode()
    assert text.startswith("\ufefftext,")
    [row] = csv.DictReader(text[1:].splitlines())
    assert (row["title"], row["until"], row["found"]) == ("'=1+1", "still now", "5 mg")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


URL = "/admin/recall/replace/"


@pytest.fixture
def forty(make_article, make_entry, meena, client):
    """Forty guides that tell the old number, one of them being changed just now."""
    for number in range(40):
        make_article(f"Guide {number}", body=f"Guide {number}: call 0800 123 456.").publish(by="Meena", note="First")
    busy = Article.objects.get(title="Guide 7")
    busy.lead = "Somebody is at work here."
    busy.keep(by="Asha", at=timezone.now())
    make_article("Other way", body="Call 0800-123456.").publish(by="Meena", note="First")
    client.force_login(meena)
    return {"find": "0800 123 456", "by": "0800 999 999"}


def answered(page, asked, **changes):
    """What a person sends from the page: every danger looked at, and a reason."""
    form = page.context["form"]
    # Only what stands on the page can be ticked.
    ticks = re.findall(r'<input type="checkbox" name="ticks" value="([^"]*)"', page.text)
    sent = {"seen": form["seen"].value(), "ticks": ticks, "note": "New number", "emergency": "The old line is dead."}
    return asked | sent | changes


def test_the_new_number_reaches_every_guide_as_one_act(forty, client):
    page = client.get(URL, forty)
    by_hand = {str(work): why for work, why, _url in page.context["apart"]}
    assert "somebody is at work on it" in by_hand.pop("Guide 7")
    assert "written in another way" in by_hand.pop("Other way") and by_hand == {}
    assert 'name="ticks"' in page.text and len(page.context["ready"]) == 39 and "<del>" in page.text
    assert client.post(URL, answered(page, forty)).status_code == 302
    assert len(found("0800 999 999")) == 39
    at = Line.objects.moment_of_reading()
    editions = [article.live(at) for article in Article.objects.exclude(title__in=["Other way", "Guide 7"])]
    assert {(one.number, one.note, one.made_by_name) for one in editions} == {(2, "New number", "Meena")}
    assert {one.emergency_reason for one in editions} == {"The old line is dead."}
    call_command("verify_ledger")


def test_all_or_nothing(forty, client):
    page = client.get(URL, forty)
    lines = Line.objects.count()
    edits = list(Article.objects.order_by("pk").values_list("edits", flat=True))
    for change, said in (
        ({"emergency": ""}, "has to review exactly this text"),
        ({"ticks": []}, "Nothing was changed, in no text. “Guide "),
        ({"note": " "}, "This field is required"),
        ({"seen": "articles/1:1"}, "Somebody saved one of these texts"),
    ):
        answer = client.post(URL, answered(page, forty, **change))
        assert answer.status_code == 200 and said in answer.text, change
    assert Line.objects.count() == lines
    assert list(Article.objects.order_by("pk").values_list("edits", flat=True)) == edits


def test_a_text_saved_since_the_page_was_opened_stops_them_all(forty, client):
    page = client.get(URL, forty)
    article = Article.objects.get(title="Guide 3")
    article.lead = "New."
    article.keep(by="Asha", at=timezone.now())
    answer = client.post(URL, answered(page, forty))
    assert "Somebody saved one of these texts" in answer.text
    assert found("0800 999 999") == []
    # Having seen them as they are, she may confirm.
    assert client.post(URL, answered(answer, forty)).status_code == 302
    assert len(found("0800 999 999")) == 38


def test_a_text_that_would_grow_too_long_is_left_to_a_person(forty, client):
    changed(Article.objects.get(title="Guide 3"), body="Call 0800 123 456." + " word" * 39_990)
    page = client.get(URL, forty | {"by": "x" * 200})
    assert len(page.context["ready"]) == 38 and "the longest that can be published is 200,000" in page.text


def test_who_still_reads_the_old_number_is_said_before_and_after(forty, client):
    changed(Article.objects.get(title="Guide 3"), body="Call 0800 123 456 or **0800** 123-456.")
    page = client.get(URL, forty)
    assert [str(one.work) for one in page.context["ready"] if one.left] == ["Guide 3"]
    assert "“Guide 3” goes on saying it in another way:" in page.text
    done = client.post(URL, answered(page, forty), follow=True)
    assert "39 texts say “0800 999 999” from now on" in done.text and done.context["q"] == "0800 123 456"
    assert "3 texts still tell patients “0800 123 456”: " in done.text
    assert all(f"“{name}”" in done.text for name in ("Guide 3", "Guide 7", "Other way"))


def test_new_words_that_hold_the_old_ones_are_not_called_left(make_article, meena, client):
    make_article(body="Take 5 mg.").publish(by="Meena", note="First")
    client.force_login(meena)
    asked = {"find": "5 mg", "by": "5 mg daily"}
    done = client.post(URL, answered(client.get(URL, asked), asked), follow=True)
    assert "1 text says “5 mg daily”" in done.text and "still tell" not in done.text.partition("<h2>")[0]


def test_a_stale_tick_is_explained(forty, client):
    answer = client.post(URL, answered(client.get(URL, forty), forty, ticks=["a4dae"]))
    assert "look at what can hurt again" in answer.text and "available choices" not in answer.text


def test_the_longest_words_fit_into_an_address_and_longer_ones_are_refused(meena, client):
    client.force_login(meena)
    longest = "द" * 250
    page = client.get(URL, {"find": longest, "by": longest})
    assert "at most 250" not in page.text and page.text.count('maxlength="250"') == 2
    assert len(page.wsgi_request.get_full_path()) + len("GET  HTTP/1.1\r\n") <= server.limit_request_line
    for url, asked in ((URL, {"find": "a", "by": longest + "a"}), ("/admin/recall/", {"q": longest + "a"})):
        assert "Write at most 250 letters" in client.get(url, asked).text


def test_the_frame_is_left_to_administrators(meena, omar, client):
    Frame.objects.create(pk=1, contact="Ring 0800 123 456").publish(by="Omar", note="First")
    asked = {"find": "0800 123 456", "by": "0800 999 999"}
    client.force_login(meena)
    assert "Only an administrator may change" in client.get(URL, asked).text
    client.force_login(omar)
    assert client.post(URL, answered(client.get(URL, asked), asked)).status_code == 302
    assert Frame.around(Line.objects.moment_of_reading()).contact == "Ring 0800 999 999"


def test_one_text_is_counted_as_one(make_article, meena, client):
    make_article(body="Call 0800 123 456.").publish(by="Meena", note="First")
    client.force_login(meena)
    asked = {"find": "0800 123 456", "by": "0800 999 999"}
    done = client.post(URL, answered(client.get(URL, asked), asked), follow=True)
    assert "1 text says “0800 999 999” from now on. Patients read it at once." in done.text
