from django.core.management.base import BaseCommand, CommandError

from publishing.models import Line
from publishing.record import TooShort, hits, spoken, waiting, write_csv


class Command(BaseCommand):
    help = "List every edition ever in force that told patients TEXT, and from when to when."

    def add_arguments(self, parser):
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--csv", action="store_true", help="as a table for a spreadsheet")

    def handle(self, text, csv, **options):
        try:
            at = Line.objects.moment_of_reading()
            found = hits(text, at)
        except TooShort as problem:
            raise CommandError(str(problem)) from problem
        if csv:
            write_csv(self.stdout, found)
            return
        told = living = 0
        for hit in found:
            told, living = told + 1, living + hit.is_living
            before, words, after = hit.words
            until = f"until {spoken(hit.until)}" if hit.until else "still now"
            self.stdout.write(f"{hit.work}, edition {hit.edition.number}: {hit.title}")
            self.stdout.write(f"  from {spoken(hit.in_force_at)} {until}: {before}[{words}]{after}")
        for edition in waiting(text, at):
            what = f"Edition {edition.number} of {edition.work.name}"
            self.stdout.write(f"{what} says it too, and waits for {spoken(edition.in_force_at)}.")
        editions = "1 edition" if told == 1 else f"{told} editions"
        self.stdout.write(f"{editions} told patients this; {living} still {'does' if living == 1 else 'do'}.")
