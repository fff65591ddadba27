"""Whether another guide of that language has the same title, or says the same: two doses under one name."""

from articles.models.articles import Article
from articles.models.fields import said_by
from publishing.findings import Finding, Severity, check, counted
from publishing.models import Among
from publishing.text import named, slug_of

STANDARD = "NHS service manual: one page for one need; two doses under one name have hurt patients"
MOST, FEWEST = 9, 20  # addresses that are made from one title; words


def _named_alike(guides):
    """The guides that have the title, or an address made of the title, of any of these."""
    titles, slugs = {one.fields["title"] for one in guides if one.is_whole}, set()
    for base in filter(None, map(slug_of, titles)):
        slugs |= {base, *(f"{base}-{number}" for number in range(2, MOST + 1))}
    found = Article.objects.only("title", "slug", "language")
    rows = [*found.filter(Among("title", titles)), *found.filter(Among("slug", slugs))]
    return _sorted(rows, lambda one: named(one.title))


def _saying_alike(guides):
    """The guides that say just what any of these says."""
    digests = {said_by(one.fields["body"]) for one in guides if one.is_whole}
    rows = Article.objects.only("title", "slug", "language", "body_digest").filter(Among("body_digest", digests))
    return _sorted(rows, lambda one: one.body_digest)


def _sorted(rows, key):
    found = {}
    for one in sorted(rows, key=lambda one: one.pk):
        found.setdefault((one.language, key(one)), {})[one.pk] = one
    return found


def _others(guide, found, key):
    """Those of them that are another guide, and not withdrawn."""
    rows = found.get((guide.edition.language, key), {})
    for one in [row for pk, row in rows.items() if pk != guide.work.pk][:MOST]:
        live = one.live(guide.at)
        if live is None or not live.is_notice:
            yield one


@check(
    "same title",
    "No other guide has its title",
    Severity.PLEASE_ADD,
    STANDARD,
    needs_record=True,
    of_whole_guides=True,
    holds_commands=True,
)
def same_title(guide):
    title = guide.fields["title"]
    for one in _others(guide, guide.once("titles", _named_alike), named(title)):
        yield Finding(
            f"Another guide is called “{one.title}” too (at “{one.slug}”).",
            "Patients cannot tell which is right. Give one another title, or withdraw it.",
            "title",
            1,
            f"{title} ({one.name})",
        )


@check(
    "same text",
    "No other guide says the same",
    Severity.PLEASE_ADD,
    STANDARD,
    needs_record=True,
    of_whole_guides=True,
    holds_commands=True,
)
def same_text(guide):
    if counted(guide.fields["body"]) < FEWEST:
        return
    for one in _others(guide, guide.once("bodies", _saying_alike), said_by(guide.fields["body"])):
        yield Finding(
            f"The guide “{one.title}” (at “{one.slug}”) has the same text.",
            "When one is corrected, the other stays wrong. Keep one, or say what differs.",
            "body",
            1,
            one.name,
        )
