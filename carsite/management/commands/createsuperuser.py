from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User

from carsite.staff import people
from publishing.models import Hand


class Command(createsuperuser.Command):
    """Django's own; the access record tells whom it let in."""

    def handle(self, *args, **options):
        known = set(User.objects.values_list("pk", flat=True))
        answer = super().handle(*args, **options)
        for user in User.objects.exclude(pk__in=known):
            people.told(user, None, by=Hand.command("operator"))
        return answer
