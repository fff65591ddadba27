from getpass import getuser

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User

from carsite.staff import people
from publishing.models import Hand


class Command(changepassword.Command):
    """Django's own; the access record tells whose password the operator set."""

    def handle(self, *args, **options):
        answer = super().handle(*args, **options)
        user = User.objects.get(username=options["username"] or getuser())
        people.password_set(user, by=Hand.command("operator"))
        return answer
