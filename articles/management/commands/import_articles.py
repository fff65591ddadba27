import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from articles.importing import take_all
from articles.models import Intake
from articles.sources import Piece, gathered, readable

MANY = 50
HELD_BACK = "Left unpublished"


def counted(number):
    return f"{number} file{'' if number == 1 else 's'}"


class Command(BaseCommand):
    help = (
        "Take in guides from Word, OpenDocument, HTML, Markdown and text files, from folders and zips of them, and "
        "from an export of WordPress; a .csv of old addresses and guides leads from the ones to the others."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--publish", action="store_true", help="publish what needs no person's decision")
        parser.add_argument(
            "--renamed", action="store_true", help="take files that look renamed for the guides they were"
        )
        parser.add_argument(
            "--as-new", action="store_true", help="take files that look renamed for guides of their own"
        )
        parser.add_argument("--report", metavar="FILE", help="write what became of each file as JSON")

    def handle(self, paths, publish, renamed, as_new, report, **options):
        if connection.vendor == "sqlite":
            # One process may keep 64 MiB of the database at hand, which each thread of a server may not.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -65536")
        Intake.objects.exists()  # a database that is not ready is told once, and not of each file
        found = list(gathered(paths))
        names = frozenset() if as_new else frozenset(readable(one.name) for one in found if isinstance(one, Piece))
        outcomes = []
        # Silent where nobody looks on.
        with tqdm(total=len(found), unit=" files", disable=None, file=self.stderr) as bar:
            for outcome in take_all(found, at=timezone.now(), publish=publish, names=names, is_renamed=renamed):
                outcomes.append(outcome)
                bar.clear()
                (self.stderr if outcome.needs_a_person else self.stdout).write(str(outcome))
                bar.update()
        if len(outcomes) > MANY and connection.vendor == "postgresql":
            # Until it has counted what came in, PostgreSQL plans each list as if there were nothing to read.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self.conclude(outcomes, report)

    def conclude(self, outcomes, report):
        """Say in the end what all of it comes to, for people and for machines."""
        keys = Counter(key for outcome in outcomes for key in outcome.keys)
        if keys and len(outcomes) > 1:
            told = ", ".join(f"{key} ({number})" for key, number in keys.most_common())
            self.stdout.write(f"Keys of the front matter that have no place here, and in how many files: {told}.")
        results = Counter(outcome.result for outcome in outcomes)
        alone = results.pop("left alone", 0)
        left = sum(outcome.needs_a_person for outcome in outcomes)
        if report:
            told = {"files": [one.told() for one in outcomes], "results": dict(results), "keys": dict(keys)}
            told |= {"left_alone": alone, "need_a_person": left}
            Path(report).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        if len(outcomes) > 1:
            said = ", ".join(f"{number} {result}" for result, number in results.most_common())
            self.stdout.write(f"In all: {said or 'nothing'}{f', {alone} left alone' if alone else ''}.")
        taken = len(outcomes) - alone
        if left:
            raise CommandError(f"{left} of {counted(taken)} need{'' if taken > 1 else 's'} a person: see above.")
        passed = f" {alone} left alone: see above." if alone else ""
        self.stdout.write(f"{counted(taken)}, all taken in.{passed}")
