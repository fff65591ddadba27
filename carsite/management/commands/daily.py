import datetime

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from publishing.models import Buffer, Hand, Unfound, access


class Command(BaseCommand):
    help = "What has to be done once a day: reminders, old sessions, and words of the access record past their time."

    def handle(self, **options):
        before = timezone.now() - datetime.timedelta(days=settings.ACCESS_DAYS)
        last = access.cut(before, by=Hand.command("daily"))
        if last:
            self.stdout.write(f"The words of the access record up to line {last} were erased; its lines stay.")
        Buffer.objects.past(timezone.now()).delete()
        Unfound.objects.past(timezone.localdate()).delete()
        call_command("clearsessions")
        if settings.TRIES_LINKS:
            call_command("try_links", stdout=self.stdout)
        call_command("send_reminders", stdout=self.stdout)
