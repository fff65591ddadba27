"""Whether another guide of that language has the same title, or says the same: two doses under one name."""

from articles.models.articles import Article, said_by
from publishing.findings import Finding, Severity, check, counted
from publishing.text import named, slug_of

STANDARD = "NHS service manual: one page for one need; two doses under one name have hurt patients"
MOST, FEWEST = 9, 20  # addresses that are made from one title; words


def _others(guide, **told):
    """Other guides of the language that are not withdrawn."""
    found = Article.objects.filter(language=guide.edition.language, **told).exclude(pk=guide.work.pk)
    for one in found.order_by("pk")[:MOST]:
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
    title, base = guide.fields["title"], slug_of(guide.fields["title"])
    slugs = [base, *(f"{base}-{number}" for number in range(2, MOST + 1))] if base else []
    found = {one.pk: one for told in ({"title": title}, {"slug__in": slugs}) for one in _others(guide, **told)}
    for one in found.values():
        if named(one.title) == named(title):
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
    for one in _others(guide, body_digest=said_by(guide.fields["body"])):
        yield Finding(
            f"The guide “{one.title}” (at “{one.slug}”) has the same text.",
            "When one is corrected, the other stays wrong. Keep one, or say what differs.",
            "body",
            1,
            one.name,
        )
