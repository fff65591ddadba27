import datetime
import io

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from articles.figures.checked import kept_months
from articles.models import Brought, Pace, Seen, Voice
from carsite import hindered
from carsite.keeping import asked_for, backup_into, recipients
from publishing.models import LOST, Buffer, Chore, Hand, Unfound, access

CHORES_KEPT = datetime.timedelta(days=400)
DAY = datetime.timedelta(days=1)


class Command(BaseCommand):
    help = "All that has to be done once a day. What was done today already is not done again; what failed is."

    def handle(self, **options):
        done, failed = 0, []
        for what, do in self.chores().items():
            why = self.done_once(what, do)
            done += why == ""
            failed += [f"{what.label}: {why}"] if why else []
        if failed:
            raise CommandError("\n".join(failed))
        if not done:
            self.stdout.write(_left_to_another() or "All was done today already.")
        elif not settings.HAS_MAIL:
            self.stdout.write("Nobody was reminded: no mail server is set.")

    def chores(self):
        chores = {
            Chore.What.BACKUP: self.back_up,
            Chore.What.VERIFY: self.verify,
            Chore.What.RETENTION: self.forget,
            Chore.What.LINKS: self.try_links,
            Chore.What.REMINDERS: self.remind,
        }
        return {what: do for what, do in chores.items() if what in asked_for()}

    def done_once(self, what, do):
        """Why it failed, or nothing once it is done; None where it was done before, or another run is at it."""
        try:
            _look_at_connection()
            chore = Chore.take(what, day=timezone.localdate(), at=timezone.now())
            if chore is None:
                return None
            why = self.tried(do)
            _look_at_connection()
            chore.end(at=timezone.now(), why=why)
        except (DatabaseError, InterfaceError) as problem:
            return hindered.why(problem) or f"{type(problem).__name__}: {problem}".partition("\n")[0]
        return why

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
        whom = recipients(settings.BACKUP_KEY)
        taken = backup_into(settings.BACKUPS, whom=whom, days=settings.BACKUP_DAYS, at=timezone.now())
        said.write("\n".join([f"Backup: {taken.path}, {taken.size:,} bytes.", *taken.lacks()]) + "\n")

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
        AccessLog.objects.all().delete()  # what an earlier version wrote: the access record has it
        Chore.objects.filter(began_at__lt=now - CHORES_KEPT).delete()
        call_command("clearsessions")
        # What was brought in with many pictures at once has no smaller files yet.
        call_command("renew_pictures", stdout=io.StringIO())
        kept_months(now)  # so that on the first of a month nobody waits for it

    def try_links(self, said):
        call_command("try_links", stdout=said)

    def remind(self, said):
        call_command("send_reminders", stdout=said, stderr=said)


def _look_at_connection():
    """The database may have been restarted meanwhile: then what comes next gets a new connection."""
    if connection.get_autocommit():
        connection.close_if_unusable_or_obsolete()


def _left_to_another():
    """What another run began today and has not ended, as a sentence; nothing where there is none."""
    found = list(Chore.going_on(timezone.localdate()))
    if not found:
        return ""
    named, since = ", ".join(one.get_what_display() for one in found), timezone.localtime(found[0].began_at)
    hours = LOST.seconds // 3600
    return (
        f"Left to another run, which began at {since:%H:%M}: {named}. Was it killed? Then daily does it again from "
        f"{hours} hours after that on."
    )
