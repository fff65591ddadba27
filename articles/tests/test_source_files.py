"""Files that are refused, and the Markdown shape with and without front matter."""

import os
import re
import threading
from datetime import date
from pathlib import Path

import pytest

from articles.sources.files import Unreadable, parse, read
from articles.tests.conftest import GUIDE, SHARED, check_shape

SAMPLE = Path(__file__).parents[1] / "samples/car-t-cell-therapy.md"


def refusal(path):
    with pytest.raises(Unreadable) as refused:
        read(path)
    return str(refused.value)


def written(folder, content, name="guide.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def front(matter, body="## Part\n\nText.\n"):
    return parse(f"---\n{matter}\n---\n{body}", name="guide.md")


def test_a_title_with_a_line_under_it_makes_a_markdown_file(tmp_path):
    found = read(written(tmp_path, "Eye drops\n=========\n\nFor you.\n\n    Wash hands\n\nThen drop.\n", "drops.md"))
    assert (found.title, found.lead, found.body) == ("Eye drops", "For you.", "    Wash hands\n\nThen drop.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_files_are_read(tmp_path, encoding):
    check_shape(read(written(tmp_path, GUIDE.encode(encoding))))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "guide.txt: the file is empty"),
        (b" \r\n\xef\xbb\xbf\t\n", "is empty"),
        (b"Title\nLead\0.", "line 2: this is a binary file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"Title\nL\x07ead.", "line 2: this is not plain text"),
        ("Title\nIt’s here.".encode("cp1252"), "line 2 (byte 8): this is not UTF-8; save it as UTF-8"),
        (b"\xef\xbb\xbfTitle\n\xff", "line 2 (byte 9)"),
        ("Title\n".encode("utf-16") + b"\x00\xd8", "not UTF-16; save it as UTF-8"),
        ("Title".encode("utf-32"), "binary"),
        (b"word " * 200_001, "larger than 1 MB"),
        (b"a\n" * 20_001, "more than 20,000 lines"),
        (b"Published on: 1 May 2025\n", "there is no title"),
        (b"---\ntitle: A\n", "line 1: the front matter is not closed"),
    ],
)
def test_a_file_that_is_no_guide_is_refused_with_a_reason(tmp_path, content, words):
    sentence = refusal(written(tmp_path, content))
    assert words in sentence and sentence.startswith("guide.txt") and sentence.endswith(".")


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    assert "no such file" in refusal(tmp_path / "none.txt")
    assert "a folder" in refusal(tmp_path / "folder.txt")
    assert "only files ending in .txt, .md, .markdown, .mdx, .docx, .odt, .html, .htm can be read" in refusal(
        written(tmp_path, "Title", "guide.rtf")
    )
    assert "not an ordinary file" in refusal(Path("/dev/zero"))
    assert "cannot be opened" in refusal(tmp_path / "a\0b.txt")
    assert "cannot be opened" in refusal(tmp_path / ("n" * 300 + ".txt"))


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    said = []
    reader = threading.Thread(target=lambda: said.append(refusal(tmp_path / "pipe.txt")), daemon=True)
    reader.start()
    reader.join(5)
    assert "not an ordinary file" in said[0]


def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = written(tmp_path, "Title")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads everything
        return
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        ("title: A: B", "line 2: the front matter cannot be read"),
        ("title: [A]", "line 2: “title” must be a text"),
        ("title: A\ntitle: B", "line 3: “title” stands twice"),
        ("title: A\nsponsor: B", "line 3: sponsor must be lines like “name: value”"),
        ("title: A\nquestions:\n  a: b", "questions must be a list"),
        ("title: A\nbrief: [no label]", "“no label” in brief has no label"),
        ('title: "A\\0"', "control character"),
        ("title: &a A\nlead: *a", "line 3: the front matter cannot be read"),
        ("title: " + "[" * 5000, "nested too deeply"),
        ("title: " + "a" * 50_001, "longer than 50,000 letters"),
        ("- title", "the front matter must be lines"),
    ],
)
def test_wrong_front_matter_is_refused_with_its_line(matter, words):
    with pytest.raises(Unreadable, match=re.escape(words)):
        front(matter)


def test_front_matter_fills_every_field():
    source = front(
        "title: 'Knees: a guide'\nlead: Two words.\nslug: knees\ntopic: Bones\nlanguage: sw\npublished_on: 2025-06-24\n"
        "uploaded_by: [A, B]\npublisher:\n  name: P\n  websites: [www.p.org]\n  social: [Facebook, X: https://x.com/p]\n"
        "sponsor: {name: S, wording: Paid by, address: www.s.org, claims: [one, two], connection: None known.}\n"
        "brief:\n  What it is: A knee\n  How long: A day\nsources: [One, Two]\n"
        "questions:\n  - question: Why?\n    answer: |\n      Because.\n\n      - so\n",
        "## Part\n\n*Text*.\n\n## Questions\n\n### How?\n\nSo.\n\n#### Small\n\nMore.\n\n## Last\n\nEnd.\n",
    )
    assert (source.title, source.lead, source.slug, source.topic) == ("Knees: a guide", "Two words.", "knees", "Bones")
    assert (source.language, source.published_on, source.uploaded_by) == ("sw", date(2025, 6, 24), "A, B")
    assert (source.publisher_name, source.websites) == ("P", ["www.p.org"])
    assert source.social == ["Facebook", "X: https://x.com/p"]
    assert (source.sponsor_name, source.sponsor_wording, source.sponsor_address) == ("S", "Paid by", "www.s.org")
    assert (source.sponsor_claims, source.sponsor_connection) == (["one", "two"], "None known.")
    assert source.brief == [("What it is", "A knee"), ("How long", "A day")]
    assert source.sources == ["One", "Two"]
    assert source.questions == [("Why?", "Because.\n\n- so"), ("How?", "So.\n\n#### Small\n\nMore.")]
    assert source.body == "## Part\n\n*Text*.\n\n## Last\n\nEnd."
    assert source.doubts == []


def test_brief_may_be_a_list():
    rows = [("What it is", "A knee"), ("How long", "A day")]
    assert front('title: A\nbrief: ["What it is: A knee", "How long: A day"]').brief == rows
    assert front("title: A\nbrief:\n  - What it is: A knee\n  - How long: A day").brief == rows


def test_markdown_without_front_matter_has_its_title_and_lead():
    source = parse("# Knees\n\nA guide\nto knees.\n\n## Part\n\n- one\n- two\n", name="guide.md")
    assert (source.title, source.lead, source.body) == ("Knees", "A guide to knees.", "## Part\n\n- one\n- two")
    assert source.doubts == []


def test_a_plain_guide_in_a_markdown_file_is_read_as_plain():
    check_shape(parse(GUIDE, name="guide.md"))


def test_a_section_of_questions_without_any_stays_in_the_text():
    body = "Text.\n\n## Questions\n\nAsk your nurse."
    assert front("title: A", body).body == body
    assert front("title: A", body).questions == []


def test_headings_inside_code_are_text():
    code = "```\n# no title\n## Questions\n```"
    assert front("title: A", code).body == code
    assert front("title: A", code).doubts == []


@pytest.mark.parametrize(
    ("matter", "body", "line", "words"),
    [
        ("language: English", "Text.", 3, "not a language"),
        ("published_on: 03/04/2025", "Text.", 3, "not one clear day"),
        ("slug: a b/c", "Text.", 3, "cannot be an address"),
        ("publisher: {websites: ['javascript:x']}", "Text.", 3, "not a web address"),
        ("sponsor: {wording: Paid by}", "Text.", 3, "the sponsor has no name"),
        ("brief: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}", "Text.", 3, "more than 5 rows"),
        ("questions: [{question: 'Why?'}]", "Text.", 3, "a question without an answer"),
        ("titel: A", "Text.", 3, "left out: titel (line 3: “A”; did you mean “title”?)"),
        ("topic: A", "# Other\n\nText.\n\n# More\n\nText.", 5, "a second title"),
        ("topic: A", "## One\n\n## Two\n\nText.", 5, "nothing under it"),
        ("topic: A", "## Questions\n\nHello.\n\n### Why?\n\nSo.", 7, "text between the heading"),
        ("topic: A", "Text.\n## Questions\n\n### Why?\n\n### How?\n\nSo.", 8, "a question without an answer"),
    ],
)
def test_what_a_person_must_look_at_in_markdown_is_named_with_its_line(matter, body, line, words):
    source = front(f"title: T\n{matter}", body)
    assert [doubt.line for doubt in source.doubts] == [line]
    assert words in source.doubts[0].message


def test_publication_lines_in_the_text_of_markdown_are_named():
    body = "## How it works\n\n1. Cut: The cut.\n2. Uploaded on: June 24, 2025\n\n## Risks\n\n- Dose: 5 mg\n- **Author name**: A\n"
    assert [doubt.line for doubt in front("title: T", body).doubts] == [7, 12]


def sentences(text):
    text = re.sub(r"^#.*$|^> |\(at:[^)]*\)", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:- |\d\. )?[A-Z][^:.\n]{0,40}: ", "", text, flags=re.MULTILINE)
    return [" ".join(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence.strip()]


def test_the_sample_guide_is_complete():
    source = read(SAMPLE)
    assert source.doubts == []
    assert source.body.startswith("> [!NOTE]\n> This page is a sample. No clinician has checked it.")
    headings = re.findall(r"^## (.+)$", source.body, re.MULTILINE)
    assert len(headings) == 6 and headings[3].endswith("(risks)") and headings[5] == "Words on this page"
    assert re.findall(r"^\d\. (\w+): .*\(at: (.+)\)$", source.body, re.MULTILINE) == [
        ("Extraction", "hospital, drop"),
        ("Modification", "laboratory, cell"),
        ("Expansion", "laboratory, cells"),
        ("Infusion", "hospital, drip"),
    ]
    assert len(re.findall(r"^- [^:]+: ", source.body, re.MULTILINE)) == 3 + 3 + 5
    assert len(source.brief) == 5 and len(source.questions) == 5 and source.sources == []
    assert (source.slug, source.topic, source.language) == ("car-t-cell-therapy", "Cancer treatments", "en")
    assert (source.published_on, source.uploaded_by) == (date(2025, 6, 24), "PAVAN")
    assert source.websites == ["www.vizzve.com", "www.vizzveservices.com"]
    assert source.social == ["Facebook", "Linkedin", "Instagram"]
    assert (source.sponsor_name, source.sponsor_wording) == ("Vizzve Financial", "Powered by")
    assert source.sponsor_claims == ["RBI-Registered Loan Partner", "10 Lakh+ Customers", "₹600 Cr+ Disbursed"]
    assert source.sponsor_connection == "The publisher of this page and the sponsor share the Vizzve name."


def test_the_sample_guide_is_short_and_in_our_own_words():
    source = read(SAMPLE)
    texts = [source.lead, source.body, *(answer for _, answer in source.questions)]
    ours = [sentence for text in texts for sentence in sentences(text)]
    assert len(ours) > 40
    assert [sentence for sentence in ours if len(sentence.split()) > 20] == []
    if SHARED.exists():
        theirs = {sentence.lower() for sentence in sentences(SHARED.read_text())}
        assert theirs.isdisjoint(sentence.lower() for sentence in ours)
