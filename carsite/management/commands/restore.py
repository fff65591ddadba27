from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from carsite.keeping import Bar, keys_in, restore
from publishing.record import heads

# A list in numbers says where words stood when they were erased, not where else they stood before somebody rewrote it.
AGAIN = "Look once more for words that were erased: who rewrote them by hand before, did it after this backup."


class Command(BaseCommand):
    help = "Make an empty place the site that a backup holds, verify its record, and repeat what was erased since."

    def add_arguments(self, parser):
        parser.add_argument("file", help="what manage.py backup wrote")
        parser.add_argument("--key", metavar="FILE", help="the file with the secret key of a sealed backup")
        parser.add_argument("--later", metavar="FILE", help="another list of later erasures than the one beside it")

    def handle(self, file, key=None, later=None, **options):
        path, bar = Path(file).absolute(), Bar(self.stderr)
        try:
            keys = keys_in(key) if key else []
            told, count, said = restore(path, keys=keys, bar=bar, later=Path(later) if later else None)
        except FileNotFoundError as problem:
            raise CommandError(f"There is no file {problem.filename}.") from problem
        except OSError as problem:
            raise CommandError(f"Nothing was restored: {problem.strerror or problem}.") from problem
        finally:
            bar.end()
        for one in said:
            self.stdout.write(one)
        if count is None:
            self.stdout.write("No list of later erasures lies beside it. Was anything erased since? Erase it again.")
        elif count:
            self.stdout.write(f"{count} later erasures and ended consents were repeated. {AGAIN}")
        line = told["line"]
        self.stdout.write(f"Restored: the record holds, {line['seq'] if line else 0} lines.\n{heads()}")
