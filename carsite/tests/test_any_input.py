"""Whatever somebody sends: a page, a refusal in words, or nothing changed; never a fault of the program, never a script.

A few drawn cases in each run, always the same ones; at night new ones for a minute each, or as many seconds as DRAWN
says. What was found is kept as an example.
"""

import io
import os
import re
import time
import warnings
import zipfile
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.sources import Source, Unreadable, written
from articles.sources import given as brought
from articles.sources.files import read_bytes
from articles.sources.source import cleaned
from conftest import NIGHTLY, Reader
from publishing.safety import find
from publishing.text import TooLong, Unusable, converted, from_plain, pieces, refusal, render
from publishing.text.html.rendering import sanitise
from publishing.text.pictures import clean

SECONDS = int(os.environ.get("DRAWN", 60))
drawn = settings(
    max_examples=200 if NIGHTLY else 12,
    deadline=None,
    derandomize=not NIGHTLY,
    database=None,
    suppress_health_check=list(HealthCheck),
)
asked = settings(drawn, max_examples=50 if NIGHTLY else 4)  # a page each


def tried(*drawing, by=drawn, always=()):
    """A test of what is drawn; at night it is drawn anew until the seconds are over."""

    def of(test):
        inner = by(given(*drawing)(test))
        for one in always:
            inner = example(one)(inner)

        def bounded():
            end = time.monotonic() + SECONDS
            inner()
            while NIGHTLY and time.monotonic() < end:
                inner()

        bounded.__name__, bounded.__doc__ = test.__name__, test.__doc__
        return bounded

    return of


SIGNS = st.sampled_from(
    list("<>&\"'`*_[]()!|#-+\\:;/=~^{}%\n\t 0a") + ["\u202e", "\u200d", "\u0000", "\u0915\u094d", "😀", "\ud800", "\r"]
)
WORDS = st.sampled_from(
    ["<script>", "javascript:", "onerror=", "](", "![", "```", "&#x6a;", "<svg/onload=a>", "5 mg", "| a |\n|-|"]
    + ["\n\n## ", "\n* ", "\n1. ", "\n> ", "[^a]", "\n[^a]: ", "[[a]]", "{.risks}", " (at: home)", "tel:+91 80 1234"]
    + ["1–0–0", "متن", "\n\n", "<https://a.b>", "**", "/media/" + "a" * 64 + ".png", "&lt;", "<!--", "-->"]
)
TEXT = st.lists(st.one_of(SIGNS, WORDS, st.text(max_size=8)), max_size=60).map("".join)
TAGS = st.sampled_from(
    [
        "p",
        "b",
        "i",
        "u",
        "a",
        "img",
        "table",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "div",
        "span",
        "br",
        "pre",
        "code",
        "sup",
        "script",
        "style",
        "o:p",
    ]
)
PAGE = st.recursive(
    TEXT,
    lambda inner: st.builds(
        lambda tag, some: f'<{tag} href="#a" title=x>{"".join(some)}</{tag}>', TAGS, st.lists(inner, max_size=4)
    ),
)
EXECUTES = re.compile(r"<\s*(?:script|svg|iframe|object|embed|style|math|form|base)\b|<[^>]+\son\w+\s*=", re.IGNORECASE)
LEADS = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):", re.IGNORECASE)


def is_harmless(html):
    return not EXECUTES.search(html) and not LEADS.search(html)


@tried(TEXT, always=['![" onerror=alert(1) ](x)', "[a](jav\tascript:alert(1))"])
def test_what_is_rendered_executes_nothing_and_is_left_as_it_is(text):
    try:
        html = render(text)
    except TooLong:
        return
    assert is_harmless(html) and sanitise(html) == html and render(text) == html


@tried(st.one_of(TEXT, PAGE), always=["<![<", "<![javascript:"])
def test_what_is_pasted_becomes_a_text_that_executes_nothing(text):
    for made in (converted(text), from_plain(text)):
        assert is_harmless(render(made.markdown))


NUMBER = st.integers(1, 999)
BESIDE = st.text("abcdefghij मई\n", max_size=40)


@tried(TEXT, TEXT)
def test_a_difference_says_all_of_both_texts(before, after):
    list(find(before, after))
    found, ends = pieces(before, after), re.compile("\r\n?|\n")
    assert "".join(one.text for one in found if one.kind != "gone") == ends.sub("\n", after)
    if not any(one.kind == "moved" for one in found):
        assert "".join(one.text for one in found if one.kind != "new") == ends.sub("\n", before)


@tried(BESIDE, NUMBER, NUMBER, BESIDE, st.sampled_from(["mg", "ml", "tablets", "%", "hours"]))
def test_a_changed_number_is_always_told(lead, before, after, rest, unit):
    assume(before != after)
    texts = [f"{lead}\n\nTake {number} {unit} each day.\n\n{rest}" for number in (before, after)]
    assert find(*texts)


def read(content, name):
    """What the file says, or nothing where it is refused in words."""
    try:
        return read_bytes(content, name)
    except Unreadable as refused:
        assert str(refused)


def document(name, xml):
    """A Word or OpenDocument file with this within its body."""
    word = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
    place, whole = ("word/document.xml", word) if name.endswith("docx") else ("content.xml", "<office>{}</office>")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(place, whole.format(xml))
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return file.getvalue()


OFFICE = st.recursive(
    TEXT.map(lambda text: re.sub("[<&\0\ud800]", "", text)),
    lambda inner: st.builds(
        lambda tag, some: f"<w:{tag}>{''.join(some)}</w:{tag}>",
        st.sampled_from(
            [
                "p",
                "r",
                "t",
                "tbl",
                "tr",
                "tc",
                "pPr",
                "numPr",
                "ilvl",
                "tab",
                "br",
                "hyperlink",
                "sdt",
                "sdtContent",
                "ins",
                "del",
                "footnoteReference",
            ]
        ),
        st.lists(inner, max_size=4),
    ),
)


@tried(
    st.sampled_from(["a.md", "a.txt", "a.html", "a.docx", "a.odt"]),
    st.one_of(TEXT.map(lambda text: text.encode(errors="replace")), st.binary(max_size=300)),
)
def test_a_file_is_read_or_refused_in_words(name, content):
    read(content, name)


@tried(st.sampled_from(["a.docx", "a.odt"]), OFFICE)
def test_a_document_is_read_or_refused_in_words(name, xml):
    read(document(name, xml), name)


@tried(st.dictionaries(TEXT, st.binary(max_size=60), max_size=4), always=[{".": b"", "a.md": b"# A"}])
def test_a_zip_is_read_or_refused_in_words(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of two files with one name, which may come in as well
        for name, content in files.items():
            try:
                packed.writestr(name, content)
            except (ValueError, IndexError):
                assume(False)
    try:
        list(brought("a.zip", file.getvalue()))
    except Unreadable as refused:
        assert str(refused)


def line(text):
    """One line as a form keeps it, in letters that a file can hold."""
    return " ".join(cleaned(text).replace("\ud800", "").split())


LINE = TEXT.map(line)


@tried(LINE, LINE, TEXT, LINE)
def test_what_is_written_out_comes_in_again(title, lead, body, question):
    texts = [title, lead, body, question]
    assume(title and not any(refusal(text, is_required=False) for text in texts) and "<!-- question -->" not in body)
    body = cleaned(body).replace("\ud800", "").strip("\n")
    source = Source(title=title, lead=lead, body=body, questions=[(question, body)] if question else [])
    again = read(written(source)[0].encode(errors="replace"), "a.md")
    assume(again)
    assert (again.title, again.lead, again.body, again.questions) == (title, lead, body, source.questions)


def picture(kind):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(file, kind)
    return file.getvalue()


PICTURES = {kind: picture(kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")}


@tried(
    st.sampled_from(list(PICTURES)),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8),
    st.integers(0, 400),
)
def test_an_upload_is_a_picture_or_refused_in_words(kind, changes, cut):
    content = bytearray(PICTURES[kind])
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        assert clean(bytes(content[: len(content) - cut])).extension in {"jpg", "png", "webp"}
    except Unusable as refused:
        assert str(refused)


@tried(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail)))
def test_bytes_are_no_picture(content):
    with pytest.raises(Unusable):
        clean(content)


@pytest.mark.django_db
@tried(TEXT, by=asked, always=["\x00"])
def test_the_search_answers_whatever_is_asked(text):
    answer = Reader().get("/search/", {"q": text.encode(errors="surrogatepass")})
    assert answer.status_code in {200, 400} and "<script" not in answer.text


FOLDERS = [
    "/articles/",
    "/faq/",
    "/topics/",
    "/media/",
    "/h/",
    "/hi/articles/",
    "/",
    "/articles/a/history/",
    "/review/",
]


@pytest.mark.django_db
@tried(
    st.sampled_from(FOLDERS),
    TEXT,
    TEXT,
    st.dictionaries(st.sampled_from(["q", "page", "k", "p", "at", "for"]), TEXT, max_size=3),
    by=asked,
)
def test_no_address_breaks_the_site(folder, text, end, query):
    path = folder + quote(text.encode(errors="surrogatepass"), safe="/") + quote(end.encode(errors="surrogatepass"))
    told = {name: value.encode(errors="surrogatepass") for name, value in query.items()}
    answer = Reader(raise_request_exception=False).get(path, told)
    assert answer.status_code < 500
