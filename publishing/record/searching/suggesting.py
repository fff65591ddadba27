"""What is suggested while somebody types: words of pairs that lead to what patients can read now."""

from publishing.models import index
from publishing.record.searching.pairs import pairs_for
from publishing.record.searching.terms import Reading
from publishing.text import seeking

LOOKED_AT = 60


def suggested_words(language, at):
    """What people type, of the pairs whose other side stands in a text that is live; staff's pairs first."""
    reading = Reading(language, at, seeking.Stems())
    asked = pairs_for(language).table.own.get(language, [])
    reading.count({stem for _word, stems in asked for stem in stems}, signs=("",))
    likely = [(word, stems) for word, stems in asked if stems and all(reading.counts[stem] for stem in stems)]
    live = index.tables.live_ways([stems for _word, stems in likely[:LOOKED_AT]], at)
    return list(dict.fromkeys(likely[place][0] for place in sorted(live)))
