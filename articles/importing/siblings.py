"""Files that stand beside others under the same name, in the folder or with the ending of another language.

Where the folders say so, `hi/knee.md` is taken as the translation of `en/knee.md`: patients can then switch, and are
told when the original has moved on. It is told of each, and taken back on its form.
"""

from django.conf import settings

from articles import sources
from articles.models import Article, Intake


def with_originals(files):
    """{name of a file: the names that its original would have}, of files whose place or name tells their language."""
    first = settings.LANGUAGE_CODE
    found = {}
    for file in files:
        source = file.source
        if source.translation_of or source.language == first or not sources.named_in(file.name):
            continue
        if names := sources.names_in(file.name, first):
            found[file.name] = names
    return found


def pair(file, found):
    """Say of a file that it translates the guide that came from one of the names found for it, where there is one."""
    names = found.get(file.name)
    if not names:
        return
    rows = Intake.objects.select_related("article__original").filter(file_name__in=names).exclude(file_name=file.name)
    for row in sorted(rows, key=lambda row: names.index(row.file_name)):
        original = row.article
        if original.original or original.language != settings.LANGUAGE_CODE:
            continue
        taken = Article.objects.filter(original=original, language=file.source.language)
        if taken.exclude(pk__in=Intake.objects.filter(file_name=file.name).values("article")).exists():
            continue
        file.source.translation_of = f"{original.language}/{original.slug}"
        file.outcome.advice.append(
            f"Taken as the translation of “{original}”: {row.file_name} has the same name. If it is none, take its "
            "original away on its form."
        )
        return
