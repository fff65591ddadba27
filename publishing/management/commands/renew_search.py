from django.core.management.base import BaseCommand

from publishing.record import renew_search


class Command(BaseCommand):
    help = "Make the index of the search anew, from what patients read and what waits. The site goes on meanwhile."

    def handle(self, **options):
        self.stdout.write(f"The search index is made anew: {renew_search()} rows.")
