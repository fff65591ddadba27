import sys
from collections import defaultdict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from django.utils import timezone

from publishing.mail import mail_problem
from publishing.models import Reminder
from publishing.record import due_at, reminders
from publishing.staff import staff_url

BY_LINK = "  The link was mailed to you when you were asked. If it is lost, ask for a new one."


class Command(BaseCommand):
    help = (
        "Mail each owner what is due, and who is asked for a check its day, once for each case. A missed day, or a "
        "mail that could not be sent, loses nothing: the next run catches up."
    )

    def handle(self, **options):
        now = timezone.now()
        by_address, nobody = self.untold(now)
        new = {key(one) for things in by_address.values() for one in things} | {key(one) for one in nobody}
        if new and not settings.HAS_MAIL:
            raise CommandError(
                f"{things_in(new)} {pluralize(len(new), 'is,are')} due, but no mail server is set. "
                "Set EMAIL_URL and run this again."
            )
        told = {address for address in sorted(by_address) if self.remind(address, by_address[address], now)}
        for one in nobody:
            self.stderr.write(
                f"Nobody to tell of “{one.title}” ({one.what}): no owner or administrator has an address."
            )
        reached = {key(one) for address in told for one in by_address[address]}
        self.stdout.write(f"{things_in(reached)} told to {len(told)} {pluralize(len(told), 'person,people')}.")
        if len(told) < len(by_address):
            sys.exit(1)

    def untold(self, now):
        """(what is due by each address that was not told of it, what is new and has nobody to be told)."""
        kept = Reminder.objects.values_list("work", "state", "case", "sent_to")
        self.told = {(work, state, case): sent_to.split() for work, state, case, sent_to in kept.iterator()}
        people = dict(User.objects.filter(is_active=True).exclude(email="").values_list("pk", "email"))
        administrators = User.objects.filter(pk__in=people, groups__name="administrators")
        administrators = [people[pk] for pk in administrators.order_by("pk").values_list("pk", flat=True)]
        by_address, nobody = defaultdict(list), []
        for one in due_at(now):
            # The owner's address; where there is none, those of the administrators.
            addresses = [people[one.owner_id]] if one.owner_id in people else administrators
            told = self.told.get(key(one), [])
            if not addresses and not told:
                nobody.append(one)
            for address in set(addresses) - set(told):
                by_address[address].append(one)
        for one in reminders(now):
            if one.address not in self.told.get(key(one), []):
                by_address[one.address].append(one)
        return by_address, nobody

    def remind(self, address, things, now):
        """Tell one person; return whether the mail went out. Only then is it recorded."""
        lines = ["These texts need you:", ""]
        for one in things:
            when = f" ({one.on:%d %B %Y})" if one.on else ""
            lines += [
                f"* {one.title}",
                f"  {one.what}{when}",
                f"  {settings.SITE_URL}{staff_url(one.model(pk=one.pk), one.page)}" if one.page else BY_LINK,
            ]
        count = len(things)
        subject = f"{count} text{pluralize(count)} {pluralize(count, 'needs,need')} you"
        problem = mail_problem(subject, "\n".join(lines), address)
        if problem:
            self.stderr.write(f"{address} was not told of {things_in(things)} ({problem}). The next run tries again.")
            return False
        for one in things:
            self.told.setdefault(key(one), []).append(address)
        Reminder.objects.bulk_create(
            [
                Reminder(
                    work=work, state=state, case=case, sent_at=now, sent_to="\n".join(self.told[work, state, case])
                )
                for work, state, case in map(key, things)
            ],
            update_conflicts=True,
            unique_fields=["work", "state", "case"],
            update_fields=["sent_to"],
        )
        return True


def key(one):
    """What a reminder of it is known by."""
    return one.name, one.state, one.case


def things_in(found):
    return f"{len(found)} thing{pluralize(len(found))}"
