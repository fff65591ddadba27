"""Addresses of the clinic's old site, which lead to the guides that stood there."""

import csv
import io

from django.db import transaction

from articles import sources
from articles.importing.outcomes import Outcome
from articles.models import Article, Intake, OldAddress, old_path
from publishing.text import one_address, slug_of

MOST_ROWS = 50_000
_HEADS = {"old", "from", "source", "url", "old url", "old address", "address", "path"}


def keep_old_addresses(article, addresses, at):
    """Lead these to a guide, unless they lead to another one already."""
    for path in filter(None, map(old_path, addresses)):
        OldAddress.objects.get_or_create(path=path, defaults={"article": article, "added_at": at})


def take_addresses(table, at):
    """Take in a table of two columns, the old address and the guide: its address here, its file or its title."""
    try:
        rows = _rows(table.content())
    except (sources.Unreadable, csv.Error, OSError) as why:
        return Outcome(table.name, "not taken in", [f"It is no table of addresses: {why}"], needs_a_person=True)
    outcome, taken = Outcome(table.name, "addresses taken in"), 0
    for number, (old, new) in rows:
        article, path = _guide(new), old_path(old)
        if not path:
            outcome.leave(f"line {number}: “{old[:80]}” is no address of a page")
            continue
        if article is None:
            outcome.leave(f"line {number}: there is no guide “{new[:80]}” to which “{old[:80]}” could lead")
            continue
        with transaction.atomic():
            row, is_new = OldAddress.objects.get_or_create(path=path, defaults={"article": article, "added_at": at})
        if row.article_id != article.pk:
            outcome.leave(f"line {number}: “{old[:80]}” leads to “{row.article}” already")
        taken += is_new
    outcome.messages.insert(0, f"{taken} old address{'es lead' if taken != 1 else ' leads'} to guides now.")
    return outcome


def _rows(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    sign = max(",;\t", key=text.partition("\n")[0].count)
    found = []
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=sign), 1):
        cells = [cell.strip() for cell in row]
        if len(cells) < 2 or not cells[0] or (number == 1 and cells[0].casefold() in _HEADS):
            continue
        found.append((number, cells[:2]))
        if len(found) > MOST_ROWS:
            raise sources.Unreadable(f"it has more than {MOST_ROWS:,} rows.")
    if not found:
        raise sources.Unreadable("it has no line with an old address and a guide.")
    return found


def _guide(told):
    """The guide that is meant: by its address, by the file that it came from, by its title."""
    last = one_address(told).strip("/").rpartition("/")[2]
    stem = told.rpartition("/")[2].rpartition(".")[0] or told.rpartition("/")[2]
    found = list(Article.objects.filter(slug=slug_of(last))[:2])
    if len(found) != 1:
        files = Intake.objects.filter(file_name__endswith=told.lstrip("/")) | Intake.objects.filter(
            file_name__contains=f"{stem}."
        )
        rows = [
            row for row in files.select_related("article")[:50] if _stem(row.file_name) == stem or told == row.file_name
        ]
        found = list({row.article_id: row.article for row in rows}.values())
    if len(found) != 1:
        found = list(Article.objects.filter(title=told)[:2])
    return found[0] if len(found) == 1 else None


def _stem(name):
    return name.rpartition("/")[2].rpartition(".")[0]
