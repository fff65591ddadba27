from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importing import write_out


class Command(BaseCommand):
    help = "Write every guide as Markdown with front matter and pictures into a folder; import_articles takes it back."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR")

    def handle(self, folder, **options):
        if Path(folder).exists() and any(Path(folder).iterdir()):
            raise CommandError(
                f"{folder} is not empty: name a new folder, so that no guide of another day stays in it."
            )
        number, lost = 0, 0
        try:
            for name, missing in write_out(folder, at=timezone.now()):
                number, lost = number + 1, lost + bool(missing)
                if missing:
                    self.stderr.write(f"{name}: {len(missing)} of its pictures are not kept here.")
        except OSError as why:
            raise CommandError(f"{folder} cannot be written: {why}") from why
        if lost:
            raise CommandError(f"{number} guides are written; {lost} of them lack pictures: see above.")
        self.stdout.write(f"{number} guide{'' if number == 1 else 's'} written to {folder}.")
