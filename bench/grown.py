"""A clinic after years: guides that each have three editions, as their questions do, and 95 of 100 are reviewed.

python bench/grown.py SIZE      what DATABASE_URL names; growth.py calls it
"""

from __future__ import annotations

import datetime
import io
import sys
import tempfile
from pathlib import Path

import guides

EDITIONS = 3
TOGETHER = 100  # guides an act
# What the first thousand guides tell in their last edition, however many there are.
TOLD, TO_TELL, TELLING = "020 7946 0018", "020 7946 0777", 1000
UNREVIEWED = 20  # every so many guides, one is read by patients and reviewed by nobody


def fill(size):
    """Write so many guides by the house's own acts, many texts an act."""
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection

    from articles.models import Article

    call_command("migrate", verbosity=0)
    person = User.objects.create_user("publisher", "p@clinic.example", first_name="Asha", is_staff=True)
    person.groups.set(Group.objects.all())
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, size, 1000):
            guides.write(folder, range(first, min(first + 1000, size)))
            call_command("import_articles", folder, publish=True, stdout=io.StringIO())
            for file in Path(folder).iterdir():
                file.unlink()
    # Owned by a person, as things due ask for the owner of each.
    Article.objects.update(owner=person)
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for number in range(2, EDITIONS + 1):
        for first in range(0, size, TOGETHER):
            again(keys[first : first + TOGETHER], number, TELLING - first if number == EDITIONS else 0, person)
    for first in range(0, size, TOGETHER):
        reviewed([key for place, key in enumerate(keys[first : first + TOGETHER]) if place % UNREVIEWED], person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def again(keys, number, telling, person):
    """Change these guides and their questions a little, and publish them; the first `telling` tell a number."""
    from django.db import transaction
    from faq.models import Entry

    from articles.models import Article
    from publishing.models import Hand
    from publishing.models.works import acts

    by, made = Hand.of(person), {}
    guides_ = list(Article.objects.filter(pk__in=keys).order_by("pk"))
    entries = list(Entry.objects.filter(article__in=keys).order_by("pk").select_related("article"))
    for place, guide in enumerate(guides_):
        guide.body += f"\n\nAsk for leaflet {number}." + (f"\n\nCall {TOLD}." if place < telling else "")
    for entry in entries:
        entry.answer += f"\n\nAsk for leaflet {number}."
    with transaction.atomic():
        for works, name in ((guides_, "body"), (entries, "answer")):
            for work in works:
                work.sum_up()
            type(works[0]).objects.bulk_update(works, [name, "text_digest", "content_digest", "folded"])
            notes = dict.fromkeys(works, f"Leaflet {number}")
            now, editions = acts.begin(notes), [work.freeze() for work in works]
            for work, edition in zip(works, editions, strict=True):
                edition.number, edition.is_substance = number, False
                if work.FOLLOWS:
                    edition.checked_against = made[getattr(work, work.FOLLOWS)]
            acts.enact("publish", editions, notes, [None] * len(works), now=now, at=None, by=by)
            made |= {one.work: one for one in editions}


def reviewed(keys, person):
    """A clinician calls these guides, as patients read them, and their questions fit; each day others fall due."""
    from django.db import transaction
    from django.utils import timezone
    from faq.models import Entry

    from articles.models import Article
    from publishing.models import Hand, Line, Review, ledger

    by, today = Hand.of(person), timezone.localdate()
    told = {"reviewer_name": "Dr Ravi Rao", "credential": "haematologist", "result": Review.Result.FIT, "note": "Fit"}
    with transaction.atomic():
        now = ledger.lock()
        told |= {"made_at": now, "made_by": person, "made_by_name": by.name}
        for works in (Article.objects.filter(pk__in=keys), Entry.objects.filter(article__in=keys)):
            reviews, lines = [], []
            for work in works:
                due, read = today + datetime.timedelta(days=20 + work.pk % 300), work.unrendered()
                text = {name: getattr(read, name) for name in ("text_digest", "digest_format", "language", "beside")}
                review = works.model.review_model()(work=work, next_due_on=due, **told, **text)
                review.seal()
                reviews.append(review)
                proven = {"text_digest": read.text_digest, "page_digest": review.own_digest, "beside": read.beside}
                line = ledger.line("review", work.name, at=now, by=by, note="Fit", **proven)
                lines.append((line, work.touches(), review.overdue_at))
            Line.take_numbers([line for line, *_rest in lines])
            for review, (line, *_rest) in zip(reviews, lines, strict=True):
                review.line_id = line.seq
            works.model.review_model().objects.bulk_create(reviews)
            ledger.append_all(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    fill(int(sys.argv[1]))
