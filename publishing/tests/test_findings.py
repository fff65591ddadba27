"""Each check finds its fault where it is, and nothing where it is not."""

import pytest

from publishing.findings import Guide, Severity, checks, run
from publishing.text import LONGEST

PNG = "/media/" + "a" * 64 + ".png"
# Long enough for what a few words need not say
FILL = "The clinic stands beside the river and opens at eight. " * 6


def found(check, language="en", year=2026, is_whole=True, around=(), **fields):
    guide = Guide(
        {"title": "A guide", "body": ""} | fields, language, year, is_whole=is_whole, around=lambda: list(around)
    )
    return [one for one in run(guide) if one.check.id == check]


FAULTY = {
    "markup": [
        "<div class=alert>Call</div>",
        "Wait.<br>Then flush.",
        "<!-- not for print -->",
        "Tea &amp;nbsp; coffee",
        "{{< warning >}}Nobody smokes.{{< /warning >}}",
        "::: danger\nKeep away.\n:::",
        '!!! note "Power cut"\n    Call us.',
        "{% include contact.html %}",
        "[TOC]",
        "## Fire {#fire}",
        "See [the list](drinks of the day.md).",
        "See [the list][drinks].",
        "- [ ] Bring your letter",
        "##Dose\n\nOne.",
        "Take **two a day.",
        "H~2~O and 10^9^ cells",
        "| Age | Amount |\n| 1 year | 50 ml |",
        "[[Warfarin]]",
        '[caption id="1"]',
    ],
    "other letters": [
        "गोली सुबह पानी के साथ लें, खाने के बाद।",
        "- Eat.\n- صبح ایک گولی پانی کے ساتھ کھانے کے بعد لیں۔",
    ],
    "signs": [
        "Come back if\n\n• you cannot stand\n• the toes are numb",
        "✓ Paracetamol\n✗ No ibuprofen",
        "Morning\t5 mg\nNight\t10 mg",
    ],
    "left over": [
        "✎ Name the signs, the most common first.",
        "## A\n\n- ✎ Say it.",
        "[Insert phone number here]",
        "Call TODO.",
        "Lorem ipsum dolor.",
        "Call ____ at night.",
        "Dr XXX",
    ],
    "picture words": [f"![]({PNG})", f"![DESCRIBE THIS PICTURE]({PNG})"],
    "picture elsewhere": ["![A sling](images/sling-1.png)", "![A sling](https://www.example.org/sling.jpg)"],
    "footnote": ["Drink clear tea.[^2]"],
    "section mark": [
        "## Fever (cal now)",
        "## (call now) Fever",
        "## Rash [call today]",
        "## Hair (next visits)",
        "## A (risk)",
    ],
    "anchor": ["[Day before](#day-before)\n\n## The day"],
    "headings": [
        "## One\n\na\n\n#### Two\n\nb",
        "### One\n\na\n\n## Two\n\nb",
        "##\n\nText",
        "## Questions\n\n**How long does it last?**\n\nA week.\n\n**May I swim with it?**\n\nNo.",
    ],
    "not shown": [
        "| Day | Dose |\n|---|---|\n| 1 | 5 mg | not with milk |",
        "- One\n\n  | Day | Dose |\n  |---|---|\n  | 1 | 5 mg | not with milk |",
        "Day | Dose\n--|--\n1 | 5 mg | | not with milk",
        "[Warning]: Stop",
        "- One\n\n  [Warning]:\n  Stop",
        "[Ours][a]\n\n[a]: https://a.example\n[a]: https://b.example",
        '[Our page](https://a.example "Bring your card")',
        f'![A hand]({PNG} "Wash it first")',
        "```never at night\nx\n```",
        "1. One\n3. Three",
        "> 1. One\n> 2. Two\n> 2. Again",
    ],
    "table heads": ["| | |\n|---|---|\n| a | b |", "| Age | |\n|---|---|\n| 1 | 50 ml |"],
    "dose": [
        "Take 3.0 mg.",
        "Take 2.50 mg.",
        "Take 2,50 mg.",
        "Take 2 tablets PO.",
        "Take .5 mg.",
        "Inject 10 U at night.",
        "Inject 10U at night.",
        "Take 50 mcg.",
        "Take 50 µg.",
        "5 mg bd",
        "One tablet tds",
        "Take 5 ml t.d.s.",
        "20 mg q6h",
        "500 mg prn",
        "5 mg O.D.",
        "1,0 mg once",
        "| Dose |\n|---|\n| 2.0 ml |",
    ],
    "table columns": ["|a|b|c|d|e|\n|---|---|---|---|---|\n|1|2|3|4|5|"],
    "section": ["## One\n\n" + "word " * 151, "word " * 160 + "\n\n## Later\n\nb"],
    "sentence": ["This is " + "a very " * 10 + "long one."],
    "short form": ["Ask for the ESR.", "The FBC is taken."],
    "percent": ["25% of patients have a fever.", "About 3 per cent of people bleed."],
    "benefits": [
        "## What it is\n\nA scan.\n\n## Risks\n\n- Radiation: A little.",
        "## Benefits\n\nIt lowers your sugar.",
    ],
    "help": [f"## About us\n\n{FILL}"],
    "you": [f"## About us\n\n{FILL}"],
}
RIGHT = {
    "markup": [
        "Take < 5 mg, not > 10 mg; 5 * 3 = 15, R&D & co.",
        "`<br>` is code\n\n```\n<div>\n```",
        "**Bold**, *soft* and [a link](/articles/x/).",
        "Price* is for adults only.",
        "| Age | Amount |\n|---|---|\n| 1 | 50 ml |",
        "> [!NOTE]\n> Look.",
        "Mail <a@example.org>, or see [1] and (2).",
        "Blood_pressure and 5-10 ~ 20",
        "Rated 5* by us.\n\n---\n\nDone!!! Really: yes.",
        "#1 in care",
    ],
    "other letters": [
        "In Hindi: हिन्दी में पढ़ें.",
        "Dr Nila Rao (डॉ. नीला राव) sees you on Monday at eight.",
        "5 mg, 10 mg, 15 mg, 20 mg, 25 mg, 30 mg, 35 mg, 40 mg",
    ],
    "signs": ["- one\n- two", "A – B\n\n– he said", "10 → 20 in a week", "It rose\n– slowly – and fell."],
    "left over": ["Write to us. Call 080 1234 5678.", "Add salt [see below].", "What is it?", "Your hospital"],
    "picture words": [f"![A hand]({PNG})", f"![decorative]({PNG})"],
    "picture elsewhere": [f"![A hand]({PNG})"],
    "footnote": ["Drink clear tea.[^2]\n\n[^2]: No milk.", "`[^1]`"],
    "section mark": [
        "## Fever (call now)",
        "## Rash (Call today)",
        "## Hair (hair loss)",
        "## Ask us (nurses)",
        "Call (cal now).",
    ],
    "anchor": ["[The day](#the-day) and [top](#top), [asked](#q4)\n\n## The day"],
    "headings": [
        "## One\n\na\n\n### Two\n\nb\n\n## Three",
        "# One\n\n## Two",
        "**Call us at once.**\n\nWe are there.\n\n**Never wait.**\n\nCome.",
        "**Dose**\n\n5 mg",
    ],
    "not shown": [
        "| Day | Dose |\n|---|---|\n| 1 | 5 mg | |\n| 2 |",
        "| Day | Dose |\n|---|---|\n| 1 \\| 2 | 5 mg |",
        "[Ours][a] and ![A hand][b]\n\n[a]: <https://a.example>\n[b]: " + PNG,
        "`[Warning]: Stop`\n\n```\n[Warning]: Stop\n```",
        "A line before\n[Warning]: Stop",
        "[//]: # (for writers)",
        '[Our page](https://a.example "our page")',
        "```python\nx\n```",
        "1. One\n1. Two\n1. Three",
        "4. Four\n5. Five\n\n   1. One\n   2. Two\n6. Six",
    ],
    "table heads": ["| Age | Amount |\n|---|---|\n| 1 | 50 ml |", "| | Amount |\n|---|---|\n| 1 | 50 ml |"],
    "dose": [
        "Take 3 mg, 2.5 mg, 0.5 mg, 10 units, 1,000 mg or 3.05 mg.",
        "The value was 5.0 mmol/l, or 13.0 g/dl.",
        "Weigh 8.0 kg. The INR is 2.0.",
        "The bid was 5 million. Put the lid on. Stat ON switch.",
        "U is a letter; 5 U-shaped bends; 3 UK homes.",
        "Take it on 3 days. Come on 5 May.",
        "Version 3.0 of this guide. Section 2.0.",
    ],
    "table columns": ["|a|b|c|d|\n|---|---|---|---|\n|1|2|3|4|"],
    "section": ["## One\n\n" + "word " * 140 + "\n\n## Two\n\n" + "word " * 140],
    "sentence": ["Take one a day with food. " * 10, "Ask Dr. Rao at 4 p.m. or on the day you come in."],
    "short form": [
        "The erythrocyte sedimentation rate (ESR) is high. Ask for the ESR.",
        "ESR (how fast blood cells sink) is high.",
        "HIV, MRI, vitamin B12, type II, STOP, the NHS.",
        "- ESR: How fast blood cells sink.\n- FBC: All cells.",
    ],
    "percent": [
        "25 in 100 patients (25%) have a fever.",
        "Use a 1% cream. Saline 0.9% is used for patients.",
        "Oxygen stays above 92% in most people.",
        "We are 100% here.",
    ],
    "benefits": [
        "## Benefits\n\nIt lowers sugar.\n\n## Risks\n\n- Sickness",
        "## Side effects\n\nRare. It lowers your blood pressure.",
        "## Warning signs (risks)\n\nFever.",
    ],
    "help": [f"{FILL} Call us when you have a fever.", "Short."],
    "you": [f"{FILL} Bring your letter.", "Short."],
}


@pytest.mark.parametrize(("check", "text"), [(one, text) for one, texts in FAULTY.items() for text in texts])
def test_a_fault_is_found_where_it_is(check, text):
    (one, *_more) = found(check, body=text)
    assert one.sentence.endswith(".") and (one.line or not one.passage)


@pytest.mark.parametrize(("check", "text"), [(one, text) for one, texts in RIGHT.items() for text in texts])
def test_what_is_right_is_no_finding(check, text):
    assert found(check, body=text) == []


BESIDE = [
    ("source", {"sources": ""}, {"sources": "WHO, 2024"}),
    ("source year", {"sources": "A book, 2019"}, {"sources": "A book, 2019\nAnother, 2022"}),
    ("source year", {"sources": "A book"}, {"sources": "https://example.org/2024/03/x"}),
    ("sponsor connection", {"sponsor_name": "Vizzve"}, {"sponsor_name": "Vizzve", "sponsor_connection": "Owns us."}),
    ("sponsor claim", {"sponsor_claims": "We cure cancer"}, {"sponsor_claims": "We sell beds"}),
    ("sponsor claim", {"sponsor_claims": "RBI-registered"}, {"sponsor_claims": "10 shops"}),
    ("markup", {"title": "Warfarin <b>at home</b>"}, {"title": "Warfarin & you, < 5 mg"}),
    ("markup", {"lead": "**Read** this"}, {"lead": "Read this"}),
    ("dose", {"brief": "Dose: 5.0 mg"}, {"brief": "Dose: 5 mg"}),
]


@pytest.mark.parametrize(("check", "faulty", "right"), BESIDE)
def test_what_stands_around_a_text_is_checked_too(check, faulty, right):
    assert found(check, **faulty) and not found(check, **right)


def test_a_finding_leads_to_its_line_and_its_words():
    (one,) = found("dose", body="## Dose\n\n- One\n- Take 3.0 mg at night.\n")
    assert (one.field, one.line, one.passage) == ("body", 4, "3.0 mg")
    (two,) = found("dose", body="| Age | Dose |\n|---|---|\n| 1 | 1 mg |\n| 2 | 2.0 mg |\n")
    assert two.line == 4


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Take 3.0 mg.", "Take 3 mg."),
        ("Take .5 mg.", "Take 0.5 mg."),
        ("Inject 10U.", "Inject 10 units."),
        ("Take 50mcg.", "Take 50 micrograms."),
        ("5 mg bd", "5 mg twice a day"),
        ("## A\n\n#### B", "## A\n\n### B"),
        ("Come if\n• a\n• b", "Come if\n\n- a\n- b"),
        ("**How long?**\n\nA week.\n\n**May I?**\n\nNo.", "## How long?\n\nA week.\n\n**May I?**\n\nNo."),
    ],
)
def test_one_press_of_a_button_puts_right_what_has_one_remedy(text, mended):
    guide = Guide({"body": text}, "en", 2026)
    one = next(one for one in run(guide) if one.mend)
    assert one.mend.mended(text) == mended
    assert one.mend.mended(f"Another. {text}") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("hi", "सुबह 3.0 मिलीग्राम लें।"), ("hi", "५.० मिग्रा लें।"), ("hi", "5 mg bd लें।"), ("ur", "روز 3.0 ملی گرام لیں۔")]
    + [("es", one) for one in ("Ponga 5.0 gotas.", "Tome 5 mg c/8h.", "Una pastilla V.O.", "10 U por la noche")],
)
def test_a_dangerous_dose_is_found_in_every_script(language, text):
    assert found("dose", language, body=text)


def test_what_a_button_writes_is_in_the_language_of_the_text():
    for language, text, wanted in (
        ("es", "Tome 5 mg BD.", "dos veces al día"),
        ("es", "Tome 5 mg c/8h.", "cada 8 horas"),
        ("es", "Tome 50 mcg.", "50 microgramos"),
        ("hi", "5 mg q6h लें।", "हर 6 घंटे में"),
        ("te", "5 mg q6h", None),
    ):
        (one,) = found("dose", language, body=text)
        assert (one.mend.new if one.mend else None) == wanted


def test_spanish_is_read_for_help_risks_and_shares():
    assert found("help", "es", body="La clínica abre a las ocho junto al río. " * 8)
    assert not found("help", "es", body="La clínica abre a las ocho. " * 8 + "Llame si tiene fiebre.")
    assert found("percent", "es", body="El 5 % de las personas tienen fiebre.")
    assert not found("percent", "es", body="5 de cada 100 personas (5 %) tienen fiebre.")
    assert found("benefits", "es", body="## Riesgos\n\nPuede haber dolor.\n\n## Después\n\nDescanse.")


def test_what_the_questions_beside_a_guide_say_it_need_not_say_itself():
    assert found("help", body=FILL) and not found("help", body=FILL, around=["When do I call? Call us with a fever."])
    assert found("short form", body="The ESR.") and not found("short form", body="The ESR.", around=["ESR (of blood)"])


def test_an_answer_alone_needs_no_source_and_no_word_on_help():
    text = {"answer": FILL, "question": "Where is the clinic?"}
    guide = Guide(text, "en", 2026, is_whole=False)
    assert list(run(guide)) == []


def test_only_what_is_known_of_a_language_is_looked_for():
    assert not found("you", "ta", body=FILL) and found("dose", "ta", body="3.0 mg")


def test_each_check_says_where_its_rule_comes_from():
    for one in checks():
        assert one.title and one.standard and one.severity in Severity
    assert len({one.id for one in checks()}) == len(checks()) >= 20


def test_a_text_of_the_greatest_length_has_so_many_findings_and_no_more():
    most = "Take 3.0 mg.\n\n" * (LONGEST // 16)
    assert len(found("dose", body=most)) == 100


def test_todo_is_left_over_except_where_it_is_a_word_of_the_language():
    assert found("left over", body="Call us todo.") and found("left over", "hi", body="TODO: लिखें")
    assert not found("left over", "es", body="Todo va bien. Lea TODO el texto.")
    assert found("left over", "es", body="Llame al TBC.")
