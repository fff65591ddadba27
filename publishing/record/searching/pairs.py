"""Word pairs: what people type, and what guides say. The starting list lies beside this file; staff keep theirs."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from publishing.models import MOST_TOGETHER, Pair, Sides, index
from publishing.record.searching.terms import BACK, JOINED, PAIR, PAIRED, Way
from publishing.text import seeking

STARTING = Path(__file__).with_name("pairs.csv")
MOST_WAYS = 30  # from one side
EVERYWHERE = "en"  # English words are typed on each site, and read on each


class Step(NamedTuple):
    """One way from a side, the language of its pair, and whether it leads to other letters."""

    way: Way
    language: str
    crosses: bool


@dataclass
class Table:
    """All pairs by which patients search: from the stems of one side the steps to the other.

    `stems` has the words of all sides with the stems under which they stand there; `own`, by language, what people type
    and the stems of what guides say.
    """

    steps: dict = field(default_factory=lambda: defaultdict(list))
    stems: dict = field(default_factory=dict)
    own: dict = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def known(self):
        return seeking.Known(self.stems)

    def take(self, pair, stems):
        word, also = (_ways(side, pair.language, stems, self.stems) for side in (pair.word, pair.also))
        self.own[pair.language] += [(pair.word, side.whole) for side in also[:1]]
        crosses = seeking.script_of(pair.word[0].lower()) != seeking.script_of(pair.also[0].lower())
        for one, other in product(word, also):
            self._lead(one, pair.word, Step(Way(other.whole, PAIRED, PAIR, pair.also), pair.language, crosses))
            self._lead(other, pair.also, Step(Way(one.whole, BACK, PAIR, pair.word), pair.language, crosses))

    def _lead(self, side, said, step):
        """From each key of a side goes the step, and from one in another writing a step to the side itself."""
        for key in side.keys:
            self.steps[key].append(step)
            if key != side.whole:
                self.steps[key].append(Step(Way(side.whole, JOINED, PAIR, said), step.language, False))


@dataclass(frozen=True)
class Pairs:
    """The pairs as they are looked up on the site of a language."""

    language: str
    table: Table

    def ways(self, key):
        """Where a side leads by the pairs of the site's language, and of English."""
        return self._onward(key, [one for one in self.table.steps.get(key, ()) if self._is_here(one)])

    def elsewhere(self, key):
        """Where it leads by those of other languages: for what no text of the site says."""
        return self._onward(key, [one for one in self.table.steps.get(key, ()) if not self._is_here(one)])

    def words_behind(self, stems):
        """The words that sides lead to which may begin at any of these places, each with the stems of one word."""
        firsts = [some[0] for some in stems]
        keys = (tuple(firsts[n:end]) for n in range(len(firsts)) for end in range(n + 1, n + 1 + MOST_TOGETHER))
        return {word for key in keys for step in self.table.steps.get(key, ()) for word in step.way.words}

    def _is_here(self, step):
        return step.language in (self.language, EVERYWHERE)

    def _onward(self, key, steps):
        """The ways from a side, and on from there where the language changes: मोतियाबिंद, cataract, cloudy lens.

        Within one language no second step is taken: from one illness it would lead to the next.
        """
        found = [step.way for step in steps]
        for first in steps:
            for second in self.table.steps.get(first.way.words, ()):
                is_other = first.language != second.language or first.crosses or second.crosses
                if is_other and self._is_here(second) and second.way.words != key:
                    found.append(replace(second.way, quality=first.way.quality * second.way.quality))
        best = {}
        for way in sorted(found, key=lambda way: -way.quality):
            best.setdefault(way.words, way)
        return list(best.values())[:MOST_WAYS]


NONE = Pairs("", Table())


def pairs_for(language: str) -> Pairs:
    """The pairs by which patients search on the site of a language, of the starting list and of staff.

    Both sides lead to each other; the way from what people type to what guides say is the surer one.
    """
    # The newest line changes with each act; the count falls where one is erased by law.
    state = index.tables.asked(
        "SELECT line_id, key, is_kept, (SELECT count(*) FROM publishing_pair) FROM publishing_pair "
        "ORDER BY line_id DESC LIMIT 1"
    )
    return Pairs(language, _table(tuple(state)))


@lru_cache(maxsize=1)
def _table(_state):
    table, stems = Table(), seeking.Stems()
    for pair in pairs_searched():
        table.take(pair, stems)
    return table


def pairs_searched(languages=None):
    """The sides of all pairs by which patients search, staff's before ours."""
    kept = Pair.objects.order_by("line_id")
    kept = list(kept if languages is None else kept.filter(language__in=languages))
    off = {pair.key for pair in kept}
    ours = [pair for pair in starting_pairs() if languages is None or pair.language in languages]
    return [*(pair.sides for pair in kept if pair.is_kept), *(pair for pair in ours if pair.key not in off)]


@cache
def starting_pairs():
    """The sides of our own list, in its order."""
    with STARTING.open(encoding="utf-8", newline="") as file:
        return tuple(Sides(row["word"], row["also"], row["language"]) for row in csv.DictReader(file))


class Side(NamedTuple):
    """The stems of one side, and the keys under which it is looked up."""

    whole: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]


def _ways(words, language, stems, known):
    """One side, by the rules of the site's language and by those of English; its words become known."""
    asked = seeking.asked(words, language).words
    of = [dict.fromkeys(stems.of(forms[0], tongue) for tongue in _tongues(forms[0], language)) for forms in asked]
    for forms, some in zip(asked, of, strict=True):
        known.setdefault(forms[0], {}).update(some)
    if not asked:
        return []
    apart = [forms[1:] if _is_joined(forms) else forms[:1] for forms in asked]
    parts = tuple(stems.of(form, seeking.tongue_of(form, language)) for some in apart for form in some)
    joined = ("".join(forms[0] for forms in asked),) if len(asked) == 2 and all(len(one) == 1 for one in asked) else ()
    joined = tuple(stems.of(form, seeking.tongue_of(form, language)) for form in joined if len(form) <= seeking.LONGEST)
    keys = [key for key in (parts, joined) if key and len(key) <= MOST_TOGETHER]
    return [Side(whole, tuple(dict.fromkeys([whole, *keys]))) for whole in product(*of)]


def _is_joined(forms):
    """Whether a word has parts by which it is written as well: C-section."""
    return len(forms) > 1 and all(form.isalpha() for form in forms)


def _tongues(form, language):
    """By whose rules a word is taken: its own, those of English, and where it is English those of each site."""
    sites = [code for code, _name in settings.LANGUAGES] if language == EVERYWHERE else [language, EVERYWHERE]
    return dict.fromkeys(seeking.tongue_of(form, site) for site in sites)
