"""What the page shows of the files that somebody brought: the table, its counts, and what is told once for all."""

import datetime
from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone

from articles import sources
from articles.importing import NEW, NEXT, is_ready
from articles.models import Article, Brought, Topic
from publishing.models import is_listed
from publishing.staff import Row as DeskRow
from publishing.staff import list_url, staff_url
from publishing.text import language_called

A_PAGE = 50
MOST_TOLD = 200  # lines of a list that tells what was passed over
SHOWN = {"": "All", "sure": "Understood", "doubt": "Doubts", "taken": "Brought in"}
DOUBTS_SHOWN = 3


class Row(NamedTuple):
    """One file in the table."""

    row: Brought
    title: str
    language: str
    lang: str
    parts: str
    doubts: list
    more: int
    problem: str
    asks_language: bool
    same: str
    is_ticked: bool
    url: str
    article_url: str


def query(given):
    kept = {name: given.get(name) for name in ("show", "p") if given.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def rows(person, show):
    """The files of a state, in the order of their names; those taken in last first. What stands in them is not read."""
    return taken(person) if show == "taken" else waiting(person).get(show, ())


def taken(person):
    return _light(Brought.objects.of(person).filter(taken_at__isnull=False)).order_by("-taken_at", "name")


def waiting(person):
    """Those that wait for a word of their person, by state."""
    found = {"": list(_light(Brought.objects.of(person).open()).order_by("name")), "sure": [], "doubt": []}
    for row in found[""]:
        found["sure" if is_ready(row) else "doubt"].append(row)
    return found


def _light(found):
    return found.defer("content", "words")


def context(person, asked):
    show = asked.get("show", "") if asked.get("show") in SHOWN else ""
    number = asked.get("p", "")
    number = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    open_ones = waiting(person)
    told = _told(person, open_ones)
    found = open_ones[show] if show in open_ones else taken(person)
    some = list(found[(number - 1) * A_PAGE : number * A_PAGE + 1])
    topics = dict(Topic.objects.values_list("pk", "title"))
    return told | {
        "show": show,
        "p": number,
        "rows": [_row(row, topics) for row in some[:A_PAGE]],
        "total": told["counts"][show],
        "strip": [(name, word, told["counts"][name], name == show) for name, word in SHOWN.items()],
        "next": number + 1 if len(some) > A_PAGE else 0,
        "previous": number - 1,
        "languages": settings.LANGUAGES,
        "ways": [(NEXT, "The next text of that guide"), (NEW, "A new guide")],
    }


def waits_here(desk):
    """What somebody brought and has not decided about, as a row of their desk."""
    first = (
        Brought.objects.of(desk.user).texts().filter(taken_at=None).aggregate(at=Min("brought_at"), count=Count("pk"))
    )
    if first["count"] and desk.may("add", Article):
        until = timezone.localtime(first["at"] + datetime.timedelta(days=settings.UNSAVED_DAYS))
        title = f"{first['count']:,} file{'' if first['count'] == 1 else 's'} that you brought"
        said = f"Only you see what waits. It is thrown away on {until:%-d %B %Y}."
        yield DeskRow("bring", "draft", "Brought", title, said, "Go on", list_url(Article, "bring"))


def _told(person, open_ones):
    """The counts, and what is told once over all files."""
    mine = Brought.objects.of(person)
    states = mine.aggregate(
        all=Count("pk"),
        passed=Count("pk", filter=Q(kind=Brought.Kind.PASSED)),
        pictures=Count("pk", filter=Q(kind=Brought.Kind.PICTURE)),
        taken=Count("pk", filter=Q(taken_at__isnull=False)),
    )
    keys = Counter(key for row in open_ones[""] for key in dict.fromkeys(row.read["keys"]))
    first = mine.order_by("brought_at").values_list("brought_at", flat=True).first()
    until = first and first + datetime.timedelta(days=settings.UNSAVED_DAYS)
    return {
        "states": states,
        "counts": {state: len(some) for state, some in open_ones.items()} | {"taken": states["taken"]},
        "not_read": mine.not_read().count(),
        "asked": mine.asked().count(),
        "passed": list(
            mine.filter(kind=Brought.Kind.PASSED).order_by("name").values_list("name", "reason")[:MOST_TOLD]
        ),
        "keys": keys.most_common(MOST_TOLD),
        "until": until,
    }


def _row(row, topics):
    read = row.read or {}
    language = row.said("language")
    doubts = row.doubts() if not row.taken_at else []
    about = {one["about"] for one in doubts}
    called = f"{language_called(language)}{'' if is_listed(language) else ', English words around it'}"
    same = read.get("same") if not row.mended.get("take_as") else None
    return Row(
        row=row,
        title=row.said("title") or row.name,
        language="Not known" if sources.LANGUAGE in about else called,
        lang=language,
        parts=_parts(row, read, topics),
        doubts=[one["told"] for one in doubts[:DOUBTS_SHOWN]],
        more=max(0, len(doubts) - DOUBTS_SHOWN),
        problem=read.get("problem", ""),
        asks_language=sources.LANGUAGE in about,
        same=f"{SAME[same[2]]}: “{same[1]}”." if same else "",
        is_ticked=is_ready(row),
        url=list_url(type(row).article.field.related_model, "bring") + f"{row.pk}/",
        article_url=staff_url(row.article) if row.article_id else "",
    )


SAME = {
    "title": "A guide has this title",
    "text": "A guide says the same",
    "name": "A file of this name was taken in before, and its guide was edited here since, or is another",
}


def _parts(row, read, topics):
    """“6 questions, 2 pictures, Kidney, written 3 March 2024”"""
    said = []
    for count, noun in ((len(row.said("questions") or ()), "question"), (read.get("pictures", 0), "picture")):
        said += [f"{count} {noun}{'' if count == 1 else 's'}"] if count else []
    topic = topics.get(row.mended["topic"], "") if "topic" in row.mended else read.get("topic", "")
    said += [topic] if topic else []
    if read.get("day"):
        said.append(f"published {datetime.date.fromisoformat(read['day']):%-d %B %Y}")
    if read.get("known"):
        said.append(f"brings “{read['known'][1]}” up to date")
    if row.mended.get("take_as") == NEXT and read.get("same"):
        said.append(f"the next text of “{read['same'][1]}”")
    return ", ".join(said)
