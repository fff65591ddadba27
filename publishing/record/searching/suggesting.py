"""What is suggested while somebody types: words of pairs that lead to what patients can read now."""

from publishing.record.searching.pairs import pairs_searched
from publishing.record.searching.terms import Reading
from publishing.text import seeking

LOOKED_AT = 60


def suggested_words(language, at):
    """What people type, of the pairs whose other side stands in a text that is live; staff's pairs first."""
    reading, found = Reading(language, at, seeking.Stems()), []
    asked = [(pair, _stems(pair.also, reading)) for pair in pairs_searched((language,))]
    reading.count({stem for _pair, stems in asked for stem in stems})
    likely = [(pair, stems) for pair, stems in asked if stems and all(reading.counts[stem] for stem in stems)]
    for pair, stems in likely[:LOOKED_AT]:
        if reading.holds(stems):
            found.append(pair.word)
    return list(dict.fromkeys(found))


def _stems(side, reading):
    return [reading.of(forms[0])[0] for forms in seeking.asked(side, reading.language).words]
