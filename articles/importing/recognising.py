"""Which guide a file is: by its name, or by its text when it was renamed."""

from articles.importing.retaking import is_alike
from articles.models import Intake, said_by
from publishing.models import Among
from publishing.text import named


def known_by_name(files):
    """The intakes of files that were taken in before, by name. What was taken in under a bare name, before folders told
    files apart, stays known: its file gets its whole name now."""
    names = {file.name for file in files}
    bare = {file.name.rpartition("/")[2] for file in files}
    rows = Intake.objects.select_related("article").filter(file_name__in=names | bare)
    known = {row.file_name: row for row in rows}
    for file in files:
        row = known.get(file.name.rpartition("/")[2])
        if file.name in known or row is None or row.file_name in names:
            continue
        is_same = row.file_digest == file.digest or named(row.article.title) == named(file.source.title)
        if is_same and row.article.language == file.source.language:
            row.file_name = file.name
            row.save(update_fields=["file_name"])
            known[file.name] = row
    known = {name: row for name, row in known.items() if name in names}
    alone = [file for file in files if "/" not in file.name and file.name not in known]
    return known | _below_folders(alone)


def _below_folders(files):
    """The intakes of files that are named alone now, and were taken in with their folders."""
    found = {}
    if files:
        rows = Intake.objects.select_related("article").filter(Among("file_digest", {file.digest for file in files}))
        told = {(row.file_name.rpartition("/")[2], row.file_digest): row for row in rows}
        found = {one.name: told[one.name, one.digest] for one in files if (one.name, one.digest) in told}
    return found


def renamed_among(files, way):
    """By their names, the intakes of guides that new files say once more, while no file of theirs is in this run."""
    if not (way.names and files):
        return {}
    articles = Intake.objects.select_related("article")
    bodies = {said_by(file.source.body) for file in files}
    titles = {file.source.title for file in files}
    # Each by an index
    looks = (Among("file_digest", {one.digest for one in files}), Among("article__body_digest", bodies))
    rows = [row for look in (*looks, Among("article__title", titles)) for row in articles.filter(look)]
    rows = [row for row in rows if row.file_name not in way.names]
    found = {}
    for file in files if rows else ():
        row = next((row for row in rows if _says_the_same(file, row)), None)
        if row is not None:
            found[file.name] = row
            rows = [one for one in rows if one.pk != row.pk]
    return found


def _says_the_same(file, row):
    """Whether a guide says what a file says, or nearly so under the same title."""
    if row.article.language != file.source.language:
        return False
    if row.file_digest == file.digest or row.article.body_digest == said_by(file.source.body):
        return True
    return named(row.article.title) == named(file.source.title) and is_alike(file.source, row.article)


def take_for(row, file, way):
    """Take a file of a new name for a guide that it seems to be, where that is said; else offer it."""
    if way.is_renamed:
        row.file_name = file.name
        row.save(update_fields=["file_name"])
        return
    file.outcome.result = "looks renamed, nothing was changed"
    file.outcome.leave(
        f"It says what “{row.article}” says, which was taken in as {row.file_name}, and no file of that name is "
        "here now. If it was renamed, import it once more with --renamed; if it is another guide, with --as-new."
    )
