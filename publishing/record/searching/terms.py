"""What a query means: for each of its words the ways in which a text may say it, the typed one and those forgiven."""

from dataclasses import dataclass, field, replace

from django.conf import settings

from publishing.models import MOST_TOGETHER, index
from publishing.safety import names_medicine
from publishing.text import seeking

SCRIPTS = {"hi": "devanagari", "mr": "devanagari", "ne": "devanagari", "ur": "arabic", "ar": "arabic"}
FEW = 200  # rows among which it is looked whether one is live
PAIRED, BACK, JOINED = 0.9, 0.8, 0.95
TYPED, PAIR, MEANT, BEGUN, SPLIT, SLIP = "typed", "pair", "meant", "begun", "split", "slip"
ENDING, SOUND = "ending", "sound"
MOST_KEYS = 16  # under which so many words together are looked up among the pairs


@dataclass(frozen=True, slots=True)
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
    own: set = field(default_factory=set)  # stems that texts of the site's own language have
    forms: dict = field(default_factory=dict)  # by stem those of its forms that are known
    spelt: set = field(default_factory=set)  # words typed that stand in a pair: rightly spelt, though no text has them

    @property
    def script(self):
        return SCRIPTS.get(self.language, "latin")

    def of(self, form):
        """The stems under which a form may stand: by the rules of this site's language, and of English."""
        tongues = dict.fromkeys((seeking.tongue_of(form, self.language), seeking.tongue_of(form, "en")))
        return list(dict.fromkeys(self.stems.of(form, tongue) for tongue in tongues))

    def anywhere(self, form):
        """The stems under which it may stand in a text of any language."""
        tongues = [seeking.tongue_of(form, language) for language, _name in settings.LANGUAGES]
        return list(dict.fromkeys([*self.of(form), *(self.stems.of(form, tongue) for tongue in tongues)]))

    def count(self, words, signs=("", "!", "~")):
        """Learn how many rows have these words, in the places that the signs stand for."""
        wanted = {f"{sign}{word}" for word in words for sign in signs} | {index.ROWS}
        wanted -= self.counts.keys()
        if wanted:
            self.counts |= dict.fromkeys(wanted, 0)
            condition, values = index.tables.among("word", wanted)
            self.counts |= dict(index.tables.asked(f"SELECT word, n FROM publishing_word WHERE {condition}", values))

    def learn(self, stems, others):
        """Learn at once what is mostly asked: the forms of some stems, how many rows have these and other words."""
        words = {f"{sign}{word}" for word in (*stems, *others) for sign in ("", "!", "~")} | {index.ROWS}
        (of_words, told), (of_stems, more) = index.tables.among("word", words), index.tables.among("stem", stems)
        self.counts |= dict.fromkeys(words, 0)
        self.forms |= {stem: [] for stem in stems}
        for word, n, stem, tongue in index.tables.asked(
            f"SELECT word, n, '', '' FROM publishing_word WHERE {of_words} "
            f"UNION ALL SELECT form, 0, stem, tongue FROM publishing_form WHERE {of_stems}",
            [*told, *more],
        ):
            if stem:
                self.forms[stem].append((word, tongue))
            else:
                self.counts[word] = n

    def forms_of(self, stems):
        """By stem the forms in which texts write it, each with the tongue by which its stem was taken."""
        if asked := set(stems) - self.forms.keys():
            self.forms |= {stem: [] for stem in asked}
            condition, values = index.tables.among("stem", asked)
            for form, stem, tongue in index.tables.asked(
                f"SELECT form, stem, tongue FROM publishing_form WHERE {condition}", values
            ):
                self.forms[stem].append((form, tongue))
        return self.forms

    def learn_own(self, forms):
        """Learn which of these forms, in any of their spellings, texts of the site's own language have."""
        for form in forms:
            own = seeking.tongue_of(form, self.language)
            for stem in self.of(form):
                if self.counts.get(stem) and any(tongue == own for _form, tongue in self.forms_of([stem])[stem]):
                    self.own.add(stem)

    def is_own(self, form):
        """Whether patients can read a text of the site's own language that has a form."""
        return any(stem in self.own and self.is_live(stem) for stem in self.of(form))

    def is_of_site(self, words):
        """Whether texts of the site's own language have each of these words, as far as letters and endings tell."""
        forms = self.forms_of(words)
        return all(
            any(
                seeking.script_of(form) == self.script and tongue == seeking.tongue_of(form, self.language)
                for form, tongue in forms[word]
            )
            for word in words
        )

    def is_live(self, word):
        """Whether patients can read a text with this word now; one that only waits is as unknown as any other."""
        self.count([word], signs=("",))
        n = self.counts[word]
        if word not in self.alive:
            self.alive[word] = n > FEW or (n > 0 and index.tables.is_live([word], self.at))
        return self.alive[word]

    def holds(self, way):
        """Whether patients can read a text with all these words."""
        if not all(self.is_live(word) for word in way):
            return False
        if len(way) > 1 and way not in self.alive:
            self.alive[way] = index.tables.is_live(way, self.at)
        return len(way) == 1 or self.alive[way]


def terms_of(asked, reading, pairs):
    """The terms of a query, in order: sides of pairs first, the longest before all. Small words by ear fall out."""
    stems = [reading.of(forms[0]) for forms in asked.words]
    joined = {"".join(_both(asked.words, n)) for n in range(len(asked.words) - 1)}
    reading.learn({stem for some in stems for stem in some}, joined | pairs.words_behind(stems))
    reading.spelt |= pairs.table.stems.keys() & {forms[0] for forms in asked.words}
    words = [forms for forms in asked.words if forms[0] in pairs.table.stems or not _is_small(forms[0], reading)]
    stems = [reading.of(forms[0]) for forms in words]
    reading.count({"".join(_both(words, n)) for n in range(len(words) - 1)})
    reading.learn_own(forms[0] for forms in words)
    sides, found, place = Lookup(words, stems, pairs, reading), [], 0
    while place < len(words):
        length, ways = sides.longest(place)
        if all(way.kind == MEANT for way in ways) and (joined := _joined(words, place, reading))[0]:
            length, ways = joined
        length = length or 1
        for some in _as_one_or_each(words[place : place + length], ways, reading):
            term = Term(tuple(some))
            term.ways = [*_typed(term, reading), *ways]
            found.append(term)
        place += length
    return found


def _as_one_or_each(words, ways, reading):
    """The words of a side together; or each alone where only texts of other languages have what the side leads to, and
    those of the site's own have one of its words: a text in the reader's language is found as well."""
    if len(words) == 1:
        return [words]
    held = [Way(tuple(reading.of(forms[0])[0] for forms in words)), *ways]
    if any(reading.holds(way.words) and reading.is_of_site(way.words) for way in held):
        return [words]
    are_own = [reading.is_own(forms[0]) and seeking.script_of(forms[0]) == reading.script for forms in words]
    return [[one] for one in words] if any(are_own) else [words]


def _is_small(form, reading):
    """Whether it is a small word of Hindi or Urdu in Latin letters, and stands nowhere."""
    return seeking.is_small_by_ear(form) and not any(reading.is_live(stem) for stem in reading.of(form))


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
    ways = [Way((stem,)) for stem in (reading.of(whole) if reading.is_own(whole) else reading.anywhere(whole))]
    if parts:
        ways.append(Way(tuple(reading.of(part)[0] for part in parts), JOINED))
    return ways


class Lookup:
    """Looks for the words of a query among the sides of pairs: as they are typed, and as they may have been meant."""

    def __init__(self, words, stems, pairs, reading):
        self.stems, self.pairs, self.reading = stems, pairs, reading
        self.is_own = [reading.is_own(forms[0]) for forms in words]
        self.choices = [
            [(stem, 1.0, forms[0]) for stem in some] + ([] if own else self._meant(forms[0]))
            for forms, some, own in zip(words, stems, self.is_own, strict=True)
        ]

    def _meant(self, form):
        """(stem, how surely, word) of the words of pairs that a word may stand for which no text of the site has."""
        if names_medicine(form, self.reading.language):
            return []
        meant = self.pairs.table.known.meant(form)
        return [(stem, quality, word) for word, quality in meant for stem in self.pairs.table.stems[word]]

    def longest(self, place):
        """(how many words, ways) of the longest side that begins at this word."""
        for length in range(min(MOST_TOGETHER, len(self.stems) - place), 0, -1):
            keys = [((), 1.0, ())]
            for some in self.choices[place : place + length]:
                keys = [
                    ((*key, stem), sure * quality, (*said, word))
                    for key, sure, said in keys
                    for stem, quality, word in some
                ][:MOST_KEYS]
            found = [way for key, sure, said in keys for way in self._of(key, sure, " ".join(said), place, length)]
            typed = [key for key, sure, _said in keys if sure == 1]
            if found and any(self.reading.holds(key) for key in typed):
                # What says less than what was typed adds nothing.
                found = [way for way in found if not any(set(way.words) <= set(key) for key in typed)]
            stands = (self.reading.holds(way) for way in [*typed, *(one.words for one in found)])
            if found and (length == 1 or any(stands)):
                return length, list(dict.fromkeys(found))
        return 0, []

    def _of(self, key, sure, said, place, length):
        """The ways from a side; where it is only meant, the side itself is one of them."""
        found = self.pairs.ways(key)
        if not found and not any(self.is_own[place : place + length]):
            found = self.pairs.elsewhere(key)
        if sure == 1 or not found:
            return found
        return [replace(way, quality=way.quality * sure, kind=MEANT) for way in (Way(key, 1.0, MEANT, said), *found)]


def _joined(words, place, reading):
    """Two words that texts write as one."""
    if place + 1 >= len(words) or len(words[place]) > 1 or len(words[place + 1]) > 1:
        return 0, []
    joined = "".join(_both(words, place))
    if seeking.script_of(words[place][0]) != seeking.script_of(words[place + 1][0]) or len(joined) > 40:
        return 0, []
    live = [stem for stem in reading.of(joined) if reading.is_live(stem)]
    return (2, [Way((stem,), JOINED) for stem in live]) if live else (0, [])
