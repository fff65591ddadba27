"""Words that somebody spoke of are found again through small edits, and are gone when they are gone."""

import pytest

from publishing.text import around, nearest

TEXTS = [
    "Warfarin makes your blood clot more slowly.",
    "Take it once a day, at 6 in the evening.",
    "Take 3 mg on the first evening. After that, take what your yellow book says.",
    "If you forget a dose, do not take two.",
    "We test your blood after 3 days.",
]


def where(words, place, texts):
    return nearest(words, *around(words, place, TEXTS), texts)


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_each_text_and_each_half_of_it_stays_where_it_is(place):
    text = TEXTS[place]
    for words in (text, text[: len(text) // 2].strip(), text[len(text) // 2 :].strip()):
        assert where(words, place, TEXTS) == place


@pytest.mark.parametrize("changed", ["Take 5 mg on the first night.", "On the first evening take only 3 mg tablets."])
def test_it_follows_its_passage_through_an_edit_and_a_move(changed):
    assert where("Take 3 mg on the first evening.", 2, [*TEXTS[:2], changed, *TEXTS[3:]]) == 2
    assert where("Take 3 mg on the first evening.", 2, [TEXTS[0], TEXTS[4], TEXTS[2], TEXTS[1]]) == 2


def test_what_is_gone_is_found_nowhere():
    assert where(TEXTS[2], 2, [*TEXTS[:2], *TEXTS[3:]]) is None
    assert where(TEXTS[0], 0, ["Something else altogether stands here."]) is None
    assert nearest("…", "", "", TEXTS) is None


def test_of_two_that_are_alike_it_is_the_one_in_the_same_surroundings():
    texts = ["In the morning.", "Call us.", "Take 5 mg.", "At night.", "Call us.", "Take 3 mg."]
    assert nearest("Call us.", *around("Call us.", 4, texts), texts) == 4
    assert nearest("Call us.", *around("Call us.", 1, texts), texts) == 1
