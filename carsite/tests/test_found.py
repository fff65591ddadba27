"""What patients find, on guides and queries of our own: how often it is what they want, and whole answers to the letter.

The same lists are compared on both databases. Where the search is changed on purpose, `WRITE_FOUND=1` writes them down
anew, and the difference is read before it is kept.
"""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.utils import timezone

from articles.importing import take_all
from carsite.reader.search import results_of
from publishing.models import Line

pytestmark = pytest.mark.databases

HERE = Path(__file__).parent / "found"
LISTS = HERE / "lists.txt"
SHOWN = 2  # of each list those of which the title and the piece of text are compared too


def asked():
    """(language, query, wanted) of each line."""
    lines = (HERE / "asked.txt").read_text().splitlines()
    told = [[part.strip() for part in line.split(" | ")] for line in lines if not line.startswith("#")]
    return [(language, query, set(wanted.split()) - {"-"}) for language, query, wanted in told]


@pytest.fixture
def guides(db):
    samples = sorted(settings.BASE_DIR.glob("articles/samples/*.md"))
    taken = list(take_all([*samples, *sorted(HERE.glob("guides/*.md"))], at=timezone.now(), publish=True))
    assert len(taken) == 19 and not [one for one in taken if one.needs_a_person]
    return Line.objects.moment_of_reading()


def told(query, language, at):
    """The whole answer, a line for each thing that is said."""
    answer, own, others = results_of(query, language, at)
    yield f"{language} | {query}"
    for typed, said in answer.instead:
        yield f"  instead of {typed}: {', '.join(said)}"
    for name in ("also", "unknown", "near"):
        if said := getattr(answer, name):
            yield f"  {name}: {', '.join(said)}"
    for name, hits in (("other", others), ("own", own)) if answer.others_first else (("own", own), ("other", others)):
        for place, hit in enumerate(hits):
            yield f"  {name}: {unquote(hit.address)}"
            if place < SHOWN:
                yield f"    {hit.title} | {hit.text}"


def test_the_whole_answers_are_the_same_on_both_databases(guides):
    found = "\n".join(line for language, query, _wanted in asked() for line in told(query, language, guides)) + "\n"
    if os.environ.get("WRITE_FOUND"):
        LISTS.write_text(found)
    assert found.splitlines() == LISTS.read_text().splitlines()


def test_patients_find_what_they_want_among_the_first_three(guides):
    counted, missed, empty = 0, [], []
    for language, query, wanted in asked():
        if not wanted:
            continue
        counted += 1
        answer, own, others = results_of(query, language, guides)
        hits = [*others, *own] if answer.others_first else [*own, *others]
        slugs = [unquote(hit.address).partition("#")[0].rstrip("/").rpartition("/")[2] for hit in hits]
        if not wanted & {*slugs[:3]}:
            missed.append((query, slugs[:3]))
        if not hits:
            empty.append(query)
    assert counted >= 60 and len(missed) <= 0.04 * counted and len(empty) <= 0.02 * counted, (missed, empty)


def test_a_search_asks_the_database_few_times_however_many_pairs_and_hits(
    guides, client, django_assert_max_num_queries
):
    for path, most in (("/search/", 10), ("/search/?q=tablets", 14), ("/hi/search/?q=side+effects", 20)):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
