"""Says of every working copy what is found in it, so that a clinic sees at once where to begin."""

from itertools import islice

from django.core.management.base import BaseCommand
from django.utils import timezone

from publishing.findings import Severity
from publishing.models import findings_of, kinds
from publishing.text import TooLong

TOGETHER = 100


def every(model):
    """The texts of one kind, some at a time: with a whole table at hand, a small machine would stand still."""
    rows = model._base_manager.order_by("pk").iterator(TOGETHER)
    while some := list(islice(rows, TOGETHER)):
        yield from some


class Command(BaseCommand):
    help = "Say of every text that is being written what must be fixed and what should be added."

    def add_arguments(self, parser):
        parser.add_argument("--must-fix", action="store_true", help="only what must be fixed")

    def handle(self, must_fix, **options):
        at, texts, count = timezone.now(), 0, dict.fromkeys(Severity, 0)
        for model in kinds.works():
            for work in every(model) if model.edition_model().CHECKED else ():
                texts += 1
                for severity in self.tell(work, at, must_fix):
                    count[severity] += 1
        told = ", ".join(f"{number} {severity}" for severity, number in count.items())
        self.stdout.write(f"{texts} texts: {told}.")

    def tell(self, work, at, must_fix):
        """Write what is found in one text; the severity of each."""
        try:
            found = [one for one in findings_of(work, at) if one.is_must_fix or not must_fix]
        except TooLong as problem:
            self.stdout.write(f"{work.name} “{work}”: {problem}")
            return []
        if found:
            self.stdout.write(f"{work.name} “{work}”")
        for one in found:
            where = f" (line {one.line})" if one.line else ""
            read = " Patients read it already." if one.is_read_already else ""
            self.stdout.write(f"  {one.severity.capitalize()}: {one.sentence}{where}{read}")
        return [one.severity for one in found]
