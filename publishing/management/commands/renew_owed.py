from django.core.management.base import BaseCommand

from publishing.models import Line
from publishing.record import renew_owed


class Command(BaseCommand):
    help = "Make anew what is kept of each text: its state, and what is due of it. Lists and the desk read it."

    def handle(self, **options):
        count = renew_owed(Line.objects.moment_of_reading())
        self.stdout.write(f"What is owed is made anew: of {count} texts.")
