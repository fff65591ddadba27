from django.core.management.base import BaseCommand, CommandError

from publishing.models import Line
from publishing.record import TooShort, find, spoken, waiting, write_csv


class Command(BaseCommand):
    help = "List every edition ever in force that told patients TEXT, and from when to when."

    def add_arguments(self, parser):
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--csv", action="store_true", help="as a table for a spreadsheet")

    def handle(self, text, csv, **options):
        try:
            at = Line.objects.moment_of_reading()
            hits = find(text, at)
        except TooShort as problem:
            raise CommandError(str(problem)) from problem
        if csv:
            write_csv(self.stdout, hits)
            return
        for hit in hits:
            before, found, after = hit.words
            until = f"until {spoken(hit.until)}" if hit.until else "still now"
            self.stdout.write(f"{hit.work}, edition {hit.edition.number}: {hit.title}")
            self.stdout.write(f"  from {spoken(hit.in_force_at)} {until}: {before}[{found}]{after}")
        for edition in waiting(text, at):
            what = f"Edition {edition.number} of {edition.work.name}"
            self.stdout.write(f"{what} says it too, and waits for {spoken(edition.in_force_at)}.")
        living = sum(hit.until is None for hit in hits)
        editions = "1 edition" if len(hits) == 1 else f"{len(hits)} editions"
        self.stdout.write(f"{editions} told patients this; {living} still {'does' if living == 1 else 'do'}.")
