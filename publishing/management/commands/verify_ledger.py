from django.core.management.base import BaseCommand, CommandError

from publishing.models import Line
from publishing.verification import faults


class Command(BaseCommand):
    help = "Recompute the whole ledger from the stored editions; name the first line that does not hold."

    def handle(self, **options):
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
