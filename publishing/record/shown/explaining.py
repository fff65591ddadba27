"""Words explained where they stand: which terms of the word list a page explains, and their meanings at a moment."""

from functools import partial
from itertools import zip_longest
from types import MappingProxyType

from publishing.models import Among, kinds, note, prepared, told_for
from publishing.text import Terms, explained


@prepared
def live_words(model, *, at, language):
    """The word list of a language as patients read it, without what only a meaning's own place shows."""
    called = model._meta.get_field("work").related_model.LEDGER_NAME
    live = model.objects.live(at, named=f"{called} in {language}", is_paged=True).readable()
    return live.filter(language=language).only("work_id", "language", "slug", "title", "also").order_by("title", "id")


@prepared
def been_words(model, *, at, language):
    """The editions of all words of a language, the first first."""
    return model.objects.been_in_force(at).filter(language=language).defer("html", "folded").order_by("in_force_at")


@prepared
def whole_words(model, *, keys):
    """Editions of words with all that is read of them."""
    return model.objects.defer("folded").filter(Among("id", keys)).order_by()


@prepared
def new_words(model, *, at, since, language):
    """What changed of the words of a language after a moment; the first edition of a word changes nothing."""
    return (
        model.objects.been_in_force(at)
        .filter(language=language, in_force_at__gt=since, number__gt=1)
        .only("id")
        .order_by()
    )


def corrected_since(texts, since, until, at, *, language):
    """(as it was explained, as it is now or the notice in its place) of each word that stands on some texts, was
    explained there from one moment to another, and was changed or withdrawn since. Texts are read where one was.
    """
    model, found, works = kinds.word_list().edition_model(), [], {}
    if not new_words.first(model, at=at, since=since, language=language):
        return []
    for one in been_words(model, at=at, language=language):
        works.setdefault(one.work_id, []).append(one)
    for own in works.values():
        ends = [one.in_force_at for one in own[1:]]
        read = [
            one
            for one, end in zip_longest(own, ends)
            if one.in_force_at < until and (end is None or end > since) and not (one.is_notice or one.redacted_at)
        ]
        if read and read[0] is not own[-1]:
            found.append((read[0], own[-1]))
    terms, stood = Terms((first.work_id, first.forms) for first, _now in found), set()
    for text in texts() if found else ():
        if len(stood) < len(found):
            stood |= terms.found(text.html, stood).keys()
    return [pair for pair in found if pair[0].work_id in stood]


class Explaining:
    """The terms on a page of some texts, each where it first stands; with its meaning, and who checked that."""

    def __init__(self, texts=(), at=None):
        self.editions, self.reviews = [], []
        self.places = [{} for _text in texts]  # of each text the terms that stand there first, and where
        listed = live_words(kinds.word_list().edition_model(), at=at, language=texts[0].language) if texts else []
        if not listed:
            return
        terms, known = Terms((one.work_id, one.forms) for one in listed), []
        for text, places in zip(texts, self.places, strict=True):
            places |= terms.found(text.html, known)
            known += sorted(places, key=places.get)
        if known:
            self._load({one.work_id: one for one in listed}, known, at)

    def _load(self, listed, known, at):
        model = type(listed[known[0]])
        whole = {one.pk: one for one in whole_words(model, keys=[listed[number].pk for number in known])}
        self.editions = [whole[listed[number].pk] for number in known]
        self.reviews = told_for(self.editions, at)
        for one in self.editions:
            note(f"{model._meta.get_field('work').related_model.LEDGER_NAME}/{one.work_id}")

    def marking(self, place, led=MappingProxyType({})):
        """Makes links of the terms that first stand in the text at that place, given its HTML and what shows it; to the
        anchors in `led` of those that the page explains elsewhere than at its foot."""
        return partial(explained, places=self.places[place] if self.places else {}, led=led)
