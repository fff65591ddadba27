"""Compositions: what a reader is shown at a moment. Whatever shows a text, now or years later, asks here.

A text with what follows it, what it follows, the frame, its topic, the reviews that speak for it, the words that are
explained on it, and its pictures.
Nothing here knows any kind of text by name: it walks those that are registered.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from publishing.models import (
    TEXT,
    Among,
    Around,
    Edition,
    Frame,
    Standing,
    checks_of,
    held_for,
    kinds,
    live_edition,
    prepared,
    sizes_shown,
    standing_of,
    with_carried,
)
from publishing.record.shown.explaining import Explaining
from publishing.record.shown.translated import ahead_of, asked_since, in_other_languages, untold_of
from publishing.text import digest

FORMAT = 1


@dataclass
class Composition:
    """One text as a reader is shown it at a moment. A template that shows it asks the database nothing."""

    edition: Edition
    at: datetime.datetime
    frame: Around
    companions: list = field(default_factory=list)  # the editions of what follows it, in their place
    original: Edition | None = None  # what it follows, where patients read that then
    successor: Edition | None = None  # what has replaced it, of a notice
    translations: list = field(default_factory=list)  # the same text in other languages, as patients read it then
    ahead: Edition | None = None  # what this translation is behind: its original, or a question, changed or taken down
    untold: object = None  # which questions of its original this translation has not
    reviews: list = field(default_factory=list)  # of the text and each companion: the one that holds for it, or None
    others: list = field(default_factory=list)  # what other people than clinicians said of the text
    named: dict = field(default_factory=dict)  # by key the editions of what its page names: its topic
    words: Explaining = field(default_factory=Explaining)  # the terms that are explained on it
    sizes: dict = field(default_factory=dict)  # (width, height, renditions) by name of each picture that is shown
    is_draft: bool = False  # the texts as they are being written

    @property
    def texts(self):
        """All that is read as one text: itself, and what follows it."""
        return [self.edition, *self.companions]

    @property
    def editions(self):
        """Every permanent edition that is shown: the texts, their words, what they name, and the frame around them."""
        return [
            one for one in (*self.texts, *self.words.editions, *self.named.values(), *self.frame.editions) if one.pk
        ]

    @cached_property
    def standing(self):
        """What patients are told of who checked it; a companion that nobody checked is told by itself."""
        if not self.reviews or self.reviews[0] is None:
            return Standing.NOBODY
        return Standing.of([one for one in self.reviews if one], self.at, told=self.reviews[:1])

    @cached_property
    def first_at(self):
        """The moment patients could first read the text here; None for a draft."""
        if self.is_draft:
            return None
        first = first_moment.first(type(self.edition), at=self.at, work=self.edition.work_id)
        return first and first.in_force_at

    @cached_property
    def digest(self):
        """SHA-256 of the canonical JSON of all that a reader is shown, each part by its own digest."""
        standing = self.standing
        more = {"others": [one.digest() for one in self.others]} if self.others else {}
        words = zip(self.words.editions, self.words.reviews, strict=True)
        if self.frame.own:
            more["around"] = [_digest(self.frame.own), self.frame.is_confirmed]
        if self.words.editions:
            more["words"] = [[_digest(one), review and review.digest()] for one, review in words]
        if self.translations or self.ahead:
            led = [one.address() for one in self.translations]
            more["translations"] = [led, self.ahead and _digest(self.ahead)]
        if self.untold:
            more["untold"] = [self.untold.count, *(_digest(one) for one in self.untold.questions)]
        return digest(
            more
            | {
                "format": FORMAT,
                "texts": [_digest(one) for one in self.texts],
                "frame": _digest(self.frame.first),
                "original": self.original and _digest(self.original),
                "successor": self.successor and _digest(self.successor),
                "named": {key: _digest(one) for key, one in self.named.items()},
                "reviews": [review and review.digest() for review in self.reviews],
                "is_overdue": standing.is_overdue,
                "pictures": [[name, *size[:2]] for name, size in sorted(self.sizes.items())],
            }
        )


def composed(edition, at):
    """The composition of an edition at a moment; of one not made yet, of the texts as they are being written."""
    is_draft = edition.pk is None
    whole = Composition(edition, at, Frame.around(at, edition.language, written=edition), is_draft=is_draft)
    if edition.is_notice:
        whole.successor = successor_of(edition, at)
    else:
        whole.companions = _drafts_beside(edition) if is_draft else _live_beside(edition, at)
        whole.original = _original(edition, at)
        whole.translations = in_other_languages(edition, at)
        whole.ahead = ahead_of(edition, at) or asked_since(edition, whole.companions, at)
        whole.untold = untold_of(edition, whole.companions, whole.translations, at)
        if _work_model(edition).IS_REVIEWED:
            exact, whole.others = checks_of(whole.texts, at)
            whole.reviews = with_carried(whole.texts, exact, at)
        if _work_model(edition).IS_EXPLAINED:
            whole.words = Explaining(whole.texts, at)
        html = "".join(one.html for one in (*whole.texts, *whole.words.editions))
        whole.sizes = sizes_shown(html, at) if "<img" in html else {}
    whole.named = {key: one for key in edition.SHOWS if (one := live_named(edition, key, at))}
    return whole


def standings(editions, at):
    """What lists say of each text's check: what follows a text counts too, and one unchecked speaks for all of it."""
    if not editions:
        return []
    held = held_by_work(type(editions[0]), [tuple(getattr(one, name) for name in TEXT) for one in editions], at)
    return [standing_of(held[one.work_id], at) for one in editions]


def held_by_work(edition_model, texts, at):
    """By work of each text, given as TEXT, the reviews that hold for it and for what follows it; None for one without.

    A text that itself lacks a review is not checked, whatever was said of what follows it.
    """
    reviews = {text[1]: [held] for text, held in zip(texts, held_for(edition_model, texts, at), strict=True)}
    reviewed = [work for work, held in reviews.items() if held != [None]]
    work_model = edition_model._meta.get_field("work").related_model
    for model, key in kinds.following(work_model) if reviewed else ():
        beside = texts_beside.rows(model.edition_model(), key, at=at, originals=reviewed)
        for row, held in zip(beside, held_for(model.edition_model(), [row[:-1] for row in beside], at), strict=True):
            reviews[row[-1]].append(held)
    return reviews


@prepared
def first_moment(model, *, at, work):
    """The first edition of a text, for its moment."""
    return model.objects.been_in_force(at).filter(work=work).order_by("in_force_at").only("in_force_at")[:1]


@prepared
def texts_beside(model, key, *, at, originals):
    """Of the live editions that follow these texts, what a review of each is looked up by, and what it follows."""
    live = model.objects.live(at, is_paged=True).readable().filter(Among(key, originals))
    return live.order_by().values_list(*TEXT, key)


def live_named(edition, key, at):
    """What a key of an edition leads to, as patients read it at that moment, or None."""
    leads = edition._meta.get_field(key)
    pk = getattr(edition, leads.attname)
    return live_edition.first(leads.related_model.edition_model(), at=at, work=pk) if pk else None


@prepared
def live_beside(model, *, at, original):
    """The live editions of what follows a text, in their place."""
    work_model = model._meta.get_field("work").related_model
    key, leading = work_model.FOLLOWS, work_model.original_model().LEDGER_NAME
    live = model.objects.live(at, named=f"{work_model.LEDGER_NAME} for {leading}/{original}", is_paged=True)
    return live.readable().filter(**{key: original}).for_lists().in_place()


def _live_beside(edition, at):
    models = [model.edition_model() for model, _key in kinds.following(_work_model(edition))]
    return [one for model in models for one in live_beside(model, at=at, original=edition.work_id)]


def _drafts_beside(edition):
    return [work.freeze() for work in kinds.followers(edition.work)]


def _original(edition, at):
    work_model = _work_model(edition)
    original = getattr(edition, f"{work_model.FOLLOWS}_id") if work_model.FOLLOWS else None
    if original is None:
        return None
    return work_model.original_model().edition_model().objects.live(at, of=original).readable().for_lists().first()


def successor_of(edition, at):
    """What patients read at that moment in place of a text that was withdrawn, or None."""
    if not edition.replaced_by_id:
        return None
    model = edition._meta.get_field("replaced_by").related_model.edition_model()
    return model.objects.live(at, of=edition.replaced_by_id).readable().first()


def _work_model(edition):
    return edition._meta.get_field("work").related_model


def _digest(edition):
    return edition.page_digest or edition.digest_of_page()
