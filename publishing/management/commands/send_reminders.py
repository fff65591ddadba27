from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from publishing.due import due_at
from publishing.models import Reminder


class Command(BaseCommand):
    help = "Mail each owner what is due, once for each case. A missed day loses nothing: the next run catches up."

    def handle(self, **options):
        now = timezone.now()
        known = set(Reminder.objects.values_list("work", "state", "case"))
        new = [one for one in due_at(now) if (one.work.name, one.state, one.case) not in known]
        by_address = defaultdict(list)
        for one in new:
            for address in self.addresses(one.owner):
                by_address[address].append(one)
        if new and not settings.HAS_MAIL:
            raise CommandError(
                f"{len(new)} things are due, but no mail server is set. Set EMAIL_URL and run this again."
            )
        for address, things in sorted(by_address.items()):
            self.remind(address, things, now)
        unsent = [one for one in new if not self.addresses(one.owner)]
        for one in unsent:
            self.stderr.write(f"Nobody to tell of “{one.work}” ({one.what}): no owner or administrator has an address.")
        self.stdout.write(f"{len(new) - len(unsent)} things told to {len(by_address)} people.")

    def addresses(self, owner):
        """The owner's address; where there is none, those of the administrators."""
        if owner and owner.is_active and owner.email:
            return [owner.email]
        people = User.objects.filter(is_active=True, groups__name="administrators").exclude(email="")
        return list(people.values_list("email", flat=True))

    def remind(self, address, things, now):
        lines = ["These texts need you:", ""]
        for one in things:
            when = f" ({one.on:%d %B %Y})" if one.on else ""
            lines += [f"* {one.work}", f"  {one.what}{when}", f"  {settings.SITE_URL}{one.url}"]
        send_mail(f"{len(things)} texts need you", "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [address])
        for one in things:
            Reminder.objects.get_or_create(
                work=one.work.name, state=one.state, case=one.case, defaults={"sent_at": now, "sent_to": address}
            )
