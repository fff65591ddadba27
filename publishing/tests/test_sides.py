"""Two texts beside each other, passage by passage."""

import random
import re
from html import unescape

import pytest

from publishing.text import render, sides

BEFORE = """A lead.

## How to take it

1. Take it once a day.
2. Take **5 mg** on the first evening.
3. Rest[^1].

## Your test

We test your blood after 3 days. See [the clinic](https://clinic.example/a).

| Day | Dose |
| --- | --- |
| 1 | 5 mg |
| 2 | 4 mg |

- Call: At once
- Wait: An hour

> [!NOTE]
> Bring your papers.

[^1]: As the ward told us.
"""
HIDDEN = re.compile(r'<span class="sr visually-hidden">[^<]*</span>')
KEPT = re.compile(r'<span class="keep">((?:[^<]|</?(?:ins|del)>)*)</span>')


def told(html):
    """Marked HTML without the words for screen readers, and without what only keeps words together."""
    return KEPT.sub(r"\1", HIDDEN.sub("", html)).replace("\n", "")


def letters(html, without=""):
    """All that is read of marked HTML, without blanks and without one kind of mark."""
    html = re.sub(rf"<{without}>.*?</{without}>", " ", told(html)) if without else html
    return unescape(re.sub("<[^>]+>", " ", html)).translate(dict.fromkeys(map(ord, "↩ \n\xa0")))


def changed(before, after):
    return [one for one in sides(render(before), render(after)) if not one.is_same]


def test_a_changed_word_is_marked_in_both_passages_below_its_heading():
    (one,) = changed(BEFORE, BEFORE.replace("5 mg** on", "3 mg** on"))
    assert (one.heading, one.number) == ("How to take it", 2)
    assert told(one.before) == (
        '<ol start="2"><li>Take <strong><del>5</del> mg</strong> on the first evening.</li></ol>'
    )
    assert "<strong><ins>3</ins> mg</strong>" in told(one.after)


def test_screen_readers_are_told_what_is_new_and_what_is_gone():
    (one,) = changed("Take 5 mg.", "Take 3 mg.")
    assert letters(one.before) + letters(one.after) == "Takegone:5mg.Takenew:3mg."


def test_a_link_to_another_place_and_a_word_made_strong_are_changes():
    assert len(changed(BEFORE, BEFORE.replace("clinic.example/a", "clinic.example/b"))) == 1
    assert len(changed("Do not eat.", "Do **not** eat.")) == 1


def test_a_row_of_a_table_is_one_passage():
    (one,) = changed(BEFORE, BEFORE.replace("| 2 | 4 mg |", "| 2 | 6 mg |"))
    assert told(one.after) == (
        '<table><tbody><tr><th scope="row" data-label="Day">2</th><td data-label="Dose"><ins>6</ins> mg</td></tr></tbody></table>'
    )


def test_what_goes_as_a_whole_stands_alone():
    after = BEFORE.replace("1. Take it once a day.\n", "")
    (one,) = changed(BEFORE, after)
    assert one.after == "" and "once a day" in one.before


def test_an_added_or_lost_picture_is_told():
    picture = "![A book](/media/" + "a" * 64 + ".png)"
    (one,) = changed("Look.", f"Look.\n\n{picture}")
    assert one.before == "" and "<ins>" in one.after and "<img" in one.after


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_changed_both_texts_can_be_read_from_the_marks(seed):
    chosen = random.Random(seed)
    lines = BEFORE.splitlines()
    for _ in range(chosen.randint(1, 6)):
        at = chosen.randrange(len(lines))
        words = lines[at].split(" ")
        match chosen.randrange(4):
            case 0:
                lines[at] = ""
            case 1:
                words.insert(chosen.randrange(len(words) + 1), "anew")
                lines[at] = " ".join(words)
            case 2:
                del words[chosen.randrange(len(words))]
                lines[at] = " ".join(words)
            case 3:
                lines.insert(at, lines[chosen.randrange(len(lines))])
    before, after = render(BEFORE), render("\n".join(lines))
    pairs = sides(before, after)
    assert "".join(letters(told(one.after)) for one in pairs) == letters(after)
    assert sorted("".join(letters(told(one.before)) for one in pairs)) == sorted(letters(before))
    for text in (*(one.before for one in pairs), *(one.after for one in pairs)):
        assert text.count("<ins>") == text.count("</ins>") and text.count("<del>") == text.count("</del>")
