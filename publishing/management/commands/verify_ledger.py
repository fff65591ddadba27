import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from publishing.models import Line
from publishing.record import Unreadable, faults, holds, printed, read, redacted_editions


class Command(BaseCommand):
    help = "Recompute the whole ledger from the stored editions; name the first line that does not hold."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor",
            metavar="SEQ:HASH",
            help="a line noted earlier, as number:hash or as it was mailed; a file with it; or - to paste it",
        )

    def handle(self, anchor=None, **options):
        noted = self.noted(anchor) if anchor else None
        first = next(iter(faults()), None)
        if first:
            raise CommandError(f"The record does not hold. First fault: {first}")
        head = Line.objects.head()
        if head is None:
            self.stdout.write("The record holds: the ledger is empty.")
        else:
            self.stdout.write(
                f"The record holds: {head.seq} lines, the last of {head.at:%d %B %Y, %H:%M} UTC: {head.hash}"
            )
            self.stdout.write(f"To mail or print, and to check later with --anchor:\n{printed(head)}")
        for redacted in redacted_editions():
            self.stdout.write(f"Redacted by law, so its text cannot be checked any more: {redacted}")
        if noted:
            is_held, sentence = holds(noted)
            if not is_held:
                raise CommandError(sentence)
            self.stdout.write(sentence)

    def noted(self, anchor):
        """The line that was noted, from the words themselves, a file, or what is pasted."""
        try:
            return read(anchor)
        except Unreadable as problem:
            if anchor == "-":
                text = sys.stdin.read()
            elif len(anchor) < 1000 and Path(anchor).is_file():
                text = Path(anchor).read_text(errors="replace")
            else:
                raise CommandError(str(problem)) from problem
        try:
            return read(text)
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
