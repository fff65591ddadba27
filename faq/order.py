"""In which order the list of questions goes on: those of guides by title, and last those whose guide is in no list.

A page begins behind a guide, by its key, however many stand before it; the questions of a guide stand together.
"""

from collections import Counter
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from articles.models import ArticleEdition
from faq.models import EntryEdition
from publishing.models import Among, prepared

FEW = 12  # guides whose questions are read at first


@prepared
def questions_of(*, at, language, guides):
    """The live questions of these guides, each guide's in their place."""
    return _of(at, language, guides).for_lists().order_by("place", "work_id")


@prepared
def told_of(*, at, language, guides):
    """The guide of each of them."""
    return _of(at, language, guides).order_by().values_list("article_id")


def _of(at, language, guides):
    live = EntryEdition.objects.live(at, is_paged=True).readable()
    return live.filter(Among("article", guides), language=language)


def guides_asked(at, language):
    """The live guides of a language that have live questions in it."""
    here = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language)
    return here.filter(Exists(_following(at, language).filter(article=OuterRef("work_id")).order_by()))


def rest_of(at, language):
    """The questions of guides that were taken down, speak another language, or never came out."""
    listed = ArticleEdition.objects.live_of("article_id", at).readable().filter(language=language)
    return _following(at, language).exclude(Exists(listed.order_by()))


def _following(at, language):
    live = EntryEdition.objects.live(at, is_paged=True).readable()
    return live.filter(language=language).exclude(article=None)


@prepared
def first_guides(most, *, at, language):
    return guides_asked(at, language).order_by("title", "work_id").values_list("work_id")[: most + 1]


@prepared
def guides_backwards(most, *, at, language):
    return guides_asked(at, language).order_by("-title", "-work_id").values_list("work_id")[: most + 1]


@prepared
def first_of_rest(most, *, at, language):
    return rest_of(at, language).order_by("article_id").values_list("article_id").distinct()[: most + 1]


@prepared
def title_of(*, at, language, work):
    return guides_asked(at, language).filter(work=work).values_list("title")


@prepared
def guides_behind(most, *, at, language, title, work):
    # The first, which the others imply, is what an index finds.
    behind = guides_asked(at, language).filter(Q(title__gt=title) | Q(title=title, work__gt=work), title__gte=title)
    return behind.order_by("title", "work_id").values_list("work_id")[: most + 1]


@prepared
def guides_before(most, *, at, language, title, work):
    """Backwards, with the guide itself."""
    before = guides_asked(at, language).filter(Q(title__lt=title) | Q(title=title, work__lte=work), title__lte=title)
    return before.order_by("-title", "-work_id").values_list("work_id")[: most + 1]


class ByGuide:
    """The live questions that follow guides, in one language; a page has room for `most`."""

    def __init__(self, language, at, most):
        self.language, self.at, self.most = language, at, most

    @cached_property
    def rest(self):
        return rest_of(self.at, self.language)

    def behind(self, after):
        """By guide, in order, its questions: at least one question more than has room, if there is one.

        `after` is the key of a guide; 0 stands before all.
        """
        if not after:
            return self._first()
        title = self._title(after)
        if title is None:
            return self._read(self._of_rest(article__gt=after))
        found = self._keys(guides_behind, title=title, work=after)
        return self._read(found if len(found) > self.most else found + self._of_rest())

    def _first(self):
        found = self._keys(first_guides)
        return self._read(found if len(found) > self.most else found + self._keys(first_of_rest))

    def before(self, after):
        """By guide how many questions it has, backwards from the guide `after` itself."""
        if not after:
            return {}
        title = self._title(after)
        if title is not None:
            return self._counted(self._keys(guides_before, title=title, work=after))
        found = self._of_rest("-article_id", article__lte=after)
        return self._counted(found if len(found) > self.most else found + self._keys(guides_backwards))

    def _title(self, key):
        found = title_of.rows(at=self.at, language=self.language, work=key)
        return found[0][0] if found else None

    def _keys(self, asked, **told):
        return [key for (key,) in asked.rows(self.most, at=self.at, language=self.language, **told)]

    def _of_rest(self, order="article_id", **narrowed):
        rest = self.rest.filter(**narrowed).order_by(order)
        return list(rest.values_list("article_id", flat=True).distinct()[: self.most + 1])

    def _read(self, keys):
        """As many guides as a page needs, some at a time: most have a few questions each."""
        found, count, some = {}, 0, FEW
        while keys and count <= self.most:
            now, keys, some = keys[:some], keys[some:], 2 * some
            found |= {key: [] for key in now}
            for one in questions_of(at=self.at, language=self.language, guides=now):
                found[one.article_id].append(one)
                count += 1
        return found

    def _counted(self, keys):
        asked = told_of.rows(at=self.at, language=self.language, guides=keys) if keys else ()
        known = Counter(key for (key,) in asked)
        return {key: known[key] for key in keys}
