"""For staff: which texts hold all words of a query, in the working copy or in what patients read or will read.

What patients read is found in the index. What they do not read stands in none, and must not: there its letters are
looked through, of so many texts, those changed last; of the rest the titles.
"""

from dataclasses import replace
from functools import cached_property, reduce
from operator import and_

from django.conf import settings
from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery

from publishing.models import Among, index, kinds
from publishing.record.owed.keeping import renewed
from publishing.record.owed.written import LIVE
from publishing.record.searching.answering import answer_to
from publishing.record.searching.forgiving import begun, sounds
from publishing.record.searching.pairs import NONE, pairs_for
from publishing.record.searching.terms import MEANT, SCRIPTS, Reading, terms_of
from publishing.text import fold, seeking

LOOKED_THROUGH = 1000  # texts that patients do not read as they are written now
MOST_LETTERS, MOST_WORDS = 200, 8
MOST_MEANT = 3


class Wanted:
    """The words that staff look for, at a moment."""

    def __init__(self, text, at):
        self.text, self.at = text.strip()[:MOST_LETTERS], at
        self.folded = fold(self.text).split()[:MOST_WORDS]

    @cached_property
    def query(self):
        """The query of the index, by the rules of each language; nothing where no word is worth looking for.

        Word pairs lead as they lead patients. Where no text has a word, it may be one of other letters by its sound.
        """
        language = _language_of(self.text)
        asked = seeking.asked(self.text, language)
        reading = Reading(language, self.at, seeking.Stems())
        pairs = pairs_for(language)
        terms = terms_of(replace(asked, words=asked.words[:MOST_WORDS]), reading, pairs)
        return index.tables.match_all([index.tables.match(_held(term, reading, pairs)) for term in terms])

    def texts(self, model, most=None):
        """The keys of the texts of one kind that hold the words; of many so many."""
        found = self._indexed(model, most)
        if self.folded and (most is None or len(found) < most):
            found |= self._unread(model)
        return found

    def _indexed(self, model, most):
        if not self.query:
            return set()
        column, condition = index.tables.found(index.tables.WORDS)
        # First all rows that have the words: else SQLite asks for them once for each text of the kind.
        sql = (
            f"WITH held AS MATERIALIZED (SELECT {column} AS id FROM {index.tables.WORDS} WHERE {condition}) "
            "SELECT DISTINCT i.work FROM held JOIN publishing_indexed i ON i.id = held.id "
            "WHERE i.kind = %s AND (i.until IS NULL OR i.until > %s)" + (f" LIMIT {int(most)}" if most else "")
        )
        at = connection.ops.adapt_datetimefield_value(self.at)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.query, model.LEDGER_NAME, at])
            return {pk for (pk,) in cursor.fetchall()}

    def _unread(self, model):
        keys = self.unread(model)
        newest, rest = keys[:LOOKED_THROUGH], keys[LOOKED_THROUGH:]
        found = set(self._holding(model, newest, "folded__contains"))
        return found | set(self._holding(model, rest, f"{kinds.title_of(model)}__icontains")) if rest else found

    def unread(self, model):
        """The keys of texts that patients do not read as they are written now, those changed last before others."""
        read = model.edition_model().objects.been_in_force(self.at).filter(work=OuterRef("pk"))
        works = model.objects.alias(
            is_gone=Subquery(read.values("is_notice")[:1]), said=Subquery(read.values("content_digest")[:1])
        )
        works = works.filter(Q(is_gone=None) | Q(is_gone=True) | ~Q(said=F("content_digest")))
        if model in renewed([model], self.at):  # what is kept of each spares nearly all of them the look
            works = works.filter(pk__in=model.owed_model().objects.exclude(state=LIVE).values("work"))
        return list(works.order_by("-changed_at", "-pk").values_list("pk", flat=True))

    def _holding(self, model, keys, lookup):
        works = model.objects.filter(Among("pk", keys)).order_by()
        return works.filter(reduce(and_, [Q(**{lookup: word}) for word in self.folded])).values_list("pk", flat=True)

    def meant(self):
        """What may have been meant where nothing holds the words: queries in which unknown words are other ones."""
        answer = answer_to(self.text, _language_of(self.text), self.at, NONE)
        found = {one.typed: one.said for one in answer.instead}
        found |= {word: tuple(answer.near) for word in answer.unknown if answer.near}
        typed = [forms[0] for forms in answer.asked.words]
        told = [
            " ".join(found.get(word, (word,))[min(number, len(found.get(word, (word,))) - 1)] for word in typed)
            for number in range(max(map(len, found.values()), default=0))
        ]
        return list(dict.fromkeys(told))[:MOST_MEANT]


def _held(term, reading, pairs):
    """The ways in which a text may hold a term: those of staff, and those by which patients find it on any site."""
    ways = _ways(term.forms[0], reading.stems) if len(term.forms) == 1 else []
    ways += [way.words for way in term.ways if way.kind != MEANT]
    ways += [one.words for way in list(ways) for one in pairs.elsewhere(way)]
    if not any(reading.holds(way) for way in ways):
        ways += [way.words for way in [*term.ways, *sounds(term, reading)]]
    return list(dict.fromkeys(ways))


def _ways(forms, stems):
    """The ways in which a text may hold a word: as it was typed, in its parts, and as the beginning of a longer one."""
    whole, *parts = forms
    languages = [code for code, _name in settings.LANGUAGES]
    tongues = dict.fromkeys(seeking.tongue_of(whole, language) for language in languages)
    ways = [(stems.of(whole, tongue),) for tongue in tongues]
    if parts:
        ways.append(tuple(stems.of(part, seeking.tongue_of(part, settings.LANGUAGE_CODE)) for part in parts))
    return list(dict.fromkeys([*ways, *((stem,) for stem in begun(whole))]))


def _language_of(text):
    """The first of the site's languages that is written in the letters of the query."""
    words = seeking.asked(text, settings.LANGUAGE_CODE).words
    script = seeking.script_of(words[0][0]) if words else "latin"
    return next((code for code, _name in settings.LANGUAGES if SCRIPTS.get(code, "latin") == script), "en")
