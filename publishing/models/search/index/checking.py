"""Whether the index is what the editions make of it: each row, each word, each count."""

from collections import Counter

from publishing.models.search.index import tables
from publishing.models.search.index.feeding import AT_ONCE, ROWS, SPELLING, is_current, span_of, told_by
from publishing.models.search.index.rows import Form, Indexed, IndexedText, Word
from publishing.models.search.index.spans import indexed_kinds, spans
from publishing.models.search.index.words import told_of
from publishing.text import seeking


def faults(at):
    """Yield, as a sentence each, what of the index is not what it should be."""
    if not is_current():
        yield "the search index was made by another release"
        return
    rows, stems, words, forms = set(), seeking.Stems(), Counter(), Counter()
    for model in indexed_kinds():
        pks = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(pks), AT_ONCE):
            yield from _of_some(model, pks[first : first + AT_ONCE], at, (rows, stems, words, forms))
    # Over, and not yet taken out by an act: counted all the same
    for row in Indexed.objects.exclude(pk__in=rows).filter(until__lte=at).select_related("text"):
        rows.add(row.pk)
        _count(row, told_by(row.text), words, forms)
    if Indexed.objects.count() != len(rows) or IndexedText.objects.count() != len(rows):
        yield "the search index has rows that no edition makes"
    if rows:
        words[ROWS] = len(rows)
    yield from _counts(words, forms)


def _of_some(model, pks, at, counted):
    rows, stems, words, forms = counted
    wanted, titles = spans(model, pks, at)
    known = {
        span_of(row).key(at): row
        for row in Indexed.objects.filter(kind=model.LEDGER_NAME, work__in=pks).select_related("text")
    }
    editions = model.edition_model()._base_manager.in_bulk([span.edition for span in wanted])
    held = []
    for span in sorted(wanted, key=str):
        row = known.get(span.key(at))
        if row is None or getattr(row, "text", None) is None:
            yield f"the search index lacks edition {editions[span.edition].number} of {model.LEDGER_NAME}/{span.work}"
            continue
        told = told_of(editions[span.edition], titles[span.about], stems)
        rows.add(row.pk)
        held.append((row.pk, told.words()))
        _count(row, told, words, forms)
        kept = told_by(row.text)
        if (row.size, row.text.heads, kept.forms, kept.words()) != (told.size, told.heads, told.forms, told.words()):
            yield f"the search index has other words of {model.LEDGER_NAME}/{span.work} than its edition"
    for pk in tables.differing(tables.WORDS, held):
        yield f"the search finds row {pk} by other words than its edition has"


def _count(row, told, words, forms):
    words.update(told.words())
    forms.update(told.tongued(row.language))


def _counts(words, forms):
    if dict(Word.objects.exclude(word=SPELLING).values_list("word", "n")) != dict(words):
        yield "the words of the search index are miscounted"
    known = {(one.form, one.tongue, one.stem): one for one in Form.objects.all()}
    if {key: one.n for key, one in known.items()} != dict(forms):
        yield "the forms of words in the search index are miscounted"
    marked = [(one.pk, seeking.marks(one.form)) for one in known.values()]
    if tables.differing(tables.MARKS, marked):
        yield "the search finds forms of words by other letters than they have"
    for table, total in (
        (tables.WORDS, words.total() - words[ROWS]),
        (tables.MARKS, sum(len(told) for _pk, told in marked)),
    ):
        if tables.entries(table) != total:
            yield f"the table {table} holds more, or less, than the search index says"
