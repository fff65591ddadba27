"""Words as they are sought: one spelling, one stem, one sound, and pieces that tear nothing."""

import pytest

from publishing.text import seeking


def forms(text):
    return list(seeking.words_written(text))


@pytest.mark.parametrize(
    "one, other",
    [
        ("Crohn’s", "crohn"),
        ("क़लम", "क\u093cलम"),
        ("हाँ", "हां"),
        ("चम्पा", "चंपा"),
        ("كتاب", "کتاب"),
        ("naïve", "naive"),
        ("４２", "42"),
        ("ﬂoat", "float"),
    ],
)
def test_one_word_in_two_spellings_is_one_form(one, other):
    assert forms(one) == forms(other) != []


def test_a_joined_word_is_known_whole_and_by_its_parts():
    assert forms("250mg") == [("250mg", "250", "mg")]
    assert forms("B‑12")[0][0] == "b12" and forms("6/60")[0][0] == "6/60"


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "swelling swollen"),
        ("en", "oedema edema"),
        ("en", "feet foot"),
        ("hi", "महिला महिलाओं महिलाएं"),
        ("hi", "गोली गोलियां"),
        ("ur", "مریضوں مریض"),
        ("es", "vacunas vacuna"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, words):
    stems = seeking.Stems()
    folded = [forms(word)[0][0] for word in words.split()]
    assert len({stems.of(form, seeking.tongue_of(form, language)) for form in folded}) == 1


@pytest.mark.parametrize("words", ["motiyabind मोतियाबिंद موتیابند", "vitamin विटामिन", "cancer कैंसर کینسر"])
def test_a_word_sounds_alike_in_three_scripts(words):
    first, *others = [forms(word)[0][0] for word in words.split()]
    for other in others:
        assert set(seeking.keys(first)) & set(seeking.keys(other)) and seeking.alike(first, other) >= 50


def test_what_is_written_by_ear_may_be_one_slip_further_off():
    assert [form for _slips, form in seeking.nearest("azma", ["asthma", "alma"])] == ["alma"]
    assert [form for _slips, form in seeking.nearest("sinkope", ["syncope", "sandbox"])] == ["syncope"]


def test_what_is_asked_is_cut_and_small_words_fall_out():
    assert seeking.asked("what is the", "en").has_words and not seeking.asked("what is the", "en").words
    assert not seeking.asked('* " ?!', "en").has_words
    long = seeking.asked("asthma " * 500, "en")
    assert long.words == (("asthma",),) and long.is_cut
    assert seeking.asked("250", "en").is_number and not seeking.asked("6/60", "en").is_number


TABLE = (
    "<h2>Doses</h2><table><thead><tr><th>When</th><th>How much</th></tr></thead><tbody>"
    "<tr><td>Morning</td><td>4 units</td></tr><tr><td>Evening</td><td>6 units</td></tr></tbody></table>"
)


def test_a_row_of_a_table_keeps_its_heads():
    _anchor, told = seeking.piece(TABLE, [{"evening"}])
    assert "".join(text for text, _found in told) == "When: Evening; How much: 6 units"
    assert [text for text, is_found in told if is_found] == ["Evening"]


def test_a_piece_names_its_section_and_tears_no_dose():
    text = "Many other words stand here. " * 12 + "Take 5 mg of it. " + "And more words after that. " * 12
    html = f'<section id="how" aria-labelledby="h"><h2>How</h2><p>{text}</p></section>'
    anchor, told = seeking.piece(html, [{"take"}])
    shown = "".join(text for text, _found in told)
    assert anchor == "how" and "Take 5 mg of it." in shown and shown.startswith("… ") and shown.endswith(" …")
