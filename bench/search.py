"""What a search costs among 10,000 guides, what an act pays for the index, and how large the index is, beside limits.

python bench/search.py [--guides 10000] [--file FILE]       on SQLite, in FILE (var/bench/search-10000.sqlite3)
python -m carsite.tests.postgres python bench/search.py     on PostgreSQL, filled each time anew

The guides are of words that no language has, as many and as unequally often as those of a language, with questions. CPU
of Python and of the database server together, medians; a search is all that the page asks, its snippets too, without
the template. Filling takes some minutes. Ends with 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import copy
import os
import random
import shutil
import statistics
import sys
import time
from bisect import bisect
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, WORDS, SECTIONS, QUESTIONS = 25, 35_000, 4, 5
SYLLABLES = [
    first + vowel for first in "b br c ch d dr f g h j k l m n p r s st t tr v w z".split() for vowel in "aeiou"
]
SMALL = "the of and to in is for with you your on it that be as at by from or this".split()
EVERYWHERE, PHRASE, PHRASED = "hospital", "amber lantern kidney", 1000
BY_ACTS = 40
LIMITS = {"phrase": 6, "everywhere": 6, "slip": 12, "long": 20, "act": 20}  # ms
SIZES = {"sqlite": 1.0, "postgresql": 2.0}  # times the texts


class Language:
    """Words, each about as often as the word of that rank is in a language."""

    def __init__(self):
        rnd = random.Random(7)
        made = {}
        while len(made) < WORDS:
            made["".join(rnd.choices(SYLLABLES, k=rnd.choice((2, 3, 3, 4)))) + rnd.choice(("", "n", "r", "s", "l"))] = (
                None
            )
        self.words = list(made)
        self.often = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))

    def text(self, rnd, count):
        said = [self.words[bisect(self.often, rnd.random() * self.often[-1])] for _number in range(count)]
        return " ".join(one if rnd.random() < 0.6 else f"{one} {rnd.choice(SMALL)}" for one in said).capitalize() + "."


def section(rnd, language, number):
    """(heading, paragraphs) of one of a guide's sections; every tenth of the first tells the phrase."""
    tells = [f"Then {PHRASE}."] if number % 10 == 1 and number < 10 * PHRASED else []
    return language.text(rnd, 3)[:-1], [f"{language.text(rnd, 70)} In {EVERYWHERE}.", *tells, language.text(rnd, 30)]


def guide(number, language):
    """(title, sections, questions with their answers) of a guide."""
    rnd = random.Random(number)
    sections = [section(rnd, language, number if place == 1 else 0) for place in range(SECTIONS)]
    asked = [(f"{language.text(rnd, 6)[:-1]}?", f"{language.text(rnd, 40)} In {EVERYWHERE}.") for _ in range(QUESTIONS)]
    return f"Guide {language.text(rnd, 4)[:-1]}", sections, asked


def markdown(number, language):
    title, sections, asked = guide(number, language)
    lines = ["---", f"title: {title}", f"slug: guide-{number}", "language: en", "---", ""]
    for heading, paragraphs in sections:
        lines += [f"## {heading}", "", *(f"{one}\n" for one in paragraphs)]
    lines += ["## Questions"]
    for question, answer in asked:
        lines += ["", f"### {question}", "", answer]
    return "\n".join(lines) + "\n"


def fill(guides, language):
    """The first by the acts of the house, which the act that is measured needs; the others as copies of their rows.

    By acts 10,000 would take an hour; their index is made as renew_search makes it, from the same rows.
    """
    from django.core.management import call_command

    from publishing.record import renew_search, triggers

    folder = ROOT / "var" / "bench" / f"search-guides-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        for number in range(BY_ACTS):
            (folder / f"guide-{number}.md").write_text(markdown(number, language))
        call_command("migrate", verbosity=0)
        with open(os.devnull, "w") as nowhere:
            call_command("import_articles", str(folder), publish=True, stdout=nowhere, stderr=nowhere)
    finally:
        shutil.rmtree(folder)
    triggers.remove()
    for first in range(BY_ACTS, guides, 500):
        copied(range(first, min(first + 500, guides)), language)
    renew_search()


def copied(numbers, language):
    """More guides with their questions, each an edition that is live, with a line that nobody verifies."""
    from django.db import transaction

    from articles.models import Article, ArticleEdition
    from faq.models import Entry, EntryEdition

    guides, asked = {}, []
    with transaction.atomic():
        for number in numbers:
            title, sections, questions = guide(number, language)
            html = "".join(
                f'<section id="s{place}"><h2>{heading}</h2>{"".join(f"<p>{one}</p>" for one in paragraphs)}</section>'
                for place, (heading, paragraphs) in enumerate(sections)
            )
            body = "\n\n".join(f"## {heading}\n\n" + "\n\n".join(paragraphs) for heading, paragraphs in sections)
            guides[number] = {"title": title, "slug": f"guide-{number}", "body": body, "html": html}
            for place, (question, answer) in enumerate(questions):
                told = {"question": question, "slug": f"question-{number}-{place}", "answer": answer}
                asked.append((number, told | {"html": f"<p>{answer}</p>"}))
        works = copies(Article, guides.values())
        editions = copies(ArticleEdition, [told | {"work_id": work.pk} for work, told in zip(works, guides.values())])
        by_number = dict(zip(guides, editions))
        told = [one | {"article_id": by_number[number].work_id} for number, one in asked]
        entries = copies(Entry, told)
        copies(EntryEdition, [one | {"work_id": entry.pk} for entry, one in zip(entries, told)])


def copies(model, told):
    """Rows like the first one, with other values; editions each with a line of its own."""
    from publishing.models import Line

    rows, first = [], model._base_manager.order_by("pk").first()
    if hasattr(model, "line"):
        line, seq = Line.objects.get(pk=first.line_id), Line.objects.order_by("-seq").first().seq
    for number, values in enumerate(told, 1):
        row = copy.copy(first)
        row._state = copy.copy(first._state)
        row.pk, row._state.adding = None, True
        for name, value in values.items():
            if hasattr(row, name):
                setattr(row, name, value)
        if hasattr(model, "line"):
            row.line_id = seq + number
        rows.append(row)
    if hasattr(model, "line"):
        lines = []
        for row in rows:
            one = copy.copy(line)
            one._state = copy.copy(line._state)
            one.pk, one._state.adding = row.line_id, True
            one.hash, one.previous = f"{row.line_id:064}", f"{row.line_id - 1:064}"
            lines.append(one)
        Line.objects.bulk_create(lines, batch_size=500)
    return model._base_manager.bulk_create(rows, batch_size=500)


class Clock:
    """Milliseconds of processor time, of this process and of the database's for us."""

    def __init__(self):
        from django.db import connection

        self.server = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def now(self):
        there = int(self.server.read_text().split()[0]) / 1e6 if self.server else 0.0
        return 1000 * time.process_time() + there


def of_search(clock, queries):
    """Median ms of what the page of results asks for one of these, in turns."""
    from carsite.reader.search import results_of
    from publishing.models import Line

    spent, found = [], 0
    for number in range(ROUNDS + 3):
        at = Line.objects.moment_of_reading()
        before = clock.now()
        _answer, own, _others = results_of(queries[number % len(queries)], "en", at)
        spent.append(clock.now() - before)
        found = max(found, len(own))
    return statistics.median(spent[3:]), found


def of_act(clock, words):
    """Median ms that the index takes of publishing a guide under a new title, its questions with it."""
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article
    from publishing.models import Hand, index

    spent, renew = [], index.renew

    def measured(*asked):
        before = clock.now()
        renew(*asked)
        spent[-1] += clock.now() - before

    index.renew = measured
    for number, article in enumerate(Article.objects.order_by("pk")[5 : ROUNDS + 8]):
        article.title += f" again {words[2000 + number]}"
        article.body = article.body.replace("Then", "Later then", 1) + "\n\nBetter said.\n"
        with transaction.atomic():
            article.keep(by=Hand("Bench"), at=timezone.now())
            spent.append(0.0)
            article.publish(by=Hand("Bench"), note="Bench", emergency="Bench", raises_substance=True, passing="Bench")
            transaction.set_rollback(True)
    index.renew = renew
    return statistics.median(spent[3:])


def size_of_index():
    """(bytes of the index, bytes of the texts that it was made of)."""
    from django.db import connection

    from publishing.models import Form, Indexed, IndexedText, Word, index

    tables = [model._meta.db_table for model in (Form, Indexed, IndexedText, Word)] + list(index.tables.OF)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            either = " OR ".join(f"m.tbl_name = '{one}' OR m.tbl_name LIKE '{one}\\_%' ESCAPE '\\'" for one in tables)
            cursor.execute(f"SELECT sum(d.pgsize) FROM dbstat d JOIN sqlite_master m ON m.name = d.name WHERE {either}")
        else:
            cursor.execute("SELECT " + " + ".join(f"pg_total_relation_size('{one}')" for one in tables))
        size = cursor.fetchone()[0]
        octets = "octet_length" if connection.vendor == "postgresql" else "length"
        cast = "{}" if connection.vendor == "postgresql" else "CAST({} AS BLOB)"
        total = 0
        for table, columns in (
            ("articles_article", ("title", "lead", "brief", "body")),
            ("faq_entry", ("question", "answer")),
        ):
            cursor.execute(f"SELECT sum({' + '.join(f'{octets}({cast.format(one)})' for one in columns)}) FROM {table}")
            total += cursor.fetchone()[0]
    return size, total


def slipped(word):
    """The word with two letters in the other order."""
    return word[:3] + word[4] + word[3] + word[5:]


def measured(language):
    """(name, figure, limit) of all."""
    from django.db import connection

    clock, words = Clock(), language.words
    long_words = [one for one in words[300:3000] if len(one) > 6 and one[3] != one[4]]
    queries = {
        "phrase": [PHRASE],
        "everywhere": [EVERYWHERE],
        "slip": [slipped(one) for one in long_words[:ROUNDS]],
        "long": [" ".join(words[200 + start : 3000 : 6])[:3000] for start in range(6)],
        "one word of the middle": words[1000 : 1000 + ROUNDS],
        "six words": [" ".join(words[start : start + 3000 : 500]) for start in range(100, 100 + ROUNDS)],
        "nothing found": [f"qx{one}qx" for one in long_words[:ROUNDS]],
    }
    for name, asked in queries.items():
        spent, found = of_search(clock, asked)
        yield f"{name}, {found} shown", spent, LIMITS.get(name)
    yield "act", of_act(clock, words), LIMITS["act"]
    size, texts = size_of_index()
    yield f"index ÷ texts ({size / 1e6:.1f} of {texts / 1e6:.1f} MB)", size / texts, SIZES[connection.vendor]


def main():
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--guides", type=int, default=10_000)
    reader.add_argument("--file", type=Path)
    options = reader.parse_args()
    file = options.file or ROOT / "var" / "bench" / f"search-{options.guides}.sqlite3"
    if "DATABASE_URL" not in os.environ:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    os.environ |= {"DJANGO_SETTINGS_MODULE": "carsite.settings", "ALLOWED_HOSTS": "127.0.0.1"}
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    from articles.models import Article

    language = Language()
    if "articles_article" not in connection.introspection.table_names() or Article.objects.count() < options.guides:
        fill(options.guides, language)
    is_over = False
    for name, figure, limit in measured(language):
        is_over |= limit is not None and figure > limit
        print(f"| {name} | {figure:.2f} | {limit or ''} |{' over' if limit and figure > limit else ''}", flush=True)
    sys.exit(is_over)


if __name__ == "__main__":
    main()
