"""The readable comparison: what it shows, and what can be put together again from it."""

import random
from collections import Counter

import pytest

from publishing.safety.diff import find
from publishing.text.differing.differences import Piece, matches, pieces, shortened

WORDS = [
    "the",
    "cells",
    "go",
    "back",
    "into",
    "your",
    "blood",
    "at",
    "home",
    "or",
    "with",
    "us",
    "in",
    "a",
    "ward",
    "and",
    "a",
    "nurse",
    "looks",
    "after",
    "you",
]


def kinds(before, after):
    return [(piece.kind, piece.text) for piece in pieces(before, after)]


def joined(found, *kinds):
    return "".join(piece.text for piece in found if piece.kind in kinds)


def guide(seed, words=10_000, vocabulary=1_200):
    """A text of so many words, in paragraphs of some sentences, with numbers and words that turn a sentence round."""
    chance = random.Random(seed)
    telling = ["".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(3, 9))) for _ in range(vocabulary)]
    dangerous = ["not", "never", "only", "before", "after", "stop", "5 mg", "38.5 °C", "2 days", "daily"]
    paragraphs, count = [], 0
    while count < words:
        sentences = []
        for _ in range(chance.randint(2, 6)):
            some = [
                chance.choice(chance.choices([WORDS, telling, dangerous], [40, 50, 10])[0])
                for _ in range(chance.randint(5, 18))
            ]
            count += len(some)
            sentences.append(" ".join(some).capitalize() + ".")
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def shuffled(text, between):
    some = text.split(between)
    random.Random(3).shuffle(some)
    return between.join(some)


def test_one_changed_word_is_shown_alone():
    assert kinds("Take it with cold water.\n", "Take it with warm water.\n") == [
        ("same", "Take it with "),
        ("gone", "cold "),
        ("new", "warm "),
        ("same", "water.\n"),
    ]


def test_the_same_text_is_one_piece_and_no_text_is_none():
    assert (kinds("One.\n\nTwo.", "One.\n\nTwo."), kinds("", "")) == ([("same", "One.\n\nTwo.")], [])
    assert kinds("", "One.") == [("new", "One.")]
    assert kinds("One.", "") == [("gone", "One.")]


def test_a_paragraph_that_only_moved_is_shown_once_at_its_new_place():
    found = pieces("First.\n\nSecond one.\n\nThird.\n\nFourth.", "Second one.\n\nThird.\n\nFourth.\n\nFirst.")
    assert [(piece.kind, piece.text.strip()) for piece in found if piece.text.strip()] == [
        ("same", "Second one.\n\nThird.\n\nFourth."),
        ("moved", "First."),
    ]


def test_an_entry_of_a_list_may_move_by_itself():
    found = kinds("- one\n- two\n- three\n- four\n", "- two\n- three\n- one\n- four\n")
    assert found == [("same", "- two\n- three\n"), ("moved", "- one\n"), ("same", "- four\n")]


def test_a_paragraph_that_moved_into_a_changed_stretch_stands_where_it_now_is():
    before = "A gone stretch.\n\nKeep this.\n\nAnd this.\n\nWandering words."
    after = "Quite other words.\n\nWandering words.\n\nAnd more of them.\n\nKeep this.\n\nAnd this."
    found = pieces(before, after)
    assert [piece.text.strip() for piece in found if piece.kind == "moved"] == ["Wandering words."]
    assert joined(found, "same", "new", "moved") == after


def test_a_paragraph_said_twice_and_moved_once_is_not_lost():
    found = pieces("Twice.\n\nA.\n\nB.\n\nTwice.\n\nC.", "A.\n\nB.\n\nC.\n\nTwice.")
    assert joined(found, "same", "new", "moved") == "A.\n\nB.\n\nC.\n\nTwice."
    assert Counter(" ".join(piece.text for piece in found if piece.kind != "new").split()) == Counter(
        ["Twice.", "A.", "B.", "Twice.", "C."]
    )


def test_line_ends_of_another_machine_are_no_change():
    assert kinds("One.\r\n\r\nTwo.", "One.\n\nTwo.") == [("same", "One.\n\nTwo.")]


def test_words_that_stayed_by_chance_between_long_changes_do_not_break_them_up():
    found = kinds("Laboratories a manufacture something", "Understanding a complicated procedure")
    assert [kind for kind, _ in found] == ["gone", "new"]


@pytest.mark.parametrize("seed", range(30))
def test_both_texts_can_be_put_together_again(seed):
    chance = random.Random(seed)
    paragraphs = [" ".join(chance.choices(WORDS, k=chance.randint(1, 12))) for _ in range(12)]
    before = "\n\n".join(paragraphs)
    for _ in range(4):
        at, to = chance.randrange(len(paragraphs)), chance.randrange(len(paragraphs))
        paragraphs.insert(to, paragraphs.pop(at))
        at = chance.randrange(len(paragraphs))
        paragraphs[at] = " ".join(chance.sample(paragraphs[at].split() + ["quite", "new"], k=2))
    after = "\n".join(f"- {one}" if chance.random() < 0.3 else one + "\n" for one in paragraphs)
    found = pieces(before, after)
    assert joined(found, "same", "new", "moved") == after
    moved = [piece.text.strip() for piece in found if piece.kind == "moved"]
    left = list(before.split("\n\n"))
    for one in moved:
        left.remove(one)
    assert joined(found, "same", "gone").split() == " ".join(left).split()
    if not moved:
        assert joined(found, "same", "gone") == before


def test_matches_are_a_longest_common_subsequence():
    chance = random.Random(5)
    for _ in range(200):
        old, new = (chance.choices("abcd", k=chance.randint(0, 14)) for _ in range(2))
        table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
        for i, one in enumerate(old):
            for j, other in enumerate(new):
                table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
        found = matches(old, new)
        assert len(found) == table[-1][-1]
        assert all(old[i] == new[j] for i, j in found)
        assert all(a < c and b < d for (a, b), (c, d) in zip(found, found[1:], strict=False))


def test_long_stretches_without_a_change_are_cut_to_what_stands_beside_it():
    found = shortened([Piece("same", "a" * 500), Piece("new", "b" * 500), Piece("moved", "c" * 300 + "d")], around=10)
    assert [piece.text for piece in found] == [" … " + "a" * 10, "b" * 500, "c" * 10 + " … " + "c" * 9 + "d"]


def test_no_word_and_no_dose_is_cut_in_two():
    text = "Take 500 tablets " * 20
    found = shortened([Piece("moved", text), Piece("new", "x"), Piece("same", text)], around=11)
    assert [piece.text for piece in found] == ["Take 500 tablets … 500 tablets ", "x", "Take 500 tablets … "]


LONG = guide(1)
LINE = " ".join(LONG.split())
WORST = {
    "everything changed": (LONG, guide(2)),
    "paragraphs shuffled": (LONG, shuffled(LONG, "\n\n")),
    "sentences shuffled": (LONG, shuffled(LONG, ". ")),
    "words shuffled": (LONG, shuffled(LONG, " ")),
    "every number changed": (LONG, LONG.replace("5", "6").replace("2", "3")),
    "every not gone": (LONG, LONG.replace("not ", "")),
    "one huge line": (LINE, " ".join(guide(2).split())),
    "one huge sentence": (LINE.replace(".", ""), " ".join(guide(2).split()).replace(".", "")),
    "few words": ("no 5 yes " * 3_334, "yes no no 5 " * 2_500),
    "equal lines, one changed": ("not\n" * 10_000, "not\n" * 5_000 + "5\n" + "not\n" * 4_999),
    "equal lines, each changed": ("not\n" * 10_000, "never\n" * 10_000),
    "equal entries, every other one new": ("- five\n" * 5_000, "- five\n- six\n" * 2_500),
    "one sentence said often": ("Do not take 5 mg of it.\n\n" * 1_400, "Do take 6 mg of it.\n\n" * 1_400),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_ten_thousand_words_are_compared_and_can_be_put_together_again(name):
    before, after = WORST[name]
    assert joined(pieces(before, after), "same", "new", "moved") == after
    dangers = find(before, after)
    assert len({danger.key for danger in dangers}) == len(dangers)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("15", "150"),
        ("2.5", "2.55"),
        ("5-10", "5-100"),
        ("5–10", "5–100"),
        ("1 000", "1 500"),
        ("1\u00a0000", "2\u00a0000"),
        ("10\u202f000\u202f000", "10\u202f000\u202f001"),
        ("1 00 000", "1 00 001"),
        ("1,50,000", "1,50,001"),
        ("१५", "१५०"),
        ("१ ५००", "१ ६००"),
        ("٢ ٠٠٠", "٢ ٥٠٠"),
        ("٢٫٥", "٢٫٥٥"),
    ],
)
def test_a_changed_number_is_shown_whole(old, new):
    found = pieces(f"Take {old} mg at night.", f"Take {new} mg at night.")
    assert [(one.kind, one.text.strip()) for one in found if one.kind != "same"] == [("gone", old), ("new", new)]


def test_numbers_beside_each_other_are_not_compared_for_ever():
    text = "1 22 " * 40_000
    assert "".join(one.text for one in pieces(text, text + "3") if one.kind != "gone") == text + "3"
