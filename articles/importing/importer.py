"""Takes source texts in as working copies, and publishes them when asked. Each file is all or nothing."""

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from articles import sources
from articles.importing import questions
from articles.importing.filling import BY, FIRST, Rows, digest_of, fill
from articles.importing.looking import looked_at, may_be_published
from articles.importing.retaking import Conflict, take_again
from articles.models import Article, Intake
from publishing.models import Line, keep_new, publish_all
from publishing.refusals import Refused

# Files in one transaction: enough that what each transaction costs is shared, few enough that nobody waits for it.
TOGETHER = 50
PROBLEMS = (Conflict, Refused, ValidationError, DatabaseError)


@dataclass
class Outcome:
    """What became of one file: a word for it, and what a person should know."""

    file: str
    result: str
    messages: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)  # what would make it better, and holds nothing back
    needs_a_person: bool = False

    def leave(self, message):
        """Something is left for a person to do."""
        self.messages.append(message)
        self.needs_a_person = True

    def __str__(self):
        return "\n".join(
            [f"{self.file}: {self.result}", *(f"  {message}" for message in (*self.messages, *self.advice))]
        )


@dataclass
class File:
    """A file that could be read."""

    name: str
    digest: str
    source: sources.Source
    outcome: Outcome

    def may_be_published(self):
        """Whether nothing in it waits for a person; the outcome tells if something does."""
        if self.source.doubts:
            self.outcome.leave("Left unpublished until somebody has looked at the lines above.")
        return not self.source.doubts


def take(path, *, at, publish=False):
    """Take in one file; return its Outcome. Never raises for a bad file, and writes nothing of one."""
    (outcome,) = take_all([path], at=at, publish=publish)
    return outcome


def take_all(paths, *, at, publish=False):
    """The same for many files: yields their Outcomes, in order, as they are taken in."""
    paths, taken = map(Path, paths), {}
    while some := list(islice(paths, TOGETHER)):
        first = [path for path in some if taken.setdefault(path.name, path) is path]
        outcomes = dict(zip(first, _take_some(first, at, publish), strict=True))
        yield from (outcomes.get(path) or _twice(path, taken[path.name]) for path in some)


def _twice(path, other):
    name = sources.readable(other)
    said = f"{name} has the same name, and was taken in just now. Rename one of the two: a file's name is its guide's."
    return Outcome(sources.readable(path.name), "not imported", [said], needs_a_person=True)


def _take_some(paths, at, publish):
    read = [_read(path) for path in paths]
    try:
        with transaction.atomic():
            _write([one for one in read if isinstance(one, File)], at, publish)
        return [one.outcome if isinstance(one, File) else one for one in read]
    except PROBLEMS as problem:
        if len(paths) == 1:
            return [_refused(paths[0], problem)]
    # Something is wrong with one of them: each is taken alone, after what it translates.
    told = {one.name for one in read if isinstance(one, File) and one.source.translation_of}
    alone = {path: _take_some([path], at, publish)[0] for path in sorted(paths, key=lambda path: path.name in told)}
    return [alone[path] for path in paths]


def _read(path):
    """The File, or the Outcome of one that cannot be read."""
    try:
        source = sources.read(path)
        file_digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (sources.Unreadable, OSError) as problem:
        return Outcome(sources.readable(path.name), "not imported", [str(problem)], needs_a_person=True)
    messages = [str(doubt) for doubt in source.doubts]
    return File(path.name, file_digest, source, Outcome(path.name, "imported", messages))


def _refused(path, problem):
    result = "not imported"
    match problem:
        case Conflict():
            result, messages = "conflict, nothing was changed", [str(problem)]
        case Refused():
            messages = [f"It could not be published. {problem}"]
        case ValidationError():
            messages = _sentences(problem)
        case _:
            messages = [f"The database refused it: {problem}"]
    return Outcome(path.name, result, messages, needs_a_person=True)


def _sentences(problem):
    if hasattr(problem, "error_dict"):
        return [f"{name}: {' '.join(messages)}" for name, messages in problem.message_dict.items()]
    return list(problem.messages)


def _write(files, at, publish):
    names = [file.name for file in files]
    known = {row.file_name: row for row in Intake.objects.select_related("article").filter(file_name__in=names)}
    new = [file for file in files if file.name not in known]
    # What a translation translates comes before it.
    for is_translation in (False, True):
        if some := [file for file in new if bool(file.source.translation_of) is is_translation]:
            _take_new(some, at, publish)
    for file in files:
        if file.name in known:
            take_again(file, known[file.name], at, publish)


def _take_new(files, at, publish):
    """Files that were never taken in: there is nothing to compare with, so all are written at once."""
    rows, articles = Rows(), []
    for file in files:
        articles.append(Article())
        fill(articles[-1], file.source, rows)
        if articles[-1].original:
            articles[-1].stand_by(Line.objects.moment_of_reading())
    keep_new(articles, by=BY, at=at, wanted=[file.source.slug or file.source.title for file in files])
    texts = [(file, one, _questions(one, file.source)) for file, one in zip(files, articles, strict=True)]
    asked = [entry for _file, _article, entries in texts for entry in entries]
    if asked:
        keep_new(asked, by=BY, at=at, wanted=map(str, asked), hints=[entry.article_id for entry in asked])
    Intake.objects.bulk_create(_row(file, article, entries, at) for file, article, entries in texts)
    if publish:
        _publish_new([text for text in texts if text[0].may_be_published()], at)


def _questions(article, source):
    entries = [
        questions.made(article, question, answer=answer, place=place)
        for place, (question, answer) in enumerate(source.questions, start=1)
    ]
    for entry in entries:
        entry.check_fields()
    return entries


def _row(file, article, entries, at):
    return Intake(
        article=article,
        file_name=file.name,
        file_digest=file.digest,
        article_digest=digest_of(article, entries),
        imported_at=at,
        doubts="\n".join(file.outcome.messages),
    )


def _publish_new(texts, at):
    notes = {}
    works = [article for _file, article, _entries in texts] + [one for *_told, entries in texts for one in entries]
    seen = {one.work: one for one in looked_at(works, at)}
    for file, article, entries in texts:
        if not may_be_published(file.outcome, [seen[work] for work in (article, *entries)]):
            continue
        notes |= dict.fromkeys([article, *entries], FIRST)
        file.outcome.result += " and published"
    # An answer stands beside its article, so all articles come first.
    articles_first = sorted(notes.items(), key=lambda told: not isinstance(told[0], Article))
    publish_all(dict(articles_first), by=BY, seen=list(seen.values()))
