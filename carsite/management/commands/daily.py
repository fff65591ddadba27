import datetime
import io

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.figures.checked import kept_months
from articles.models import Brought, Pace, Seen, Voice
from carsite import hindered
from carsite.keeping import backup_into, recipients
from publishing.models import Buffer, Chore, Hand, Unfound, access

CHORES_KEPT = datetime.timedelta(days=400)
DAY = datetime.timedelta(days=1)


class Command(BaseCommand):
    help = "All that has to be done once a day. What was done today already is not done again; what failed is."

    def handle(self, **options):
        chores = {
            Chore.What.BACKUP: self.back_up,
            Chore.What.VERIFY: self.verify,
            Chore.What.RETENTION: self.forget,
            Chore.What.LINKS: self.try_links,
            Chore.What.REMINDERS: self.remind,
        }
        done, failed = 0, []
        for what, do in chores.items():
            chore = Chore.take(what, day=timezone.localdate(), at=timezone.now())
            if chore is None:
                continue
            why = self.tried(do)
            chore.end(at=timezone.now(), why=why)
            done += not why
            failed += [f"{what.label}: {why}"] if why else []
        if failed:
            raise CommandError("\n".join(failed))
        if not done:
            self.stdout.write("All was done today already.")

    def tried(self, do):
        """Why it failed, or nothing; whatever it is, the others are done all the same."""
        said = io.StringIO()
        try:
            do(said)
        except SystemExit as end:
            return said.getvalue().strip() or f"ended with {end.code}"
        except Exception as problem:
            return f"{said.getvalue()}{hindered.why(problem) or problem or type(problem).__name__}".strip()
        finally:
            self.stdout.write(said.getvalue(), ending="")
        return ""

    def back_up(self, said):
        if settings.BACKUPS:
            whom = recipients(settings.BACKUP_KEY)
            taken = backup_into(settings.BACKUPS, whom=whom, days=settings.BACKUP_DAYS, at=timezone.now())
            said.write(f"Backup: {taken.path}, {taken.size:,} bytes.\n")

    def verify(self, said):
        call_command("verify_ledger", pages=True, stdout=said)

    def forget(self, said):
        now = timezone.now()
        last = access.cut(now - datetime.timedelta(days=settings.ACCESS_DAYS), by=Hand.command("daily"))
        if last:
            said.write(f"The words of the access record up to line {last} were erased; its lines stay.\n")
        Buffer.objects.past(now).delete()
        Brought.objects.past(now).delete()
        Voice.objects.past(now).delete()
        Pace.objects.all().delete()
        Seen.objects.past(timezone.localdate(now)).delete()
        Unfound.objects.past(timezone.localdate(now)).delete()
        AccessAttempt.objects.filter(attempt_time__lt=now - DAY).delete()
        Chore.objects.filter(began_at__lt=now - CHORES_KEPT).delete()
        call_command("clearsessions")
        # What was brought in with many pictures at once has no smaller files yet.
        call_command("renew_pictures", stdout=io.StringIO())
        kept_months(now)  # so that on the first of a month nobody waits for it

    def try_links(self, said):
        if settings.TRIES_LINKS:
            call_command("try_links", stdout=said)

    def remind(self, said):
        if not settings.HAS_MAIL:  # a clinic without one would be told of a failure every night
            said.write("Nobody was reminded: no mail server is set.\n")
            return
        call_command("send_reminders", stdout=said, stderr=said)
