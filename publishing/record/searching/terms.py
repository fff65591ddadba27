"""What a query means: for each of its words the ways in which a text may say it, the typed one and those forgiven."""

from dataclasses import dataclass, field

from django.db import connection

from publishing.models import MOST_TOGETHER, index
from publishing.text import seeking

SCRIPTS = {"hi": "devanagari", "mr": "devanagari", "ne": "devanagari", "ur": "arabic", "ar": "arabic"}
FEW = 200  # rows among which it is looked whether one is live
PAIRED, BACK, JOINED = 0.9, 0.8, 0.95
TYPED, PAIR, BEGUN, SPLIT, SLIP, ENDING, SOUND = "typed", "pair", "begun", "split", "slip", "ending", "sound"


@dataclass(frozen=True)
class Way:
    """Stems that have to stand in a text together, how surely they are what was meant, and the word they stand for."""

    words: tuple[str, ...]
    quality: float = 1.0
    kind: str = TYPED
    said: str = ""


@dataclass
class Term:
    """One or more words of a query that are looked for as one."""

    forms: tuple[tuple[str, ...], ...]
    ways: list[Way] = field(default_factory=list)

    @property
    def typed(self):
        return " ".join(forms[0] for forms in self.forms)


@dataclass
class Reading:
    """Takes the words of one query apart. `counts` says of each word how many rows have it, live or not."""

    language: str
    at: object
    stems: object
    counts: dict = field(default_factory=dict)
    alive: dict = field(default_factory=dict)

    @property
    def script(self):
        return SCRIPTS.get(self.language, "latin")

    def of(self, form):
        """The stems under which a form may stand: by the rules of this site's language, and of English."""
        tongues = dict.fromkeys((seeking.tongue_of(form, self.language), seeking.tongue_of(form, "en")))
        return list(dict.fromkeys(self.stems.of(form, tongue) for tongue in tongues))

    def count(self, words):
        """Learn how many rows have these words, in any place."""
        wanted = {f"{sign}{word}" for word in words for sign in ("", "!", "~")} | {index.ROWS}
        wanted -= self.counts.keys()
        if wanted:
            self.counts |= dict.fromkeys(wanted, 0)
            sql = f"SELECT word, n FROM publishing_word WHERE word IN ({', '.join(['%s'] * len(wanted))})"
            with connection.cursor() as cursor:
                cursor.execute(sql, sorted(wanted))
                self.counts |= dict(cursor.fetchall())

    def is_live(self, word):
        """Whether patients can read a text with this word now; one that only waits is as unknown as any other."""
        self.count([word])
        n = self.counts[word]
        if word not in self.alive:
            self.alive[word] = n > FEW or (n > 0 and index.tables.is_live(word, self.at))
        return self.alive[word]

    def holds(self, way):
        return all(self.is_live(word) for word in way)


def terms_of(asked, reading, pairs):
    """The terms of a query, in order: pairs of words that staff keep first, the longest before any other."""
    words = list(asked.words)
    stems = [reading.of(forms[0]) for forms in words]
    reading.count({stem for some in stems for stem in some} | {"".join(_both(words, n)) for n in range(len(words) - 1)})
    found, place = [], 0
    while place < len(words):
        length, ways = _paired(stems, place, pairs, reading)
        if not length:
            length, ways = _joined(words, place, reading)
        length = length or 1
        term = Term(tuple(words[place : place + length]))
        term.ways = [*_typed(term, reading), *ways]
        found.append(term)
        place += length
    return found


def _both(words, place):
    return words[place][0], words[place + 1][0]


def _typed(term, reading):
    """The ways in which a term stands as it was typed."""
    if len(term.forms) > 1:
        ways = [()]
        for forms in term.forms:
            ways = [(*way, stem) for way in ways for stem in reading.of(forms[0])][:4]
        return [Way(way) for way in ways]
    (whole, *parts), *_none = term.forms
    ways = [Way((stem,)) for stem in reading.of(whole)]
    if parts:
        ways.append(Way(tuple(reading.of(part)[0] for part in parts), JOINED))
    return ways


def _paired(stems, place, pairs, reading):
    """(how many words, ways) of the longest side of pairs that begins at this word."""
    for length in range(min(MOST_TOGETHER, len(stems) - place), 0, -1):
        keys = [()]
        for some in stems[place : place + length]:
            keys = [(*key, stem) for key in keys for stem in some]
        found = [way for key in keys for way in pairs.get(key, ())]
        if found and (length == 1 or any(reading.holds(way) for way in [*keys, *(one.words for one in found)])):
            return length, list(dict.fromkeys(found))
    return 0, []


def _joined(words, place, reading):
    """Two words that texts write as one."""
    if place + 1 >= len(words) or len(words[place]) > 1 or len(words[place + 1]) > 1:
        return 0, []
    joined = "".join(_both(words, place))
    if seeking.script_of(words[place][0]) != seeking.script_of(words[place + 1][0]) or len(joined) > 40:
        return 0, []
    live = [stem for stem in reading.of(joined) if reading.is_live(stem)]
    return (2, [Way((stem,), JOINED) for stem in live]) if live else (0, [])
