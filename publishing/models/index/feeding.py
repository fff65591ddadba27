"""The index follows the acts, in their transaction: what an act makes goes in, what it ends goes out."""

import zlib
from collections import Counter
from itertools import groupby

from django.db import connection, transaction

from publishing.models import kinds
from publishing.models.index import tables
from publishing.models.index.rows import Form, Indexed, IndexedText, Word
from publishing.models.index.spans import Span, followers, indexed_kinds, spans
from publishing.models.index.words import Told, told_of
from publishing.text import seeking

AT_ONCE = 500
# No words of a text: the spelling by which the words were taken, and how many rows there are
SPELLING, ROWS = "#", "##"


def renew(works, at):
    """Bring the index to what the editions of these texts, and of what follows them, say from a moment on."""
    for model, group in groupby(works, type):
        pks = sorted({work.pk for work in group})
        if model.edition_model().SEARCHED:
            _renew(model, pks, at)
        for follower, key in kinds.following(model):
            if follower.edition_model().SEARCHED and (beside := followers(follower, key, pks, at)):
                _renew(follower, beside, at)


def _renew(model, pks, at):
    wanted, titles = spans(model, pks, at)
    rows = Indexed.objects.filter(kind=model.LEDGER_NAME, work__in=pks)
    known = {span_of(row).key(at): row for row in rows if row.until is None or row.until > at}
    new = [span for span in sorted(wanted, key=str) if span.key(at) not in known]
    kept = {row.pk for key, row in known.items() if key in {span.key(at) for span in wanted}}
    gone = [row for row in rows if row.pk not in kept]
    gone += list(Indexed.objects.filter(until__lte=at).exclude(pk__in=[row.pk for row in gone]))
    stems = seeking.Stems()
    _write(gone, _made(model, new, titles, stems), stems)


def told_by(text):
    """What a row's text keeps of its words."""
    return Told.read(zlib.decompress(text.forms).decode())


def span_of(row):
    return Span(*(getattr(row, name) for name in Span._fields))


def _made(model, found, titles, stems):
    """(row, what is told of its words) of each new span."""
    editions = model.edition_model()._base_manager.defer("folded").in_bulk([span.edition for span in found])
    for span in found:
        told = told_of(editions[span.edition], titles[span.about], stems)
        yield Indexed(size=told.size, **span._asdict()), told


@transaction.atomic
def _write(gone, made, stems):
    """Take rows out and put others in, with all that is counted of their words. `made` is asked once it is known what
    the words of the old ones were, since most of them come again."""
    words, forms = Counter({ROWS: -len(gone)}), Counter()
    texts = IndexedText.objects.in_bulk([row.pk for row in gone])
    old = [(row, told_by(texts[row.pk])) for row in gone]
    for row, told in old:
        words.subtract(told.words())
        forms.subtract(tongued := told.tongued(row.language))
        stems.known |= {(form, tongue): stem for form, tongue, stem in tongued}
    if old:
        tables.take_out(tables.WORDS, [(row.pk, told.words()) for row, told in old])
        Indexed.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = list(made)
    words[ROWS] += len(new)
    Indexed.objects.bulk_create([row for row, _told in new], batch_size=AT_ONCE)
    IndexedText.objects.bulk_create(
        [IndexedText(row=row, heads=told.heads, forms=zlib.compress(told.written().encode(), 6)) for row, told in new],
        batch_size=AT_ONCE,
    )
    tables.add(tables.WORDS, [(row.pk, told.words()) for row, told in new])
    for row, told in new:
        words.update(told.words())
        forms.update(told.tongued(row.language))
    _count_words(words)
    _count_forms(forms)


def _count_words(changes):
    rows = sorted((word, n) for word, n in changes.items() if n)
    sql = (
        "INSERT INTO publishing_word (word, n) VALUES (%s, %s) "
        "ON CONFLICT (word) DO UPDATE SET n = publishing_word.n + excluded.n"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
    if any(n < 0 for _word, n in rows):
        Word.objects.filter(n__lte=0).exclude(word=SPELLING).delete()


def _count_forms(changes):
    """Count forms by (form, tongue, stem); one that is new gets its marks, one that is nowhere loses them."""
    changes = {key: n for key, n in changes.items() if n}
    known = {}
    for some in _by(AT_ONCE, sorted({form for form, _tongue, _stem in changes})):
        known |= {(one.form, one.tongue): one for one in Form.objects.filter(form__in=some)}
    new, gone, changed = [], [], {}
    for (form, tongue, stem), n in sorted(changes.items()):
        row = known.get((form, tongue))
        if row is None:
            new.append(Form(form=form, tongue=tongue, stem=stem, n=n))
        elif row.n + n <= 0:
            gone.append(row)
        else:
            changed.setdefault(row.n + n, []).append(row.pk)
    for n, pks in sorted(changed.items()):
        Form.objects.filter(pk__in=pks).update(n=n)
    if gone:
        tables.take_out(tables.MARKS, [(row.pk, seeking.marks(row.form)) for row in gone])
        Form.objects.filter(pk__in=[row.pk for row in gone]).delete()
    tables.add(
        tables.MARKS, [(row.pk, seeking.marks(row.form)) for row in Form.objects.bulk_create(new, batch_size=AT_ONCE)]
    )


def _by(size, some):
    return [some[first : first + size] for first in range(0, len(some), size)]


@transaction.atomic
def remake(at):
    """Make the whole index anew, under the lock; return how many rows it has."""
    tables.empty()
    for model in (IndexedText, Indexed, Form, Word):
        model.objects.all().delete()
    stems = seeking.Stems()
    for model in indexed_kinds():
        pks = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for some in _by(AT_ONCE, pks):
            found, titles = spans(model, some, at)
            _write([], _made(model, sorted(found, key=str), titles, stems), stems)
    Word.objects.create(word=SPELLING, n=seeking.SPELLED)
    tables.optimise()
    return Indexed.objects.count()


def is_current():
    """Whether the words were taken by the rules that this release knows."""
    return Word.objects.filter(word=SPELLING, n=seeking.SPELLED).exists()
