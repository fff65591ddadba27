"""A clinic that has grown: the guides of grown.py again and again under other numbers, addresses and titles.

python bench/many.py SIZE      what DATABASE_URL names, which holds the first thousand

The acts take some 20 ms a text, which is too long for 50,000 guides. So their rows are written anew as `restore` writes
them, with the triggers away: each digest, each line and the chain are computed by the house's own functions, the index
of the search is fed by its own, and `verify_ledger` finds no fault in the result (growth.py runs it).
"""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import grown

AT_ONCE = 500
ROOMY = "PRAGMA cache_size = -2000000"  # kB: with the usual ones SQLite writes each index to the disk again and again
NAMED = re.compile(r"\b(articles|faq)/(\d+)\b")
ADDRESSED = re.compile(r"( at [a-z-]+/)(.+)")
TOLD_ELSEWHERE = "020 7946 0019"  # so that as many guides tell the first number as before
# By kind of text: the field of its title
TITLED = {"articles": "title", "faq": "question"}


class Rows:
    """The rows that the acts made, and where the next ones begin."""

    def __init__(self):
        from faq.models import Entry

        from articles.models import Article, Intake
        from publishing.models import Line, Saving, Touch

        self.kinds = {"articles": Article, "faq": Entry}
        every = {name: model._base_manager.order_by("pk") for name, model in self.kinds.items()}
        self.works = {name: list(rows) for name, rows in every.items()}
        self.editions = {
            name: list(model.edition_model().objects.order_by("line_id")) for name, model in self.kinds.items()
        }
        self.reviews = {name: list(model.review_model().objects.order_by("line_id")) for name, model in self.kinds.items()}
        self.intakes = list(Intake.objects.order_by("pk"))
        names = tuple(f"{name}/" for name in self.kinds)
        self.lines = [line for line in Line.objects.order_by("seq") if line.work.startswith(names)]
        self.savings = [one for one in Saving.objects.order_by("pk") if one.work.startswith(names)]
        self.touches, known = {}, {line.seq for line in self.lines}
        for touch in Touch.objects.order_by("pk"):
            if touch.line_id in known:
                self.touches.setdefault(touch.line_id, []).append(touch)
        self.count = {name: max(one.pk for one in works) for name, works in self.works.items()}
        self.head = Line.objects.head()
        self.first = self.lines[0].at - datetime.timedelta(seconds=2)
        self.moments = self.head.at - self.first


class Again:
    """All of these rows once more, the `turn`th time, with moments in a time of their own behind the last line."""

    def __init__(self, rows, turn, took, head):
        self.rows, self.turn, self.took, self.head = rows, turn, took, head
        self.begins = rows.head.at + (turn - 1) * took
        self.seqs = {line.seq: head.seq + place for place, line in enumerate(rows.lines, 1)}
        self.texts, self.pages, self.guides = {}, {}, {}

    def at(self, moment):
        """The same moment in this turn's time."""
        return moment and self.begins + (moment - self.rows.first) * (self.took / self.rows.moments)

    def key(self, name, pk):
        return pk and pk + self.turn * self.rows.count[name]

    def named(self, text):
        """The ledger's name of a text, or of what acts on it touch, as it is called in this turn."""
        text = NAMED.sub(lambda found: f"{found[1]}/{self.key(found[1], int(found[2]))}", text)
        return ADDRESSED.sub(lambda found: found[1] + self.slug(found[2]), text)

    def slug(self, slug):
        guide = re.fullmatch(r"article-(\d+)", slug)
        return f"article-{int(guide[1]) + self.turn * self.rows.count['articles']}" if guide else f"{slug}-t{self.turn}"

    def said(self, text, number):
        """A text of the guide of this number."""
        later = number + self.turn * self.rows.count["articles"]
        return text.replace(f"number {number}", f"number {later}").replace(grown.TOLD, TOLD_ELSEWHERE)

    def reworded(self, name, one, number):
        one.slug = self.slug(one.slug)
        if name == "articles":
            for field in ("title", "body", "html", "folded"):
                if hasattr(one, field):
                    setattr(one, field, self.said(getattr(one, field), number))

    def written(self, name):
        """The editions of a kind; what their lines prove is kept."""
        from django.db.models import Max

        model = self.rows.kinds[name].edition_model()
        last = model.objects.aggregate(last=Max("pk"))["last"]
        first, pks = min(one.pk for one in self.rows.editions[name]), {}
        for old in self.rows.editions[name]:
            one = copied(old, pk=last + 1 + old.pk - first)
            one.work_id, one.line_id = self.key(name, old.work_id), self.seqs[old.line_id]
            one.made_at, one.in_force_at = self.at(old.made_at), self.at(old.in_force_at)
            self.reworded(name, one, old.work_id - 1)
            if name == "faq":
                one.article_id = self.key("articles", old.article_id)
                one.checked_against_id = self.guides.get(old.checked_against_id)
            one.text_digest = one.digest_of_text()
            _text, one.words_digest, one.page_digest = one.digests()
            one.content_digest = one.digest_of_content()
            pks[old.pk] = one.pk
            self.texts[name, old.work_id, old.text_digest] = one.text_digest
            self.pages[old.line_id] = one.page_digest
            yield one
        if name == "articles":
            self.guides = pks

    def read(self, name):
        """The working copies of a kind, whose words are those of their newest edition."""
        newest = {one.work_id: one for one in self.fresh}
        for old in self.rows.works[name]:
            one = copied(old, pk=self.key(name, old.pk))
            one.changed_at = self.at(old.changed_at)
            self.reworded(name, one, old.pk - 1)
            if name == "faq":
                one.article_id = self.key("articles", old.article_id)
            one.text_digest, one.content_digest = newest[one.pk].text_digest, newest[one.pk].content_digest
            yield one

    def judged(self, name):
        from django.db.models import Max

        last = self.rows.kinds[name].review_model().objects.aggregate(last=Max("pk"))["last"]
        for place, old in enumerate(self.rows.reviews[name], 1):
            one = copied(old, pk=last + place)
            one.work_id, one.line_id = self.key(name, old.work_id), self.seqs[old.line_id]
            one.made_at, one.beside = self.at(old.made_at), self.named(old.beside)
            one.text_digest = self.texts[name, old.work_id, old.text_digest]
            one.own_digest = self.pages[old.line_id] = one.digest()
            yield one

    def told(self):
        """(the ledger's lines, the names they touch, who saved what)."""
        from publishing.models import Saving, Touch, ledger
        from publishing.text import canonical, digest

        saved, savings = {}, []
        for old in self.rows.savings:
            name, _slash, pk = old.work.partition("/")
            text = self.texts.get((name, int(pk), old.text_digest), old.text_digest)
            one = copied(old, Saving, pk=None, work=self.named(old.work), saved_at=self.at(old.saved_at))
            one.text_digest = text
            saved.setdefault(one.work, []).append([one.saved_at, one.account, text])
            savings.append(one)
        lines, touches, previous = [], [], self.head.hash
        for old in self.rows.lines:
            name, _slash, pk = old.work.partition("/")
            one = copied(old, pk=self.seqs[old.seq], work=self.named(old.work), beside=self.named(old.beside))
            one.at, one.in_force_at = self.at(old.at), self.at(old.in_force_at)
            one.text_digest = self.texts[name, int(pk), old.text_digest]
            one.page_digest = self.pages[old.seq]
            if "savings" in old.told():
                one.detail = canonical(old.told() | {"savings": digest(saved.pop(one.work))})
                one.detail_digest = one.salted("detail")
            names = [(self.named(touch.name), self.at(touch.in_force_at)) for touch in self.rows.touches.get(old.seq, ())]
            one.touch_digest = ledger.digest_of_touches(names)
            touches += [Touch(name=told, line_id=one.seq, in_force_at=when) for told, when in names]
            one.previous = previous
            previous = one.hash = one.compute_hash()
            lines.append(one)
        return lines, touches, savings

    def write(self):
        """Write all of it; return the newest line."""
        from articles.models import Intake

        for name in self.rows.kinds:
            self.fresh = list(self.written(name))
            many(list(self.read(name)))
            many(self.fresh)
            many(list(self.judged(name)))
            del self.fresh
        for old in self.rows.intakes:
            old.file_name = self.slug(old.file_name.removesuffix(".md")) + ".md"
        key = self.key
        many([copied(one, Intake, pk=None, article_id=key("articles", one.article_id)) for one in self.rows.intakes])
        lines, touches, savings = self.told()
        many(lines)
        many(touches)
        many(savings)
        return lines[-1]


def copied(row, model=None, **changes):
    """An unsaved row with the same values, but for these."""
    model = model or type(row)
    one = model(**{field.attname: row.__dict__[field.attname] for field in model._meta.concrete_fields})
    for name, value in changes.items():
        setattr(one, name, value)
    return one


def many(rows):
    from django.db.models import QuerySet

    QuerySet(type(rows[0])).bulk_create(rows, batch_size=AT_ONCE)


def fed():
    """Bring the search's index to all texts that it does not know yet."""
    from django.db import transaction

    from publishing.models import Line
    from publishing.models.search.index import feeding
    from publishing.models.search.index.rows import Indexed
    from publishing.models.search.index.spans import indexed_kinds, spans
    from publishing.text import seeking

    at, stems = Line.objects.moment_of_reading(), seeking.Stems()
    for model in indexed_kinds():
        known = set(Indexed.objects.filter(kind=model.LEDGER_NAME).values_list("work", flat=True))
        pks = [pk for pk in model._base_manager.order_by("pk").values_list("pk", flat=True) if pk not in known]
        for first in range(0, len(pks), AT_ONCE):
            with transaction.atomic():
                found, titles = spans(model, pks[first : first + AT_ONCE], at)
                feeding._write([], feeding._made(model, sorted(found, key=str), titles, stems), stems)


def fill(size):
    """Bring the guides, a thousand, to so many thousands."""
    from django.db import connection, transaction
    from django.utils import timezone

    from publishing.record import triggers

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(ROOMY)
        # Where one row waits for another, SQLite looks through whole tables at each later one; checked at the end.
        connection.disable_constraint_checking()
    rows = Rows()
    turns, head = size // rows.count["articles"], rows.head
    took = (timezone.now() - head.at) / turns
    with transaction.atomic():
        triggers.remove()
        for turn in range(1, turns):
            head = Again(rows, turn, took, head).write()
            print(turn, flush=True)
        triggers.install()
    connection.check_constraints()
    connection.enable_constraint_checking()
    fed()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    fill(int(sys.argv[1]))
