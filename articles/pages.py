"""A composition as pages show it: a guide with its questions, and any text that stands on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from articles.numbers import numbers_of
from publishing.models import Edition, Standing
from publishing.record import Composition
from publishing.text import CALLS_NOW, Ways, contents, led_on, parts, plain, shown

SHORT = 60  # words of an answer


@dataclass
class Text:
    """One text of a composition, ready to be shown."""

    edition: Edition
    sizes: dict  # of its pictures
    ways: Ways
    explains: Callable[[str], str] = str  # makes links of the words that are explained on the page
    numbers: dict | None = None  # to call, for the sections that say when
    check: Standing | None = None  # what is told of its own check, where the page tells it apart

    @property
    def anchor(self):
        return f"{type(self.edition).work.field.related_model.ANCHOR}{self.edition.work_id}"

    @cached_property
    def html(self):
        return self.explains(shown(self.edition.html, self.sizes, self.ways, self.numbers))

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


def texts_of(composition, ways, made=Text):
    """The texts of a page, in order."""
    told = (composition.sizes, ways)
    numbers, numbered = numbers_of(composition.frame), enumerate(composition.texts)
    return [made(one, *told, composition.words.marking(place), numbers) for place, one in numbered]


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
        self.text, *self.questions = texts_of(composition, ways)
        self.meanings = words_of(composition, ways)
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
        anchors = [(one, [anchor for anchor, _words in contents(one.html)]) for one in self.translations]
        alike = [(one, some) for one, some in anchors if len(some) == len(self.contents)]
        if self.ways.is_alone or not alike:
            return html
        sections = zip(*([(f"{one.address()}#{to}", one) for to in some] for one, some in alike), strict=True)
        led = [[(to, one.language, one.get_language_display()) for to, one in some] for some in sections]
        return led_on(html, gettext("This part in"), led, self.ways)

    @property
    def has_risks(self):
        return any(part.is_risks for part in self.parts)

    @property
    def is_boxed(self):
        """Whether the box for emergencies stands in it: it does where no section says when to call at once."""
        return CALLS_NOW not in self.edition.html

    @property
    def contents(self):
        return contents(self.edition.html)

    @property
    def description(self):
        return self.edition.lead or plain(self.edition.html)[:200]
