"""Word pairs: what people type, and what guides say. The starting list lies beside this file; staff keep theirs."""

import csv
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from django.conf import settings

from publishing.models import Pair, Sides, newest_pair
from publishing.record.searching.terms import BACK, PAIR, PAIRED, Way
from publishing.text import seeking

STARTING = Path(__file__).with_name("pairs.csv")
EVERYWHERE = "en"  # English words are typed on each site, and read on each


def pairs_for(language: str) -> dict[tuple[str, ...], tuple[Way, ...]]:
    """From the stems of one side of a pair to the ways of the other, as `answer_to` takes them.

    They are those of a language and of English, of the starting list and of staff. Both sides lead to each other; the
    way from what people type to what guides say is the surer one.
    """
    newest = newest_pair.first()
    # The newest line changes with each act; the count falls where one is erased by law.
    return _ways_of(language, *((newest.line_id, newest.key, newest.is_kept, Pair.objects.count()) if newest else ()))


@lru_cache(maxsize=2 * len(settings.LANGUAGES))  # each as it is, and as it was a moment ago
def _ways_of(language, *_state):
    stems, found = seeking.Stems(), {}
    for pair in pairs_searched((language, EVERYWHERE)):
        word, also = (_ways(side, language, stems) for side in (pair.word, pair.also))
        for one, other in product(word, also):
            found.setdefault(one, []).append(Way(other, PAIRED, PAIR, pair.also))
            found.setdefault(other, []).append(Way(one, BACK, PAIR, pair.word))
    return {key: tuple(dict.fromkeys(ways)) for key, ways in found.items()}


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


def _ways(words, language, stems):
    """The stems of one side, by the rules of the site's language and by those of English."""
    asked = seeking.asked(words, language).words
    of = [dict.fromkeys(stems.of(forms[0], tongue) for tongue in _tongues(forms[0], language)) for forms in asked]
    return list(product(*of)) if asked else []


def _tongues(form, language):
    return {seeking.tongue_of(form, language): None, seeking.tongue_of(form, EVERYWHERE): None}
