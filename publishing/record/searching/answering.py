"""The answer to a query: texts that patients can read at a moment, best first, and what was searched instead."""

from dataclasses import dataclass, field
from typing import NamedTuple

from publishing.models import index, kinds
from publishing.record.searching.finding import Found, Search
from publishing.record.searching.forgiving import forgive, near
from publishing.record.searching.terms import TYPED, Reading, terms_of
from publishing.safety import medicines_in
from publishing.text import seeking

IN_PASSING = 3  # how many times better another language has to answer to stand before ours
UNSURE = 0.55  # below it what was found by sound alone stands behind what the other language surely has


class Instead(NamedTuple):
    """A word that no text has, and the words that were searched in its place."""

    typed: str
    said: tuple[str, ...]


@dataclass
class Answer:
    asked: seeking.Asked
    language: str
    own: list[Found] = field(default_factory=list)  # in the language of the site
    others: list[Found] = field(default_factory=list)  # in any other
    instead: list[Instead] = field(default_factory=list)
    also: list[str] = field(default_factory=list)  # what guides may say of it, beside what was typed
    unknown: list[str] = field(default_factory=list)  # what was typed, and stands nowhere in any spelling
    near: list[str] = field(default_factory=list)  # words that patients may have meant, where nothing is found
    terms: list[set[str]] = field(default_factory=list)  # the forms in which each word may stand in a text

    @property
    def also_a_medicine(self):
        """Whether what guides may say of it is the name of a medicine, which has to be compared."""
        return any(medicines_in(said, self.language) for said in self.also)

    @property
    def others_first(self):
        """Whether only another language has all that was asked, or ours is a guess, or ours names it in passing."""
        if not self.own or not self.others:
            return bool(self.others)
        best, other = self.own[0], self.others[0]
        is_guess = best.surely < UNSURE <= other.surely or other.score > IN_PASSING * best.score
        return other.has_all and (not best.has_all or is_guess)


def answer_to(text, language, at, pairs):
    """What a query finds at that moment. `pairs` leads from the stems of one side to the ways of the other."""
    answer = Answer(seeking.asked(text, language), language)
    if not answer.asked.words or answer.asked.is_number:
        return answer
    reading = Reading(language, at, seeking.Stems())
    terms = forgive(terms_of(answer.asked, reading, pairs), reading)
    answer.unknown = [term.typed for term in terms if not term.ways]
    for term in terms:
        said = list(dict.fromkeys(way.said for way in term.ways if way.said))
        if any(way.kind == TYPED for way in term.ways):
            answer.also += said
        elif said:
            answer.instead.append(Instead(term.typed, tuple(said)))
    known = [term for term in terms if term.ways]
    if not known or (answer.unknown and all(seeking.is_number(term.forms[0][0]) for term in known)):
        lost = [form for term in terms if not term.ways and (form := term.forms[0][0]) not in reading.spelt]
        answer.near = list(dict.fromkeys(one for form in lost for one in near(form, reading)))
        return answer
    total = reading.counts.get(index.ROWS, 0)
    following = {model.LEDGER_NAME for model in kinds.works() if model.FOLLOWS}
    answer.own, answer.others = Search(known, reading, total, following).run()
    answer.terms = _forms(known, reading)
    return answer


def _forms(terms, reading):
    """For each term the forms, as texts write them, of all its stems."""
    forms = reading.forms_of(word for term in terms for way in term.ways for word in way.words)
    return [{form for way in term.ways for word in way.words for form, _tongue in forms[word]} for term in terms]
