"""Questions as they stand on pages of their own."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.models import Article, ArticleEdition
from articles.shown.pages import Text
from publishing.models import Among, prepared, said, sizes_shown

HEADING = re.compile(r"<(/?)h([456])\b")


class AloneText(Text):
    """An answer on a page of its own: its headings, which stand below those of a guide, move up."""

    @cached_property
    def html(self):
        return HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) - 2}", super().html)


@dataclass
class Group:
    """Questions under one heading: a guide's, a topic's, or the general ones."""

    heading: str
    guide: ArticleEdition | None
    questions: list


@prepared
def guides_of(*, at, works):
    """The live editions of guides, notices too."""
    asked = Article.objects.filter(Among("pk", works))
    return ArticleEdition.objects.live(at, of=asked, named=Article.LEDGER_NAME).for_lists()


def groups_of(editions, topics, at, ways, words, checks):
    """The editions in order, grouped by guide, by topic (one of those, by key), and last those of neither.

    A guide that was taken down keeps its questions, and its notice stands with them. `words` are explained in them;
    of each that has one in `checks`, its own check is told.
    """
    asked = sorted({one.article_id for one in editions} - {None})
    live = {guide.work_id: guide for guide in guides_of(at=at, works=asked)} if asked else {}
    html = "".join(one.html for one in editions)
    sizes = sizes_shown(html, at) if "<img" in html else {}
    groups = {}
    for place, edition in enumerate(editions):
        guide = live.get(edition.article_id)
        shown = guide or topics.get(edition.topic_id)
        heading = "" if not shown else said(guide.title, guide.language) if guide else shown.called(edition.language)
        groups.setdefault((edition.article_id if guide else None, heading), Group(heading, guide, []))
        groups[edition.article_id if guide else None, heading].questions.append(
            Text(edition, sizes, ways, words.marking(place), check=checks[place])
        )
    return list(groups.values())
