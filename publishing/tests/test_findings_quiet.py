"""Texts as a clinic writes them well: each check may be wrong at most twice over all of them."""

from collections import Counter

import pytest

from publishing.findings import Guide, checks, run

SOURCES = "The ward’s handbook, 2025"
ENGLISH = [
    """## Why we do it

The cast keeps the bone still so that it heals. Most people wear it for six weeks.

## At home

1. Rest: Keep your arm up on a pillow.
2. Wash: Put a bag over the cast.
3. Move: Bend your fingers ten times an hour.

## What can go wrong (risks)

- Blue or cold fingers: Come at once, day or night.
- Itching: Do not push anything in.

| When | What |
|---|---|
| Day 1 | X-ray |
| Week 6 | The cast comes off |
""",
    """## What it does

Your drops lower the pressure in your eye (IOP). They do not bring lost sight back. 9 in 10 people (90%) keep their sight.

## How to use them

Use 1 drop twice a day, 12 hours apart. The bottle holds 2.5 ml; throw it away after 4 weeks.

> [!WARNING]
> Call us if your eye is red and painful.

## Side effects

Stinging is common. About 2 in 100 people get an itchy lid. See [how to put drops in](#how-to-use-them).
""",
    """Before the scan you drink one litre of water in 45 minutes. **Do not** pass urine until it is over.

- Your letter
- A list of your medicines: names, doses (5 mg, 0.5 mg), times

Price* in rupees, < 2,000. Ask at desk 3.

*For adults.

## When to get help

Phone the ward on +91 80 2222 3333, Mon–Fri 8 a.m. to 5 p.m., or ring 112 at night.[^1]

[^1]: Free from every phone.
""",
]
HINDI = """## यह क्या है

यह जाँच खून में शक्कर देखती है। इससे इलाज बेहतर होता है।

## आपको क्या करना है

1. रात में: 10 बजे के बाद कुछ न खाएँ।
2. सुबह: केवल पानी पिएँ। 500 मिग्रा की गोली न लें।

## तुरंत आएँ

- चक्कर या बेहोशी: 112 पर फ़ोन करें।
"""
URDU = """## یہ کیا ہے

یہ ٹیسٹ خون میں شکر دیکھتا ہے۔ اس سے علاج بہتر ہوتا ہے۔

## آپ کو کیا کرنا ہے

1. رات: 10 بجے کے بعد کچھ نہ کھائیں۔
2. صبح: صرف پانی پئیں۔

## فوراً آئیں

- چکر: 112 پر فون کریں۔
"""
SPANISH = """## Qué es

Este análisis mide el azúcar en la sangre. Ayuda a elegir el tratamiento.

## Qué debe hacer

1. La noche antes: no coma nada después de las 10. Beba solo agua.
2. Por la mañana: no tome la pastilla de 500 mg ni las 2,5 unidades.

## Cuándo llamar

- Mareo o desmayo: llame al 112.
"""
TEXTS = [("es", SPANISH), *(("en", text) for text in ENGLISH), ("hi", HINDI), ("ur", URDU)]


@pytest.mark.parametrize("check", [one.id for one in checks() if not one.needs_record])
def test_no_check_is_wrong_more_than_twice(check):
    told = Counter()
    for language, text in TEXTS:
        guide = Guide({"title": "A guide", "lead": "For you.", "body": text, "sources": SOURCES}, language, 2026)
        told.update(f"{one.check.id}: {one.sentence}" for one in run(guide))
    assert sum(count for said, count in told.items() if said.startswith(f"{check}: ")) <= 2, told
    assert sum(told.values()) <= 2, told
