from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from carsite.copying import Copy, NotOurs
from carsite.keeping import Bar
from carsite.reader import printing

DAYS = 30


class Command(BaseCommand):
    help = "Write the whole live site as plain files into a folder: for a disk without a network, or another server."

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="a new folder, or that of an earlier copy, which is renewed")
        parser.add_argument(
            "--handouts", action="store_true", help="printed guides too; the first time takes a second each"
        )
        parser.add_argument("--days", type=int, default=DAYS, help=f"after which each page asks to be checked ({DAYS})")

    def handle(self, folder, handouts=False, days=DAYS, **options):
        if handouts and (why := printing.missing()):
            raise CommandError(f"No handouts can be made: {why}")
        if not 1 <= days <= 366:
            raise CommandError("--days is a number from 1 to 366.")
        bar = Bar(self.stderr)
        try:
            copy = Copy(folder, at=timezone.now(), days=days, sheets=handouts)
            copy.make(bar)
        except NotOurs as why:
            raise CommandError(str(why)) from why
        except OSError as why:
            raise CommandError(f"{folder} cannot be written: {why}. Tell it again to go on.") from why
        finally:
            bar.end()
        self.tell(copy)

    def tell(self, copy):
        went_on = " It went on where it was stopped." if copy.is_resumed else ""
        self.stdout.write(f"{len(copy.files) - 1} files in {copy.folder}.{went_on} Open index.html there.")
        for address in copy.missing:
            self.stdout.write(f"A page leads to {address}, where nothing stands.")
        if copy.is_behind:
            self.stdout.write("Something was published or taken down meanwhile: run it again.")
        if copy.failed_sheets:
            raise CommandError(
                f"{len(copy.failed_sheets)} handouts could not be made; the copy leads to the site for them."
            )
