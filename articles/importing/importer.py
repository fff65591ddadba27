"""Takes source texts in as working copies, and publishes them when asked. Each file is all or nothing."""

import hashlib
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from articles import sources
from articles.importing import questions
from articles.importing.filling import FIRST, Known, Rows, digest_of, fill, fit_language, keep_pictures
from articles.importing.looking import looked_at, may_be_published
from articles.importing.old_addresses import keep_old_addresses, take_addresses
from articles.importing.outcomes import BY, Outcome, Way
from articles.importing.recognising import known_by_name, renamed_among, take_for
from articles.importing.retaking import Conflict, take_again, take_as_next
from articles.importing.siblings import pair, with_originals
from articles.models import Article, Intake
from publishing.models import Line, how_to_list, is_listed, keep_new, publish_all
from publishing.refusals import Refused, Unfit
from publishing.text import TooLong, made_once, parse

# Files in one transaction: enough that what each transaction costs is shared, few enough that nobody waits for it.
TOGETHER = 50
PROBLEMS = (Conflict, Refused, ValidationError, DatabaseError, OSError)


@dataclass
class File:
    """A file that could be read."""

    name: str
    digest: str
    source: sources.Source
    outcome: Outcome


def take(path, *, at, publish=False):
    """Take in one file; return its Outcome. Never raises for a bad file, and writes nothing of one."""
    (outcome,) = take_all([path], at=at, publish=publish)
    return outcome


def take_all(found, *, at, publish=False, names=frozenset(), is_renamed=False):
    """The same for many: paths, or what was gathered from folders and zips. Yields their Outcomes, in order.

    `names` are those of all files of this run, where they are known: a file of another name that says the same may be
    one that was renamed, and is taken for it only if that is said (`is_renamed`).
    """
    pieces = (one for given in found for one in ([given] if _is_gathered(given) else sources.gathered([given])))
    way, taken, tables = Way(at, publish, names, is_renamed), {}, []
    while some := list(islice(pieces, TOGETHER)):
        first = [one for one in some if isinstance(one, sources.Piece) and taken.setdefault(one.name, one) is one]
        outcomes = dict(zip(map(id, first), _take_some(first, way), strict=True))
        tables += [one for one in some if isinstance(one, sources.Addresses)]
        yield from (outcomes.get(id(one)) or _other(one) for one in some if one not in tables)
    # Where they lead to has come in by now.
    yield from (take_addresses(one, at) for one in tables)


def _is_gathered(one):
    return isinstance(one, sources.Piece | sources.Passed | sources.Addresses)


def _other(one):
    """The Outcome of what is no source, or has the name of one."""
    if isinstance(one, sources.Passed):
        result = "not taken in" if one.is_lost else "left alone"
        return Outcome(one.name, result, [f"{one.reason[0].upper()}{one.reason[1:]}."], needs_a_person=one.is_lost)
    said = (
        f"{one.name} has the same name, and was taken in just now. Rename one of the two: a file's name is its guide's."
    )
    return Outcome(one.name, "not imported", [said], needs_a_person=True)


def _take_some(pieces, way):
    read = [_read(piece) for piece in pieces]
    files = [one for one in read if isinstance(one, File)]
    try:
        with made_once():
            if way.publish:
                _look_ahead(files)
            _write_all(files, way)
        return [one.outcome if isinstance(one, File) else one for one in read]
    except PROBLEMS as problem:
        if len(pieces) == 1:
            return [refused(pieces[0].name, problem)]
    # Something is wrong with one of them: each is taken alone, after what it translates.
    told = {one.name for one in read if isinstance(one, File) and one.source.translation_of}
    alone = {piece.name: _take_some([piece], way)[0] for piece in sorted(pieces, key=lambda piece: piece.name in told)}
    return [alone[piece.name] for piece in pieces]


def _look_ahead(files):
    """Render and compare what will be published before the lock is taken, as far as it can be said by then.

    The place of a new answer on its page is not known yet.
    """
    taken = Intake.objects.select_related("article").filter(file_name__in=[file.name for file in files])
    known = {intake.file_name: intake.article for intake in taken}
    now = Line.objects.moment_of_reading() if known else None
    for file in files:
        with suppress(ValidationError, TooLong):
            for _asked, answer in file.source.questions:
                parse(answer)
            Article(language=file.source.language, body=file.source.body).html_of_body()
            if file.name in known:
                _compare_ahead(file, known[file.name], now)


def _compare_ahead(file, article, now):
    asked, works = dict(file.source.questions), questions.beside(article)
    article = copy(article)
    fill(article, file.source, Known(lambda _told: None))
    for work in works:
        work.answer = asked.get(work.question, work.answer)
    for work in (article, *works):
        work.judgement(work.freeze(), now, by=BY).look_ahead()


@transaction.atomic
def _write_all(files, way):
    _write(files, way)


def _read(piece):
    """The File, or the Outcome of one that cannot be read."""
    try:
        sources.refuse_name(piece.name)
        content = piece.content()
        source = piece.source(content)
    except (sources.Unreadable, OSError) as problem:
        return Outcome(sources.readable(piece.name), "not imported", [str(problem)], needs_a_person=True)
    fit_language(source)
    file_digest = hashlib.sha256(content).hexdigest()
    outcome = Outcome(piece.name, "imported", list(map(str, source.doubts)), keys=source.keys)
    if not is_listed(source.language):
        outcome.advice.append(how_to_list(source.language))
    return File(piece.name, file_digest, source, outcome)


def refused(name, problem):
    """The Outcome of a file of which nothing was written."""
    result = "not imported"
    match problem:
        case Conflict():
            result, messages = "conflict, nothing was changed", [str(problem)]
        case Refused():
            messages = [f"It could not be published. {problem}"]
        case ValidationError():
            messages = _sentences(problem)
        case OSError():
            messages = [f"Its pictures could not be kept ({problem.strerror or problem}): tell who runs the site."]
        case _:
            messages = [f"The database refused it: {problem}"]
    return Outcome(name, result, messages, needs_a_person=True)


def _sentences(problem):
    if hasattr(problem, "error_dict"):
        return [f"{name}: {' '.join(messages)}" for name, messages in problem.message_dict.items()]
    return list(problem.messages)


def _write(files, way):
    for file in files:  # first: a text without its pictures is held back
        keep_pictures(file, way.at, way.by)
    known = known_by_name(files)
    beside = with_originals(files)
    new = [file for file in files if file.name not in known]
    renamed = renamed_among(new, way)
    for file in new:
        if file.name in renamed:
            take_for(renamed[file.name], file, way)
            known |= {file.name: renamed[file.name]} if way.is_renamed else {}
    # What a translation translates comes before it.
    for is_translation in (False, True):
        some = [file for file in new if bool(file.source.translation_of or file.name in beside) is is_translation]
        for file in some:
            pair(file, beside)
        _take_new([file for file in some if file.name not in renamed], way)
    for file in files:
        if file.name in known:
            pair(file, beside)
            take_again(file, known[file.name], way, _rows(file, way))
        if known.get(file.name):
            keep_old_addresses(known[file.name].article, file.source.old_addresses, way.at)


def take_looked(file, way, article=None, owner=None):
    """Take in one file that was read, for a guide that is named, or for the one it is by its name; return the guide.

    Inside a transaction. Raises what a file can be refused with.
    """
    if article is None:
        _write([file], way)
        article = Intake.objects.select_related("article").get(file_name=file.name).article
        if owner and file.outcome.result == "imported":
            Article.objects.filter(pk=article.pk).update(owner=owner)
        return article
    keep_pictures(file, way.at, way.by)
    take_as_next(file, article, way, _rows(file, way))
    keep_old_addresses(article, file.source.old_addresses, way.at)
    return article


def _take_new(files, way):
    """Files that were never taken in: there is nothing to compare with, so all are written at once."""
    if not files:
        return
    rows, articles, at = Rows(), [], way.at
    for file in files:
        articles.append(Article(owner=way.by.user))
        fill(articles[-1], file.source, rows if way.by.is_command else _rows(file, way))
        if articles[-1].original:
            articles[-1].stand_by(Line.objects.moment_of_reading())
    keep_new(articles, by=way.by, at=at, wanted=[file.source.slug or file.source.title for file in files])
    texts = [(file, one, _questions(one, file.source)) for file, one in zip(files, articles, strict=True)]
    asked = [entry for _file, _article, entries in texts for entry in entries]
    if asked:
        keep_new(asked, by=way.by, at=at, wanted=map(str, asked), hints=[entry.article_id for entry in asked])
    Intake.objects.bulk_create(_row(file, article, entries, at) for file, article, entries in texts)
    for file, article, _entries in texts:
        keep_old_addresses(article, file.source.old_addresses, at)
    if way.publish:
        _publish_new(texts)


def _rows(file, way):
    """A person makes no topics, publishers and sponsors by a file: that has its own pages, and its own rights."""
    if way.by.is_command:
        return Rows()

    def told(sentence):
        file.source.doubt(None, sentence)
        file.outcome.messages.append(sentence)

    return Known(told)


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


def _seen(texts, at):
    """What stands between texts and their publication, by text; why one cannot be looked at yet, its outcome tells."""
    works = [article for _file, article, _entries in texts] + [one for *_told, entries in texts for one in entries]
    try:
        return {one.work: one for one in looked_at(works, at)}
    except Unfit as why:
        if len(texts) == 1:
            texts[0][0].outcome.leave(f"Left unpublished. {why}")
            return {}
    return {work: one for text in texts for work, one in _seen([text], at).items()}


def _publish_new(texts):
    # Later than all that was done before: what is found now is found once, and holds when they are published.
    notes, seen = {}, _seen(texts, Line.objects.moment_of_reading())
    for file, article, entries in texts:
        if article not in seen:
            continue
        if not may_be_published(file.outcome, [seen[work] for work in (article, *entries)], file.source.doubts):
            continue
        notes |= dict.fromkeys([article, *entries], FIRST)
        file.outcome.result += " and published"
    # An answer stands beside its article, so all articles come first.
    articles_first = sorted(notes.items(), key=lambda told: not isinstance(told[0], Article))
    publish_all(dict(articles_first), by=BY, seen=list(seen.values()))
