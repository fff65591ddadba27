"""Nothing of a source is lost: what no rule takes is kept and named, however odd the text."""

import random
import re
from datetime import date

import pytest

from articles.sources.files import Unreadable, parse
from articles.tests.conftest import GUIDE, plain
from conftest import fewer


def doubts(text):
    return [str(doubt) for doubt in plain(text).doubts]


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        (["Part", "Text.", "Published on: 03/04/2025"], 5, "4 March 2025 or 3 April 2025"),
        (["Part", "Text.", "Published on: 31 February 2025"], 5, "no day"),
        (["Part", "Text.", "Published on: 1 May 2025", "Published on: 2 May 2025"], 6, "days of publication"),
        (["Part", "Text.", "Uploaded by: A", "Some words after the end."], 6, "belongs to no field"),
        (["Part", "Text.", "Reviewed by: Dr X"], 5, "belongs to no field"),
        (["FAQ", "Is it safe?", "Yes.", "", "© 2025 Clinic"], 7, "belongs to no field"),
        (["Signs", "Fever", "Cough", "Pain", "Part", "Text."], 4, "may be a row of a list"),
        (["Part", "Text.", "Uploaded by:"], 5, "nothing stands after"),
        (["Part", "Text.", "Note: bring water.", "More text."], 5, "a label line without a list"),
        (["Part", "Other part", "Text."], 3, "nothing under it"),
        (["Part", "Text.", "TITLE", "Text."], 5, "a second title"),
        (["FAQ", "Is it safe?", "How long?", "A week."], 4, "a question without an answer"),
        (["FAQ", "It is safe.", "How long?", "A week."], 4, "an answer without a question"),
        (["Steps", "1. Sit", "3. Stand"], 5, "numbered 1, 3"),
        (["Part", "Text.", "Powered by Acme", "Powered by Other"], 6, "a second sponsor"),
        (["FAQs about knees", "Is it safe?", "Yes."], 3, "its own heading"),
        (["Part", "A lost letter: \ufffd."], 4, "a letter was lost"),
    ],
)
def test_what_a_person_must_look_at_is_named_with_its_line(lines, number, words):
    source = plain("\n".join(["Title", "A lead sentence.", *lines]))
    assert any(doubt.line == number and words in doubt.message for doubt in source.doubts)
    assert source.published_on is None


ABOUT_THE_PUBLICATION = """Author name: PAVAN|Name of the author: A. Rao|Tags: cancer, blood|Last reviewed on: June 24, 2025
Next review: June 2026|Review: June 2025|Version: 2|4. Version: 2.1|- Keywords: cells|**Edition**: Second|Released: June 2025|Checked: 24/06/25
Valid from: 1 July 2025|Stamp: 31 June 2025|Uploaded by: June 24, 2025|Uploaded by: PAVAN for the whole large team that writes about cells
अगली समीक्षा: जून 2026|संस्करण: 2|लेखक का नाम: पवन|ورژن: 2|اگلی نظر ثانی: جون 2026|వెర్షన్: 2|తదుపరి సమీక్ష: జూన్ 2026|రచయిత పేరు: పవన్
رقم الإصدار: 2|المراجعة القادمة: يونيو 2026""".replace("\n", "|").split("|")
ROWS = ["Risks", "Bleeding: You may bleed a little.", "Pain: You may feel some pain."]


@pytest.mark.parametrize("line", ABOUT_THE_PUBLICATION)
@pytest.mark.parametrize(
    "after", [["Uploaded by: NILA"], [], ["Fever: Call us at once.", "FAQ", "Is it safe?", "Yes."]]
)
def test_a_line_about_the_publication_is_no_row_without_a_word(line, after):
    source = plain("\n".join(["Title", "A lead sentence.", *ROWS, line, *after]))
    assert any(doubt.line == 6 for doubt in source.doubts)


@pytest.mark.parametrize(
    "after", [["Category: Cancer"], ["Category: Cancer", "Shelf: Blood"], ["Marked: Tuesday 24 June 2025 at noon"]]
)
def test_short_rows_directly_above_the_publication_lines_are_doubted(after):
    source = plain("\n".join(["Title", "A lead sentence.", *ROWS, *after, "Uploaded by: NILA"]))
    assert [doubt.line for doubt in source.doubts] == list(range(6, 6 + len(after)))


@pytest.mark.parametrize("line", ["Dose: 5 mg", "When: 24 hours before", "When: Before meals", "Week 1: Rest", "Day 3: Home", "Born on: 1 May 1990",
                                  "Opening hours: Monday to Friday", "Opening hours: 9 to 5", "Released: The hormone goes into the blood.",
                                  "Review: After two weeks, by the nurse", "Next review: You come back after six weeks.", "Author: the person who wrote the study",
                                  "Revision: A second operation.", "Modified: New genes are put in.", "Pressure: 120/80", "Tablets: 1-0-1"])  # fmt: skip
@pytest.mark.parametrize("after", [["Uploaded by: NILA"], ["FAQ", "Is it safe?", "Yes."]])
def test_an_ordinary_row_is_not_doubted(line, after):
    source = plain("\n".join(["Title", "A lead sentence.", *ROWS, line, *after]))
    assert source.doubts == []
    assert source.body.count("\n- **") == 3


def test_a_day_may_be_an_answer():
    assert doubts("Title\nLead.\nPart\nText.\nFAQ\nWhen was it found?\nA: 24 June 2025.\nIs it safe?\nYes.") == []


def test_a_second_title_under_the_title_is_found():
    assert doubts("Title\nAnother title\nText.") == [
        "line 2: “Another title” follows the title directly; is it a second title, or is there no lead?"
    ]


def test_a_text_too_long_to_publish_is_found():
    assert "longer than 200,000 bytes" in doubts("Title\nLead.\nPart\n" + "Words and words. " * 12_000)[0]


STRAYS = ["Zorp zibble quux", "Note: zonk here.", "- bulleta one", "3. number thing", "What about zaps?", "By Zed Young", "A | B | Czz",
          "Published on: someday zot", "Sponsored by Zumba Ltd", "Sources", "References: zulu", "Q: Zeta eta?", "A: Theta iota.",
          "*em* [l](u) <b>zed</b>", "www.odd.example.com", "Twitter: https://x.com/zig", "Questions", "In brief", "Step 2: Zilch: nada",
          "Zany words that go on for quite a while so that the line is full and then", "stop but goes on here", "Heading zed:"]  # fmt: skip
STRUCTURE = re.compile(
    r"^\W*(published on|uploaded by|follow us on social media|powered by|sponsored by|faq section|sources|references|questions"
    r"|by|q|a|in brief|step 2|3\.)(?=\W|$)",
    re.I,
)


def words(text):
    return set(re.findall(r"[^\W_]+", text.lower()))


def kept_words(source):
    texts = [source.title, source.lead, source.body.replace("\\", ""), source.uploaded_by, source.sponsor_name]
    texts += [
        *source.sponsor_claims,
        *source.websites,
        *source.social,
        *source.sources,
        f"{source.published_on or date.min:%B %d %Y}",
    ]
    return words("\n".join([*texts, *(text for row in source.questions + source.brief for text in row)]))


def mutated(chance):
    lines = [line for line in GUIDE.split("\n") if line]
    cut = chance.randrange(len(lines))
    change = chance.choice(["shuffle", "turn", "drop", "insert"])
    if change == "shuffle":
        chance.shuffle(lines)
    elif change == "turn":
        lines = lines[cut:] + lines[:cut]
    elif change == "drop":
        lines = [line for line in lines if chance.random() < 0.7]
    for stray in chance.choices([*STRAYS, "", ""], k=8):
        lines.insert(chance.randrange(len(lines) + 1), stray)
    return lines


@pytest.mark.parametrize("seed", fewer(range(20), 5))
@pytest.mark.slow
def test_no_word_of_any_line_is_lost(seed):
    chance = random.Random(seed)
    for _ in range(25):
        lines = mutated(chance)
        source = plain("\n".join(lines))
        kept, numbers = kept_words(source), {doubt.line for doubt in source.doubts}
        for number, line in enumerate(lines, 1):
            assert number in numbers or words(STRUCTURE.sub("", line)) <= kept, f"line {number} of\n" + "\n".join(lines)


LINES = ["Ab: c", "x y. ", "1. a", "a?", "[" * 900, "a." * 400, "| " * 400, "by , " * 200, "\u00a0a" * 300]


def megabyte(line):
    return "Title\nLead.\nFAQ\n" + (line + "\n") * min(1_000_000 // len(line), 19_000)


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
def test_a_megabyte_of_anything_is_read(line):
    assert plain(megabyte(line)).title == "Title"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["guide.txt", "guide.md"])
def test_garbled_text_is_read_or_refused_in_words(name):
    chance = random.Random(1)
    scraps = [
        "\n---\n",
        "FAQ\n",
        "By ",
        "https://",
        "Powered by ",
        "\n1. ",
        "\n²) x",
        "Follow us on ",
        "\n# ",
        "\n### ",
        *':|?\n\n"[]{}&①½😀',
    ]
    for _ in range(300):
        letters = list(chance.choice(["", "---\ntitle: T\n---\n", "# T\n"]) + GUIDE)
        for at in chance.choices(range(len(letters)), k=40):
            letters[at] = chance.choice(scraps)
        try:
            assert parse("".join(letters), name=name).title
        except Unreadable as refusal:
            assert str(refusal).startswith(name)


@pytest.mark.parametrize(
    "lines",
    [
        ("Published on: 03/04/2025",),
        ("Published on: 31 June 2025",),
        ("Published on: 3 May 2025", "Date of publication: 4 May 2025"),
        ("Published by: One Trust", "Publisher: Two Trust"),
        ("Sponsored by: One Bank", "Powered by: Two Bank"),
    ],
)
def test_what_could_not_be_read_stays_in_the_text(lines):
    text = "A blood test\n\nIt is short.\n\nWhat happens\n\nA nurse takes a little blood from your arm.\n\n"
    source = parse(text + "\n".join(lines), name="a.txt")
    shown = "\n".join([source.body, source.publisher_name, source.sponsor_name, source.sponsor_wording])
    for line in lines:
        assert line.partition(": ")[2] in shown
    assert source.doubts


def test_what_front_matter_says_and_nobody_can_read_stays_in_the_text():
    front = "---\ntitle: A test\npublished_on: 03/04/2025\npublisher:\n  websites: [no address]\n"
    brief = "brief: [" + ", ".join(f"L{n}: a{n}" for n in range(7)) + "]\n"
    source = parse(f"{front}{brief}---\nText.\n", name="a.md")
    for words in ("published_on: 03/04/2025", "no address", "Text."):
        assert words in source.body
    assert len(source.brief) == 5
