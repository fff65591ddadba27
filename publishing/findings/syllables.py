"""How many syllables an English word has: its groups of vowels, less what is silent, more where two sounds meet.

Rules, and the few words that keep to none. American and British spellings, and what medicine took from Greek.
"""

from __future__ import annotations

import re

# Words that keep to no rule
_KNOWN = {
    word: count
    for count, words in (
        (1, "clothes"),
        (
            2,
            "acne business cafe chaos colleague colleagues conscience create every evening evenings headaches ion ions",
        ),
        (2, "lukewarm layer platelet platelets poem poems really science sometime something therefore"),
        (
            3,
            "anywhere area areas businesses coincide everyday everyone everything heroin idea ideas",
        ),
        (3, "papaya recipe recipes sciences simile suicide syncope systole"),
        (4, "anemone apostrophe catastrophe diabetes diastole epitome everybody facsimile hyperbole"),
    )
    for word in words.split()
}
_VOWELS = re.compile("[aeiouy]+")
_LESS = re.compile(
    # An e at the end that is not heard, but in -le behind a consonant
    r"[^aeioul](?<![bcdfgkpstz]l)e$|[aeiouyrl]le$|[gq]ues?$"
    # ... of -es and -ed, but where they need a sound of their own
    r"|(?:[^aeiouysxzcgl]|[aeiouyrl]l)(?<![cs]h)es$|[^aeioudt]ed$"
    # ... and before an end that was added to the word
    r"|[^aeiou](?<![bcdfgkpstz]l)e(?=(?:ly|ful|fully|less|ments?|ness)$)|(?<=^som)e(?=[a-z]{3})|(?<=^who)les"
)
_MORE = re.compile(
    r"(?<![cts])ia(?!ge)|(?<=[cts])ia(?=t|s[mti])|(?<=s)ia(?=c)|(?<![cstgxnl])io(?!u)|(?<=s)io(?!n|u)"
    r"|(?<![cstgx])iou|(?<!l)lio(?!n)|nio(?!n)|iu|(?<![cts])ie(?=n[ct]|t)|(?<=[^aeiou])ie(?=r$|st$)"
    r"|(?<=[a-z]{2}[rdsn])ea$|(?<=[a-z]{2}[rdsn])eas$|rea(?=l(?!m)|ct|tin)|crea(?=t[eio])|(?<=[dgn])ea(?=l$)"
    r"|(?<![pgl])eo(?!u)|(?<=[st]l)eo|oea|(?<![qg])ua(?=l|t|b|r[yi])|(?<![qgs])ue(?=n|l)|luid|rui(?=n)|ui(?=ty|ne$)"
    r"|uou|uo(?=d)|coa(?=g)|ao|[aeiouy](?=ing)|eu(?=s$|m$)|ism$|ithm$|ythm$"
)


def syllables(word: str) -> int:
    """At least 1; of a word in letters, in whatever capitals. Its parts are counted by themselves."""
    return sum(_count(one) for one in re.split(r"[^a-z]+", re.sub(r"['’](?:s\b)?", "", word.lower())) if one) or 1


def _count(word: str) -> int:
    if word in _KNOWN:
        return _KNOWN[word]
    count = len(_VOWELS.findall(word)) - len(_LESS.findall(word)) + len(_MORE.findall(word))
    return max(1, count)
