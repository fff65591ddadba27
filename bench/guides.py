"""The guides that everything here is measured with: the sample guide, varied deterministically by number.

A guide is a dict: slug, title, lead, date, byline, websites, socials, sponsor (lines), sections (heading, is_ordered,
paragraphs, items as pairs) and questions (pairs). `markdown` writes one as a source that import_articles takes.
"""

from __future__ import annotations

import datetime
import random
import re
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "articles" / "samples" / "car-t-cell-therapy.md"
DATE = datetime.date(2025, 6, 24)
THERAPIES = (
    "CAR T-cell therapy|Checkpoint inhibitor therapy|Proton beam therapy|Stem cell transplant|Targeted drug therapy|"
    "Monoclonal antibody therapy|Hormone therapy|Radioligand therapy|Cancer vaccine therapy|Gene editing therapy|"
    "Bispecific antibody therapy|Cryoablation"
).split("|")
CONDITIONS = (
    "leukaemia|lymphoma|myeloma|breast cancer|lung cancer|melanoma|sarcoma|kidney cancer|ovarian cancer|"
    "thyroid cancer|bladder cancer|brain tumours|colon cancer|liver cancer"
).split("|")
SENTENCES = (
    "Ask the care team for a written plan before the first visit.|"
    "Bring a list of every medicine and supplement you take.|"
    "A nurse can help with transport, lodging and paperwork.|"
    "Follow-up visits usually include a blood test and a short talk.|"
    "Call the clinic at once if you have a fever above 38 degrees.|"
    "Most centres plan the first review about four weeks later.|"
    "Results differ from person to person, so numbers are only a guide.|"
    "A second opinion is welcome and does not delay the treatment."
).split("|")


@cache
def seed():
    """The sample's sections and questions: ([(heading, is_ordered, paragraphs, items)], [(question, answer)])."""
    _front, _rule, text = SAMPLE.read_text().removeprefix("---\n").partition("\n---\n")
    parts = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    sections, questions = [], []
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        if heading == "Questions":
            asked = re.split(r"^### (.+)$", body, flags=re.M)[1:]
            questions = [(q, a.strip()) for q, a in zip(asked[::2], asked[1::2], strict=True)]
            continue
        items = re.findall(r"^(?:-|\d\.) ([^:\n]+): (.+)$", body, flags=re.M)
        plain = [line for line in body.splitlines() if line and not re.match(r"-|\d\.", line)]
        sections.append((heading, "\n1. " in body, plain, items))
    return sections, questions


def guide(number):
    """Guide `number`, from 0."""
    rnd = random.Random(number)
    therapy, condition = rnd.choice(THERAPIES), rnd.choice(CONDITIONS)

    def vary(text):
        text = text.replace("CAR T-cell therapy", therapy if text.startswith("CAR T-cell") else therapy.lower())
        return text.replace("blood cancers", condition)

    def more():
        return " " + " ".join(rnd.sample(SENTENCES, 2))

    sections, questions = seed()
    return {
        "slug": f"article-{number}",
        "title": f"{therapy} for {condition}: a guide for patients, number {number}",
        "lead": f"{therapy} is a treatment for people with {condition}. Here is what to expect.",
        "date": (DATE - datetime.timedelta(days=number % 3000)).isoformat(),
        "byline": "PAVAN",
        "websites": ["www.vizzve.com", "www.vizzveservices.com"],
        "socials": ["Facebook", "Linkedin", "Instagram"],
        "sponsor": ["Powered by Vizzve Financial", "RBI-Registered Loan Partner", "10 Lakh+ Customers"],
        "sections": [
            (vary(heading), is_ordered, [vary(line) + more() for line in lines], [(t, vary(x)) for t, x in items])
            for heading, is_ordered, lines, items in sections
        ],
        "questions": [(vary(question), vary(answer) + more()) for question, answer in questions],
    }


def markdown(one):
    """The guide as a source: front matter and Markdown. Returns text."""
    first, *claims = one["sponsor"]
    lines = ["---", f"title: {one['title']!r}", f"slug: {one['slug']}", "language: en", "topic: Cancer treatments"]
    lines += [f"lead: {one['lead']!r}", f"published_on: {one['date']}", f"uploaded_by: {one['byline']}"]
    lines += ["publisher:", f"  websites: [{', '.join(one['websites'])}]", f"  social: [{', '.join(one['socials'])}]"]
    lines += ["sponsor:", f"  name: {first.removeprefix('Powered by ')}", "  wording: Powered by"]
    lines += ["  connection: The publisher of this page and the sponsor share the Vizzve name."]
    lines += ["  claims:", *(f"    - {claim}" for claim in claims), "---"]
    for heading, is_ordered, paragraphs, items in one["sections"]:
        lines += ["", f"## {heading}"]
        for paragraph in paragraphs:
            lines += ["", paragraph]
        lines += ["", *(f"{f'{n}.' if is_ordered else '-'} {term}: {text}" for n, (term, text) in enumerate(items, 1))]
    lines += ["", "## Questions"]
    for question, answer in one["questions"]:
        lines += ["", f"### {question}", "", answer]
    return "\n".join(lines) + "\n"


def write(folder, numbers):
    """Write the guides of these numbers as Markdown files; return the folder."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        one = guide(number)
        (folder / f"{one['slug']}.md").write_text(markdown(one))
    return folder
