"""Is my sheet still right? The code on it, and what it leads to."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Term
from carsite.reader import altered, asked
from carsite.reader.paper.foreseen import Foreseen
from conftest import edit, hand, judge
from publishing.models import Frame, StoredPage
from publishing.models.stored import EPOCH
from publishing.record import code_at


@pytest.fixture
def sheet(make_article, make_entry, asha):
    """A guide with an answer, published; how to read its code, and to change and publish a text."""
    guide = make_article("Blood test", body="Take 5 drops.\n\nIt is quick.")
    entry = make_entry("Does it hurt?", article=guide, answer="A little.")
    for one in (guide, entry):
        one.publish(by=hand("Meena"), note="First")

    class Sheet:
        article, answer = guide, entry

        @staticmethod
        def code():
            at = timezone.now()
            return code_at(guide.live(at), at)

        @staticmethod
        def change(work, **content):
            edit(work, asha, **content)
            ticks = [one.key for one in work.judgement(work.freeze(), timezone.now()).dangers]
            work.publish(by=hand("Meena"), note="Changed", emergency="Wrong", ticks=ticks)

    return Sheet


def read(client, code, language=""):
    page = client.get(f"{language}/h/{code}/")
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return page.status_code, re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", "", main.replace("</dt>", ": ").replace("</dd>", " "))
    )


def test_a_code_is_a_guide_a_number_and_four_letters_and_is_read_out_of_any_spelling(sheet, client):
    code = sheet.code()
    assert re.fullmatch(rf"{sheet.article.pk}-2-[BCDFGHJKLMNPQRSTVWXZ]{{4}}", code)
    work, number, letters = code.split("-")
    for spelled in (code, code.lower(), f"{work} {number} {letters}", f"{work} – {number} – {letters}"):
        assert "Your sheet is current" in read(client, spelled)[1]
    in_hindi, in_arabic = (code.translate(str.maketrans("0123456789", some)) for some in ("०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩"))
    with_letters = f"{work}-{number}".replace("1", "l").replace("0", "O") + f"-{letters}"
    in_words = f"#{work}.{number}. {' '.join(letters)}."
    for typed in (
        f" {code} ",
        in_hindi,
        in_arabic,
        with_letters,
        in_words,
        f"https://clinic.example/ur/h/{code.lower()}",
    ):
        asked = client.get("/h/", {"code": typed})
        assert (asked.status_code, asked.headers.get("Location")) == (302, f"/h/{code}/"), typed
    assert code in client.get(sheet.article.get_absolute_url()).text


def test_staff_type_the_code_that_somebody_reads_out_where_they_look_for_guides(sheet, asha, client):
    client.force_login(asha)
    answer = client.get("/admin/articles/article/", {"q": sheet.code().lower().replace("-", " ")})
    assert answer["Location"] == f"/h/{sheet.code()}/"
    assert "/h/" not in client.get("/admin/articles/article/", {"q": "blood 5"}).headers.get("Location", "")


def test_a_slip_leads_to_no_guide_at_all(sheet, make_article, client):
    make_article("Another").publish(by=hand("Meena"), note="First")
    work, number, letters = sheet.code().split("-")
    slips = (f"{work}-1-{letters}", f"{int(work) + 1}-1-{letters}", f"{work}-{number}-{letters[::-1]}x", "1-1-")
    for slip in (*slips, f"{work}-99-{letters}", "9" * 30 + f"-1-{letters}", "a" * 3000):
        code, said = read(client, slip)
        assert code == 404 and "Blood test" not in said and "Another" not in said, slip


def test_a_sheet_is_not_current_when_only_an_answer_changed_came_or_left(sheet, make_entry, client):
    first = sheet.code()
    sheet.change(sheet.answer, answer="Not at all.")
    second = sheet.code()
    said = read(client, first)[1]
    assert "not current any more" in said and "A little." in said and "Not at all." in said
    sheet.answer.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    assert "not current any more" in read(client, second)[1] and sheet.code()[-6:-5] != second[-6:-5]
    assert "Your sheet is current" in read(client, sheet.code())[1]


def test_what_can_hurt_in_a_step_is_told_without_our_signs(sheet, client):
    sheet.change(sheet.article, body="1. One: Take 5 drops. (at: hospital, drop)\n2. Two: Rest. (at: hospital)")
    code = sheet.code()
    sheet.change(sheet.article, body="1. One: Take 2 drops. (at: hospital, drop)\n2. Two: Rest. (at: hospital)")
    said = read(client, code)[1]
    assert "Your sheet says: One: Take 5 drops." in said and "(at:" not in said


def test_who_holds_a_sheet_with_an_answer_that_was_unsafe_is_told_to_stop(sheet, client):
    code = sheet.code()
    assert "Please stop" not in read(client, code)[1]
    sheet.answer.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    sheet.change(sheet.article, lead="A short test of your blood.")
    said = read(client, code)[1]
    assert "not current any more" in said and "Please stop using printed or saved copies" in said
    assert "Please stop" not in read(client, sheet.code())[1]


def test_who_holds_a_sheet_with_a_word_that_was_explained_wrongly_is_told(sheet, client):
    drops = Term(title="drops", meaning="One drop is 5 mg.")
    drops.keep(by=hand("Asha"), at=timezone.now())
    drops.publish(by=hand("Meena"), note="First")
    code = sheet.code()
    assert "Your sheet is current" in read(client, code)[1]
    sheet.change(drops, meaning="One drop is 1 mg.")
    said = read(client, code)[1]
    assert "Look at this before you use your sheet" in said and "gone: 5 " in said and "new: 1 " in said
    assert "Your sheet says: drops One drop is 5 mg. The guide says now: drops One drop is 1 mg." in said
    drops.withdraw(by=hand("Meena"), note="Wrong", reason="unsafe")
    assert "Please stop using printed or saved copies" in read(client, code)[1]
    sheet.change(sheet.article, lead="Short.")
    assert "Words that are explained otherwise now" in read(client, code)[1]
    assert "Words that are explained otherwise now" not in read(client, sheet.code())[1]


def test_who_holds_a_translation_whose_original_changed_is_told(sheet, make_article, client):
    hindi = make_article("खून की जाँच", language="hi", body="5 बूँदें लें।", original=sheet.article)
    hindi.publish(by=hand("Meena"), note="First")
    code = code_at(hindi.live(timezone.now()), timezone.now())
    assert "Your sheet is current" in read(client, code)[1]
    sheet.change(sheet.article, body="Take 2 drops.")
    said = read(client, code)[1]
    assert "Look at this before you use your sheet" in said and "has changed since this translation" in said


def test_what_can_hurt_stands_before_all_else_that_changed(sheet, client):
    code = sheet.code()
    sheet.change(sheet.article, body="Take 2 drops.\n\nIt is very quick.")
    said = read(client, code)[1]
    first, _heading, rest = said.partition("All that changed")
    assert "Your sheet says: Take 5 drops. The guide says now: Take 2 drops." in first and "quick" not in first
    assert "quick" in rest and "gone: 5 " in rest and "new: 2 " in rest


def test_of_the_frame_only_what_a_sheet_prints_counts(sheet, client, later):
    frame = Frame(pk=1, clinic="Our Clinic")
    frame.keep(by=hand("Omar"), at=timezone.now())
    frame.publish(by=hand("Omar"), note="First")
    code = sheet.code()
    sheet.change(frame, banner="The ward is closed.")
    edit(sheet.article, hand("Asha"), body="Take 9 drops.")
    sheet.article.publish(by=hand("Meena"), note="Later", at=later, emergency="x", raises_substance=True)
    sheet.article.cancel(by=hand("Meena"), note="Not read by anybody")
    assert sheet.code() == code
    sheet.change(frame, emergency_number="108", emergency_label="Call 108")
    said = read(client, code)[1]
    assert sheet.code() != code and "112" in said and "108" in said


def test_a_withdrawn_guide_says_why_and_what_to_do_and_the_same_words_are_current_again(sheet, client):
    code = sheet.code()
    sheet.article.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="The dose was wrong.")
    said = read(client, code)[1]
    assert "could be harmful" in said and "stop using printed" in said and "The dose was wrong." in said
    sheet.article.publish(by=hand("Meena"), note="Right after all", emergency="Right")
    said = read(client, code)[1]
    assert "Your sheet is current" in said and "stop using printed" not in said
    assert code.split("-")[1] != sheet.code().split("-")[1]


def test_an_erased_text_is_said_to_be_and_its_code_stays(sheet, client):
    code, frame = sheet.code(), Frame(pk=1, clinic="Dr Roe", banner="Ask Dr Roe.")
    frame.keep(by=hand("Omar"), at=timezone.now())
    frame.publish(by=hand("Omar"), note="First")
    framed = sheet.code()
    sheet.change(frame, banner="", clinic="Clinic")
    frame.redact(frame.editions.get(number=1), by=hand("Omar"), reason="Asked for")
    assert "old words were erased" in read(client, framed)[1]
    sheet.change(sheet.article, body="Take 2 drops.")
    sheet.article.redact(sheet.article.editions.get(number=1), by=hand("Omar"), reason="Asked for")
    code, said = read(client, code)
    assert code == 200 and "old words were erased" in said and "5 drops" not in said


def test_a_sheet_judged_not_fit_since_says_so(sheet, ravi, client):
    code = sheet.code()
    judge(sheet.answer, ravi)
    assert "not fit" not in read(client, code)[1]
    judge(sheet.answer, ravi, result="not fit", note="It hurts.")
    assert "judged what your sheet says not fit" in read(client, code)[1]


def test_it_is_said_in_the_language_of_the_path(sheet, client):
    code = sheet.code()
    assert "आपका पर्चा आज भी सही है" in read(client, code, "/hi")[1]
    assert "یہ ہمارا پرچہ نہیں ہے" in read(client, "1-1-BBBB", "/ur")[1]


def test_asking_writes_nothing_and_leaves_nothing(sheet, client):
    code = sheet.code()
    sheet.change(sheet.article, body="Take 2 drops.")
    for path in ("/h/", f"/h/{code}/", f"/h/{sheet.code()}/", "/h/1-1-BBBB/"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}, path
        assert not answer.cookies and "<script" not in answer.text and len(queries) < 20
        assert 'name="robots" content="noindex"' in answer.text
    assert client.post("/h/").status_code == 405


def test_what_became_of_an_old_sheet_is_kept_ready_until_the_next_act_and_never_by_who_asks(sheet, ravi, client):
    old = sheet.code()
    sheet.change(sheet.article, body="Take 2 drops.")
    asked.ASKED.clear()
    first = client.get(f"/h/{old}/").content
    client.get(f"/hi/h/{old}/")
    assert {f"/h/{old}/", f"/hi/h/{old}/"} == asked.ASKED and not StoredPage.objects.filter(
        key__contains="/h/"
    ).exists()
    asked.store()
    assert (
        StoredPage.objects.filter(key__contains="/h/").count() == 2 and [one for one in altered() if "/h/" in one] == []
    )
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/h/{old}/").content == first
    assert len(queries) == 0  # one raw query in front of Django
    sheet.change(sheet.answer, answer="Not at all.")
    assert "Not at all." in read(client, old)[1]
    judge(sheet.answer, ravi, result="not fit", note="It hurts.")
    asked.store()
    sheet.article.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="Stop.")
    assert "could be harmful" in read(client, old)[1]


def test_what_became_of_the_sheets_of_a_guide_is_ready_before_anybody_asks(sheet, make_article, client):
    make_article("Another").publish(by=hand("Meena"), note="First")
    watch, old = Foreseen(), sheet.code()
    watch.look()
    assert not StoredPage.objects.filter(key__contains="/h/").exists()
    sheet.change(sheet.article, body="Take 2 drops.")
    older = sheet.code()
    sheet.change(sheet.answer, answer="Not at all.")
    watch.look()
    assert (
        StoredPage.objects.filter(key__contains="/h/").count() == 4
    )  # the guide alone, both since, and the current one
    told = {old: "gone: 5 ", older: "Not at all.", sheet.code(): "Your sheet is current"}
    for expected in (told, dict.fromkeys(told, "could be harmful")):
        for code, words in expected.items():
            with CaptureQueriesContext(connection) as queries:
                assert words in read(client, code)[1]
            assert len(queries) == 0, code
        if expected is told:
            sheet.article.withdraw(by=hand("Meena"), note="Dose", reason="unsafe", text="Stop.")
            watch.look()


def test_a_current_sheet_is_kept_ready_until_midnight_or_an_act_on_what_it_says(sheet, make_article, client):
    code = sheet.code()
    asked.ASKED.clear()
    client.get(f"/h/{code.lower()}/")
    assert not asked.ASKED  # else the spellings of one code would fill the table
    first = client.get(f"/h/{code}/").content
    asked.store()
    row = StoredPage.objects.get(key__contains="/h/")
    ends = timezone.localtime(EPOCH + datetime.timedelta(microseconds=row.until_us))
    assert ends.time() == datetime.time() and ends.date() > timezone.localdate() - datetime.timedelta(days=1)
    make_article("Another").publish(by=hand("Meena"), note="First")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/h/{code}/").content == first
    assert len(queries) == 0
    sheet.change(sheet.answer, answer="Not at all.")
    assert "not current any more" in read(client, code)[1]


def test_what_is_kept_ready_ends_with_a_word_of_an_old_text_or_the_frame(sheet, client):
    word = Term(title="drops", meaning="One drop is 5 mg.")
    word.keep(by=hand("Asha"), at=timezone.now())
    word.publish(by=hand("Meena"), note="First")
    code = sheet.code()
    sheet.change(sheet.article, body="Take a pill.")
    client.get(f"/h/{code}/")
    asked.store()
    sheet.change(word, meaning="One drop is 1 mg.")
    assert "explained otherwise now" in read(client, code)[1]
    asked.store()
    frame = Frame(pk=1, clinic="Dr Roe", banner="Ask Dr Roe.")
    frame.keep(by=hand("Omar"), at=timezone.now())
    frame.publish(by=hand("Omar"), note="First")
    assert "Dr Roe" in client.get(f"/h/{code}/").text


def test_what_is_typed_into_the_box_and_is_no_code_comes_into_no_address(client, db):
    answer = client.get("/h/?code=Asha Rao 3 May 1950")
    assert answer.status_code == 404 and "Location" not in answer.headers
    assert client.get("/h/?code=17 5 kxqd")["Location"] == "/h/17-5-KXQD/"
