"""How easily a text is read: the published formulas on their published examples, and syllables of medical words."""

import pytest
from django.utils import timezone

from conftest import hand
from publishing.findings import Guide, ease_of, level, school_year
from publishing.findings.ease import Counts, counts
from publishing.findings.syllables import syllables
from publishing.models import findings_of

# What a dictionary of pronunciation says, or a medical one
HEARD = {
    1: """blood breathe bruise changed clothes cough cramps dose dressed eyes fire heart hour hours joint nurse oil
    our pain stroke tired used vein veins wheel""",
    2: """ankle asthma being bladder bleeding bowel breathing bruises caffeine cancer capsule changes create diet
    doctor doing doses dying evening every fatigue fever fluid fluids going headache immune kidney liver
    lying migraine million mucus muscle needed needle nurses painful patient patients people poison pregnant
    pressure protein quiet real really region require required ruin science seeing seizure something
    sometimes special steroid stomach surgeon swelling syndrome system tablet thyroid tissue transplant
    treatment trying tumour uses vaccine virus wanted wheelchair""",
    3: """allergic allergy ambulance annual antigen aorta appointment area artery arthritis biopsy breastfeeding
    bronchitis calcium cardiac carrying catheter cereal chimeric cirrhosis cytokine dementia depression
    different dizziness exercise gallbladder heroin hospital idea ideal ileum infection infusion initial
    injection insulin lymphoma medicine medicines medium metformin nausea nucleus obvious oedema opinion
    oxygen pancreas period periods poisonous pregnancy previous reaction receptor religious remission serious
    sodium specialist surgery therapy ultrasound usual viruses vitamin vomiting warfarin""",
    4: """acupuncture anaemia anaesthetic anaesthetist anxiety apheresis cholesterol diabetes dialysis diarrhoea
    emergency endoscopy epilepsy hepatitis hypertension ibuprofen interesting leukaemia leukemia magnesium
    oesophagus operation paediatric pneumonia potassium psychiatrist psychologist radiation recovery
    temperature usually vaccination vegetable""",
    5: """antibiotic antibiotics appendicitis axicabtagene chemotherapist chemotherapy colonoscopy gynaecology
    haematologist hysterectomy laboratory leukapheresis neurological paracetamol tocilizumab tuberculosis""",
    6: "immunotherapy osteoporosis physiotherapy radiotherapy",
}
SHORT = "The cat sat on the mat."
POINT = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
PLAIN = (
    "Take one tablet a day. Drink a glass of water with it. Do not stop by yourself. Call us when you feel sick. " * 3
)
HARD = (
    "Pharmacological immunosuppression necessitates haematological monitoring throughout administration, "
    "particularly considering opportunistic infections, hypersensitivity manifestations and hepatotoxicity. " * 3
)


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, words in HEARD.items() for word in words.split()])
def test_syllables_of_medical_and_of_everyday_words(count, word):
    assert syllables(word) == syllables(word.upper()) == count


def test_parts_of_a_word_are_counted_by_themselves():
    assert (syllables("follow-up"), syllables("doctor’s"), syllables("T-cell"), syllables("1")) == (3, 2, 2, 1)


@pytest.mark.parametrize(
    ("text", "told", "grade"),
    [(SHORT, (6, 1, 6), -1.45), (POINT, (16, 1, 23), 7.613), (PLATYPUS, (13, 1, 26), 13.08)],
)
def test_flesch_kincaid_of_the_published_examples(text, told, grade):
    found = counts([text])
    assert (found.words, found.sentences, found.syllables) == told
    assert found.flesch_kincaid == pytest.approx(grade, abs=0.01)


@pytest.mark.parametrize(
    ("many", "grade"),
    [(0, 3.1291), (3, 4.9356), (9, 6.2581), (16, 7.3011), (25, 8.3441), (36, 9.3871), (49, 10.4301)],
)
def test_smog_of_thirty_sentences_is_the_published_one(many, grade):
    assert Counts(300, 30, 400, many).smog == pytest.approx(grade, abs=0.0001)


def test_smog_of_one_sentence_of_the_published_examples():
    assert counts([PLATYPUS]).smog == pytest.approx(14.5546, abs=0.0001)


def test_a_level_is_a_word_and_of_other_languages_nothing_is_said():
    assert (level(8), level(11), level(12), level(None)) == ("easy", "medium", "hard", "")
    assert level(school_year(PLAIN, "en")) == "easy" and level(school_year(HARD, "en")) == "hard"
    assert school_year(PLAIN, "hi") is school_year(PLAIN, "ta") is school_year("Two words.", "en") is None


def test_a_writer_is_led_to_the_longest_sentences_and_the_hard_words():
    text = (
        f"## Care\n\n{PLAIN}\n\nImmunosuppression is what we do, and we do it so that the new kidney can stay with you."
    )
    found = ease_of(Guide({"body": text}, "en", 2026))
    ((block, sentence, words),) = found.longest
    assert (block.line, words) == (5, 18) and sentence.startswith("Immunosuppression")
    assert [word for _block, word in found.hard] == ["Immunosuppression"]


def test_patients_read_the_level_beside_the_minutes(make_article, client):
    make_article("Plain", body=PLAIN).publish(by=hand("Meena"), note="First")
    make_article("Hard", body=HARD).publish(by=hand("Meena"), note="First")
    make_article("Hindi", slug="hindi", language="hi", body="पानी पिएँ। " * 40).publish(by=hand("Meena"), note="First")
    assert "<dt>Reading level</dt><dd>Easy</dd>" in client.get("/articles/plain/").text
    assert "<dt>Reading level</dt><dd>Hard</dd>" in client.get("/articles/hard/").text
    assert "पढ़ने का समय" in client.get("/hi/articles/hindi/").text
    assert "पढ़ने में" not in client.get("/hi/articles/hindi/").text


def test_staff_read_it_beside_the_form(make_article, client, asha):
    client.force_login(asha)
    article = make_article(body=HARD)
    page = client.get(f"/admin/articles/article/{article.pk}/change/").text
    assert "Ease of reading: Hard" in page and "Hard words:" in page and 'data-line="1"' in page
    other = make_article("Other", language="hi")
    page = client.get(f"/admin/articles/article/{other.pk}/change/").text
    assert "Ease of reading: not measured" in page and "No formula is known to hold" in page
    assert findings_of(article, timezone.now()).must_fix == []
