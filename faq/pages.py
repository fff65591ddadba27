"""Questions as they stand on a page."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.models import Article, ArticleEdition
from faq.models import Entry, EntryEdition
from publishing.models import NOT_CHECKED, checks_of, prepared, reviews_for

HEADING = re.compile(r"<(/?)h([456])\b")


@dataclass
class Question:
    """One question's edition, ready to be shown."""

    edition: EntryEdition
    is_alone: bool = False

    @property
    def anchor(self):
        return f"q{self.edition.work_id}"

    @cached_property
    def html(self):
        """The answer. Its headings stand below those of a guide, so on a page of its own they move up."""
        html = self.edition.page_html
        if not self.is_alone:
            return html
        return HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) - 2}", html)

    @property
    def words(self):
        return self.edition.words


@prepared
def live_beside(*, at, article):
    live = EntryEdition.objects.live(at, named=f"faq for articles/{article}", is_paged=True)
    return live.readable().filter(article=article).for_lists().in_place()


def questions_of(article, at):
    """The live questions of an article, in their place."""
    return [Question(edition) for edition in live_beside(at=at, article=article)]


def checks_of_guides(guides, at):
    """The check of each guide's page, which says of its questions as well whether they were checked."""
    # A guide whose own text lacks a review is not checked, whatever was said of its questions.
    pages = {guide.work_id: [guide] for guide, review in zip(guides, reviews_for(guides, at), strict=True) if review}
    if not pages:
        return [NOT_CHECKED] * len(guides)
    ever = EntryEdition.objects.filter(article__in=pages, cancelled_at=None).readable()
    live = EntryEdition.objects.live(at, of=Entry.objects.filter(pk__in=ever.values("work"))).readable()
    for edition in live.filter(article__in=pages).only("work", "article", "text_digest"):
        pages[edition.article_id].append(edition)
    checks = dict(zip(pages, checks_of(list(pages.values()), at), strict=True))
    return [checks.get(guide.work_id, NOT_CHECKED) for guide in guides]


def questions_in_preview(article):
    """The questions of an article as its working copies have them now, for staff."""
    return [Question(entry.freeze()) for entry in article.entry_set.all()]


@dataclass
class Group:
    """Questions under one heading: a guide's, a topic's, or the general ones."""

    heading: str
    guide: ArticleEdition | None
    questions: list


def groups_of(editions, at):
    """The editions in order, grouped by guide, by topic, and last those of neither."""
    articles = Article.objects.filter(pk__in={one.article_id for one in editions})
    guides = ArticleEdition.objects.live(at, of=articles, named=Article.LEDGER_NAME).readable().for_lists()
    live = {guide.work_id: guide for guide in guides}
    groups = {}
    for edition in editions:
        guide = live.get(edition.article_id)
        heading = guide.title if guide else edition.topic.name if edition.topic else ""
        groups.setdefault((edition.article_id if guide else None, heading), Group(heading, guide, []))
        groups[edition.article_id if guide else None, heading].questions.append(Question(edition))
    return list(groups.values())
