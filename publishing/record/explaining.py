"""Words explained where they stand: which terms of the word list a page explains, and their meanings at a moment."""

from functools import partial

from publishing.models import Among, kinds, note, prepared, told_for
from publishing.text import Terms, explained


@prepared
def live_words(model, *, at, language):
    """The word list of a language as patients read it, without what only a meaning's own place shows."""
    called = model._meta.get_field("work").related_model.LEDGER_NAME
    live = model.objects.live(at, named=f"{called} in {language}", is_paged=True).readable()
    return live.filter(language=language).only("work_id", "language", "slug", "title", "also").order_by("title", "id")


@prepared
def whole_words(model, *, keys):
    """Editions of words with all that is read of them."""
    return model.objects.defer("folded").filter(Among("id", keys)).order_by()


class Explaining:
    """The terms on a page of some texts, each where it first stands; with its meaning, and who checked that."""

    def __init__(self, texts=(), at=None):
        self.editions, self.reviews, self.terms = [], [], None
        self.first = [[] for _text in texts]  # of each text the terms that stand there first
        listed = live_words(kinds.word_list().edition_model(), at=at, language=texts[0].language) if texts else []
        if not listed:
            return
        terms, known = Terms((one.work_id, one.forms) for one in listed), []
        for text, first in zip(texts, self.first, strict=True):
            places = terms.found(text.html, known)
            first += sorted(places, key=places.get)
            known += first
        if known:
            self._load({one.work_id: one for one in listed}, known, at)

    def _load(self, listed, known, at):
        model = type(listed[known[0]])
        whole = {one.pk: one for one in whole_words(model, keys=[listed[number].pk for number in known])}
        self.editions = [whole[listed[number].pk] for number in known]
        self.reviews = told_for(self.editions, at)
        self.terms = Terms((one.work_id, one.forms) for one in self.editions)
        for one in self.editions:
            note(f"{model._meta.get_field('work').related_model.LEDGER_NAME}/{one.work_id}")

    def marking(self, place):
        """What makes links of the terms that first stand in the text at that place, given its HTML as it is shown."""
        return partial(self._marked, self.first[place]) if self.terms and self.first[place] else str

    def _marked(self, first, html):
        places = self.terms.found(html, [one.work_id for one in self.editions if one.work_id not in first])
        return explained(html, {number: places[number] for number in first if number in places})
