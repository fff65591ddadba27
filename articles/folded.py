"""What stands in the place of a folded part of a guide's form: how much is in it."""

import re

from articles.models import Topic
from publishing.text import language_called, rows

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def in_brief(text):
    labels = [label for label, _answer in rows.labelled(text)]
    facts = "1 fact" if len(labels) == 1 else f"{len(labels) or 'no'} facts"
    return f"In brief: {facts}", ", ".join(labels)


def names_and_sources(value):
    sources = rows.lines(value("sources") or "")
    years = [year for line in sources for year in YEAR.findall(line)]
    said = f"{len(sources) or 'no'} source{'s' * (len(sources) != 1)}" + (f", newest {max(years)}" if years else "")
    return "; ".join(filter(None, (value("uploaded_by"), said)))


def place(value):
    language = language_called(value("language") or "")
    address = f"/articles/{value('slug')}/" if value("slug") else "address comes from the title"
    return "; ".join(filter(None, (named_row(Topic, value("topic")) or "No topic", language, address)))


def named_row(model, key):
    """The name of a row that a form holds by its key; nothing where there is none."""
    found = model.objects.filter(pk=key).first() if str(key or "").isdecimal() and len(str(key)) < 19 else None
    return str(found or "")
