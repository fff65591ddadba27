from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from carsite import hindered
from carsite.keeping import Bar, new_key, recipients, renew_lists, take
from publishing.record import heads


class Command(BaseCommand):
    help = "Write the whole site, texts, record, people and pictures, as it is at one moment, into one new file."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="the new file; it may not be there yet")
        parser.add_argument("--seal-for", metavar="KEY", help="a public key of age, instead of BACKUP_KEY")
        parser.add_argument("--new-key", metavar="FILE", help="write a new secret key into FILE, print the public one")

    def handle(self, file=None, seal_for=None, new_key=None, **options):
        if new_key:
            return self.make_key(new_key)
        if not file:
            raise CommandError("Name the file to write: manage.py backup FILE")
        path, whom = Path(file).absolute(), recipients(seal_for or settings.BACKUP_KEY)
        bar = Bar(self.stderr)
        try:
            taken = take(path, whom=whom, bar=bar, at=timezone.now())
            renew_lists(path.parent)
        except OSError as problem:
            sentence = hindered.why(problem) or f"{problem.strerror or problem}: {path}"
            raise CommandError(f"The backup could not be written, and nothing of it is left. {sentence}") from problem
        finally:
            bar.end()
        self.tell(taken)

    def tell(self, taken):
        line = taken.told["line"]
        sealed = "sealed" if taken.is_sealed else "not sealed"
        self.stdout.write(f"{taken.path}: {taken.size:,} bytes, {sealed}, checked. {line['seq'] if line else 0} lines.")
        self.stdout.write(f"SHA-256 {taken.sha256}")
        for one in taken.lacks():
            self.stdout.write(one)
        self.stdout.write(
            f"Keep {taken.path.name}.later.json beside it: it lists what is erased from now on.\n{heads()}"
        )

    def make_key(self, path):
        try:
            public = new_key(path)
        except OSError as problem:
            raise CommandError(f"{path} cannot be written: {problem.strerror}.") from problem
        self.stdout.write(f"BACKUP_KEY={public}\nMove {path} to another machine: without it no sealed backup opens.")
