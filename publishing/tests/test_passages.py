"""Passages: a text cut up for who checks it, with what changed marked in place, and nothing of it lost or let in."""

import random
import re

import pytest

from publishing.tests.conftest import GUIDE
from publishing.text import passages, plain, render
from publishing.text.html.rendering import sanitise

MARK = re.compile(r'<ins><span class="sr">new: </span>|</ins>|<del><span class="sr">gone: </span>.*?</del>', re.DOTALL)


def marked(before, after):
    return passages(render(after), render(before))


def html_of(found):
    return "".join(one.html for one in found)


def squeezed(html):
    return "".join(plain(html).split())


def test_a_changed_word_is_marked_where_it_stands_and_told_to_who_cannot_see_it():
    (one,) = marked("Take **5 mg** at noon.", "Take **3 mg** at noon.")
    assert '<del><span class="sr">gone: </span>5</del>' in one.html
    assert '<ins><span class="sr">new: </span>3</ins> mg</span></strong>' in one.html
    assert one.is_touched and one.words == "Take 3 mg at noon." and one.was == "Take 5 mg at noon."


def test_what_went_stands_where_it_stood_and_what_came_is_new_as_a_whole():
    found = marked("One.\n\nTwo goes away.\n\nThree.", "One.\n\nThree.\n\nFour comes along.")
    assert [(one.words, one.is_touched) for one in found] == [
        ("One.", False),
        ("", True),
        ("Three.", False),
        ("Four comes along.", True),
    ]
    assert "gone: </span>Two goes away.</del>" in found[1].html and "new: </span>Four comes along." in found[3].html


def test_each_entry_of_a_list_is_a_passage_that_counts_on():
    found = passages(render("1. One\n2. Two\n3. Three"))
    assert [one.words for one in found] == ["One", "Two", "Three"]
    assert [one.html.split(">")[0] for one in found] == ["<ol", '<ol start="2"', '<ol start="3"']


def test_sections_stay_and_headings_are_passages_of_their_own():
    found = passages(render(GUIDE))
    assert sum(one.is_frame for one in found) == 2 * render(GUIDE).count("<section")
    assert "How it works" in [one.words for one in found if one.is_heading]
    assert any("Confusion" in one.words for one in found) and not any(
        "<section" in one.html and one.words for one in found
    )


def test_a_picture_tells_its_words():
    address = f"/media/{'a' * 64}.png"
    (one,) = passages(render(f'![A "yellow" book]({address})'))
    assert one.pictures == ['A "yellow" book']


TEXTS = [GUIDE, GUIDE.replace("4. Rest", "4. No rest").replace("T-cells", "all cells"), "", "| a | b |\n|---|---|\n| 1 | 2 |",
         "> [!WARNING]\n> Call us.\n\n- a\n  - b\n    1. c\n- d & <e>", "```\na < b\n```\n\n***\n\nEnd \"x\"."]  # fmt: skip


@pytest.mark.parametrize("before", range(len(TEXTS)))
@pytest.mark.parametrize("after", range(len(TEXTS)))
def test_without_its_marks_a_text_says_what_it_said(before, after):
    new = render(TEXTS[after])
    found = marked(TEXTS[before], TEXTS[after])
    assert squeezed(MARK.sub("", html_of(found))) == squeezed(new)
    for one in found:
        opened = re.findall(r"<([a-z0-9]+)", one.html)
        closed = re.findall(r"</([a-z0-9]+)", one.html)
        voids = [tag for tag in opened if tag in ("br", "hr", "img")]
        assert one.is_frame or sorted(opened) == sorted(closed + voids), one.html


def test_no_word_of_either_text_becomes_markup():
    chance = random.Random(11)
    words = ["<script>", "&lt;b&gt;", "<img src=x onerror=y>", "a", '"', "'>", "&amp;", "</p>", "**b**", "[x](/y)", "é"]
    for _case in range(200):
        before, after = (" ".join(chance.choices(words, k=chance.randint(1, 12))) for _text in "ab")
        html = html_of(marked(before, after))
        bare = re.sub(r'</?(?:ins|del)>|<span class="sr">|(?<=: )</span>', "", html)
        assert sanitise(bare) == bare, (before, after, html)
