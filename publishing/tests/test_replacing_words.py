"""Which spellings in one text are replaced, and by what."""

import pytest

from publishing.text.letters.rewriting import rewritten

NUMBER, NEW = "080 2222 3333", "080 4444 5555"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Call 080-2222-3333, day and night.", "Call 080 4444 5555, day and night."),
        ("(080) 22223333 or (call 08022223333)", "080 4444 5555 or (call 080 4444 5555)"),
        ("**080** 2222 3333 and 080 **2222 3333 now**", "**080 4444 5555** and **080 4444 5555 now**"),
        ("[080 2222 3333](tel:08022223333)", "[080 4444 5555](tel:08044445555)"),
        ("[Call](tel:+918022223333), <tel:080-2222-3333>", "[Call](tel:+918044445555), <tel:08044445555>"),
        ("+91 80 2222 3333, 0091-80-22223333", "+91 80 4444 5555, 0091-80 4444 5555"),
        ("+91 (0)80 2222 3333, +91 (80) 2222 3333", "+91 (0)80 4444 5555, +91 80 4444 5555"),
        ("०८० २२२२ ३३३३ पर फ़ोन करें", "080 4444 5555 पर फ़ोन करें"),
        ("1. 080 2222 3333 / 080 1111 2222", "1. 080 4444 5555 / 080 1111 2222"),
        ("080 2222\n3333 24 hours", "080 4444 5555 24 hours"),
    ],
)
def test_every_spelling_of_a_telephone_number_is_replaced(text, new):
    assert rewritten(text, NUMBER, NEW) == new


@pytest.mark.parametrize(
    "text",
    [
        "080 2222 3333 444",
        "1080 2222 3333",
        "080 2222 3333-4",
        "https://example.org/08022223333/",
        "- 080 2222\n- 3333",
        "+9 80 2222 33330",
    ],
)
def test_what_may_be_another_number_is_left_alone(text):
    assert rewritten(text, NUMBER, NEW) == text


def test_a_number_of_noughts_is_no_countrys_code():
    assert rewritten("+91 80 2222 3333, 00-00-00", "000000", "111111") == "+91 80 2222 3333, 111111"


def test_a_number_keeps_its_countrys_code_unless_one_was_typed():
    abroad, new = "+91 80 2222 3333", "+91 80 4444 5555"
    assert rewritten("080 2222 3333 [x](tel:08022223333)", abroad, new) == f"{new} [x](tel:+918044445555)"
    assert rewritten("+91 80 2222 3333", NUMBER, new) == new
    assert rewritten("+91 (080) 22223333", abroad, NEW) == NEW
    # 61 is a code, and 612 is none: the 2 belongs to the number.
    assert rewritten("+61 2 1234 5678", "1234 5678", "8765 4321") == "+61 2 1234 5678"
    assert rewritten("02 1234 5678", "1234 5678", "8765 4321") == "02 1234 5678"


@pytest.mark.parametrize(
    ("text", "wanted", "by", "new"),
    [
        (
            "Paracetamol, or PARACÉTAMOL, paracetamols",
            "paracetamol",
            "ibuprofen",
            "Ibuprofen, or Ibuprofen, ibuprofens",
        ),
        ("Café and Cafe\u0301", "cafe", "tea", "Tea and Tea"),
        ("500 ㎎, 500\u00a0mg, 500 **mg** now", "500 mg", "250 mg", "250 mg, 250 mg, **250 mg** now"),
        ("15 mg, 0.5 mg, 2-5 mg, 5 mg", "5 mg", "10 mg", "15 mg, 0.5 mg, 2-5 mg, 10 mg"),
        ("Painkiller, pain", "pain", "ache", "Painkiller, ache"),
        ("Call 112. [112](tel:112)", "112", "108", "Call 108. [108](tel:108)"),
        ("[Aspirin](https://example.org/aspirin)", "aspirin", "Brufen", "[Brufen](https://example.org/aspirin)"),
        ("[Us](https://old.example/a)", "old.example", "new.example", "[Us](https://new.example/a)"),
        ("दवा, दावा, दव", "दवा", "गोली", "गोली, दावा, दव"),
        ("5 ㎎", "5 m", "6 m", "5 ㎎"),
    ],
)
def test_other_words_are_replaced_whatever_their_capitals_and_accents(text, wanted, by, new):
    assert rewritten(text, wanted, by) == new
