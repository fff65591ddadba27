import sys
from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from django.utils import timezone

from publishing.mail import mail_problem
from publishing.models import Reminder
from publishing.record import due_at
from publishing.staff import staff_url


class Command(BaseCommand):
    help = (
        "Mail each owner what is due, once for each case. A missed day, or a mail that could not be sent, loses "
        "nothing: the next run catches up."
    )

    def handle(self, **options):
        now = timezone.now()
        by_address, nobody = self.untold(now)
        new = {one for things in by_address.values() for one in things} | set(nobody)
        if new and not settings.HAS_MAIL:
            raise CommandError(
                f"{things_in(new)} {pluralize(len(new), 'is,are')} due, but no mail server is set. "
                "Set EMAIL_URL and run this again."
            )
        told = {address for address in sorted(by_address) if self.remind(address, by_address[address], now)}
        for one in nobody:
            self.stderr.write(f"Nobody to tell of “{one.work}” ({one.what}): no owner or administrator has an address.")
        reached = {one for address in told for one in by_address[address]}
        self.stdout.write(f"{things_in(reached)} told to {len(told)} {pluralize(len(told), 'person,people')}.")
        if len(told) < len(by_address):
            sys.exit(1)

    def untold(self, now):
        """(what is due by each address that was not told of it, what is new and has nobody to be told)."""
        known = {(one.work, one.state, one.case): one.sent_to.split() for one in Reminder.objects.all()}
        by_address, nobody = defaultdict(list), []
        for one in due_at(now):
            told = known.get((one.work.name, one.state, one.case), [])
            addresses = self.addresses(one.owner)
            if not addresses and not told:
                nobody.append(one)
            for address in set(addresses) - set(told):
                by_address[address].append(one)
        return by_address, nobody

    def addresses(self, owner):
        """The owner's address; where there is none, those of the administrators."""
        if owner and owner.is_active and owner.email:
            return [owner.email]
        people = User.objects.filter(is_active=True, groups__name="administrators").exclude(email="")
        return list(people.values_list("email", flat=True))

    def remind(self, address, things, now):
        """Tell one person; return whether the mail went out. Only then is it recorded."""
        lines = ["These texts need you:", ""]
        for one in things:
            when = f" ({one.on:%d %B %Y})" if one.on else ""
            lines += [f"* {one.work}", f"  {one.what}{when}", f"  {settings.SITE_URL}{staff_url(one.work)}"]
        count = len(things)
        subject = f"{count} text{pluralize(count)} {pluralize(count, 'needs,need')} you"
        problem = mail_problem(subject, "\n".join(lines), address)
        if problem:
            self.stderr.write(f"{address} was not told of {things_in(things)} ({problem}). The next run tries again.")
            return False
        for one in things:
            reminder, is_new = Reminder.objects.get_or_create(
                work=one.work.name, state=one.state, case=one.case, defaults={"sent_at": now, "sent_to": address}
            )
            if not is_new:
                reminder.sent_to += f"\n{address}"
                reminder.save(update_fields=["sent_to"])
        return True


def things_in(found):
    return f"{len(found)} thing{pluralize(len(found))}"
