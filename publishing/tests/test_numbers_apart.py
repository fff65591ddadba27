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
    # A number alone in its sentence is compared though the other is a one, which is an article as well
    ("Do not take two.", "एक न लें।", "hi", "the original says two, the translation says एक"),
    ("Take it twice.", "एक बार लें।", "hi", "the original says twice, the translation says एक बार"),
    ("Take it thrice.", "दो बार लें।", "hi", "the original says thrice, the translation says दो बार"),
    ("Take two.", "ایک لیں۔", "ur", "the original says two, the translation says ایک"),
    ("Take two.", "Tome uno.", "es", "the original says two, the translation says uno"),
    ("Take two.", "Tome una al día.", "es", "the original says two, the translation says una"),
    # As many type Hindi and Urdu
    ("Take 2 tablets.", "Teen goli lein.", "hi", "the original says 2 tablets, the translation says Teen goli"),
    ("Take 2 tablets.", "Aadhi goli lein.", "ur", "the original says 2 tablets, the translation says Aadhi goli"),
    ("Wait 5 days.", "Das din rukein.", "hi", "the original says 5 days, the translation says Das din"),
    ("Take one.", "दो लें।", "hi", "the original says one, the translation says दो"),
    ("Call 112.", "102 మీద కాల్ చేయండి.", "te", "the original says 112, the translation says 102"),
]  # fmt: skip
LEAVES = [
    ("A second opinion helps.", "एक और राय मदद करती है।", "hi"),
    ("It is a mark on a cell.", "यह कोशिका पर एक निशान है।", "hi"),
    ("Use both arms.", "دونوں بازو استعمال کریں۔", "ur"),
    ("Take one or two.", "एक या दो लें।", "hi"),
    ("Take two.", "दो लें।", "hi"),
    ("One of the two doctors calls you.", "दो में से एक डॉक्टर आपको फ़ोन करते हैं।", "hi"),
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


OFTEN = [
    ("Take 15 mg every other day.", "Tome 48 mg cada dos días.", "es"),
    ("Take 2 tablets every other day.", "हर दूसरे दिन 15 गोलियां लें।", "hi"),
    ("Take A twice a day and B daily.", "Tome A dos veces al día y B cada semana.", "es"),
    ("Take it twice a day.", "इसे दिन में एक बार लें।", "hi"),
    ("Take it twice a day.", "اسے دن میں ایک بار لیں۔", "ur"),
    ("Take it twice a day.", "Tómelo una vez al día.", "es"),
    ("Take it three times a day.", "दिन में दो बार लें।", "hi"),
    ("Take it once a day.", "दिन में दो बार लें।", "hi"),
    ("Take it once a day.", "Tómelo dos veces al día.", "es"),
    ("Take it once a day.", "اسے دن میں تین بار لیں۔", "ur"),
    ("Take it twice a day.", "Din mein ek baar lein.", "hi"),
    ("Take it once a day.", "Teen dafa din mein lein.", "ur"),
    ("Take it every other day.", "इसे रोज लें।", "hi"),
    ("Take it every other day.", "Tómelo cada día.", "es"),
    ("Take it every other day.", "اسے روزانہ لیں۔", "ur"),
    ("Take it every day.", "हर दूसरे दिन लें।", "hi"),
    ("Take it daily.", "Tómelo en días alternos.", "es"),
    ("Take double the dose.", "आधी खुराक लें।", "hi"),
    ("Take half the dose.", "Tome el doble de la dosis.", "es"),
    ("Take it twice.", "एक बार लें।", "hi"),
    ("Take it weekly.", "इसे रोज लें।", "hi"),
    ("Take it once a week.", "इसे दिन में एक बार लें।", "hi"),
    ("Take it every week.", "Tómelo cada día.", "es"),
]
AS_OFTEN = [
    ("Take it twice a day.", "दिन में दो बार लें।", "hi"),
    ("Take it twice daily.", "रोज़ दो बार लें।", "hi"),
    ("Take it twice a day.", "سے دن میں دو بار لیں۔", "ur"),
    ("Take it twice a day.", "Tómelo dos veces al día.", "es"),
    ("Take it once a day.", "रोज एक बार लें।", "hi"),
    ("Take it once a day.", "Tómelo una vez al día.", "es"),
    ("Take it daily.", "Tómelo una vez al día.", "es"),
    ("Take it daily.", "दिन में एक बार लें।", "hi"),
    ("Take it once a day.", "Ek baar din mein lein.", "hi"),
    ("Take it three times daily.", "Roz teen baar lein.", "ur"),
    ("Do not take tablets.", "Goli na lein, do not take.", "hi"),
    ("Take it every other day.", "एक दिन छोड़कर लें।", "hi"),
    ("Take it every other day.", "हर दूसरे दिन लें।", "hi"),
    ("Take it every other day.", "ایک دن چھوڑ کر لیں۔", "ur"),
    ("Take it every other day.", "Tómelo un día sí y otro no.", "es"),
    ("Take it every other day.", "Tómelo cada dos días.", "es"),
    ("Take it every 2 days.", "हर दूसरे दिन लें।", "hi"),
    ("Take it on alternate days.", "Tómelo en días alternos.", "es"),
    ("Once you feel well, stop.", "जब आप ठीक हों, रोक दें।", "hi"),
    ("One day you will laugh.", "एक दिन आप हँसेंगे।", "hi"),
    ("Call at once.", "तुरंत फोन करें।", "hi"),
    ("Call at once.", "فوراً فون کریں۔", "ur"),
    ("Call at once.", "Llame enseguida.", "es"),
    ("Both of you should come.", "आप दोनों आएं।", "hi"),
    ("A second opinion helps.", "दूसरी राय से मदद मिलती है।", "hi"),
    ("The first day is hard.", "पहला दिन कठिन है।", "hi"),
    ("Wash it again and again.", "इसे बार बार धोएं।", "hi"),
    ("Take half the dose.", "आधी खुराक लें।", "hi"),
    ("Take double the dose.", "दोगुनी खुराक लें।", "hi"),
    ("Take half a tablet twice a day.", "दिन में दो बार आधी गोली लें।", "hi"),
    ("Take it three times a day.", "दिन में तीन बार लें।", "hi"),
    ("Take it four times a day.", "دن میں چار بار لیں۔", "ur"),
    ("Use it once only.", "केवल एक बार लगाएं।", "hi"),
    ("Ask us each time.", "हर बार हमसे पूछें।", "hi"),
    ("This time it is different.", "इस बार अलग है।", "hi"),
    ("Sometimes it hurts.", "कभी-कभी दर्द होता है।", "hi"),
    ("It takes a long time.", "Tarda mucho tiempo.", "es"),
    ("At the same time, rest.", "A la vez, descanse.", "es"),
    ("Perhaps once a year.", "Tal vez una vez al año.", "es"),
]


@pytest.mark.parametrize(("original", "translation", "language", "expected"), TELLS)
def test_another_number_in_a_translation_is_told(original, translation, language, expected):
    assert told(original, translation, language) == [expected]


@pytest.mark.parametrize(("original", "translation", "language"), OFTEN)
def test_another_number_of_times_in_words_alone_is_told(original, translation, language):
    (what,) = told(original, translation, language)
    assert what.startswith("the original says ") and told(translation, original, "en", language)


@pytest.mark.parametrize(("original", "translation", "language"), LEAVES + AS_OFTEN)
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


def test_how_often_is_told_in_the_words_of_both():
    assert told("Take it twice a day.", "इसे दिन में एक बार लें।") == [
        "the original says “twice a day”, the translation says “दिन में एक बार”"
    ]
    assert told("Take it once a day. Wash it twice a week.", "हफ्ते में दो बार धोएं। रोज एक बार लें।") == []


@pytest.mark.parametrize("text", ["दिन में एक बार " * 2500, "once twice a day " * 2500])
def test_a_long_text_of_counts_says_the_same_as_itself(text):
    assert apart(text, text, languages=("en", "en")) == apart(text, text, languages=("hi", "hi")) == []


@pytest.mark.parametrize(
    ("languages", "original", "translation"),
    [
        (("en", "es"), "Take 1.500 mg.", "Tome 1500 mg."),
        (("en", "es"), "Take 1.500 mg.", "Tome 1.500 mg."),  # read as 1500 in Madrid
        (("es", "en"), "Tome 1.500 mg.", "Take 1.500 mg."),
        (("es", "hi"), "Tome 1.500 mg.", "1.500 mg lein."),
    ],
)
def test_a_point_parts_thousands_in_spanish_alone(languages, original, translation):
    assert apart(original, translation, languages=languages)


@pytest.mark.parametrize(("original", "translation"), [("1,500", "1.500"), ("1500", "1.500"), ("0.5", "0,5")])
def test_thousands_as_each_language_writes_them_are_the_same(original, translation):
    assert not apart(f"Take {original} mg.", f"Tome {translation} mg.", languages=("en", "es"))
