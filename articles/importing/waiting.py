"""What one person has brought: read bit by bit, looked at, and taken in file by file when that is confirmed."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from articles import sources
from articles.importing.filling import digest_of, fit_language
from articles.importing.importer import File, refused, take_looked
from articles.importing.old_addresses import take_addresses
from articles.importing.outcomes import Outcome, Way
from articles.importing.retaking import Conflict, is_alike
from articles.models import Article, Brought, Intake, Topic, said_by
from publishing.models import Among
from publishing.refusals import Refused
from publishing.text import named

NEXT, NEW = "next", "new"
LONGEST_WORDS = 400_000  # letters of a source that are shown beside what was understood
PICTURE_GONE = "is not here"
PROBLEMS = (Conflict, Refused, ValidationError, DatabaseError)


def piece_of(row):
    """A waiting file, to be read; its pictures are among those that the same person brought."""
    pictures = Brought.objects.of(row.person).filter(kind=sources.PICTURE)

    def picture(path):
        last = path.rpartition("/")[2]
        found = pictures.filter(name=path).first()
        # Without a script a browser tells no folders.
        found = found or (pictures.filter(name=last).first() if last else None)
        return bytes(found.content) if found else None

    return sources.piece_of(row.given, picture)


def read_some(person, is_over):
    """Read files until that is over, at least one; how many remain."""
    keys = list(Brought.objects.of(person).not_read().order_by("pk").values_list("pk", flat=True))
    for done, key in enumerate(keys):
        if done and is_over():
            return len(keys) - done
        row = Brought.objects.filter(pk=key).first()
        if row is not None:
            look(row)
    return 0


def look(row):
    """Read a file, and keep what was understood of it."""
    told, words = _looked(row)
    Brought.objects.filter(pk=row.pk).update(read=told, words=words[:LONGEST_WORDS])


def _looked(row):
    if row.kind == sources.TABLE:
        return _told(title="Old addresses", doubts=[]), bytes(row.content).decode("utf-8", "replace")
    try:
        content, source = source_of(row)
    except (sources.Unreadable, OSError) as why:
        return _told(problem=str(why), doubts=[]), ""
    fields = {name: getattr(source, name) for name in ("title", "lead", "body", "language", "topic", "questions")}
    fields["day"] = source.published_on.isoformat() if source.published_on else ""
    doubts = [
        {"told": str(one), "line": one.line, "place": one.place, "message": one.message, "about": one.about}
        for one in source.doubts
    ]
    told = _told(**fields, doubts=doubts, keys=source.keys, pictures=len(source.pictures))
    told["lacks"] = any(PICTURE_GONE in one.message for one in source.doubts)
    digest = hashlib.sha256(content).hexdigest()
    told |= _seen_before(row, source, digest)
    return told, _words(row, source, content)


def _told(**fields):
    nothing = {"title": "", "lead": "", "body": "", "language": "", "topic": "", "day": "", "questions": [], "keys": []}
    return nothing | {"pictures": 0, "problem": "", "lacks": False, "same": None, "known": None} | fields


def source_of(row):
    """(its bytes, what it says as a guide). Raises Unreadable."""
    sources.refuse_name(row.name)
    piece = piece_of(row)
    content = piece.content()
    source = piece.source(content)
    fit_language(source)
    return content, source


def _words(row, source, content):
    """What stands in it, line by line: as it was written, or as it was read out of a document."""
    if row.kind == sources.TEXT and row.name.lower().endswith((".md", ".markdown", ".mdx", ".txt")):
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        except UnicodeDecodeError:
            pass
    asked = [f"### {question}\n\n{answer}" for question, answer in source.questions]
    return "\n\n".join([f"# {source.title}", *filter(None, [source.lead]), source.body, *asked]).replace("\0", "")


def _seen_before(row, source, digest):
    """Of which guide it is the next text, by its name; or which guide says the same."""
    known = Intake.objects.select_related("article").filter(file_name=row.name).first()
    if known is not None:
        is_same = known.file_digest == digest or source.title == known.article.title or is_alike(source, known.article)
        if is_same and digest_of(known.article) == known.article_digest:
            return {"known": [known.article_id, str(known.article)]}
        return {"same": [known.article_id, str(known.article), "name"]}
    article = (
        Article.objects.filter(language=source.language, intake__file_digest=digest).first()
        or Article.objects.filter(Among("body_digest", {said_by(source.body)}), language=source.language).first()
    )
    if article is not None:
        return {"same": [article.pk, str(article), "text"]}
    rows = Article.objects.filter(language=source.language, title__iexact=source.title).only("title")
    article = next((one for one in rows if named(one.title) == named(source.title)), None)
    return {"same": [article.pk, str(article), "title"]} if article else {}


def needs_choice(row):
    """Whether its person must say first as what it is taken."""
    return bool((row.read or {}).get("same")) and not row.mended.get("take_as")


def may_be_asked(row):
    return row.read is not None and not row.read["problem"] and not needs_choice(row)


def take_some(person, by, at, is_over):
    """Take in what was asked for until that is over, at least one; how many remain."""
    keys = list(Brought.objects.of(person).asked().values_list("pk", flat=True))
    for done, key in enumerate(keys):
        if done and is_over():
            return len(keys) - done
        row = Brought.objects.of(person).asked().filter(pk=key).first()
        if row is not None:
            take_row(row, by, at)
    return 0


def take_row(row, by, at):
    """Take in one file as a working copy, all of it or nothing; what became of it stands in its row."""
    if row.kind == sources.TABLE:
        outcome, article = take_addresses(sources.Addresses(row.name, lambda: bytes(row.content)), at), None
        _end(row, outcome, article, at)
        return
    try:
        file = _file(row)
    except (sources.Unreadable, OSError) as why:
        _leave(row, [str(why)])
        return
    try:
        with transaction.atomic():
            # Of two tabs that take the same file the second finds it taken.
            if not Brought.objects.select_for_update().asked().filter(pk=row.pk).exists():
                return
            article = take_looked(file, Way(at, by=by), _named_article(row), row.mended.get("owner"))
            _end(row, file.outcome, article, at)
    except PROBLEMS as problem:
        _leave(row, refused(file.name, problem).messages)


def _named_article(row):
    if row.mended.get("take_as") != NEXT or not row.read.get("same"):
        return None
    return Article.objects.filter(pk=row.read["same"][0]).first()


def _file(row):
    """The file with what its person says instead. Raises Unreadable."""
    content, source = source_of(row)
    mend(source, row)
    name = _free_name(row.name) if row.mended.get("take_as") == NEW else row.name
    outcome = Outcome(name, "imported", list(map(str, source.doubts)), keys=source.keys)
    return File(name, hashlib.sha256(content).hexdigest(), source, outcome, piece_of(row).old_addresses)


def mend(source, row):
    """Put into what was read what its person says instead."""
    said = row.mended
    for name in ("title", "lead", "body"):
        if name in said:
            setattr(source, name, said[name])
    if "questions" in said:
        source.questions = [tuple(pair) for pair in said["questions"]]
    if said.get("language") in dict(settings.LANGUAGES):
        source.language = said["language"]
    topic = Topic.objects.filter(pk=said["topic"]).first() if said.get("topic") else None
    source.topic = topic.title if topic else source.topic
    left = {one["told"] for one in row.doubts()}
    settled = {one["told"] for one in row.read["doubts"]} - left
    source.doubts = [one for one in source.doubts if str(one) not in settled]


def _free_name(name):
    """A name that no guide was taken in under: another guide keeps its own."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while Intake.objects.filter(file_name=free).exists():
        number += 1
        free = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
    return free


def _end(row, outcome, article, at):
    told = "\n".join([*outcome.messages, *outcome.advice])
    row.taken_at, row.article, row.told, row.content, row.asked_at = at, article, told, b"", None
    row.words = ""
    row.save()


def _leave(row, messages):
    """It could not be taken in: nothing of it was, and its row says why."""
    Brought.objects.filter(pk=row.pk).update(asked_at=None, told="\n".join(messages))
