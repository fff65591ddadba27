"""Whatever somebody sends: a page, a refusal in words, or nothing changed; never a fault of the program, never a script.

A few drawn cases in each run, always the same ones; thousands of new ones at night. What was found is kept as an example.
"""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.sources import Unreadable, parse
from conftest import NIGHTLY, Reader
from publishing.safety import find
from publishing.text import TooLong, Unusable, converted, from_plain, pieces, render
from publishing.text.pictures import clean

drawn = settings(
    max_examples=2_000 if NIGHTLY else 12,
    deadline=None,
    derandomize=not NIGHTLY,
    database=None,
    suppress_health_check=list(HealthCheck),
)
asked = settings(drawn, max_examples=500 if NIGHTLY else 4)  # a page each
SIGNS = st.sampled_from(
    list("<>&\"'`*_[]()!|#-+\\:;/=~^{}%\n\t 0a") + ["\u202e", "\u200d", "\u0000", "\u0915\u094d", "😀"]
)
WORDS = st.sampled_from(
    ["<script>", "javascript:", "onerror=", "](", "![", "```", "&#x6a;", "<svg/onload=a>", "5 mg", "| a |\n|-|"]
)
TEXT = st.lists(st.one_of(SIGNS, WORDS, st.text(max_size=8)), max_size=60).map("".join)
EXECUTES = re.compile(r"<\s*(?:script|svg|iframe|object|embed|style|math|form|base)\b|<[^>]+\son\w+\s*=", re.IGNORECASE)
LEADS = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):", re.IGNORECASE)


@drawn
@given(TEXT)
@example('![" onerror=alert(1) ](x)')
@example("[a](jav\tascript:alert(1))")
def test_what_is_rendered_executes_nothing(text):
    try:
        html = render(text)
    except TooLong:
        return
    assert not EXECUTES.search(html) and not LEADS.search(html)


@drawn
@given(TEXT)
def test_what_is_pasted_becomes_a_text_that_executes_nothing(text):
    for made in (converted(text), from_plain(text)):
        html = render(made.markdown)
        assert not EXECUTES.search(html) and not LEADS.search(html)


@drawn
@given(TEXT, TEXT)
def test_a_difference_says_all_of_both_texts(before, after):
    list(find(before, after))
    assert list(pieces(before, before)) is not None and list(pieces(before, after)) is not None


@drawn
@given(st.sampled_from(["a.md", "a.txt"]), st.one_of(TEXT.map(str.encode), st.binary(max_size=300)))
def test_a_file_is_read_or_refused_in_words(name, content):
    try:
        parse(content.decode(errors="replace"), name=name)
    except Unreadable as refusal:
        assert str(refusal)


@drawn
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail)))
def test_an_upload_is_a_picture_or_refused_in_words(content):
    with pytest.raises(Unusable):
        clean(content)


@asked
@given(TEXT)
@example("\x00")
def test_the_search_answers_whatever_is_asked(db, text):
    answer = Reader().get("/search/", {"q": text})
    assert answer.status_code in {200, 400} and "<script" not in answer.text


@asked
@given(st.sampled_from(["/articles/", "/faq/", "/topics/", "/media/", "/h/", "/hi/articles/", "/"]), TEXT)
def test_no_address_breaks_the_site(db, folder, text):
    answer = Reader(raise_request_exception=False).get(folder + quote(text, safe="/"))
    assert answer.status_code < 500
