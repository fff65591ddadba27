"""The plain shape of a source: what becomes of each line."""

import re
from datetime import date
from html import unescape

import pytest
from markdown_it import MarkdownIt

from articles.sources.files import read
from articles.tests.conftest import GUIDE, SHARED, check_shape, plain


def section(*lines):
    return plain("\n".join(["Title", "A lead sentence.", *lines])).body


def test_a_plain_guide_fills_every_field():
    source = plain(GUIDE)
    check_shape(source)
    assert source.title == "Cell Therapy and What It Can Do for You"
    assert source.lead.startswith("Cell therapy is a treatment") and "\n" not in source.lead
    assert source.sponsor_name == "Example Financial"
    assert source.questions[1] == ("How long does it take?", "A few weeks.")


def test_the_real_guide_is_taken_in_without_a_finding():
    if not SHARED.exists():
        return
    source = read(SHARED)
    check_shape(source)
    assert source.title == "CAR T-Cell Therapy and Its Promise of New Hope for Cancer Treatment"
    assert source.sponsor_name == "Vizzve Financial"
    assert source.websites == ["www.vizzve.com", "www.vizzveservices.com"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(": ", ":\u00a0"),
        lambda text: text.replace("\n", "  \t\n"),
        lambda text: text.replace("\n", "\n\n\n"),
        lambda text: text.replace("\nFAQ", "\n\fFAQ"),
        lambda text: text.replace("\nTargeted", "\n\u200b\nTargeted"),
    ],
)
def test_line_ends_blanks_and_marks_change_nothing(change):
    assert plain(change(GUIDE)) == plain(GUIDE)


@pytest.mark.parametrize(
    "line",
    ["Uploaded on: June 24, 2025", "Posted on: 24/06/2025", "Released: June 24, 2025", "- Release date: 24 June 2025", "4. Uploaded on: June 24, 2025",
     "**Uploaded on:** June 24, 2025", "Uploaded on – June 24, 2025", "Posted June 24, 2025", "प्रकाशन: 24 जून 2025", "अपलोड की तारीख: 24 जून 2025",
     "जारी किया गया: 24 जून 2025", "اپ لوڈ کی تاریخ: 24 جون 2025", "اشاعت: 24 جون 2025", "ప్రచురణ: 24 జూన్ 2025", "విడుదల: జూన్ 24, 2025",
     "అప్‌లోడ్ చేసిన తేదీ: 24 జూన్ 2025", "تاريخ الرفع: 24 يونيو 2025", "صدر في: 24 يونيو 2025"],
)  # fmt: skip
@pytest.mark.parametrize("after", ["", "\nUploaded by: PAVAN"])
def test_the_day_of_publication_has_many_names(line, after):
    source = plain(f"Title\nA lead.\nHow it works\nCut: The skin is cut.\nPlace: The joint is placed.\n{line}{after}")
    assert (source.published_on, source.doubts) == (date(2025, 6, 24), [])
    assert source.body.endswith("\n2. **Place**: The joint is placed.")


def test_publication_lines_may_come_first_and_in_another_order():
    lines = GUIDE.split("\n")
    at = lines.index("Published on: June 24, 2025")
    check_shape(plain("\n".join([*lines[at : at + 4][::-1], *lines[:at], *lines[at + 4 :]])))
    check_shape(plain("\n".join([lines[0], *lines[at + 1 : at + 4], *lines[1 : at + 1], *lines[at + 4 :]])))


def test_broken_lines_become_one_paragraph():
    text = """Living with asthma

Asthma is a long-term illness of the lungs. It makes the small
airways swell, and so breathing gets harder at night or
after sport, but good care helps nearly everybody who has it
to lead a full life.

What helps
Take your inhaler each day, even when you feel well, because
it works slowly."""
    source = plain(text)
    assert source.lead.endswith(
        "at night or after sport, but good care helps nearly everybody who has it to lead a full life."
    )
    assert (
        source.body == "## What helps\n\nTake your inhaler each day, even when you feel well, because it works slowly."
    )
    assert source.doubts == []


@pytest.mark.parametrize(
    "marks", ["1. |2. ", "1) |2) ", "Step 1: |Step 2: ", "① |② ", "(1) |(2) ", "1️⃣ |2️⃣ ", "चरण 1: |चरण 2: "]
)
def test_numbered_lines_are_steps(marks):
    first, second = marks.split("|")
    body = section("Before you come", f"{first}Wash your hands", f"{second}Doctor: Say who treats you.")
    assert body == "## Before you come\n\n1. Wash your hands\n2. **Doctor**: Say who treats you."


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "– ", "✔ "])
def test_bullets_before_rows_are_taken_off(bullet):
    body = section("Benefits:", f"{bullet}Speed: It is quick.", f"{bullet}less pain")
    assert body == "## Benefits\n\n- **Speed**: It is quick.\n- less pain"


def test_rows_are_ordered_only_where_the_heading_says_so():
    rows = ["Before: You fast.", "After: You rest."]
    assert "1. **Before**" in section("What happens", *rows)
    assert "- **Before**" in section("Good to know", *rows)
    assert "- **Before**" in section("Risks of the procedure", *rows)


@pytest.mark.parametrize("heading", ["How it works", "यह कैसे काम करता है", "یہ کیسے کام کرتا ہے", "ఇది ఎలా పనిచేస్తుంది", "كيف يعمل",
                                     "How it happens", "यह कैसे होता है", "یہ کیسے ہوتا ہے", "ఇది ఎలా జరుగుతుంది", "كيف يحدث",
                                     "How it is done", "यह कैसे किया जाता है", "یہ کیسے کیا جاتا ہے", "ఇది ఎలా చేస్తారు", "كيف يتم ذلك"])  # fmt: skip
def test_all_languages_agree_on_what_is_ordered(heading):
    assert "1. **" in section(heading, "क: ख.", "B: c.")


@pytest.mark.parametrize(
    "heading",
    [
        "Side effects",
        "What are the risks?",
        "Complications",
        "Warnings",
        "जोखिम और चुनौतियाँ",
        "خطرات",
        "المخاطر",
        "సవాళ్లు",
    ],
)
def test_a_heading_that_means_risks_is_marked(heading):
    assert section(heading, "Words.").startswith(f"## {heading} (risks)")


@pytest.mark.parametrize(
    "heading", ["FAQ", "FAQs:", "Frequently Asked Questions", "Common questions", "अक्सर पूछे जाने वाले सवाल"]
)
def test_questions_are_found_under_any_of_their_headings(heading):
    source = plain(f"Title\nLead.\nPart\nText.\n{heading}\nQ1. Is it safe?\nA: Yes.\n\nAsk us.\n2. How long?\nA week")
    assert source.questions == [("Is it safe?", "Yes.\n\nAsk us."), ("How long?", "A week")]
    assert source.doubts == []


def test_a_question_outside_the_questions_is_a_heading():
    source = plain("Title\nLead.\nWhat is it?\nA treatment.")
    assert source.body == "## What is it?\n\nA treatment." and source.questions == []


def test_several_authors_are_joined():
    source = plain("Title\nLead.\nPart\nText.\nWritten by: Dr A. Rao, B. Sen & C. Joy\nUploaded by: D. Das and E. Fox")
    assert source.uploaded_by == "Dr A. Rao, B. Sen, C. Joy, D. Das, E. Fox"


def test_social_accounts_keep_their_addresses():
    source = plain(
        "Title\nLead.\nPart\nText.\nFollow us on: Facebook: https://facebook.com/a | LinkedIn (www.linkedin.com/b), X"
    )
    assert source.social == ["Facebook: https://facebook.com/a", "LinkedIn: www.linkedin.com/b", "X"]


def test_sources_are_listed_one_by_one():
    source = plain(
        "Title\nLead.\nPart\nText.\nReferences:\n1. WHO fact sheet, 2024\n- https://example.org/a\nPublished on: 1 May 2025"
    )
    assert source.sources == ["WHO fact sheet, 2024", "https://example.org/a"]
    assert source.websites == [] and source.doubts == []


def test_rows_in_brief_leave_the_text():
    rows = [f"Row {letter}: answer {letter}" for letter in "ABCDEF"]
    source = plain("\n".join(["Title", "Lead.", "In brief", *rows, "Part", "Text."]))
    assert source.brief == [(f"Row {letter}", f"answer {letter}") for letter in "ABCDE"]
    assert "answer F" in source.body
    assert [doubt.line for doubt in source.doubts if doubt.line] == [9]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "घुटने की सर्जरी\nयह दर्द कम करती है।\nयह कैसे काम करती है\nतैयारी: आप भूखे रहते हैं।\nऑपरेशन: आप सोते हैं।\n"
               "सामान्य प्रश्न\nक्या दर्द होगा?\nथोड़ा।\nप्रकाशन तिथि: २४ जून २०२५\nलेखक: पवन\nप्रायोजक: विज़वे"),
        ("ur", "CAR T علاج\nیہ آپ کے خلیوں سے بنتا ہے۔\nیہ کیسے کام کرتا ہے\nنکالنا: خلیے لیے جاتے ہیں۔\nدینا: خلیے دیے جاتے ہیں۔\n"
               "عمومی سوالات\nکیا درد ہوگا؟\nتھوڑا سا۔\nتاریخ اشاعت: 24 جون 2025\nمصنف: پون\nاسپانسر: وزوے"),
        ("te", "CAR T థెరపీ\nఇది మీ కణాలతో చేసే చికిత్స.\nఇది ఎలా పనిచేస్తుంది\nసేకరణ: కణాలు తీస్తారు.\nమార్పు: కణాలను మారుస్తారు.\n"
               "తరచుగా అడిగే ప్రశ్నలు\nనొప్పి ఉంటుందా?\nకొంచెం.\nప్రచురణ తేదీ: జూన్ 24, 2025\nరచయిత: పవన్\nస్పాన్సర్: విజ్వే"),
        ("ar", "علاج الخلايا\nعلاج من خلايا الجسم.\nكيف يعمل العلاج\nالجمع: تؤخذ الخلايا من الدم.\nالحقن: تعاد الخلايا.\n"
               "الأسئلة الشائعة\nهل هو مؤلم؟\nلا.\nتاريخ النشر: 24 يونيو 2025\nبقلم: أحمد\nبرعاية: فيزفي"),
    ],
)  # fmt: skip
def test_a_guide_in_another_language_is_read(language, text):
    source = plain(text)
    assert source.language == language
    assert source.published_on == date(2025, 6, 24)
    assert source.uploaded_by and source.sponsor_name
    assert len(source.questions) == 1
    assert "\n1. **" in source.body and "\n2. **" in source.body
    assert source.doubts == []


def test_plain_words_come_out_letter_for_letter():
    odd = "*a* _b_ [c](d) <b>e</b> `f` #g ~~h~~ &amp; \\i snake_case 5 < 6 > 4 ![j](k) [^1] www.l.org"
    lines = ["# no heading here, really.", f"{odd}.", f"Row one: {odd}", f"Row two: # {odd}", "- # no heading", "2025. It began.", "> no quote.",
             "+ no list."]  # fmt: skip
    body = section("Part", *lines)
    shown = unescape(re.sub(r"<[^>]+>", "", MarkdownIt("default").render(body))).split()
    assert shown == " ".join(["Part", *lines]).replace("- #", "#").split()


@pytest.mark.parametrize("prose", ["The treatment has three parts: bed, knee and doctor.", "Come at 10:30 if you can.", "After it, rest: you need it.",
                                   "See https://example.org for more.", "You can call us here: 040 1234."])  # fmt: skip
def test_a_colon_in_a_sentence_makes_no_row(prose):
    source = plain(f"Title\nLead.\nPart\nFirst words.\n{prose}")
    assert "**" not in source.body and source.doubts == []
