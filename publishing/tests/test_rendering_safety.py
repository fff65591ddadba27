"""What the renderer withstands: markup that would run or reach out, and texts made to keep it busy."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser

import pytest

from conftest import fewer
from publishing.tests.conftest import GUIDE, PNG, filled
from publishing.text.html.markdown import LONGEST, TooLong
from publishing.text.html.rendering import contents, parts, plain, render, sanitise


class Page(HTMLParser):
    """The tags, attributes and ids of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.depth = 0
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        self.depth = max(self.depth, len(self.open))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def assert_harmless(html: str) -> None:
    page = Page(html)
    assert not page.tags & {"script", "style", "iframe", "object", "form", "input", "svg", "base", "meta", "link"}
    names = {name for _, name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on") or name in ("style", "srcset", "target", "action")}
    assert all(re.fullmatch(r"/media/[0-9a-f]{64}\.(jpg|png|webp)", source) for source in page.values("src"))
    for address in page.values("href"):
        assert re.match(r"(https?://|mailto:|tel:|[#?]|/(?![/\\])|[^/?#:\\]+([/?#]|\Z))", address, re.IGNORECASE)
        assert not re.search(r"[\x00-\x20\\]", address)
    ids = page.values("id")
    assert len(ids) == len(set(ids))


HOSTILE = [
    "<script>x()</script>",
    "<img src=x onerror=x()>",
    '<a href="javascript:x()">a</a>',
    "<svg onload=x()><style>*{}</style>",
    "<iframe src=//x.example></iframe>",
    "[a](javascript:x())",
    "[a](JaVaScRiPt:x())",
    "[a](&#106;avascript:x())",
    "[a](javascript&colon;x())",
    "[a](java\tscript:x())",
    "[a](<java\nscript:x()>)",
    "[a](\x01javascript:x())",
    "[a](&#1;javascript:x())",
    "[a](\u200bjavascript:x())",
    "[a](vbscript:x) [b](data:text/html,x) [c](file:///x) [d](blob:x)",
    "[a](//x.example/y) [b](/\\x.example) [c](\\\\x.example)",
    "<javascript:x()> <data:text/html,x>",
    "[a][r]\n\n[r]: javascript:x()",
    '[a](https://x.example/"onclick="x())',
    '[a](/x "y\\" onclick=x")',
    "![a](https://x.example/y.png) ![b](data:image/png;base64,xx) ![c](y.png)",
    f'![" onerror="x()](/media/{PNG})',
    f"![a](/media/../{PNG}) ![b](/media/{PNG}?x) ![c](//x.example/media/{PNG})",
    "# x {onclick=x() style=y}",
    "| a |\n|:-:|\n| <b style=x> |",
    "1. <b>: <i onclick=x> (at: <script>, drop)\n2. b: c (at: {0.__class__})",
    "- <script>: x\n- b: <style>",
    "```html onclick=x\n</code></pre><script>x()</script>\n```",
    "[^<script>]: x\n\na[^<script>]",
    "> [!WARNING]\n> <script>",
    "\ud800 \x00 &#0; &#13; &#xD800;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_reaches_out_survives(text):
    html = render(text)
    assert_harmless(html)
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x()" style="color:red" class="evil where">a</p>',
        '<a href="java&#9;script:x()">a</a><a href=" javascript:x()">b</a><a href="//x.example">c</a>',
        '<a href="/\\x.example">a</a><a href="/&#9;/x.example">b</a>',
        '<img src="https://x.example/y.png" alt="a"><img srcset="x" alt="b">',
        "<script>x()</script><style>*{}</style><svg><script>x()</script></svg><math><mtext></mtext></math>",
        '<form action="/x"><input></form><a href="/x" target="_blank" rel="opener">a</a>',
    ],
)
def test_the_sanitiser_holds_without_the_renderer(html):
    safe = sanitise(html)
    assert_harmless(safe)
    assert "evil" not in safe and "opener" not in safe
    assert sanitise(safe) == safe


def test_a_text_that_is_too_long_says_what_to_do():
    with pytest.raises(TooLong, match="200,001 bytes long; the longest that can be published is 200,000. Split it"):
        render("é" * (LONGEST // 2) + "x")
    assert len(render("x" * LONGEST)) == LONGEST + len("<p></p>\n")


SECTION = GUIDE.split("[^cost]:")[0].replace("[^cost]", "") + (
    f"{'Ordinary words of an ordinary guide, ' * 9}and **more**.\n\n| a | b |\n|---|---|\n| c | d |\n\n> quote *x*\n\n"
)


def nested(start: str, middle: str, end: str) -> str:
    times = LONGEST // len((start + end).encode()) - 1
    return start * times + middle + end * times


FLOODS = {
    "[": filled("["),
    "![": filled("!["),
    "[a](": filled("[a]("),
    "[a](b": filled("[a](b\\("),
    "links": filled("[a](b)"),
    "nested links": nested("[", "a", "](b)"),
    "nested pictures": nested("![", "a", "](b)"),
    "short blocks of pictures": filled("![" * 50 + "\n\n"),
    "short blocks of brackets": filled("[^" * 50 + "\n\n", "[^a]: x\n\n"),
    "stars": filled("**a "),
    "nested stars": "*a " * 20000 + "b* " * 20000,
    "underscores": filled("_a "),
    "backticks": "".join("`" * n + " " for n in range(1, 630)),
    "<": filled("<"),
    "addresses": filled("<a@b.cc>"),
    "&": filled("&"),
    "\\": filled("\\a"),
    "~": filled("~~a"),
    ">": filled(">"),
    "> lines": filled("> > > > > > > > a\n"),
    "- on a line": filled("- "),
    "- deeper and deeper": "".join("  " * n + "- a\n" for n in range(440)),
    "mixed nesting": filled("> - > - > - a\n"),
    "short lines": filled("a\n"),
    "short paragraphs": filled("a\n\n"),
    "lists": filled("- L: t\n"),
    "steps": filled("1. L: t (at: x)\n"),
    "footnotes": "".join(f"[^a{n}]: x\n" for n in range(15000)),
    "uses of a footnote": filled("a[^1]\n\n", "[^1]: x\n\n"),
    "uses of a long address": f"[a]: /{'b' * 90_000}\n\n" + "[a]\n\n" * 5000,
    "uses of a middling address": f"[a]: /{'b' * 3000}\n\n" + "[a]\n\n" * 7000,
    "equal headings": "# a\n" * 12000,
    "headings of T-cells": filled("## - T-c T-c &<\n"),
    "combining marks": filled("a\u0301-\u0301"),
    "T-cells": filled("T-c "),
    "spaces": "a" + filled(" ")[2:] + "b",
    "spaces in a step": f"1. A: b\n2. A: b{' ' * 190_000}(at:x\n",
    "spaces in a place": f"1. A: b\n2. A: b (at:{' ' * 190_000}x\n",
    "spaces in a heading": f"# a{' ' * 190_000}x)\n",
    "line ends": filled("\r\n"),
    "NUL": filled("\0"),
    "everything": filled("- *a [b](c) `d` <e> &f; \\g ~~h~~ ![i](j) _k_ [^1] T-c: x\n", "[^1]: x\n\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOODS)
def test_no_flood_of_marks_becomes_html_that_the_sanitiser_would_change(name):
    html = render(FLOODS[name])
    assert sanitise(html) == html


def test_a_long_guide_of_ordinary_prose_is_rendered_in_full():
    times = LONGEST // len(SECTION.encode())
    html = render(SECTION * times)
    for mark in (
        "more</strong>",
        '<ol class="steps">',
        '<dl class="rows">',
        "<table>",
        'href="/articles/confusion/"',
        "<em>x",
    ):
        assert html.count(mark) == times
    assert len(contents(html)) == 4 * times and "**" not in html


def test_a_text_that_cannot_be_paid_loses_no_words():
    assert plain(render(filled("- word\n"))).count("word") == LONGEST // 7
    assert plain(render("> " * 50 + "word")).endswith("word")
    assert plain(render(filled("[**word "))).count("word") == LONGEST // 8


def test_nothing_is_nested_so_deeply_that_a_reader_of_the_html_fails():
    for text in ("*a " * 900 + "b* " * 900, "> " * 900 + "a", "".join("  " * n + "- a\n" for n in range(200))):
        assert 10 < Page(render(text)).depth < 50


# fmt: off
ATOMS = [
    "*", "**", "_", "`", "``", "[", "]", "(", ")", "![", "](", "<", ">", "\\", "|", "|-|-|", "~~", "-", "1.", "#", "###", ":",
    "---", "===", "```", "&amp;", "&#106;", "&#13;", "&#0;", "&nbsp;", "[^1]", "[^1]: ", "[a]: ", "[a]", "T-cell", "कोशिका",
    "ٹی", "Label: ", "(at: x)", "(risks)", "[!NOTE]\n", "javascript:x", "https://a.b/c", "//x.y", "<script>", "<img src=x>",
    "</section>", "<!-- ", "</p>", "<a@b.cc>", '"', "'", "\ufeff", "\x00", "\u200d", "\u0301", "\u2028", "\ud800", "\xa0",
]
# fmt: on


@pytest.mark.parametrize("seed", fewer(range(12), 4))
@pytest.mark.slow
def test_any_text_is_rendered_harmless_once_and_for_all(seed):
    chance = random.Random(seed)
    for _ in range(120):
        text = "".join(chance.choice(ATOMS) + chance.choice(("", " ", "\n", "\n\n", "    ")) for _ in range(40))
        html = render(text, top=chance.choice((2, 4)))
        assert_harmless(html)
        assert sanitise(html) == html
        assert "".join(part.html for part in parts(html)) == html
