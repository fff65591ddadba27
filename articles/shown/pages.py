"""A composition as pages show it: a guide with its questions, and any text that stands on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from django.utils.translation import gettext

from articles.shown.numbers import numbers_of
from articles.shown.own import OwnWords
from publishing.models import Edition, Standing
from publishing.record import Composition
from publishing.text import CALLS_NOW, DIALS, Ways, contents, explained, led_on, parts, plain, shown

SHORT = 60  # words of an answer
SELDOM = ("<table", "<img", "<figure", "<blockquote", "<pre", "<code", 'class="call', 'class="gap', 'class="footnotes')


@dataclass
class Text:
    """One text of a composition, ready to be shown."""

    edition: Edition
    sizes: dict  # of its pictures
    ways: Ways
    explains: Callable = partial(explained, places={})  # makes links of the words that are explained on the page
    numbers: dict | None = None  # to call, for the sections that say when
    check: Standing | None = None  # what is told of its own check, where the page tells it apart

    @property
    def anchor(self):
        return f"{type(self.edition).work.field.related_model.ANCHOR}{self.edition.work_id}"

    @cached_property
    def html(self):
        return self.explains(self.edition.html, show=self._shown)

    def _shown(self, html):
        return shown(html, self.sizes, self.ways, self.numbers)

    @property
    def words(self):
        return self.edition.words

    @property
    def is_short(self):
        """Whether nobody should have to tap for it."""
        return self.words < SHORT


@dataclass
class Word(Text):
    """A term with its meaning, as it stands at the foot of a page."""

    review: object = None  # who checked the meaning, or None


class Words(list):
    """Those that a page explains, in the order in which they stand in it."""

    @property
    def is_unchecked(self):
        """Whether nobody has checked any of them, so that it is said once."""
        return not any(one.review for one in self)


def texts_of(composition, ways, made=Text, led=None):
    """The texts of a page, in order. `led` has anchors of words that are explained elsewhere than at its foot."""
    told = (composition.sizes, ways)
    numbered, has_calls = enumerate(composition.texts), any(DIALS in one.html for one in composition.texts)
    numbers = numbers_of(composition.frame) if has_calls else {}
    return [made(one, *told, composition.words.marking(place, led or {}), numbers) for place, one in numbered]


def words_of(composition, ways):
    """The words that are explained on the page of a text."""
    return words_from(composition.words, composition.sizes, ways)


def words_from(explaining, sizes, ways):
    """The words that are explained on any page."""
    told = zip(explaining.editions, explaining.reviews, strict=True)
    return Words(Word(one, sizes, ways, review=review) for one, review in told)


class ArticlePage:
    """A guide with its questions, as patients read it. Made before its template, which asks the database nothing."""

    def __init__(self, composition: Composition, ways: Ways):
        self.edition, self.check = composition.edition, composition.standing
        self.topic, self.others = composition.named.get("topic"), composition.others
        self.ways, self.translations, self.ahead = ways, composition.translations, composition.ahead
        self.untold = composition.untold
        own = OwnWords(self.edition.html)
        explained_in_it = own.among(composition.words.editions) if own.terms else ()
        led = dict.fromkeys(explained_in_it, own.anchor)
        self.text, *self.questions = texts_of(composition, ways, led=led)
        self.meanings = Words(one for one in words_of(composition, ways) if one.edition.work_id not in led)
        # Of a guide that was checked, the questions that its check does not speak for.
        beside = list(zip(self.questions, composition.reviews[1:], strict=False)) if self.check.review else []
        self.unchecked = [question for question, review in beside if review is None]
        for question in self.unchecked:
            question.check = Standing.NOBODY
        self.changed = [(question, review) for question, review in beside if review and review.is_carried]
        # The date the publisher gives, else the moment patients could first read the guide here.
        self.published_on = self.edition.published_on or composition.first_at

    @cached_property
    def parts(self):
        return parts(self._led_on(self.text.html))

    def _led_on(self, html):
        """The HTML with links below each section to the same section in other languages, where they have as many."""
        alike = [one for one in self.translations if len(contents(one.html)) == len(self.contents)]
        if self.ways.is_alone or not alike:
            return html
        led = [(one.address(), one.language, one.language_name) for one in alike]
        return led_on(html, gettext("This part in"), led, self.ways)

    @property
    def has_risks(self):
        return any(part.is_risks for part in self.parts)

    @property
    def is_boxed(self):
        """Whether the box for emergencies stands in it: it does where no section says when to call at once."""
        return CALLS_NOW not in self.edition.html

    @cached_property
    def contents(self):
        return contents(self.edition.html)

    @property
    def has_seldom(self):
        """Whether anything stands on it that most guides go without, and that the stylesheet has rules for."""
        texts = [one.edition.html for one in (self.text, *self.questions, *self.meanings)]
        return any(sign in html for sign in SELDOM for html in texts)

    @property
    def description(self):
        return self.edition.lead or plain(self.edition.html)[:200]
