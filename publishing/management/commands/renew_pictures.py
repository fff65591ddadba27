from django.core.management.base import BaseCommand

from publishing.models import Line, Picture
from publishing.record import renew_uses
from publishing.text import Unusable


class Command(BaseCommand):
    help = "Make anew what is derived from pictures: their smaller files, and which text shows which."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="also of pictures that have smaller files already")

    def handle(self, **options):
        pictures = Picture.objects.order_by("pk")
        asked = list(pictures if options["all"] else pictures.filter(renditions=None))
        for picture in asked:
            try:
                picture.make_renditions()
            except (OSError, Unusable) as why:
                self.stderr.write(f"{picture.name}: {why}")
        renew_uses(Line.objects.moment_of_reading())
        self.stdout.write(f"Looked at {len(asked)} pictures, and at what shows them.")
