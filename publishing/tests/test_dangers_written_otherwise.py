"""The safety diff: the same number, or word, written in another way is no change, and what may be another number is."""

import pytest

from publishing.safety.diff import find

# Each number in all the ways a language writes it.
SAME = [
    ("en", "1000", "1,000", "1 000", "1\u00a0000", "1\u202f000"),
    ("en", "2500", "2,500"),
    ("en", "2500.5", "2,500.5"),
    ("en", "10000", "10,000", "10 000"),
    ("en", "100000", "100,000", "1,00,000", "100 000"),
    ("en", "1234567", "1,234,567", "12,34,567"),
    ("en", "1000-2000", "1,000-2,000", "1,000 – 2,000"),
    ("hi", "1000", "1,000", "१,०००", "१०००"),
    ("hi", "100000", "1,00,000", "१,००,०००"),
    ("ur", "1000", "1,000", "۱٬۰۰۰"),
]
# In which language, before, after.
OTHER = [
    ("en", "1,5", "1.5"),
    ("en", "1,5", "15"),
    ("en", "1,500", "1.500"),
    ("en", "1.500", "1500"),
    ("en", "1,000", "1.000"),
    ("en", "1,000", "10,000"),
    ("en", "1,000", "100"),
    ("en", "0,125", "0125"),
    ("en", "1,25", "125"),
    ("en", "12,50", "1250"),
    ("en", "2 500", "2500"),  # two of 500 mg
    ("en", "1 500", "1,500"),
    ("en", "1,0000", "10000"),
    ("en", "5,10,15", "51015"),
    ("es", "1.000", "1000"),
    ("es", "1,000", "1000"),
    ("de", "1,000", "1000"),
    ("hi", "1,00,000", "1,00,00,000"),
]
SAME_WORDS = [
    ("Take the colour tablets.", "Take the color tablets."),
    ("## Colour of the tablet", "## Color of the tablet"),
    ("| Flavour | Dose |\n|---|---|\n| Red | 5 mg |", "| Flavor | Dose |\n|---|---|\n| Red | 5 mg |"),
    ("You were given fibre tablets for diarrhoea.", "You were given fiber tablets for diarrhea."),
]
TEXT = "## How much\n\nTake {} mg of it a day."


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[1])
def test_one_number_written_in_two_ways_is_no_change(row):
    language, *ways = row
    for one in ways:
        for other in ways:
            assert find(TEXT.format(one), TEXT.format(other), language=language) == [], (one, other)


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_what_may_be_another_number_is_told(language, before, after):
    for one, other in ((before, after), (after, before)):
        (danger,) = find(TEXT.format(one), TEXT.format(other), language=language)
        assert one in danger.before and other in danger.after


@pytest.mark.parametrize("beside", ["Take 1,5 ml at night.", "Come on day 1,2 or 3."])
def test_beside_a_comma_that_parts_no_groups_none_is_taken_for_one(beside):
    before, after = (f"{TEXT.format(one)}\n\n{beside}" for one in ("1,500", "1500"))
    assert find(before, after) and find(after, before)


def test_each_of_two_numbers_is_told_as_it_is_written():
    (danger,) = find(TEXT.format("1,000"), TEXT.format("2,000"))
    assert danger.what == ("1,000 mg became 2,000 mg",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Call 080 000 000.", "Call 080 000 001."),
        ("Call +91 800 000 1234.", "Call +91 800 000 1235."),
        ("Call 1800 000 123.", "Call 1800 000 124."),
        ("Take 1 000 mg.", "Take 1 000 mg and 000 mg."),
    ],
)
def test_zeros_within_a_telephone_number_are_no_group(before, after):
    assert find(before, after) and find(after, before)


@pytest.mark.parametrize(("before", "after"), SAME_WORDS)
def test_a_word_as_britain_and_as_america_spell_it_is_the_same(before, after):
    assert find(before, after) == [] == find(after, before)


def test_a_colour_whose_place_another_word_took_is_told():
    told = [find(f"Take the {one} tablets.", "Take the zorvex tablets.")[0].what for one in ("colour", "color")]
    assert told == [("“colour” became “zorvex”",)] * 2


# In which language, before, after: the lesser of two numbers is one too.
LESSER = [
    ("es", "Tome una o dos tabletas.", "Tome dos tabletas."),
    ("es", "Tome una a 2 tabletas.", "Tome 2 tabletas."),
    ("es", "Tome un comprimido, uno o dos.", "Tome un comprimido."),
    ("es", "Tome una, dos o tres gotas.", "Tome dos o tres gotas."),
    ("es", "Tome una y media.", "Tome media."),
    ("hi", "ek do goli lein", "do goli lein"),
    ("hi", "ek ya do goli lein", "do goli lein"),
    ("ur", "ek se do goli lein", "do goli lein"),
]


@pytest.mark.parametrize(("language", "before", "after"), LESSER)
def test_the_lesser_of_two_numbers_does_not_come_or_go_unseen(language, before, after):
    assert find(before, after, language=language) and find(after, before, language=language)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [("es", "Una enfermera o dos le llaman.", "La enfermera o dos le llaman."), ("es", "Una u otra.", "La otra.")],
)
def test_an_article_that_counts_nothing_is_none(language, before, after):
    assert find(before, after, language=language) == []


@pytest.mark.parametrize("language", ["hi", "ur"])
@pytest.mark.parametrize("word", ["na", "nahi", "nahin", "mat"])
def test_a_not_in_latin_letters_does_not_come_or_go_unseen(language, word):
    before, after = "Khane ke baad do goli lein.", f"Khane ke baad do goli {word} lein."
    assert find(before, after, language=language) and find(after, before, language=language)
