"""The safety diff beyond single words: medicines, where they go, and sections, steps and warnings that are gone."""

import pytest
from django.conf import settings
from django.utils import timezone

from conftest import hand
from publishing.safety.diff import Danger, find, knows

SAMPLE = (settings.BASE_DIR / "articles" / "samples" / "car-t-cell-therapy.md").read_text().split("---\n", 2)[2]


def told(before, after, language="en"):
    return [one for danger in find(before, after, language=language) for one in danger.what]


PLACES = [
    ("Put the drops in your eye.", "Put the drops in your ear.", "“eye” became “ear”", "en"),
    ("Spray it into the nose.", "Spray it into the mouth.", "“nose” became “mouth”", "en"),
    ("Take it by mouth.", "Take it under the tongue.", "“by mouth” became “under the tongue”", "en"),
    ("It goes into a vein.", "It goes into a muscle.", "“vein” became “muscle”", "en"),
    ("The vaginal tablet is white.", "The rectal tablet is white.", "“vaginal” became “rectal”", "en"),
    ("Rub it on your skin.", "Rub it on.", "“skin” is gone", "en"),
    ("Put it in the left ear.", "Put it in the right ear.", "“left” became “right”", "en"),
    ("Rest. Rub the gel on your skin.", "Rest.", "“skin” is gone", "en"),
    ("इसे आँख में डालें।", "इसे कान में डालें।", "“आंख” became “कान”", "hi"),
    ("गोली जीभ के नीचे रखें।", "गोली मुँह में रखें।", "“जीभ के नीचे” became “मुंह”", "hi"),
    ("नस में दी जाती है।", "मांसपेशी में दी जाती है।", "“नस” became “मांसपेशी”", "hi"),
    ("दाहिनी आँख में डालें।", "बाईं आँख में डालें।", "“दाहिनी” became “बाईं”", "hi"),
    ("قطرے آنکھ میں ڈالیں۔", "قطرے کان میں ڈالیں۔", "“آنکھ” became “کان”", "ur"),
]
MEDICINES = [
    ("Take paracetamol with water.", "Take ibuprofen with water.", "“paracetamol” became “ibuprofen”", "en"),
    ("Take aspirin with water.", "Take codeine with a glass of water.", "“aspirin” became “codeine”", "en"),
    ("Give your child Calpol.", "Give your child Nurofen.", "“calpol” became “nurofen”", "en"),
    ("Aspirin can be taken with food.", "Digoxin can be taken with food.", "“aspirin” became “digoxin”", "en"),
    ("A dose of Kymriah is enough.", "A dose of Yescarta is enough.", "“kymriah” became “yescarta”", "en"),
    ("The codeine tablets are white.", "The tramadol tablets are white.", "“codeine” became “tramadol”", "en"),
    ("No aspirin, iron or zinc; do not take aspirin.", "No aspirin, iron or zinc; do not take codeine.", "“aspirin” became “codeine”", "en"),
    ("Do not take aspirin, iron or warfarin.", "Do not take aspirin, iron or digoxin.", "“warfarin” became “digoxin”", "en"),
    ("Metformin helps.", "It helps.", "“metformin” is gone", "en"),
    ("You get prednisone now.", "You get prednisolone now.", "“prednisone” became “prednisolone”", "en"),
    ("We chose tisagenlecleucel.", "We chose it.", "“tisagenlecleucel” is gone", "en"),
    ("A fine day. Ask about the statins.", "A fine day.", "“statins” is gone", "en"),
    ("एस्पिरिन पानी के साथ लें।", "वारफेरिन पानी के साथ लें।", "“एस्पिरिन” became “वारफेरिन”", "hi"),
    ("इसे एस्पिरिन के साथ न लें।", "इसे वारफेरिन के साथ न लें।", "“एस्पिरिन” became “वारफेरिन”", "hi"),
    ("ایسپرین کی خوراک لیں۔", "وارفرین کی خوراک لیں۔", "“ایسپرین” became “وارفرین”", "ur"),
]  # fmt: skip
LEFT_ALONE = [
    ("The rash on your skin may itch.", "You may get an itchy rash on the skin.", "en"),
    ("Your eyes may look red.", "Your eyes may be red.", "en"),
    ("Take it by mouth.", "Take it orally.", "en"),
    ("It goes into a vein.", "It is intravenous.", "en"),
    ("You are well. Your skin protects you.", "You are well.", "en"),
    ("Take the medicine as prescribed.", "Take the medicine as directed.", "en"),
    ("Take a short walk each day.", "Take a gentle stroll each day.", "en"),
    ("Your team will give you a gown.", "Your team will give you a robe.", "en"),
    ("The tablets may make you drowsy.", "The tablets may make you sleepy.", "en"),
    ("Your nurse gives the medicine.", "Your doctor gives the medicine.", "en"),
    ("Use pillows for your back.", "Use cushions for your back.", "en"),
    ("We give the cells to a parcel courier in April.", "We hand the cells to a parcel courier in April.", "en"),
    ("दवा डॉक्टर की सलाह से लें।", "दवा चिकित्सक की सलाह से लें।", "hi"),
    ("दवा से नींद आ सकती है।", "दवा से सुस्ती आ सकती है।", "hi"),
]
REWORDED = [
    ("They are an important part of your immune system.", "They are a key part of your immune system."),
    ("Your care team takes T-cells out of your blood.", "Your team takes T-cells out of your blood."),
    ("then make special parts (receptors) called CARs.", "then produce special parts (receptors) named CARs."),
    ("The cells then look for cancer cells, to kill them.", "There the cells seek cancer cells, to kill them."),
    ("This treatment costs a lot.", "This treatment is costly."),
    ("Putting a treatment into your blood.", "When a treatment is put into your blood."),
    ("It usually takes a few weeks.", "Usually it takes some weeks."),
    ("So doctors and nurses need to watch you closely.", "So nurses and doctors watch you with care."),
    ("Benefits of CAR T-cell therapy", "What CAR T-cell therapy can do for you"),
]


@pytest.mark.parametrize(("before", "after", "expected", "language"), PLACES)
def test_another_place_for_a_medicine_is_told(before, after, expected, language):
    assert told(before, after, language) == [expected]
    assert told(after, before, language)


@pytest.mark.parametrize(("before", "after", "expected", "language"), MEDICINES)
def test_another_medicine_is_told(before, after, expected, language):
    assert expected in " ".join(told(before, after, language))
    assert told(after, before, language)


@pytest.mark.parametrize(("before", "after", "language"), LEFT_ALONE)
def test_a_rewording_about_medicines_or_the_body_is_left_alone(before, after, language):
    assert find(before, after, language=language) == []
    assert find(after, before, language=language) == []


def test_two_places_that_changed_places_are_told():
    before = "Do not put it in the eye; put it in the ear."
    assert told(before, "Do not put it in the ear; put it in the eye.") == ["“eye” and “ear” changed places"]


@pytest.mark.parametrize(("before", "after"), REWORDED)
def test_a_rewording_of_the_sample_guide_is_left_alone(before, after):
    assert before in SAMPLE
    assert find(SAMPLE, SAMPLE.replace(before, after)) == []


# What a warning names or lists, and names of medicines

LISTED = [
    ("Do not take aspirin, Brufen or Voveran.", "Do not take aspirin or Voveran.", "“brufen” is gone", "en"),
    ("Do not take Zorvex, Brellix or Tamfor.", "Do not take Zorvex or Tamfor.", "“brellix” is gone", "en"),
    ("Do not eat, drink or smoke before it.", "Do not eat or smoke before it.", "“drink” is gone", "en"),
    ("Do not eat, drink or smoke before it.", "Do not eat, drive or smoke before it.", "“drink” became “drive”", "en"),
    ("Do not eat or drink anything.", "Do not eat anything.", "“drink” is gone", "en"),
    ("Call us at once if you have fever, back pain or a rash.", "Call us at once if you have fever or a rash.", "“back pain” is gone", "en"),
    ("Call us at once if you have fever.\nCall us at once if you have chest pain.", "Call us at once if you have fever.", "“call” is gone", "en"),
    ("Stop taking it if you have a rash.", "Stop taking it.", "“rash” is gone", "en"),
    ("Swimming, driving and cycling are forbidden.", "Driving and cycling are forbidden.", "“swimming” is gone", "en"),
    ("Do not:\n\n- drive\n- swim", "Do not:\n\n- swim", "gone from under “Do not:”", "en"),
    ("Call us at once if you have:\n\n- chest pain\n- a rash", "Call us at once if you have:\n\n- a rash", "gone from under “Call us at once if you have:”", "en"),
    ("## When to call us\n\n- chest pain\n- a rash", "## When to call us\n\n- a rash", "gone from under “When to call us”", "en"),
    ("Rest. You can take aspirin for the pain.", "Rest.", "“aspirin” is gone", "en"),
    ("एस्पिरिन, ब्रूफेन या वोवेरान न लें।", "एस्पिरिन या वोवेरान न लें।", "“ब्रूफेन” is gone", "hi"),
    ("खाना, पीना या गाड़ी चलाना मना है।", "खाना या पीना मना है।", "“गाडी चलाना” is gone", "hi"),
    ("ये न करें:\n\n- गाड़ी चलाना\n- तैरना", "ये न करें:\n\n- तैरना", "gone from under “ये न करें:”", "hi"),
    ("आराम करें। दर्द में एस्पिरिन ले सकते हैं।", "आराम करें।", "“एस्पिरिन” is gone", "hi"),
]  # fmt: skip
HARMLESS = [
    ("You will stay in hospital for a few nights.", "You stay in hospital for a few nights."),
    ("Bring your glasses, and a list of all your medicines.", "Please bring a list of all your medicines and your glasses."),
    ("A surgeon carries out the operation.", "The operation is carried out by a surgeon."),
    ("Do not worry if you see a small bruise.", "Do not worry if you notice a small bruise."),
    ("Call us at once if you bleed, or if you feel faint.", "Call us at once if you bleed or feel faint."),
    ("You must not eat anything before the operation.", "Before the operation, you must not eat anything."),
    ("The scan does not hurt, but it is noisy.", "The scan is noisy, but it does not hurt."),
    ("Never lift heavy bags, boxes or furniture.", "Never lift heavy furniture, bags or boxes."),
    ("Do not use soap, cream or powder on the wound.", "On the wound, do not use cream, soap or powder."),
    ("Do not drive after it, becuase you may be sleepy.", "Do not drive after it, because you may be sleepy."),
    ("Call us if you have any questions about the ward or the bed.", "Call us if you have questions about the bed or the ward."),
    ("It takes about 30 minutes, and then you can go home.", "It takes about 30 minutes. Then you can go home."),
    ("A nurse measures your pulse every morning and every evening.", "Your pulse is measured every morning and every evening by a nurse."),
    ("Do not be afraid to ask questions.", "Do not hesitate to ask questions."),
    ("Only a doctor can tell you whether it is right for you.", "Whether it is right for you, only a doctor can tell."),
    ("Usually, you do not feel it.", "You do not feel it."),
    ("You must not worry, because the nurse is there.", "You must not worry."),
    ("Older people and children stay one night longer.", "Children and older people stay one night longer."),
    ("Stop and call us if you get a rash or feel sick.", "If you feel sick or get a rash, stop and call us."),
    ("Ring the bell by your bed.\n\nYou must not get up alone.", "You must not get up alone.\n\nRing the bell by your bed."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected", "language"), LISTED)
def test_what_a_warning_no_longer_names_or_lists_is_told(before, after, expected, language):
    assert expected in told(before, after, language)


@pytest.mark.parametrize(("before", "after", "expected", "language"), LISTED)
def test_what_a_warning_now_names_or_lists_is_told(before, after, expected, language):
    new = expected.replace("is gone", "is new").replace("gone from", "new")
    assert (new if new != expected else "“drive” became “drink”") in told(after, before, language)


@pytest.mark.parametrize(("before", "after"), HARMLESS)
def test_a_harmless_rewording_is_left_alone(before, after):
    assert find(f"Welcome. {before} Thank you.", f"Welcome. {after} Thank you.") == []
    assert find(after, before) == []


def test_a_list_of_what_is_forbidden_may_stand_in_another_order_and_in_other_words():
    assert find("Do not:\n\n- drive a car\n- swim", "Do not:\n\n- swim\n- drive any car") == []


# Sections, steps, notes

GUIDE = """## What it is

It is a treatment.

## Risks

You may feel sick. Some people get a rash.

### Rare ones

A stroke is rare.

## The end

Go home by car."""
RISKS = GUIDE[GUIDE.index("## Risks") : GUIDE.index("## The end")]
STEPS = "1. Wash\n2. Rinse well\n3. Dry"
WARNING = "> [!WARNING]\n> The drip may sting.\n>\n> It passes.\n\nThank you."


def test_a_section_that_is_gone_is_told_once_with_its_text():
    before = "Risks\nYou may feel sick.\nSome people get a rash.\nRare ones\nA stroke is rare."
    assert find(GUIDE, GUIDE.replace(RISKS, "")) == [Danger(before, "", ("the section “Risks” is gone",))]


def test_what_was_dangerous_in_a_section_that_is_gone_is_told_with_it():
    text = GUIDE.replace("A stroke is rare.", "Never take 5 mg.")
    assert [danger.what for danger in find(text, text.replace("### Rare ones\n\nNever take 5 mg.", ""))] == [
        ("the section “Rare ones” is gone", "“never” is gone", "5 mg is gone")
    ]


@pytest.mark.parametrize(
    "after",
    [
        GUIDE.replace("## Risks", "## What may happen"),
        GUIDE.replace(RISKS, "") + "\n\n" + RISKS,
        GUIDE.replace("## Risks\n\n", ""),
        GUIDE.replace("You may feel sick. Some people get a rash.", "You may feel a bit sick. Rashes are seen too."),
    ],
    ids=["renamed", "moved", "without its heading", "rewritten"],
)
def test_a_section_whose_text_still_stands_is_not_gone(after):
    assert find(GUIDE, after) == []


def test_every_section_of_the_sample_guide_is_told_when_it_is_gone():
    sections = SAMPLE.split("\n## ")
    for section in sections[1:]:
        title = section.split("\n")[0].removesuffix(" (risks)")
        assert f"the section “{title}” is gone" in told(SAMPLE, SAMPLE.replace(f"\n## {section}", ""))
    assert len(sections) > 6


def test_a_step_that_is_gone_is_told():
    assert find(STEPS, "1. Wash\n2. Dry") == [Danger("Rinse well", "", ("a step is gone",))]


@pytest.mark.parametrize("after", ["1. Wash\n2. Cut\n3. Rinse well\n4. Dry", "- Wash\n- Rinse well\n- Dry"])
def test_a_step_that_came_and_steps_that_became_entries_are_left_alone(after):
    assert find(STEPS, after) == []


def test_an_entry_without_a_number_that_is_gone_is_left_alone():
    assert find("- Wash\n- Rinse well\n- Dry", "- Wash\n- Dry") == []


def test_a_warning_that_became_ordinary_text_is_told_once():
    after = "The drip may sting.\n\nIt passes.\n\nThank you."
    assert find(WARNING, after) == [
        Danger(
            "[!WARNING] The drip may sting. It passes.",
            "The drip may sting. It passes.",
            ("this was marked as a warning and no longer is",),
        )
    ]
    assert find(after, WARNING) == []


def test_a_warning_that_became_a_tip_and_was_reworded_is_told():
    after = WARNING.replace("WARNING", "TIP").replace("sting.", "sting a bit.")
    assert "this was marked as a warning and no longer is" in told(WARNING, after)


def test_a_warning_of_another_kind_and_one_that_moved_are_left_alone():
    assert find(WARNING, WARNING.replace("WARNING", "CAUTION")) == []
    assert find(WARNING, "Thank you.\n\n" + WARNING.removesuffix("\n\nThank you.")) == []


def test_a_warning_that_is_gone_is_told():
    assert told(WARNING, "Thank you.") == ["a warning is gone"]


def test_a_note_that_became_ordinary_text_is_told():
    plain = SAMPLE.replace("> [!NOTE]\n> ", "")
    assert told(SAMPLE, plain) == ["this was marked as a note and no longer is"]
    assert find(plain, SAMPLE) == []


@pytest.mark.parametrize("heading", ["## Care", "## Other things", ""])
def test_a_section_that_is_no_longer_marked_as_risks_is_told(heading):
    before, after = "## Care (risks)\n\nIt is new.", f"{heading}\n\nIt is new."
    assert told(before, after) == ["this section was marked as risks and no longer is"]
    assert find(after, before) == []


def test_a_section_of_risks_with_another_heading_is_left_alone():
    assert find("## Care (risks)\n\nIt is new.", "## Other things (risks)\n\nIt is new.") == []


# The page


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_page_says_when_the_words_of_a_language_were_not_compared(language, make_article, asha, meena, client):
    article = make_article(by=hand(asha), language=language)
    page = f"/admin/articles/article/{article.pk}/publish/"
    client.force_login(meena)
    assert "words were not" not in client.get(page).content.decode()  # at first there is nothing to compare with
    article.publish(by=hand(meena), note="First", emergency="A test")
    article.lead = "A test that is short."
    article.keep(by=hand(asha), at=timezone.now())
    said = " ".join(client.get(page).content.decode().split())
    assert ("numbers, links and telephone numbers were compared, words were not" in said) is not knows(language)


def test_a_section_that_is_gone_is_a_change_of_substance_and_takes_one_tick(make_article, asha, meena):
    article = make_article(by=hand(asha), body=GUIDE)
    article.publish(by=hand(meena), note="First", emergency="A test", passing="A test")
    article.body = GUIDE.replace(RISKS, "")
    article.keep(by=hand(asha), at=timezone.now())
    judgement = article.judgement(article.freeze(), timezone.now())
    assert judgement.is_substance and len(judgement.dangers) == 1


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("Take [[dose in the morning]].", "Take it.", "the blank “dose in the morning” is gone"),
        ("Take it.", "Take [[dose in the morning]].", "the blank “dose in the morning” is new"),
        ("Take [[morning dose]].", "Take [[evening dose]].", "the blank “morning dose” became “evening dose”"),
        ("Take [[morning dose]].", "Take morning dose.", "the blank “morning dose” is gone"),
    ],
)
def test_a_blank_that_comes_goes_or_is_called_otherwise_is_told(before, after, what):
    assert what in told(before, after)
