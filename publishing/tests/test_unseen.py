"""Signs that nobody sees: they make no name, turn no letters round, and hide no “not”."""

import pytest

from publishing.safety import find
from publishing.text import fold, is_blank, is_turned, isolated, refusal, visible

UNSEEN = {
    "zero width space": "\u200b",
    "joiner": "\u200d",
    "soft hyphen": "\u00ad",
    "filler of Hangul": "\u3164",
    "half filler of Hangul": "\uffa0",
    "first filler of Hangul": "\u115f",
    "selector of a look": "\ufe0f",
    "selector of a Chinese form": "\U000e0100",
    "grapheme joiner": "\u034f",
    "tag": "\U000e0041",
    "word joiner": "\u2060",
    "isolate": "\u2066",
    "byte order mark": "\ufeff",
    "by its number": "&#8203;",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
def test_a_not_with_an_unseen_sign_in_it_is_a_not(sign):
    hidden = f"Do n{sign}ot take it."
    assert find("Do not take it.", hidden) == []
    assert find(hidden, "Do take it.")[0].what == ("“not” is gone",)


@pytest.mark.parametrize("sign", [*UNSEEN.values()][:-1], ids=[*UNSEEN][:-1])
def test_a_name_of_unseen_signs_is_empty_and_hides_from_no_search(sign):
    assert visible(sign * 3) == ""
    assert is_blank(sign * 3)
    assert refusal(sign * 3, is_required=True)
    assert fold(f"ward{sign}en") == "warden"


def test_blank_braille_is_no_name():
    assert visible("\u2800\u2800") == ""
    assert is_blank("\u2800 \u2800")


@pytest.mark.parametrize("name", ["वर्ड", "ورڈ نمبر ۳", "가나다", "112", "क्‍ष"])
def test_a_name_in_any_script_is_a_name(name):
    assert visible(name) == name
    assert refusal(name, is_required=True) == ""


@pytest.mark.parametrize("text", ["15 \u202emg", "15 \u202dmg", "15 &#8238;mg", "15 &#x202E;mg"])
def test_what_turns_letters_round_is_refused_with_a_sentence(text):
    assert is_turned(text)
    assert "U+202E" in refusal(text, is_required=False)


def test_an_embedding_becomes_an_isolate():
    assert isolated("\u202b+91 80\u202c \u202a5 mg\u202c") == "\u2067+91 80\u2069 \u20665 mg\u2069"


@pytest.mark.parametrize(
    "signs", ["&#8235; &#8236; &#8234;", "&#08235; &#08236; &#08234;", "&#x202B; &#X202c; &#x0202a;"]
)
def test_an_embedding_written_by_its_number_becomes_an_isolate(signs):
    first, end, second = signs.split()
    assert isolated(f"{first}+91 80{end} {second}5 mg{end}") == "\u2067+91 80\u2069 \u20665 mg\u2069"
    assert isolated("a &#8233; b &amp; &#x202f; c") == "a &#8233; b &amp; &#x202f; c"
