import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from carsite.reader import altered
from publishing.models import Line, Touch, Verified
from publishing.record import Unreadable, faults, heads, holds, read, redacted_editions


class Command(BaseCommand):
    help = "Recompute the whole ledger from the stored editions; name the first line that does not hold."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor",
            metavar="SEQ:HASH",
            help="a line noted earlier, as number:hash or as it was mailed; a file with it; or - to paste it",
        )
        parser.add_argument(
            "--pages", action="store_true", help="make each stored page anew too, and read each picture, and compare"
        )
        parser.add_argument(
            "--since-last", action="store_true", help="only what came since the last whole run that held"
        )

    def handle(self, anchor=None, pages=False, since_last=False, **options):
        noted = self.noted(anchor) if anchor else None
        since = Verified.last("record", is_held=True, seq__isnull=False) if since_last else None
        self.verify(since)
        for redacted in redacted_editions():
            self.stdout.write(f"Redacted by law, so its text cannot be checked any more: {redacted}")
        if noted:
            is_held, sentence = holds(noted)
            if not is_held:
                raise CommandError(sentence)
            self.stdout.write(sentence)
        if pages:
            self.verify_pages()

    def verify(self, since):
        began_at, head, touch = timezone.now(), Line.objects.head(), Touch.objects.order_by("pk").last()
        first = next(iter(faults(since)), None)
        run = Verified(of="record", began_at=began_at, is_held=first is None, said=str(first or ""))
        if head:
            run.seq, run.hash, run.touch = head.seq, head.hash, touch and touch.pk
        if since is None:
            run.save()
        if first:
            raise CommandError(f"The record does not hold. First fault: {first}")
        if head is None:
            self.stdout.write("The record holds: the ledger is empty.")
            return
        if since:
            self.stdout.write(
                f"Since line {since.seq}, where a whole run of {since.began_at:%d %B %Y, %H:%M} UTC held:"
            )
        said = f"The record holds: {head.seq} lines, the last of {head.at:%d %B %Y, %H:%M} UTC: {head.hash}"
        self.stdout.write(f"{said}\nTo mail or print, and to check later with --anchor:\n{heads()}")

    def verify_pages(self):
        began_at = timezone.now()
        first = next(altered(), "")
        Verified.objects.create(of="pages", began_at=began_at, is_held=not first, said=first)
        if first:
            raise CommandError(f"Patients may be sent something else than was published: {first}.")
        self.stdout.write("The stored pages are what the site makes, and the pictures are those that were uploaded.")

    def noted(self, anchor):
        """The line that was noted, from the words themselves, a file, or what is pasted."""
        try:
            return read(anchor)
        except Unreadable as problem:
            if anchor == "-":
                text = sys.stdin.read()
            elif os.path.isfile(anchor):  # false too for what is too long to name a file
                text = Path(anchor).read_text(errors="replace")
            else:
                raise CommandError(str(problem)) from problem
        try:
            return read(text)
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
