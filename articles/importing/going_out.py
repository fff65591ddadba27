"""Guides written out as files that the import takes back without a difference."""

from pathlib import Path

from articles import sources
from articles.importing import questions
from articles.models import Article
from publishing.models import media

PICTURES = "pictures"
TOGETHER = 200


def write_out(folder, *, at):
    """Write every guide below a folder, by language and address, and its pictures once; yields (name, what is missing).

    Raises OSError.
    """
    folder, kept = Path(folder), set()
    for article in (
        Article.objects.select_related("topic", "publisher", "sponsor")
        .prefetch_related("old_addresses")
        .order_by("language", "slug")
        .iterator(TOGETHER)
    ):
        text, pictures = sources.written(source_of(article, at))
        path = folder / article.language / f"{article.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        missing = [name for name in sorted(pictures - kept) if not _written(folder / PICTURES, name)]
        kept |= pictures
        yield f"{article.language}/{article.slug}.md", missing


def _written(folder, name):
    try:
        with media.opened(name) as file:
            content = file.read()
    except OSError:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return True


def source_of(article, at):
    """What a file says of the working copy."""
    made = sources.Source(
        title=article.title,
        lead=article.lead,
        body=article.body,
        brief=[
            (row.partition(":")[0].strip(), row.partition(":")[2].strip()) for row in article.brief.split("\n") if row
        ],
        questions=[(one.question, one.answer) for one in questions.beside(article)],
        sources=article.source_lines(),
        related=article.related.split("\n") if article.related else [],
        published_on=article.published_on,
        uploaded_by=article.uploaded_by,
        leaflet_number=article.leaflet_number,
        ai_part=article.ai_part,
        is_machine=article.is_machine,
        language=article.language,
        topic=article.topic.title if article.topic else "",
        slug=article.slug,
        translation_of=f"{article.original.language}/{article.original.slug}" if article.original else "",
        old_addresses=sorted(one.path for one in article.old_addresses.all()),
        is_draft=article.live(at) is None,
    )
    if article.publisher:
        made.publisher_name = article.publisher.name
        made.websites, made.social = _lines(article.publisher.websites), _lines(article.publisher.social)
    if article.sponsor:
        for name in ("name", "wording", "address", "connection"):
            setattr(made, f"sponsor_{name}", getattr(article.sponsor, name))
        made.sponsor_claims = _lines(article.sponsor.claims)
    return made


def _lines(text):
    return text.split("\n") if text else []
