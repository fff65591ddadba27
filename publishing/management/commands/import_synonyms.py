from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from publishing.models import Hand
from publishing.record import taken_pairs
from publishing.refusals import Refused


class Command(BaseCommand):
    help = "Take in word pairs for the search from a CSV file with the columns word, also, language: all, or none."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, file, **options):
        try:
            taken = taken_pairs(file.read_bytes(), by=Hand.command("import_synonyms"))
        except OSError as why:
            raise CommandError(f"{file} cannot be read: {why.strerror}.") from why
        except Refused as why:
            raise CommandError(str(why)) from why
        for said in (*taken.problems, *taken.doubts):
            self.stderr.write(said)
        if taken.problems:
            raise CommandError(f"Nothing was taken in. Lines to put right: {len(taken.problems)}.")
        self.stdout.write(f"Word pairs taken in: {len(taken.new)}; there already: {taken.known}.")
