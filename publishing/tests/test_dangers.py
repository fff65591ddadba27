"""The safety diff: what it must tell of, what it must leave alone, in English, Hindi and Urdu."""

import random
import re
import unicodedata
from hashlib import sha256

import pytest
from django.conf import settings

from conftest import fewer
from publishing.safety.diff import Danger, find, is_substance, knows

SAMPLE = (settings.BASE_DIR / "articles" / "samples" / "car-t-cell-therapy.md").read_text().split("---\n", 2)[2]


def told(before, after, language="en"):
    return [one for danger in find(before, after, language=language) for one in danger.what]


TELLS = [
    # numbers, doses and units
    ("Take 5 mg a day.", "Take 0.5 mg a day.", "5 mg became 0.5 mg"),
    ("Take 5 mg.", "Take 5 ml.", "5 mg became 5 ml"),
    ("Take 5 mg/kg.", "Take 5 mg.", "5 mg/kg became 5 mg"),
    ("Take 50 mcg.", "Take 50 mg.", "50 mcg became 50 mg"),
    ("Inject 10 units.", "Inject 10 IU.", "10 units became 10 IU"),
    ("Take 1,5 ml.", "Take 1.5 ml.", "1,5 ml became 1.5 ml"),
    ("Take ½ tablet.", "Take 2 tablets.", "1/2 tablet became 2 tablets"),
    ("Take two tablets.", "Take three tablets.", "two tablets became three tablets"),
    ("Take two tablets.", "Take two drops.", "two tablets became two drops"),
    ("Take half a tablet.", "Take a tablet.", "the number half is gone"),
    ("Aim for 4 to 7 mmol/L.", "Aim for 4 to 9 mmol/L.", "7 mmol/L became 9 mmol/L"),
    ("We give 10⁹ cells.", "We give 10⁸ cells.", "10^9 became 10^8"),
    ("It works in 50% of people.", "It works in 60% of people.", "50% became 60%"),
    ("Come if it is < 5.", "Come if it is > 5.", "< 5 became > 5"),
    ("Cool it to -5 °C.", "Cool it to 5 °C.", "-5 °C became 5 °C"),
    ("They look for CD19.", "They look for CD20.", "19 became 20"),
    ("Take 5 mg.", "Take 5 mg, at most 3 times a day.", "3 times is new"),
    # durations, times, dates, temperatures
    ("Wait 2-3 days.", "Wait 23 days.", "2-3 days became 23 days"),
    ("Wait a few days.", "Wait a few weeks.", "“days” became “weeks”"),
    ("Take 10 mg daily.", "Take 10 mg weekly.", "“daily” became “weekly”"),
    ("Take it every other day.", "Take it every day.", "“every other” became “every”"),
    ("Come at 10:30 am.", "Come at 10:30 pm.", "10:30 am became 10:30 pm"),
    ("Come at 8 a.m. on Monday.", "Come at 8 a.m. on Tuesday.", "“monday” became “tuesday”"),
    ("It is on 24 June.", "It is on 24 July.", "24 June became 24 July"),
    ("It is on 2025-06-24.", "It is on 2025-06-25.", "2025-06-24 became 2025-06-25"),
    ("Call us at 38 °C.", "Call us at 38.5 °C.", "38 °C became 38.5 °C"),
    ("Call us at 100.4 F.", "Call us at 100.4 C.", "100.4 F became 100.4 C"),
    ("Call us at 38 degrees.", "Call us at 39 degrees.", "38 degrees became 39 degrees"),
    # telephone numbers, links, pictures
    ("Call +91 98765 43210.", "Call +91 98765 43211.", "phone number +91 98765 43210 became +91 98765 43211"),
    ("Call 112.", "Call 102.", "112 became 102"),
    ("See [our page](https://a.org/1).", "See [our page](https://b.org/1).", "link changed: https://a.org/1 → https://b.org/1"),
    ("[Call](tel:112)", "[Call](tel:102)", "link changed: tel:112 → tel:102"),
    ("Write to <a@b.org>.", "Write to <c@b.org>.", "link changed: a@b.org → c@b.org"),
    ("See [this][a].\n\n[a]: https://a.org", "See [this][a].\n\n[a]: https://b.org", "link changed: https://a.org → https://b.org"),
    ("See [this][a].\n\n[a]: /a/\n[b]: /b/", "See [this][b].\n\n[a]: /a/\n[b]: /b/", "link changed: /a/ → /b/"),
    ("![Drip](/media/a.png)", "![Drip](/media/b.png)", "picture changed"),
    # words that turn a sentence round
    ("Do not take it.", "Take it.", "“not” is gone"),
    ("Don’t take it.", "Take it.", "“don't” is gone"),
    ("You cannot drive.", "You can drive.", "“cannot” is gone"),
    ("Take it before meals.", "Take it after meals.", "“before” became “after”"),
    ("Take it with food.", "Take it on an empty stomach.", "“with food” became “empty stomach”"),
    ("Stop taking it.", "Start taking it.", "“stop” became “start”"),
    ("Take it unless you are sick.", "Take it until you are sick.", "“unless” became “until”"),
    ("Use it only at night.", "Use it at night.", "“only” is gone"),
    ("You must rest.", "You may rest.", "“must” is gone"),
    ("Call us at once.", "Call us soon.", "“at once” is gone"),
    ("Not for children.", "For children.", "“not” is gone"),
    ("Tell us if you are pregnant.", "Tell us if you are tired.", "“pregnant” is gone"),
    ("It is the left arm.", "It is the right arm.", "“left” became “right”"),
    ("No more than 4 tablets.", "More than 4 tablets.", "“no more than” became “more than”"),
    ("That is likely.", "That is unlikely.", "“likely” became “unlikely”"),
    ("Fever or rash: call us.", "Fever and rash: call us.", "“or” became “and”"),
    ("~~Take it.~~ Rest.", "Take it. Rest.", "a crossed-out stretch is gone"),
    ("Keep it in the fridge.", "Keep it out of the fridge.", "“out of” is new"),
    # the same dangerous words about other things
    ("Take 5 mg early and 10 mg late.", "Take 10 mg early and 5 mg late.", "the numbers stand in another order: 5 mg, 10 mg became 10 mg, 5 mg"),
    ("Do not take aspirin; take paracetamol.", "Take aspirin; do not take paracetamol.", "“not” stood with “aspirin”, now with “paracetamol”"),
    ("Take aspirin before and iron after the scan.", "Take iron before and aspirin after the scan.", "“aspirin” and “iron” changed places"),
    ("Aspirin: 5 mg.", "Warfarin: 5 mg.", "“aspirin” became “warfarin”"),
    ("Zorvex: 5 mg.", "Brellix: 5 mg.", "the words around 5 mg changed"),
    # what changed places
    ("Children take 5 ml and adults 10 ml.", "Adults take 5 ml and children 10 ml.", "“children” and “adults” changed places"),
    ("Call us if it is above 38 °C, come if it is below 36 °C.", "Call us if it is below 38 °C, come if it is above 36 °C.", "“above” and “below” changed places"),
    ("Take it before lunch and after dinner.", "Take it after lunch and before dinner.", "“before” and “after” changed places"),
    ("Take 5 mg in the morning and 10 mg at night.", "Take 5 mg at night and 10 mg in the morning.", "“morning” and “night” changed places"),
    ("The right knee first, the left knee later.", "The left knee first, the right knee later.", "“right” and “left” changed places"),
    ("Give it to children and not to adults.", "Give it to adults and not to children.", "“children” and “adults” changed places"),
    ("Ravi takes 5 mg and Asha 10 mg.", "Asha takes 5 mg and Ravi 10 mg.", "“ravi” and “asha” changed places"),
    ("Move it from left to right.", "Move it from right to left.", "“left” and “right” changed places"),
    ("Reduce it from 10 mg to 5 mg.", "Reduce it from 5 mg to 10 mg.", "the numbers stand in another order: 10 mg, 5 mg became 5 mg, 10 mg"),
    ("Take it daily, then weekly, then monthly.", "Take it daily, then monthly, then weekly.", "“weekly” and “monthly” changed places"),
    ("Stop Zorvex and start Brellix.", "Stop Brellix and start Zorvex.", "“stop” stood with “zorvex”, now with “brellix”"),
    ("In the morning 5 mg, at night 10 mg.", "10 mg in the morning, at night 5 mg.", "the numbers stand in another order: 5 mg, 10 mg became 10 mg, 5 mg"),
    ("If it is above 38 °C, call us; if it is below 36 °C, come.", "If it is above 38 °C, come; if it is below 36 °C, call us.", "“call” and “come” changed places"),
    ("[Ward A](tel:080111) by day, [Ward B](tel:080222) by night.", "[Ward A](tel:080222) by day, [Ward B](tel:080111) by night.", "the links tel:080111 and tel:080222 changed places"),
    ("Call [us](tel:080111) or [them](tel:080222).", "Call [us](tel:080222) or [them](tel:080111).", "the links tel:080111 and tel:080222 changed places"),
    ("Right: ![](/a.png), wrong: ![](/b.png)", "Right: ![](/b.png), wrong: ![](/a.png)", "two pictures changed places"),
    ("![](/a.png)\n\nLift.\n\n![](/b.png)\n\nSit.", "![](/b.png)\n\nLift.\n\n![](/a.png)\n\nSit.", "this now stands where another stood"),
    ("Ravi:\n\n5 ml\n\nAsha:\n\n10 ml", "Asha:\n\n5 ml\n\nRavi:\n\n10 ml", "this now stands where another stood"),
    ("~~Take 5 mg~~ take 10 mg.", "Take 5 mg ~~take 10 mg~~.", "a crossed-out stretch and “take” 5 mg changed places"),
    ("| A | Morning | Night |\n|---|---|---|\n| B | 5 mg | 10 mg |", "| A | Night | Morning |\n|---|---|---|\n| B | 5 mg | 10 mg |", "the columns changed over the same cells: “morning”, “night”"),
    ("| A | Ravi | Asha |\n|---|---|---|\n| B | 5 mg | 10 mg |", "| A | Asha | Ravi |\n|---|---|---|\n| B | 5 mg | 10 mg |", "the columns changed over the same cells: “ravi”, “asha”"),
    ("| A | One | Two |\n|---|---|---|\n| B | before | after |", "| A | One | Two |\n|---|---|---|\n| B | after | before |", "now in another column: “before”, “after”"),
    # words of forbidding, of more and less, and of how often
    ("Eat more salt.", "Eat less salt.", "“more” became “less”"),
    ("Eat more salt and less sugar.", "Eat less salt and more sugar.", "“more” and “less” changed places"),
    ("Food is forbidden.", "Food is allowed.", "“forbidden” became “allowed”"),
    ("Visits are prohibited.", "Visits are permitted.", "“prohibited” became “permitted”"),
    ("Hold your insulin.", "Take your insulin.", "“hold” became “take”"),
    ("Take it BD.", "Take it TDS.", "“bd” became “tds”"),
    ("Take it q.i.d. with water.", "Take it q.d. with water.", "“qid” became “qd”"),
    # sentences cut and joined
    ("Do not take aspirin and iron.", "Do not take aspirin. Take iron.", "this is now said without “not”"),
    ("Do not take aspirin. Take iron.", "Do not take aspirin and iron.", "this was said without “not”"),
    ("It is said.", "It is said. Never drive.", "“never” is new"),
    ("It is said. Never drive.", "It is said.", "“never” is gone"),
    # whatever stands around them in Markdown
    ("## After 2 days\n\nRest.", "## After 3 days\n\nRest.", "2 days became 3 days"),
    ("- Rest\n- Wait 2 days", "- Rest\n- Wait 3 days", "2 days became 3 days"),
    ("| Drug | Dose |\n|---|---|\n| A | 5 mg |", "| Drug | Dose |\n|---|---|\n| A | 6 mg |", "5 mg became 6 mg"),
    ("> [!WARNING]\n> Do **not** take it.", "> [!WARNING]\n> Do take it.", "“not” is gone"),
    ("The dose is now\n12. Rest.", "The dose is now\n14. Rest.", "12 became 14"),
    ("Take 38\\.5 mg.", "Take 38.7 mg.", "38.5 mg became 38.7 mg"),
    ("Take &#53; mg.", "Take 6 mg.", "5 mg became 6 mg"),
    ("Text.[^1]\n\n[^1]: Up to 5 mg.", "Text.[^1]\n\n[^1]: Up to 6 mg.", "5 mg became 6 mg"),
]  # fmt: skip
TELLS_IN_HINDI = [
    ("५ गोली लें।", "६ गोली लें।", "5 गोली became 6 गोली"),
    ("5 मिग्रा लें।", "5 मिली लें।", "5 मिग्रा became 5 मिली"),
    ("5 मि.ग्रा. लें।", "50 मि.ग्रा. लें।", "5 मिग्रा became 50 मिग्रा"),
    ("दो गोली लें।", "तीन गोली लें।", "दो गोली became तीन गोली"),
    ("आधी गोली लें।", "गोली लें।", "आधी गोली became “गोली”"),
    ("दवा न लें।", "दवा लें।", "“न” is gone"),
    ("यह दवा नहीं लेनी है।", "यह दवा लेनी है।", "“नहीं” is gone"),
    ("भोजन से पहले लें।", "भोजन के बाद लें।", "“पहले” became “बाद”"),
    ("खाली पेट लें।", "खाने के साथ लें।", "“खाली पेट” became “खाने के साथ”"),
    ("दवा बंद करें।", "दवा शुरू करें।", "“बंद” became “शुरू”"),
    ("केवल रात में लें।", "रात में लें।", "“केवल” is gone"),
    ("2 दिन आराम करें।", "2 हफ्ते आराम करें।", "2 दिन became 2 हफ्ते"),
    ("दिन में तीन बार लें।", "दिन में दो बार लें।", "तीन बार became दो बार"),
    ("तुरंत अस्पताल आएँ।", "अस्पताल आएँ।", "“तुरंत” is gone"),
    ("38 डिग्री बुखार हो।", "39 डिग्री बुखार हो।", "38 डिग्री became 39 डिग्री"),
    ("बच्चों को न दें।", "बड़ों को न दें।", "“बच्चों” is gone"),
    ("सुबह 10:30 बजे आएँ।", "शाम 10:30 बजे आएँ।", "“सुबह” became “शाम”"),
    ("बुखार या दाने हों।", "बुखार और दाने हों।", "“or” became “and”"),
    ("इसे बिना पानी के लें।", "इसे पानी के साथ लें।", "“बिना” is gone"),
    ("डॉक्टर के कहने पर ही लें।", "डॉक्टर के कहने पर लें।", "“ही” is gone"),
    ("सुबह 5 मिग्रा और शाम 10 मिग्रा लें।", "शाम 5 मिग्रा और सुबह 10 मिग्रा लें।", "“सुबह” and “शाम” changed places"),
    ("बच्चे 5 मिली और वयस्क 10 मिली लें।", "वयस्क 5 मिली और बच्चे 10 मिली लें।", "“बच्चे” and “वयस्क” changed places"),
    ("एस्पिरिन न लें। आराम करें।", "एस्पिरिन लें। आराम न करें।", "“न” is gone"),
]
LEAVES = [
    ("Take 5 mg each day with water.", "Please take 5 mg every day with a glass of water.", "en"),
    ("Do not take this medicine when you drive.", "When you drive, do not take this medicine.", "en"),
    ("Do not take it.", "Don’t take it.", "en"),
    ("Take 5 mg.", "Take **5 mg**.", "en"),
    ("Take 5 mg.", "Take ５ mg.", "en"),
    ("Take 5 mg.", "Take 5\u00a0mg.", "en"),
    ("Take 5 µg.", "Take 5 mcg.", "en"),
    ("Wait 2-3 days.", "Wait 2–3 days.", "en"),
    ("Wait 2-3 days.", "Wait 2 – 3 days.", "en"),
    ("Take ½ tablet.", "Take 1/2 tablet.", "en"),
    ("38 °C", "38°C", "en"),
    ("1. Blood: Some.\n2. Rest: Now. (at: home, drop)", "1. Blood: Some.\n2. Rest: Now. (at: home, cell)", "en"),
    ("Text.[^1]\n\n[^1]: A note.", "Text.[^2]\n\n[^2]: A note.", "en"),
    ("Hello. It is a fine place.", "Hello.", "en"),
    ("Hello.", "Hello. The nurse knows you.", "en"),
    ("Wrapped\nat 5 mg.", "Wrapped at\n5 mg.", "en"),
    ("One.\r\n\r\nTake 5 mg.", "One.\n\nTake 5 mg.", "en"),
    ("- A\n- Wait 2 days\n- C", "- Wait 2 days\n- C\n- A", "en"),
    ("Take 5 mg. Never drive. The end.", "Never drive. The end. Take 5 mg.", "en"),
    ("A start. Take 5 mg.\n\nAnother one.", "A start.\n\nAnother one. Take 5 mg.", "en"),
    ("५ गोली लें।", "5 गोली लें।", "hi"),
    ("5 मिग्रा लें।", "5 मि.ग्रा. लें।", "hi"),
    ("ज़रूर पाँच दिन लें।", "जरूर पांच दिन लें।", "hi"),
    ("क़रीब ज़रूरी", unicodedata.normalize("NFD", "क़रीब ज़रूरी"), "hi"),
    ("Café: 5 mg, naïve", unicodedata.normalize("NFD", "Café: 5 mg, naïve"), "en"),
    ("Nimm es nicht.", "Nimm es.", "de"),
    # the same said in another order
    ("Call 112 if your temperature is above 38 °C.", "If your temperature is above 38 °C, call 112.", "en"),
    ("Take it before lunch and after dinner.", "Take it after dinner and before lunch.", "en"),
    ("Do not eat, drink or smoke before it.", "Before it, do not smoke, eat or drink.", "en"),
    ("Take 5 mg twice a day.", "Twice a day, take 5 mg.", "en"),
    ("Take it b.d. with water.", "Take it BD with water.", "en"),
    (
        "| A | Day | Night |\n|---|---|---|\n| B | 5 mg | 1 mg |",
        "| A | Night | Day |\n|---|---|---|\n| B | 1 mg | 5 mg |",
        "en",
    ),
    ("![](/a.png)\n\nLift.\n\n![](/b.png)\n\nSit.", "![](/b.png)\n\nSit.\n\n![](/a.png)\n\nLift.", "en"),
    ("इसके साथ ही आराम करें।", "इसके साथ आराम करें।", "hi"),
]


@pytest.mark.parametrize(("before", "after", "expected"), TELLS)
def test_a_dangerous_change_is_told(before, after, expected):
    assert expected in told(before, after)
    assert is_substance(before, after)


@pytest.mark.parametrize(("before", "after", "expected"), TELLS_IN_HINDI)
def test_a_dangerous_change_in_hindi_is_told(before, after, expected):
    assert expected in told(before, after, "hi")


@pytest.mark.parametrize(("before", "after"), [(before, after) for before, after, _ in [*TELLS, *TELLS_IN_HINDI]])
def test_a_dangerous_change_is_told_the_other_way_round_and_within_a_text(before, after):
    around = "## A heading\n\nThe nurse knows you.\n\n{}\n\nYou go home in the car.\n"
    assert find(around.format(after), around.format(before), language="hi")


@pytest.mark.parametrize(("before", "after", "language"), LEAVES)
def test_a_harmless_change_is_left_alone(before, after, language):
    assert find(before, after, language=language) == []
    assert find(after, before, language=language) == []


def test_a_danger_names_both_sentences_and_no_others():
    before = "Rest first. Take **5 mg** daily.\n\n- See [us](https://a.org)."
    after = "Rest first. Take **6 mg** daily. Never drive.\n\n- See [us](https://a.org)."
    assert find(before, after) == [
        Danger("Take **5 mg** daily.", "Take **6 mg** daily.", ("5 mg became 6 mg",)),
        Danger("", "Never drive.", ("“never” is new",)),
    ]


def test_the_key_of_a_danger_is_that_of_its_two_sentences():
    first, again, other = (find("Take 5 mg.", after)[0] for after in ("Take 6 mg.", "Take 6 mg.", "Take 7 mg."))
    assert first.key == again.key != other.key
    assert first.key == sha256(b'["Take 5 mg.","Take 6 mg."]').hexdigest()


def test_a_tick_for_one_address_does_not_hold_for_another():
    keys = {find("See [us](https://a.org).", f"See [us](https://{to}.org).")[0].key for to in "bc"}
    assert len(keys) == 2


def test_one_change_made_in_many_places_is_told_once():
    dangers = find("Call 112.\n\nRest.\n\nCall 112.", "Call 108.\n\nRest.\n\nCall 108.")
    assert [danger.what for danger in dangers] == [("112 became 108",)]


def test_two_changed_sentences_of_one_paragraph_go_with_their_own_halves():
    before = "Take 5 mg of the white tablets. Never take 10 mg of the red capsules."
    after = "Never take 20 mg of the red capsules. Take 6 mg of the white tablets."
    assert {(danger.before[:4], danger.after[:4]) for danger in find(before, after)} == {
        ("Take", "Take"),
        ("Neve", "Neve"),
    }


def test_two_doses_that_changed_places_are_told():
    before = "Aspirin is white. Take 5 mg daily.\n\nIron is red. Take 10 mg daily."
    after = "Aspirin is white. Take 10 mg daily.\n\nIron is red. Take 5 mg daily."
    assert told(before, after) == ["5 mg became 10 mg", "10 mg became 5 mg"]


def test_an_entry_that_went_from_do_to_do_not_is_told():
    before = "Do:\n\n- Walk\n- Drive\n\nDo not:\n\n- Swim\n- Smoke"
    after = "Do:\n\n- Walk\n- Swim\n\nDo not:\n\n- Drive\n- Smoke"
    assert set(told(before, after)) == {
        "moved from under “Do:” to under “Do not:”",
        "moved from under “Do not:” to under “Do:”",
    }


def test_an_entry_that_went_between_lists_that_say_nothing_dangerous_is_left_alone():
    assert find("Red:\n\n- Walk\n- Rest\n\nBlue:\n\n- Sit", "Red:\n\n- Walk\n\nBlue:\n\n- Sit\n- Rest") == []


def test_a_sentence_that_was_said_twice_and_now_once_is_told():
    assert told("Never drive.\n\nRest.\n\nNever drive.", "Never drive.\n\nRest.") == ["“never” is gone"]


def test_very_many_changes_in_one_sentence_are_cut():
    danger = find(", ".join(map(str, range(100, 200))), ", ".join(map(str, range(300, 400))))[0]
    assert (len(danger.what), danger.what[-1]) == (13, "and 88 more")


def test_of_an_unknown_language_numbers_units_telephone_numbers_and_links_are_told():
    assert [knows(language) for language in ("en", "en-GB", "hi", "hi_IN", "ur", "de", "")] == [True] * 5 + [False] * 2
    assert told("Nimm 5 mg nicht.", "Nimm 6 ml.", "de") == ["5 mg became 6 ml"]
    assert told("[Ruf an](tel:112)", "[Ruf an](tel:110)", "de") == ["link changed: tel:112 → tel:110"]


def test_urdu_is_read():
    assert told("یہ دوا نہ لیں۔", "یہ دوا لیں۔", "ur") == ["“نہ” is gone"]
    assert told("۵ گولی لیں۔", "۶ گولی لیں۔", "ur") == ["5 گولی became 6 گولی"]


def test_english_words_within_hindi_are_read():
    assert told("इसे not लें।", "इसे लें।", "hi") == ["“not” is gone"]


SENTENCES = [
    "Take {} mg of it with water.", "Do not take more than {} tablets in {} hours.", "Call us at {} °C or above.",
    "You can eat {} hours after it.", "The nurse is not always there, so ring {}.", "Wait {}-{} days.",
    "Cells grow.", "It is not a cure.", "Rest.", "We see you on day {}, {} or {}.", "If it is not red, do not worry.",
]  # fmt: skip


def guide(seed):
    """A text in Markdown with headings, paragraphs, lists and tables, and many numbers and nots."""
    chance = random.Random(seed)

    def sentence():
        return re.sub(r"\{\}", lambda _: str(chance.randint(2, 99)), chance.choice(SENTENCES))

    shapes = [
        lambda: f"## {sentence().rstrip('.')}",
        lambda: " ".join(sentence() for _ in range(chance.randint(1, 5))),
        lambda: "\n".join(f"- {sentence()}" for _ in range(chance.randint(2, 4))),
        lambda: "\n".join(f"{at}. {sentence()}" for at in range(1, 4)),
        lambda: (
            "| What | How much |\n|---|---|\n"
            + "\n".join(f"| {sentence()} | {chance.randint(2, 9)} mg |" for _ in "ab")
        ),
        lambda: f"> {sentence()}\n> {sentence()}",
    ]
    return "\n\n".join(chance.choice(shapes)() for _ in range(12))


GUIDES = [SAMPLE, *map(guide, fewer(range(25), 4))]
# A number that is a marker of a list or belongs to a mark is none that patients read.
NUMBER = re.compile(r"(?<![\w^/])(?<!^)\d+", re.MULTILINE)


@pytest.mark.parametrize("text", GUIDES)
def test_a_text_has_no_dangers_against_itself(text):
    assert find(text, text) == []
    assert find(text, unicodedata.normalize("NFD", text).replace("\n\n", "\r\n\r\n \r\n")) == []


def sections(text):
    """The text's paragraphs, those beneath one heading together; steps behind steps are one list."""
    found = [[]]
    for one in text.split("\n\n"):
        found += [[]] if one.startswith("#") else []
        if found[-1] and found[-1][-1].startswith("1. ") and one.startswith("1. "):
            found[-1][-1] += f"\n\n{one}"
        else:
            found[-1].append(one)
    return found


def joined(some):
    return "\n\n".join(one for section in some for one in section)


@pytest.mark.parametrize("text", GUIDES)
def test_paragraphs_of_a_section_in_another_order_are_no_danger_nor_are_sections(text):
    some = sections(text)
    for seed in range(5):
        chance = random.Random(seed)
        for section in some:
            kept, rest = (section[:1], section[1:]) if section and section[0].startswith("#") else ([], section)
            chance.shuffle(rest)
            section[:] = [*kept, *rest]
        # Steps behind steps become one list, and that is another one.
        if not re.search(r"^\d\. .*\n\n1\. ", joined(some), re.MULTILINE):
            assert find(text, joined(some)) == []
    flat = [one for one in some if one and one[0].startswith("## ")]
    if len(flat) == len(some) - 1 and len(set(map(tuple, flat))) == len(flat):
        assert find(joined(some), joined([some[0], *reversed(flat)])) == []


BENEATH = "this now stands beneath another heading"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Adults\n\nTake 10 mg.\n\n## Children\n\nTake 2 mg.", "## Children\n\nTake 10 mg.\n\n## Adults\n\nTake 2 mg."),
        ("## Adults\n\nTake 10 mg.\n\n## Children\n\nRest.", "## Adults\n\n## Children\n\nTake 10 mg.\n\nRest."),
        ("## Do\n\n- Drink water.\n- Do not drive.\n\n## Do not\n\n- Smoke.", "## Do\n\n- Drink water.\n\n## Do not\n\n- Smoke.\n- Do not drive."),
        ("## Adults\n\nTake 10 mg. Rest.\n\n## Children\n\nSleep.", "## Adults\n\nRest.\n\n## Children\n\nSleep. Take 10 mg."),
        (
            "## Adults\n\n### Dose\n\nTake 10 mg.\n\n## Children\n\n### Dose\n\nTake 2 mg.",
            "## Children\n\n### Dose\n\nTake 10 mg.\n\n## Adults\n\n### Dose\n\nTake 2 mg.",
        ),
        ("Take 10 mg.\n\n## Children\n\nRest.", "## Children\n\nTake 10 mg.\n\nRest."),
    ],
)  # fmt: skip
def test_what_can_hurt_beneath_another_heading_is_told(before, after):
    for two in ((before, after), (after, before)):
        assert BENEATH in [what for one in find(*two) for what in one.what]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Adults\n\nTake 10 mg.", "## For adults\n\nTake 10 mg."),
        ("## A\n\nTake 10 mg.\n\n## B\n\nRest.", "## B\n\nRest.\n\n## A\n\nTake 10 mg."),
        ("## A\n\nRest well.\n\n## B\n\nTake 2 mg.", "## A\n\n## B\n\nRest well.\n\nTake 2 mg."),
        ("## A\n\nTake 10 mg.", "## A\n\n### How much\n\nTake 10 mg."),
    ],
)
def test_a_heading_that_is_reworded_new_or_moved_with_its_section_is_no_danger(before, after):
    assert [what for one in find(before, after) for what in one.what if what == BENEATH] == []


def test_all_that_moved_together_is_told_once():
    doses = "\n\n".join(f"Take {number} mg." for number in range(2, 9))
    [danger] = find(f"## A\n\n{doses}\n\n## B\n\nRest.", f"## A\n\n## B\n\n{doses}\n\nRest.")
    assert danger.what == (BENEATH, "and 6 more with it")
    assert (danger.before, danger.after) == ("A … Take 2 mg.", "B … Take 2 mg.")


def test_steps_in_another_order_are_told_and_other_entries_are_not():
    steps = ["Wash your hands.", "Open the bottle.", "Rinse your mouth."]
    before, after = (
        "\n".join(f"{number}. {one}" for number, one in enumerate(some, 1)) for some in (steps, [*steps[1:], steps[0]])
    )
    [danger] = find(before, after)
    assert danger.what == ("the steps now stand in another order",) and danger.after.endswith("→ Wash your hands.")
    assert (
        find(re.sub(r"^\d\.", "-", before, flags=re.MULTILINE), re.sub(r"^\d\.", "-", after, flags=re.MULTILINE)) == []
    )
    assert find(before, before.replace("Open", "Now open")) == []


def test_two_lists_of_steps_may_change_places_but_not_the_steps_of_one():
    first, second = "1. Wash.\n2. Rest.\n3. Open it.", "1. Sit.\n2. Rest.\n3. Drink."
    assert find(f"{first}\n\nThen:\n\nWait.\n\n{second}", f"{second}\n\nThen:\n\nWait.\n\n{first}") == []
    [danger] = find(f"{first}\n\nWait.\n\n{second}", f"{first}\n\nWait.\n\n1. Drink.\n2. Rest.\n3. Sit.")
    assert danger.what == ("the steps now stand in another order",)
    assert (danger.before, danger.after) == ("Sit. → Drink.", "Drink. → Sit.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. Stop it.\n2. Open it.\n3. Rinse it.", "1. Open it.\n\n1) Stop it.\n2) Rinse it."),
        ("1. Stop it.\n\nWait.\n\n1. Open it.", "1. Open it.\n2. Stop it.\n\nWait."),
    ],
)
def test_steps_of_one_list_that_became_two_and_of_two_that_became_one_are_compared(before, after):
    assert [danger.what for danger in find(before, after)] == [("the steps now stand in another order",)]


@pytest.mark.slow
@pytest.mark.parametrize("text", GUIDES)
def test_any_changed_number_is_told(text):
    for found in NUMBER.finditer(text):
        for other in (f"{int(found[0]) + 1}", f"{found[0]}.5", f"0.{found[0]}", f"{found[0]}0", ""):
            assert find(text, text[: found.start()] + other + text[found.end() :]), (found, other)


@pytest.mark.slow
@pytest.mark.parametrize("text", GUIDES)
def test_any_not_that_is_gone_is_told(text):
    places = list(re.finditer(r"\b[Nn]ot\b ?", text))
    for found in places:
        without = text[: found.start()] + text[found.end() :]
        assert find(text, without) and find(without, text)
    assert places or text != SAMPLE


@pytest.mark.slow
@pytest.mark.parametrize("text", GUIDES)
def test_any_not_that_is_gone_from_a_guide_rewritten_around_it_is_told(text):
    rewritten = text.replace("Take", "Please have").replace("Cells grow.", "The cells will grow there.")
    for found in re.finditer(r"\b[Nn]ot\b ?", rewritten):
        assert any("not" in one for one in told(text, rewritten[: found.start()] + rewritten[found.end() :]))


def test_the_guides_of_these_tests_hold_what_they_are_to_change():
    assert sum(len(NUMBER.findall(text)) for text in GUIDES) / len(GUIDES) > 20
    assert sum(len(re.findall(r"\bnot\b", text)) for text in GUIDES) / len(GUIDES) > 4
