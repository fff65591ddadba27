"""What is understood of a file that somebody brought, and what its person says instead."""

import hashlib
import re

from django.core.exceptions import ValidationError

from articles import sources
from articles.importing.filling import Known, digest_of, fill, fit_language
from articles.importing.looking import looked_at
from articles.importing.retaking import is_alike
from articles.models import Article, Brought, Intake, Topic, said_by
from publishing.models import Among
from publishing.refusals import Unfit
from publishing.text import is_language, named

NEXT, NEW = "next", "new"
LONGEST_WORDS = 400_000  # letters of a source that are shown beside what was understood
MOST_FAULTS = 30
_LACKS = "picture elsewhere"  # the check that finds a picture which may still be brought
OWN = re.compile(r"!\[(?:[^\[\]\n\\]|\\.)*\]\(/media/([0-9a-f]{64}\.(?:jpg|png|webp))\)")


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


def look(row, by, at):
    """Read a file, and keep what was understood of it."""
    row.read, words = _looked(row, by, at)
    row.words = words[:LONGEST_WORDS]
    Brought.objects.filter(pk=row.pk).update(read=row.read, words=row.words)


def look_again(row, by, at):
    """The same of what its person says instead: what that mended is doubted no more. Raises Unreadable."""
    _content, source = source_of(row)
    mend(source, row)
    row.read = row.read | _faults(row, source, by, at)
    row.save(update_fields=["read"])


def _looked(row, by, at):
    if row.kind == sources.TABLE:
        return _told(title="Old addresses", doubts=[]), bytes(row.content).decode("utf-8", "replace")
    try:
        content, source = source_of(row)
    except sources.Unreadable as why:
        return _told(problem=str(why), doubts=[]), ""
    fields = {name: getattr(source, name) for name in ("title", "lead", "body", "language", "topic", "questions")}
    fields["day"] = source.published_on.isoformat() if source.published_on else ""
    doubts = [
        {"told": str(one), "line": one.line, "place": one.place, "message": one.message, "about": one.about}
        for one in source.doubts
    ]
    told = _told(**fields, doubts=doubts, keys=source.keys, pictures=len(source.pictures))
    digest = hashlib.sha256(content).hexdigest()
    told |= _seen_before(row, source, digest)
    words = _words(row, source, content)
    if row.mended:
        row.read = told
        mend(source, row)
    return told | _faults(row, source, by, at), words


def _faults(row, source, by, at):
    """What would hold it back from patients, as the desk would say it."""
    told, article = [], Article()
    pictures = set(source.pictures)
    try:
        fill(article, source, Known(lambda sentence: told.append(_fault(sentence))))
        # What comes with it is there once it is taken in.
        article.body = OWN.sub(lambda found: "" if found[1] in pictures else found[0], article.body)
        article.sum_up()
        found = [one for judged in looked_at([article], at, by) for one in judged.findings]
    except ValidationError as why:
        return {"faults": [*told, *(_fault(sentence) for sentence in why.messages)], "lacks": False}
    except Unfit as why:
        return {"faults": [*told, _fault(str(why))], "lacks": False}
    lines = source.body.split("\n")
    for one in found:
        if one.is_must_fix or one.check.holds_commands:
            at_line = lines[one.line - 1].strip() if one.field == "body" and 0 < one.line <= len(lines) else ""
            told.append(_fault(f"{one.sentence} {one.effect}".strip(), at_line))
    return {"faults": told[:MOST_FAULTS], "lacks": any(one.check.id == _LACKS for one in found)}


def _fault(sentence, place=""):
    return {"told": sentence, "line": None, "place": place[:200], "message": sentence, "about": "fault"}


def _told(**fields):
    nothing = {"title": "", "lead": "", "body": "", "language": "", "topic": "", "day": "", "questions": [], "keys": []}
    return nothing | {"pictures": 0, "problem": "", "lacks": False, "same": None, "known": None, "faults": []} | fields


def source_of(row):
    """(its bytes, what it says as a guide). Raises Unreadable."""
    sources.refuse_name(row.name)
    piece = piece_of(row)
    try:
        content = piece.content()
        source = piece.source(content)
    except OSError as why:
        raise sources.Unreadable(f"{row.name}: it cannot be read now ({why.strerror or why}); bring it anew.") from why
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


def mend(source, row):
    """Put into what was read what its person says instead."""
    said = row.mended
    for name in ("title", "lead", "body"):
        if name in said:
            setattr(source, name, said[name])
    if "questions" in said:
        source.questions = [tuple(pair) for pair in said["questions"]]
    if is_language(said.get("language", "")):
        source.language = said["language"]
    if "topic" in said:
        topic = Topic.objects.filter(pk=said["topic"]).first()
        source.topic = topic.title if topic else ""
    left = {one["told"] for one in row.doubts()}
    settled = {one["told"] for one in row.read["doubts"]} - left
    source.doubts = [one for one in source.doubts if str(one) not in settled]
