"""Word pairs: what people type, and what guides say. The starting list lies beside this file."""

import csv
from functools import cache
from itertools import product
from pathlib import Path

from publishing.record.searching.terms import BACK, PAIR, PAIRED, Way
from publishing.text import seeking

STARTING = Path(__file__).with_name("pairs.csv")
EVERYWHERE = "en"  # English words are typed on each site, and read on each


@cache
def pairs_for(language: str) -> dict[tuple[str, ...], tuple[Way, ...]]:
    """From the stems of one side of a pair to the ways of the other, as `answer_to` takes them.

    They are those of the starting list for a language and for English. Both sides lead to each other; the way from what
    people type to what guides say is the surer one.
    """
    stems, found = seeking.Stems(), {}
    with STARTING.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["language"] in (language, EVERYWHERE):
                word, also = (_ways(row[side], language, stems) for side in ("word", "also"))
                for one, other in product(word, also):
                    found.setdefault(one, []).append(Way(other, PAIRED, PAIR, row["also"]))
                    found.setdefault(other, []).append(Way(one, BACK, PAIR, row["word"]))
    return {key: tuple(dict.fromkeys(ways)) for key, ways in found.items()}


def _ways(words, language, stems):
    """The stems of one side, by the rules of the site's language and by those of English."""
    asked = seeking.asked(words, language).words
    of = [dict.fromkeys(stems.of(forms[0], tongue) for tongue in _tongues(forms[0], language)) for forms in asked]
    return list(product(*of)) if asked else []


def _tongues(form, language):
    return {seeking.tongue_of(form, language): None, seeking.tongue_of(form, EVERYWHERE): None}
