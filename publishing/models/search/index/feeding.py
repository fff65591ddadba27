"""The index follows the acts, in their transaction: what an act makes goes in, what it ends goes out."""

from collections import Counter
from itertools import chain, groupby

from django.db import transaction

from publishing.models import kinds
from publishing.models.prepared import Among, prepared
from publishing.models.search.index import tables
from publishing.models.search.index.rows import Form, Indexed, IndexedText, Word
from publishing.models.search.index.spans import Span, followers, indexed_kinds, spans
from publishing.models.search.index.words import Told, told_of
from publishing.text import seeking

AT_ONCE = 500
# No words of a text: the spelling by which the words were taken, and how many rows there are
SPELLING, ROWS = "#", "##"


def renew(works, at):
    """Bring the index to what the editions of these texts, and of what follows them, say from a moment on."""
    gone, made, stems = {row.pk: row for row in rows_over(at=at)}, [], seeking.Stems()
    for model, group in groupby(works, type):
        pks = sorted({work.pk for work in group})
        if model.edition_model().SEARCHED:
            made.append(_changed(model, pks, at, gone))
        for follower, key in kinds.following(model):
            if follower.edition_model().SEARCHED and (beside := followers(follower, key, pks, at)):
                made.append(_changed(follower, beside, at, gone))
    if gone or any(new for _model, new, _titles in made):
        _write(list(gone.values()), chain.from_iterable(_made(*one, stems) for one in made), stems)


def _changed(model, pks, at, gone):
    """(model, spans that are new, titles) of some texts; what is gone of their rows is added to `gone`."""
    wanted, titles = spans(model, pks, at)
    rows = rows_of(kind=model.LEDGER_NAME, works=pks)
    known = {span_of(row).key(at): row for row in rows if row.until is None or row.until > at}
    keys = {span.key(at): span for span in sorted(wanted, key=Span.place)}
    kept = {row.pk for key, row in known.items() if key in keys}
    gone |= {row.pk: row for row in rows if row.pk not in kept}
    return model, [span for key, span in keys.items() if key not in known], titles


@prepared
def rows_of(*, kind, works):
    return Indexed.objects.filter(Among("work", works), kind=kind)


@prepared
def rows_over(*, at):
    return Indexed.objects.filter(until__lte=at)


@prepared
def texts_of(*, rows):
    return IndexedText.objects.filter(Among("pk", rows))


@prepared
def editions_of(model, *, pks):
    return model._base_manager.defer("folded").filter(Among("pk", pks))


def told_by(text):
    """What a row's text keeps of its words."""
    return Told.read(tables.unpacked(text.forms))


def span_of(row):
    return Span(*(getattr(row, name) for name in Span._fields))


def _made(model, found, titles, stems):
    """(row, what is told of its words) of each new span."""
    pks = sorted({span.edition for span in found})
    editions = {one.pk: one for one in editions_of(model.edition_model(), pks=pks)} if pks else {}
    for span in found:
        told = told_of(editions[span.edition], titles[span.about], stems)
        yield Indexed(size=told.size, **span._asdict()), told


@transaction.atomic(savepoint=False)
def _write(gone, made, stems):
    """Take rows out and put others in, with all that is counted of their words. `made` is asked once it is known what
    the words of the old ones were, since most of them come again."""
    words, forms = _exchange(gone, made, stems)
    _count_words(words)
    _count_forms(forms)


def _exchange(gone, made, stems):
    """The rows themselves: returns by how much each word and each form is counted more, or less, than before."""
    words, forms = Counter({ROWS: -len(gone)}), Counter()
    texts = {one.pk: one for one in texts_of(rows=[row.pk for row in gone])} if gone else {}
    old = [(row, told_by(texts[row.pk])) for row in gone]
    for row, told in old:
        words.subtract(told.words())
        forms.subtract(tongued := told.tongued(row.language))
        stems.known |= {(form, tongue): stem for form, tongue, stem in tongued}
    if old:
        tables.take_out(tables.WORDS, [(row.pk, told.words()) for row, told in old])
        for table, key in (("publishing_indexedtext", "row_id"), ("publishing_indexed", "id")):
            rows = sorted((row.pk,) for row in gone)
            one = f"DELETE FROM {table} WHERE {key} "
            tables.each(f"{one}= %s", rows, one + "IN (SELECT * FROM {})", ("bigint",))
    new = list(made)
    words[ROWS] += len(new)
    Indexed.objects.bulk_create([row for row, _told in new], batch_size=AT_ONCE)
    IndexedText.objects.bulk_create(
        [IndexedText(row=row, heads=told.heads, forms=tables.packed(told.written())) for row, told in new],
        batch_size=AT_ONCE,
    )
    tables.add(tables.WORDS, [(row.pk, told.words()) for row, told in new])
    for row, told in new:
        words.update(told.words())
        forms.update(told.tongued(row.language))
    return words, forms


def _count_words(changes):
    rows = sorted((word, n) for word, n in changes.items() if n)
    more = "ON CONFLICT (word) DO UPDATE SET n = publishing_word.n + excluded.n"
    tables.each(
        f"INSERT INTO publishing_word (word, n) VALUES (%s, %s) {more}",
        rows,
        "INSERT INTO publishing_word (word, n) SELECT * FROM {} " + more,
        ("text", "int"),
    )
    tables.each(
        "DELETE FROM publishing_word WHERE word = %s AND n <= 0",
        [(word,) for word, n in rows if n < 0],
        "DELETE FROM publishing_word WHERE word IN (SELECT * FROM {}) AND n <= 0",
        ("text",),
    )


def _count_forms(changes):
    """Count forms by (form, tongue, stem); one that is new gets its marks, one that is nowhere loses them."""
    changes = {key: n for key, n in changes.items() if n}
    known = {}
    for some in _by(AT_ONCE, sorted({form for form, _tongue, _stem in changes})):
        known |= {(form, tongue): told for form, tongue, *told in forms_known.rows(forms=some)}
    new, gone, changed = [], [], []
    for (form, tongue, stem), n in sorted(changes.items()):
        pk, counted = known.get((form, tongue), (None, 0))
        if pk is None:
            new.append(Form(form=form, tongue=tongue, stem=stem, n=n))
        elif counted + n <= 0:
            gone.append((pk, form))
        else:
            changed.append((n, pk))
    tables.each(
        "UPDATE publishing_form SET n = n + %s WHERE id = %s",
        changed,
        "UPDATE publishing_form f SET n = f.n + told.n FROM {} AS told (n, id) WHERE f.id = told.id",
        ("int", "bigint"),
    )
    if gone:
        tables.take_out(tables.MARKS, [(pk, seeking.marks(form)) for pk, form in gone])
    tables.each(
        "DELETE FROM publishing_form WHERE id = %s",
        [(pk,) for pk, _form in gone],
        "DELETE FROM publishing_form WHERE id IN (SELECT * FROM {})",
        ("bigint",),
    )
    if new:
        made = Form.objects.bulk_create(new, batch_size=AT_ONCE)
        tables.add(tables.MARKS, [(row.pk, seeking.marks(row.form)) for row in made])


@prepared
def forms_known(*, forms):
    return Form.objects.filter(Among("form", forms)).order_by().values_list("form", "tongue", "pk", "n")


def _by(size, some):
    return [some[first : first + size] for first in range(0, len(some), size)]


@transaction.atomic
def remake(at):
    """Make the whole index anew, under the lock; return how many rows it has.

    Words are counted when all rows are in, each once: PostgreSQL keeps every count that a transaction has overwritten,
    and with one for each word and each few hundred rows those were three quarters of the index.
    """
    tables.empty()
    stems, words, forms = seeking.Stems(), Counter(), Counter()
    for model in indexed_kinds():
        pks = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for some in _by(AT_ONCE, pks):
            found, titles = spans(model, some, at)
            more_words, more_forms = _exchange([], _made(model, sorted(found, key=Span.place), titles, stems), stems)
            words.update(more_words)
            forms.update(more_forms)
    _count_words(words)
    _count_forms(forms)
    Word.objects.create(word=SPELLING, n=seeking.SPELLED)
    tables.finish()
    return Indexed.objects.count()


def is_current():
    """Whether the words were taken by the rules that this release knows."""
    return Word.objects.filter(word=SPELLING, n=seeking.SPELLED).exists()
