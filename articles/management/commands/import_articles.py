import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from articles.importing import take_all

SUFFIXES = {".txt", ".md", ".markdown"}
MANY = 50


def counted(number):
    return f"{number} file{'' if number == 1 else 's'}"


def within(folder):
    """The files below a folder, and links, which the reader refuses: what lies beyond one may be anybody's."""
    for above, _folders, names in os.walk(folder, followlinks=False):
        yield from (Path(above, name) for name in names)


class Command(BaseCommand):
    help = "Take in guides from plain text or Markdown files, or from folders of them."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--publish", action="store_true", help="publish what needs no person's decision")

    def handle(self, paths, publish, **options):
        if connection.vendor == "sqlite":
            # One process may keep 64 MiB of the database at hand, which each thread of a server may not.
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA cache_size = -65536")
        outcomes = []
        for outcome in take_all(self.files(paths), at=timezone.now(), publish=publish):
            outcomes.append(outcome)
            (self.stderr if outcome.needs_a_person else self.stdout).write(str(outcome))
        if len(outcomes) > MANY and connection.vendor == "postgresql":
            # Until it has counted what came in, PostgreSQL plans each list as if there were nothing to read.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        left = sum(outcome.needs_a_person for outcome in outcomes)
        if left:
            raise CommandError(
                f"{left} of {counted(len(outcomes))} need{'' if len(outcomes) > 1 else 's'} a person: see above."
            )
        self.stdout.write(f"{counted(len(outcomes))}, all taken in.")

    def files(self, paths):
        for path in map(Path, paths):
            if path.is_dir() and not path.is_symlink():
                yield from sorted(one for one in within(path) if one.suffix.lower() in SUFFIXES)
            else:
                yield path
