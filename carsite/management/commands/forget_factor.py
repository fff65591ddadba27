from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from carsite.staff import factor
from publishing.models import Hand


class Command(BaseCommand):
    help = "End the second factor of an account whose owner lost the telephone and the recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody here is called “{username}”. Look at the list of people in the admin.")
        if not factor.take_away(user, by=Hand.command("operator")):
            self.stdout.write(f"{username} has none set up.")
            return
        self.stdout.write(f"The next log-in of {username} sets up another. Make sure who logs in.")
