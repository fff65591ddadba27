"""Takes source texts in as working copies, and publishes them when asked. Each file is all or nothing."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from articles import sources
from articles.models import Article, Source, Topic
from publishing.digests import digest
from publishing.exceptions import Refused
from publishing.models import Publisher, Sponsor

BY = "import"


@dataclass
class Outcome:
    """What became of one file: a word for it, and what a person should know."""

    file: str
    result: str
    messages: list[str] = field(default_factory=list)
    needs_a_person: bool = False

    def __str__(self):
        return "\n".join([f"{self.file}: {self.result}", *(f"  {message}" for message in self.messages)])


class Conflict(Exception):
    """Taking the file in would overwrite what staff wrote."""


def take(path, *, at, publish=False):
    """Take in one file; return its Outcome. Never raises for a bad file, and writes nothing of one."""
    path = Path(path)
    try:
        source = sources.read(path)
        file_digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with transaction.atomic():
            return _take(path.name, file_digest, source, at, publish)
    except (sources.Unreadable, OSError) as problem:
        return Outcome(path.name, "not imported", [str(problem)], needs_a_person=True)
    except Conflict as conflict:
        return Outcome(path.name, "conflict, nothing was changed", [str(conflict)], needs_a_person=True)
    except Refused as refusal:
        return Outcome(path.name, "not imported", [f"It could not be published. {refusal}"], needs_a_person=True)
    except ValidationError as problem:
        return Outcome(path.name, "not imported", _sentences(problem), needs_a_person=True)
    except DatabaseError as problem:
        return Outcome(path.name, "not imported", [f"The database refused it: {problem}"], needs_a_person=True)


def _sentences(problem):
    if hasattr(problem, "error_dict"):
        return [f"{name}: {' '.join(messages)}" for name, messages in problem.message_dict.items()]
    return list(problem.messages)


def _take(name, file_digest, source, at, publish):
    known = Source.objects.select_related("article").filter(file_name=name).first()
    outcome = Outcome(name, "imported", [str(finding) for finding in source.findings])
    if known:
        _refuse_conflict(known, source, file_digest)
        article = known.article
        if known.file_digest == file_digest:
            outcome.result = "unchanged"
        else:
            outcome.result = "updated"
            _write(article, source, at)
            left = _write_questions(article, source.questions, at)
            outcome.messages += left
            outcome.needs_a_person = bool(left)
    else:
        article = Article(slug=Article.free_slug(source.slug or source.title, source.language))
        _write(article, source, at)
        _write_questions(article, source.questions, at)
    if outcome.result != "unchanged":
        Source.objects.update_or_create(
            article=article,
            defaults={
                "file_name": name,
                "file_digest": file_digest,
                "article_digest": digest_of(article),
                "imported_at": at,
                "findings": "\n".join(outcome.messages),
            },
        )
    if publish:
        _publish(article, name, source, outcome, at)
    return outcome


def _refuse_conflict(known, source, file_digest):
    if digest_of(known.article) != known.article_digest:
        raise Conflict(
            f"Staff have edited “{known.article}” since this file was taken in, so nothing was overwritten. "
            "Put the change into the article by hand, or import the file under another name."
        )
    is_renamed = known.file_digest != file_digest and source.title != known.article.title
    if is_renamed and not _is_alike(source, known.article):
        raise Conflict(
            f"A file of this name was taken in before as “{known.article}”, and this looks like another guide. "
            "Rename the file, and it is taken in as a guide of its own."
        )


def _is_alike(source, article):
    """Whether the file is the same guide under another title: half of its lines stand in the article."""
    lines = {line for line in source.body.splitlines() if line.strip()}
    return len(lines & set(article.body.splitlines())) * 2 >= len(lines)


def digest_of(article):
    """The working copy with its questions as it is now, to notice that somebody edited it."""
    entries = [(one.question, one.answer, one.place) for one in article.entry_set.order_by("place", "pk")]
    return digest([article.frozen(), entries])


def _write(article, source, at):
    article.title, article.lead, article.body = source.title, source.lead, source.body
    article.language = source.language
    article.brief = "\n".join(f"{label}: {answer}" for label, answer in source.brief)
    article.sources = "\n".join(source.sources)
    article.published_on, article.uploaded_by = source.published_on, source.uploaded_by
    article.topic = _topic(source.topic)
    article.publisher = _publisher(source)
    article.sponsor = _sponsor(source)
    article.full_clean()
    article.keep(by=BY, at=at)


def _topic(name):
    if not name:
        return None
    # Compared here, since SQLite knows small letters of English only.
    topic = next((one for one in Topic.objects.all() if one.name.casefold() == name.casefold()), None)
    if topic is None:
        topic = Topic(name=name)
        topic.full_clean()
        topic.keep(by=BY, note=f"New topic “{name}”")
    return topic


def _publisher(source):
    name = source.publisher_name or next(iter(source.websites), "")
    if not (name or source.social):
        return None
    texts = {"websites": "\n".join(source.websites), "social": "\n".join(source.social)}
    return _row(Publisher, name=name or source.uploaded_by or "Not named", **texts)


def _sponsor(source):
    if not source.sponsor_name:
        return None
    return _row(
        Sponsor,
        name=source.sponsor_name,
        wording=source.sponsor_wording,
        address=source.sponsor_address,
        claims="\n".join(source.sponsor_claims),
        connection=source.sponsor_connection,
    )


def _row(model, **fields):
    """The row that says exactly this, or a new one: what staff wrote about a publisher is never changed by a file."""
    row = model.objects.filter(**fields).first() or model(**fields)
    if not row.pk:
        row.full_clean()
        row.save()
    return row


def _write_questions(article, questions, at):
    """Bring the article's questions to what the file says; return what a person must decide."""
    entry_model = article.entry_set.model
    left = {entry.question: entry for entry in article.entry_set.all()}
    for place, (question, answer) in enumerate(questions, start=1):
        entry = left.pop(question, None) or entry_model(article=article, question=question)
        if (entry.answer, entry.place, entry.language) != (answer, place, article.language):
            entry.answer, entry.place, entry.language = answer, place, article.language
            entry.full_clean()
            entry.keep(by=BY, at=at)
    kept = []
    for entry in left.values():
        if entry.editions.exists():
            kept.append(f"“{entry}” is no longer in the file. It was published: withdraw it in the admin.")
        else:
            entry.delete()
    return kept


def _publish(article, name, source, outcome, at):
    if source.findings:
        outcome.messages.append("Left unpublished until somebody has looked at the lines above.")
        outcome.needs_a_person = True
        return
    # What staff have withdrawn is never brought back by a second import.
    if outcome.result == "unchanged" and article.editions.exists():
        return
    changed = [work for work in (article, *article.entry_set.all()) if work.differs_from(work.live(at))]
    for work in changed:
        work.publish(by=BY, note=name)
    if changed:
        outcome.result += " and published"
