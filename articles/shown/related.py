"""What else to read: the guides that staff chose, else those of the same topic that are most like it."""

import re
from dataclasses import dataclass

from articles.models import ArticleEdition, Topic
from publishing.models import home_of, prepared

FEW = 4
MOST_LIKE = 60  # guides of a topic that are looked at
TOLD = ("work_id", "slug", "title", "lead")
SHORTEST = 3  # letters of a word that counts
WORD = re.compile(rf"[^\W_]{{{SHORTEST},}}")
PARTED = "".join(sign if sign.isalnum() else " " for sign in map(chr, range(128)))


def related(edition, at):
    """The live guides to which a page leads on: where they are, and what they are called."""
    if chosen := edition.related_slugs:
        found = (ArticleEdition.objects.at_address(edition.language, slug, at) for slug in chosen)
        return [one for one in found if one and not one.is_notice and one.work_id != edition.work_id]
    if edition.topic_id is None:
        return []
    # Of many only their words: a page that made an edition of each would take twice the time
    told = near_in_topic(edition, at)
    mine = words_of(edition.title, edition.lead)
    most_like = sorted(told, key=lambda one: -len(mine & words_of(*one[2:])))[:FEW]
    return [Leading(edition.language, slug, title) for _work, slug, title, _lead in most_like]


@dataclass(frozen=True)
class Leading:
    """A guide as a link to it tells it."""

    language: str
    slug: str
    title: str

    def get_absolute_url(self):
        return f"{home_of(self.language)}{ArticleEdition.FOLDER}/{self.slug}/"


def near_in_topic(edition, at):
    """(key, address, title, lead) of the live guides of its topic but for itself, in the order of their titles; of very
    many those that stand around its own.
    """
    asked = {"at": at, "language": edition.language, "topic": edition.topic_id, "work": edition.work_id}
    asked["title"] = edition.title
    # Half of them on either side, or more where the other side has fewer
    half = MOST_LIKE // 2
    behind, before = after_in_topic.rows(half, **asked), before_in_topic.rows(half, **asked)
    if len(before) < half <= len(behind):
        behind = after_in_topic.rows(MOST_LIKE, **asked)
    elif len(behind) < half <= len(before):
        before = before_in_topic.rows(MOST_LIKE, **asked)
    kept = MOST_LIKE - min(len(behind), max(half, MOST_LIKE - len(before)))
    return [*reversed(before[:kept]), *behind[: MOST_LIKE - min(kept, len(before))]]


@prepared
def after_in_topic(most, *, at, language, topic, work, title):
    found = _of_topic(at, language, topic, work).filter(title__gte=title)
    return found.order_by("title", "work_id").values_list(*TOLD)[:most]


@prepared
def before_in_topic(most, *, at, language, topic, work, title):
    found = _of_topic(at, language, topic, work).filter(title__lt=title)
    return found.order_by("-title", "-work_id").values_list(*TOLD)[:most]


def _of_topic(at, language, topic, work):
    live = ArticleEdition.objects.live(at, named=f"related in {Topic.LEDGER_NAME}/{topic}", is_paged=True)
    return live.readable().filter(language=language, topic=topic).exclude(work=work)


def words_of(title, lead):
    text = f"{title} {lead}".casefold()
    if text.isascii():  # as most are: a third of the time
        return {word for word in text.translate(PARTED).split() if len(word) >= SHORTEST}
    return set(WORD.findall(text))
