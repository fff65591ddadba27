"""Two texts in two languages that should say the same numbers."""

import pytest

from publishing.safety import apart


def told(original, translation, language="hi", of="en"):
    return [one for danger in apart(original, translation, languages=(of, language)) for one in danger.what]


TELLS = [
    ("Take 50 mg.", "5 मिग्रा लें।", "hi", "the original says 50 mg, the translation says 5 मिग्रा"),
    ("Take 5 mg.", "5 मिली लें।", "hi", "the original says 5 mg, the translation says 5 मिली"),
    ("Take 5 mg.", "दवा लें।", "hi", "the original says 5 mg, the translation does not"),
    ("Take it.", "5 मिग्रा लें।", "hi", "the original does not say 5 मिग्रा"),
    ("Take two tablets.", "तीन गोली लें।", "hi", "the original says two tablets, the translation says तीन गोली"),
    ("Take half a tablet.", "Tome una pastilla.", "es", "the original says half, the translation does not"),
    ("Take 1.5 ml.", "Tome 15 ml.", "es", "the original says 1.5 ml, the translation says 15 ml"),
    ("Take it every 8 hours.", "Tómelo cada 6 horas.", "es", "the original says 8 hours, the translation says 6 horas"),
    ("Call us at 38 °C.", "39 ڈگری پر فون کریں۔", "ur", "the original says 38 °C, the translation says 39 ڈگری"),
    ("Call +91 98765 43210.", "+91 98765 43211 पर फोन करें।", "hi", "the original says +91 98765 43210, the translation says +91 98765 43211"),
    ("[Call](tel:112)", "[Llame](tel:122)", "es", "the original says 112, the translation says 122"),
    ("Wait 2-3 days.", "23 दिन रुकें।", "hi", "the original says 2-3 days, the translation says 23 दिन"),
    ("Call 112.", "102 మీద కాల్ చేయండి.", "te", "the original says 112, the translation says 102"),
]  # fmt: skip
LEAVES = [
    ("Take 5 mg twice a day.", "दिन में 2 बार ५ मिग्रा लें।", "hi"),
    ("Take two tablets once a day.", "रोज एक बार 2 गोली लें।", "hi"),
    ("Take one tablet.", "Tome una pastilla.", "es"),
    ("Take 1 tablet a day.", "Tome una pastilla al día.", "es"),
    ("Take 1.5 ml, 1,000 units a day.", "Tome 1,5 ml, 1.000 unidades al día.", "es"),
    ("Take ½ tablet.", "आधी गोली लें।", "hi"),
    ("Come at 8 pm on 5 June.", "Venga el 5 de junio a las 8 de la tarde.", "es"),
    ("We treat 10 lakh people.", "Tratamos a 1 millón de personas.", "es"),
    ("Call +91 98765 43210.", "+919876543210 पर फोन करें।", "hi"),
    ("Call 080-1234-5678.", "(080) 1234 5678 पर फोन करें।", "hi"),
    ("Wait 2-3 days.", "2 से 3 दिन रुकें।", "hi"),
    ("Wait 2 to 3 days.", "2–3 دن انتظار کریں۔", "ur"),
    ("Between 4 and 7 mmol/L.", "4 నుండి 7 mmol/L మధ్య.", "te"),
    ("One of the nurses helps you.", "नर्स आपकी मदद करती है।", "hi"),
]


@pytest.mark.parametrize(("original", "translation", "language", "expected"), TELLS)
def test_another_number_in_a_translation_is_told(original, translation, language, expected):
    assert told(original, translation, language) == [expected]


@pytest.mark.parametrize(("original", "translation", "language"), LEAVES)
def test_the_same_numbers_in_other_words_are_left_alone(original, translation, language):
    assert told(original, translation, language) == []
    assert told(translation, original, "en", language) == []


def test_the_sentence_and_the_one_across_from_it_are_named():
    original = "## Dose\n\nRest first. Take 50 mg. Sleep 8 hours.\n\n## Then\n\nCall 112."
    (danger,) = apart(
        original, "## खुराक\n\nपहले आराम। 5 मिग्रा लें। 8 घंटे सोएं।\n\n## फिर\n\n112 पर फोन।", languages=("en", "hi")
    )
    assert (danger.before, danger.after, danger.is_translation) == ("Take 50 mg.", "5 मिग्रा लें।", True)


def test_texts_of_other_shapes_are_compared_section_by_section():
    original = "## A\n\nTake 5 mg.\n\n- Wait 2 days\n- Rest\n\n## B\n\nTake 10 mg."
    same = "## अ\n\n5 मिग्रा लें। 2 दिन रुकें।\n\nआराम करें।\n\n## ब\n\n10 मिग्रा लें।"
    assert told(original, same) == []
    turned = same.replace("10", "x").replace("5", "10").replace("x", "5")
    assert len(told(original, turned)) == 2
    assert told(original, "5 मिग्रा, 2 दिन, 10 मिग्रा") == []
