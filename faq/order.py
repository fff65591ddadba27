"""In which order the list of questions goes on: those of guides by title, and last those whose guide is in no list.

A page begins behind a guide, by its key, however many stand before it; the questions of a guide stand together.
"""

from collections import Counter

from django.db.models import Exists, OuterRef, Q

from articles.models import ArticleEdition
from faq.models import EntryEdition


class ByGuide:
    """The live questions that follow guides, in one language; a page has room for `most`."""

    def __init__(self, language, at, most):
        live = EntryEdition.objects.live(at, is_paged=True).readable().filter(language=language).exclude(article=None)
        here = ArticleEdition.objects.live(at, is_paged=True).readable().filter(language=language)
        self.asked, self.most = live.for_lists().order_by("place", "work_id"), most
        self.guides = here.filter(Exists(live.filter(article=OuterRef("work_id")).order_by()))
        # Of guides that were taken down, speak another language, or never came out
        listed = ArticleEdition.objects.live_of("article_id", at).readable().filter(language=language)
        self.rest = live.exclude(Exists(listed.order_by()))

    def behind(self, after):
        """By guide, in order, its questions: at least one question more than has room, if there is one.

        `after` is the key of a guide; 0 stands before all.
        """
        title = self._title(after)
        if after and title is None:
            return self._read(self._of_rest(article__gt=after))
        behind = self.guides
        if after:
            # The first, which the others imply, is what an index finds.
            behind = behind.filter(Q(title__gt=title) | Q(title=title, work__gt=after), title__gte=title)
        found = self._of_guides(behind.order_by("title", "work_id"))
        return self._read(found if len(found) > self.most else found + self._of_rest())

    def before(self, after):
        """By guide how many questions it has, backwards from the guide `after` itself."""
        if not after:
            return {}
        title = self._title(after)
        if title is not None:
            before = self.guides.filter(Q(title__lt=title) | Q(title=title, work__lte=after), title__lte=title)
            return self._counted(self._of_guides(before.order_by("-title", "-work_id")))
        found = self._of_rest("-article_id", article__lte=after)
        more = [] if len(found) > self.most else self._of_guides(self.guides.order_by("-title", "-work_id"))
        return self._counted(found + more)

    def _title(self, key):
        return self.guides.filter(work=key).values_list("title", flat=True).first() if key else None

    def _of_guides(self, guides):
        return list(guides.values_list("work_id", flat=True)[: self.most + 1])

    def _of_rest(self, order="article_id", **narrowed):
        rest = self.rest.filter(**narrowed).order_by(order)
        return list(rest.values_list("article_id", flat=True).distinct()[: self.most + 1])

    def _read(self, keys):
        found = {key: [] for key in keys}
        for one in self.asked.filter(article__in=keys) if keys else ():
            found[one.article_id].append(one)
        return found

    def _counted(self, keys):
        known = Counter(self.asked.filter(article__in=keys).order_by().values_list("article_id", flat=True))
        return {key: known[key] for key in keys}
