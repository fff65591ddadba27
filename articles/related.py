"""What else to read: the guides that staff chose, else those of the same topic that are most like it."""

import re

from articles.models import ArticleEdition, Topic
from publishing.models import Among, prepared

FEW = 4
MOST_LIKE = 200  # guides of a topic that are looked at
WORD = re.compile(r"[^\W_]{3,}")


def related(edition, at):
    """The live guides to which a page leads on."""
    if chosen := edition.related_slugs:
        found = (ArticleEdition.objects.at_address(edition.language, slug, at) for slug in chosen)
        return [one for one in found if one and not one.is_notice and one.work_id != edition.work_id]
    if edition.topic_id is None:
        return []
    # Of many only their words: a page that made an edition of each would take twice the time
    told = of_topic.rows(at=at, language=edition.language, topic=edition.topic_id, work=edition.work_id)
    mine = words_of(edition.title, edition.lead)
    most_like = sorted(told, key=lambda one: -len(mine & words_of(*one[1:])))[:FEW]
    found = {one.pk: one for one in in_short(keys=[number for number, *_words in most_like])} if most_like else {}
    return [found[number] for number, *_words in most_like]


@prepared
def of_topic(*, at, language, topic, work):
    """(id, title, lead) of the live guides of a topic but for one."""
    live = ArticleEdition.objects.live(at, named=f"related in {Topic.LEDGER_NAME}/{topic}", is_paged=True)
    beside = live.readable().filter(language=language, topic=topic).exclude(work=work)
    return beside.order_by("title", "work_id").values_list("id", "title", "lead")[:MOST_LIKE]


@prepared
def in_short(*, keys):
    """Editions of guides with what leads to them."""
    found = ArticleEdition.objects.filter(Among("id", keys)).order_by()
    return found.only("work_id", "language", "slug", "title")


def words_of(title, lead):
    return set(WORD.findall(f"{title} {lead}".casefold()))
