"""Whoever reads Markdown reads the same tokens: what changes the page cannot escape the safety diff."""

import random
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from conftest import fewer
from publishing.safety.blocks import blocks
from publishing.safety.diff import find
from publishing.safety.signs import Signs
from publishing.text import render

PICTURES = [f"/media/{sign * 64}.png" for sign in "ab"]
PIECES = [
    "Take 7001 mg", "not", "before", "7002 ml.", "never", "a", "Rest. ", "word", "\\*", "\\", "&#55;", "&amp;", "&lt;", "*", "**", "_",
    "~~", "`", "``", "(at: home)", "(at: hospital, drop)", "(risks)", "[us](/a/)", "[us](tel:7003)", "[us][x]", "[us][y]", "[x]",
    f"![a drip]({PICTURES[0]})", f"![a drip]({PICTURES[1]} 'title')", f"![decorative]({PICTURES[0]})", "[^1]", "[^2]",
    "<https://a.org/7004>", "<a@b.org>", "<tel:7005>", "|", " | ", "\\|", "Label: ", "**Label**: ", "  \n", "\\\n", "(", ")", "]", "\uf8ff",
    "\U000f0000", "\U0010fffd", "\u200b",
]  # fmt: skip
STARTS = [
    "", "", "", "- ", "* ", "1. ", "2. ", "7006. ", "1) ", "  - ", "    ", "\t", "   1. ", "> ", "> > ", "> [!WARNING]\n> ", "> [!NOTE]\n> ",
    "> [!tip] ", "# ", "## ", "### ", "---\n", "===\n", "```\n", "~~~\n", "[^1]: ", "[^2]: ", "[^1]:", "[x]: /x/\n", "[y]: /y/\n",
    "[x]: /z/\n", "| A | B |\n|---|---|\n| ", "|---|:-:|\n", "[!NOTE]\n", "+++\n", "***\n", "<div>\n",
]  # fmt: skip
ENDS = ["\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\n \n", "\x0b", "\x0c", "\u2028", "\x85"]
# What parts no word; a link and the number of a note are seen to begin and end.
INLINE = {"span", "em", "strong", "s", "code"}
UNSEEN = dict.fromkeys(map(ord, "\uf8ff\U000f0000\U0010fffd\u200b"))
SHOWN = {
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "th",
    "td",
}


class Page(HTMLParser):
    """What a reader sees: words and pictures in their order, each with the marks and links that it stands in."""

    def __init__(self, html):
        super().__init__()
        self.seen, self.inside, self.addresses, self.words = [], [], [], ""
        # That a number keeps to its unit is a matter of where lines break.
        self.feed(re.sub('<span class="keep">(.*?)</span>', r"\1", html))
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        address = attributes.get("href") or attributes.get("src") or ""
        # The anchors of headings and notes follow from their words.
        if address and not address.startswith("#"):
            self.addresses.append(address)
        marks = (tag, attributes.get("class", ""), attributes.get("start", ""), *self.addresses[-1:] * bool(address))
        self.words += "" if tag in INLINE else f" {attributes.get('start', '')} "
        if tag == "img":
            self.seen.append((*marks, *attributes["alt"].split(), *self.inside))
        elif tag not in ("br", "hr"):
            self.inside.append(marks if tag in SHOWN or attributes.keys() & {"href", "class"} else (tag,))

    def handle_endtag(self, tag):
        self.words += "" if tag in INLINE else " "
        self.inside.pop()

    def handle_data(self, words):
        self.words += words
        shown = tuple(mark for mark in self.inside if len(mark) > 1)
        self.seen += [(word, *shown) for word in words.split()]


# Hundreds of pairs each
SEEDS = fewer(range(40), 2)


def text_of(chance):
    blocks = []
    for _ in range(chance.randint(1, 6)):
        words = (" " if chance.random() < 0.6 else "").join(chance.choices(PIECES, k=chance.randint(1, 4)))
        blocks.append(chance.choice(STARTS) + words + chance.choice(ENDS))
    return "".join(blocks)


def changed(text, chance):
    at = chance.randrange(len(text) + 1)
    end = at + chance.choice([0, 0, 1, 1, 2, 5, 12])
    return text[:at] + chance.choice(["", *PIECES, *STARTS, *ENDS]) + text[end:]


def pairs(seed, count=400):
    chance = random.Random(seed)
    for _ in range(count):
        before = text_of(chance)
        yield before, changed(before, chance)


def keys(before, after):
    return [[block.key for block in some] for some in blocks(before, after, signs=Signs())]


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_whose_pages_differ_are_never_equal_for_the_diff(seed):
    differing = 0
    for before, after in pairs(seed):
        if Page(render(before)).seen != Page(render(after)).seen:
            differing += 1
            old, new = keys(before, after)
            assert old != new, (before, after)
    assert differing > 100


def dangerous(html):
    page = Page(html)
    return Counter(page.addresses) + Counter(re.findall(r"700\d|(?<!\w)(?:not|never|before)(?!\w)", page.words))


@pytest.mark.parametrize("seed", fewer(range(100, 140), 2))
def test_no_dose_not_link_or_picture_comes_to_or_goes_from_a_page_untold(seed):
    differing = 0
    for before, after in ((one.translate(UNSEEN), other.translate(UNSEEN)) for one, other in pairs(seed)):
        if dangerous(render(before)) != dangerous(render(after)):
            differing += 1
            assert find(before, after), (before, after)
    assert differing > 40


HOLES = [
    ("1. Blood: We take some. (at: hospital, drop)\n2. Rest: Sleep.", "1. Blood: We take some. (at: home, cell)\n2. Rest: Sleep.", "“hospital” became “home”"),
    ("1. Blood: We take it.\n\n   Wait. (at: home)\n2. Rest: Sleep.", "1. Blood: We take it.\n\n   Wait.\n2. Rest: Sleep.", "“home” is gone"),
    ("Ravi takes it.[^1]\n\nAsha takes it.[^2]\n\n[^1]: One pill.\n\n[^2]: Ten pills.", "Ravi takes it.[^2]\n\nAsha takes it.[^1]\n\n[^1]: One pill.\n\n[^2]: Ten pills.", "the note “One pill.” is gone"),
    ("See [this][a].\n\n[a]: /a/\n", "See [this][a].\n\n[a]: /b/\n", "link changed: /a/ → /b/"),
    ("See [this][a].\n\n[a]: /a/\n[A]: /b/", "See [this][a].\n\n[A]: /b/\n[a]: /a/", "link changed: /a/ → /b/"),
    ("| A | B |\n|---|---|\n| C | 5 mg | 7 mg |", "| A | B |\n|---|---|\n| C | 7 mg | 5 mg |", "5 mg became 7 mg"),
    ("May was warm.\n\n5. May: come to us", "May was warm.\n\n6. May: come to us", "5 became 6"),
    ("Take `5 mg`.", "Take `**5 mg**`.", None),
    ("```\nTake 5 mg.\n```", "```\nTake 6 mg.\n```", "5 mg became 6 mg"),
    ("Take 5**0** mg.", "Take 5**1** mg.", "50 mg became 51 mg"),
    ("Take \\~~5 mg\\~~.", "Take ~~5 mg~~.", "a crossed-out stretch is new"),
    ("- Do:\n  - walk\n  - swim\n- Do not:\n  - smoke", "- Do:\n  - walk\n- Do not:\n  - swim\n  - smoke", "moved from under “Do:” to under “Do not:”"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), HOLES)
def test_what_markdown_hides_is_told(before, after, expected):
    told = [what for danger in find(before, after) for what in danger.what]
    assert expected in told if expected else find(before, after) == []


def test_the_icon_of_a_step_is_no_danger():
    steps = "1. Blood: We take some. (at: home, {})\n2. Rest: Sleep."
    assert find(steps.format("drop"), steps.format("cell")) == []


def test_a_text_too_long_to_be_parsed_is_compared_as_it_was_typed():
    long = "- a\n" * 60_000
    assert find(f"{long}Take 5 mg.", f"{long}Take 6 mg.")


@pytest.mark.parametrize("held", [f"![a drip]({PICTURES[0]})", "[us](/a/)", "<a@b.org>", "word[^1]"])
def test_a_word_that_touches_a_picture_a_link_or_a_note_is_a_word(held):
    note = "\n\n[^1]: A note"
    assert find(f"{held}take it{note}", f"{held}not take it{note}")
    assert find(f"{held}before food{note}", f"{held}after food{note}")


def test_a_list_that_went_into_a_footnote_is_another_text():
    assert Page(render("2. not")).seen != Page(render("[^1]:2. not")).seen
    old, new = keys("2. not", "[^1]:2. not")
    assert old != new
