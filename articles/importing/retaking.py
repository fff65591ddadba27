"""Takes a file in once more: what changed in it is brought into the article, but never over what staff wrote."""

from articles.importing import questions
from articles.importing.filling import AGAIN, FIRST, digest_of, fill
from articles.importing.looking import looked_at, may_be_published
from articles.importing.outcomes import BY
from articles.models import Article, Intake
from publishing.models import Line, publish_all
from publishing.refusals import NeedsPerson, Unfit


class Conflict(Exception):
    """Taking the file in would overwrite what staff wrote."""


def take_again(file, known, way, rows):
    """Bring the article to what the file says now, and tell in its outcome what was done. Raises Conflict."""
    if known.file_digest != file.digest:
        known.article = held(known.article)
    refuse_conflict(known, file.source, file.digest)
    if known.file_digest == file.digest:
        file.outcome.result = "unchanged"
    else:
        bring_to(known, file, way, rows)
    if way.publish:
        publish_changed(known.article, file, file.outcome, way.at)


def take_as_next(file, article, way, rows):
    """Bring a guide that a person has named to what the file says. Raises Conflict where words would be lost."""
    article = held(article)
    known = Intake.objects.filter(article=article).first()
    is_as_taken = known is not None and digest_of(article) == known.article_digest
    now = max(way.at, Line.objects.moment_of_reading())
    if not is_as_taken and any(one.differs_from(one.live(now)) for one in (article, *questions.beside(article))):
        raise Conflict(
            f"“{article}” holds changes that were never published, and they would be lost. Publish them first, "
            "or take them back; or take the file in as a guide of its own."
        )
    known = known or Intake()
    known.article = article
    known.file_name = file.name
    bring_to(known, file, way, rows)


def held(article):
    """The article as it is now, and nobody else saves it or its questions before this is written: pictures, and other
    files, took their time since it was read."""
    list(questions.beside(article).select_for_update(no_key=True).order_by("pk"))
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def bring_to(known, file, way, rows):
    """The guide says what the file says, and its intake tells so."""
    article, outcome = known.article, file.outcome
    outcome.result = "updated"
    fill(article, file.source, rows)
    article.keep(by=way.by, at=way.at)
    left = write_questions(article, file.source.questions, way.at, way.by)
    outcome.messages += left
    outcome.needs_a_person = bool(left)
    known.file_digest, known.article_digest = file.digest, digest_of(article)
    known.imported_at, known.doubts = way.at, "\n".join(outcome.messages)
    known.save()


def refuse_conflict(known, source, file_digest):
    if digest_of(known.article) != known.article_digest:
        raise Conflict(
            f"Staff have edited “{known.article}” since this file was taken in, so nothing was overwritten. "
            "Put the change into the article by hand, or import the file under another name."
        )
    is_renamed = known.file_digest != file_digest and source.title != known.article.title
    if is_renamed and not is_alike(source, known.article):
        raise Conflict(
            f"A file of this name was taken in before as “{known.article}”, and this looks like another guide. "
            "Rename the file, and it is taken in as a guide of its own."
        )


def is_alike(source, article):
    """Whether the file is the same guide under another title: half of its lines stand in the article."""
    lines = {line for line in source.body.splitlines() if line.strip()}
    return len(lines & set(article.body.splitlines())) * 2 >= len(lines)


def write_questions(article, asked, at, by=BY):
    """Bring the article's questions to what the file says; return what a person must decide."""
    left = {entry.question: entry for entry in questions.beside(article)}
    for place, (question, answer) in enumerate(asked, start=1):
        entry = left.pop(question, None) or questions.made(article, question)
        if (entry.answer, entry.place, entry.language) != (answer, place, article.language):
            entry.answer, entry.place, entry.language = answer, place, article.language
            entry.check_fields()
            entry.keep(by=by, at=at)
    kept = []
    for entry in left.values():
        if entry.editions.exists():
            kept.append(f"“{entry}” is no longer in the file. It was published: withdraw it in the admin.")
        else:
            entry.delete()
    return kept


def publish_changed(article, file, outcome, at):
    """Publish what changed, but what only a person may publish; the outcome tells if that is something."""
    is_new = not article.editions.exists()
    # What staff have withdrawn is never brought back by a second import.
    if outcome.result == "unchanged" and not is_new:
        return
    now = max(at, Line.objects.moment_of_reading())
    changed = [work for work in (article, *questions.beside(article)) if work.differs_from(work.live(now))]
    # A guide comes out with its questions, as one act; else each text is looked at by itself.
    first = [work for work in changed if is_new and not work.editions.exists()]
    is_published, is_left = False, False
    for works in filter(None, [first, *([work] for work in changed if work not in first)]):
        try:
            judgements = looked_at(works, now)
        except Unfit as why:
            outcome.leave(f"Left unpublished. {why}")
            is_left = True
            continue
        if not may_be_published(outcome, judgements, file.source.doubts):
            is_left = True
            continue
        try:
            publish_all({one: AGAIN if one.editions.exists() else FIRST for one in works}, by=BY, seen=judgements)
            is_published = True
        except NeedsPerson as why:
            outcome.leave(str(why))
            is_left = True
    if is_published:
        outcome.result += " and partly published" if is_left else " and published"
