from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from carsite.staff import people
from publishing.models import Hand


class Command(BaseCommand):
    help = "Print the address at which the owner of an account sets its password: give it to nobody else."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument(
            "--confirmed", action="store_true", help="you have made sure whose account it is; the access record says so"
        )

    def handle(self, username, confirmed=False, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody here is called “{username}”. Look at the list of users in the admin.")
        by = Hand.command("operator")
        address, _problem = people.invite(user, by=by, mails=False)
        if confirmed:
            people.confirm(people.subject(user), username, by=by)
        self.stdout.write(f"For {user.get_full_name() or username} alone, within three days:\n{address}")
