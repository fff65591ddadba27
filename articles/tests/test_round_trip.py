"""What is written out comes in again without a difference: all guides that the site has, and one with all there is."""

import io

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from articles.models import Article, OldAddress, Topic
from articles.patterns import patterns
from conftest import hand
from faq.models import Entry
from publishing.models import Picture, Publisher, Sponsor

SAMPLES = settings.BASE_DIR / "articles" / "samples"
ALL = """---
title: "Everything: a guide"
slug: everything
language: en
topic: Kidney
lead: "What a guide may hold: all of it."
brief: {How long: A week, Bring: "Your letter: the blue one"}
published_on: 2025-03-04
uploaded_by: Ward team
leaflet_number: KID-0042
aliases: [/old/all.html]
publisher: {name: Example Press, websites: [www.example.org, www.example.net], social: [Facebook]}
sponsor:
  name: Sample Sponsor
  wording: Powered by Sample
  address: https://www.example.org/s
  connection: They paid for paper.
  claims: ["Over 100 customers", "Since 1990"]
sources: ["Example Institute, 2024. https://www.example.org/x", "Second: with a colon"]
---

## Call us now (call now)

Fever over 38 °C. Write it here: [[dose in the morning]] and [[name of your nurse]].

## Risks (risks)

| Tablet | Dose |
| :-- | --: |
| One \\| two | 0.5 mg |

![A green arm](arm.png)

1. Arriving: Bring your letter.
2. Waiting: Sit down.

> [!NOTE]
> Bring your letter.

A note.[^1] H₂O **bold** *it* [link](https://www.example.org/a_(b)) and [inside](/articles/asthma/).

[^1]: With *words*.

## Questions

### May I swim?

No.[^a] See:

- one
- two

![Again](arm.png)

[^a]: Not yet.

### What “if”: I can't?

Ask.
"""


def rows(*models):
    """What those rows say, without their keys."""
    found = []
    for model in models:
        fields = [one.name for one in model._meta.concrete_fields if one.name != "id" and not one.is_relation]
        found += sorted(str(row) for row in model.objects.values_list(*fields))
    return found


def told():
    """All that is said of each guide."""
    found = {}
    for one in Article.objects.select_related("topic", "publisher", "sponsor", "original"):
        frozen = {name: value for name, value in one.frozen().items() if not name.endswith("_id")}
        asked = [(entry.question, entry.answer, entry.place) for entry in one.entry_set.all()]
        beside = [str(row) for row in (one.topic, one.publisher, one.sponsor, one.original)]
        found[one.language, one.slug] = frozen, asked, beside, one.leaflet_number, one.brief, one.sources
        found[one.language, one.slug] += (sorted(row.path for row in one.old_addresses.all()),)
    return found, rows(Topic, Publisher, Sponsor)


def empty():
    Entry.objects.all().delete()
    Article.objects.exclude(original=None).delete()
    for model in (Article, Publisher, Sponsor, OldAddress):
        model.objects.all().delete()
    Picture.objects.all().delete()


def test_every_guide_comes_in_again_as_it_went_out(tmp_path, db):
    file = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(file, "PNG")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "everything.md").write_text(ALL)
    (folder / "arm.png").write_bytes(file.getvalue())
    call_command("import_articles", *sorted(SAMPLES.glob("*.md")), folder)
    for one in patterns():
        Article(title=one.title, slug=f"pattern-{one.name}", body=one.text.strip()).keep(
            by=hand("Asha"), at=timezone.now()
        )
    Article.objects.filter(language="ur").update(is_machine=True)
    before = told()
    assert len(before[0]) == 7 + 1 + len(patterns())
    call_command("export_articles", tmp_path / "one")
    empty()
    call_command("import_articles", tmp_path / "one")
    assert told() == before
    call_command("export_articles", tmp_path / "two")
    places = (tmp_path / "one", tmp_path / "two")
    first, second = ({one.relative_to(place): one.read_bytes() for one in place.rglob("*.*")} for place in places)
    assert first == second and any(path.suffix == ".png" for path in first)
