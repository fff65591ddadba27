"""From an empty database to a site with the sample guide, a frame, and a staff account for each role."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.beside import take_first
from articles.importing import take
from articles.models import Intake
from carsite.reader import release
from carsite.roles import ROLES
from carsite.staff import people
from publishing.models import Frame, Hand, StoredPage

BY = Hand.command("set-up")
SAMPLES = settings.BASE_DIR / "articles" / "samples"
PEOPLE = {
    "writers": "writer",
    "clinical reviewers": "reviewer",
    "publishers": "publisher",
    "administrators": "administrator",
}


class Command(BaseCommand):
    help = "Prepare a new site. Safe to run again: nothing is duplicated or reset."

    def handle(self, **options):
        self.people()
        self.frame()
        self.guide()
        self.beside_guides()
        StoredPage.forget(release())

    def people(self):
        """One account a role, only while nobody has an account yet."""
        path = settings.VAR / "first-passwords.txt"
        if not User.objects.exists():
            lines = ["The first accounts. Change these passwords after the first log-in, then delete this file.", ""]
            for role in ROLES:
                password = secrets.token_urlsafe(12)
                user = User.objects.create_user(PEOPLE[role], password=password, is_staff=True)
                user.groups.add(Group.objects.get(name=role))
                people.told(user, None, by=BY)
                lines.append(f"{PEOPLE[role]:15} {password}   ({role})")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write("\n".join(lines) + "\n")
        if path.exists():
            self.stdout.write(f"First passwords: {path}")

    def frame(self):
        frame, is_new = Frame.objects.get_or_create(
            language=settings.LANGUAGE_CODE,
            defaults={"clinic": "Example Clinic", "emergency_label": "Call 112 (India)"},
        )
        if is_new:
            frame.keep(by=BY, at=timezone.now())
            frame.publish(by=BY, note="The first frame")

    def beside_guides(self):
        """The pages that every site needs, and the first words of the word list, in each language they come in."""
        counts = [take_first(code, by=BY, at=timezone.now()) for code, _name in settings.LANGUAGES]
        if any(counts):
            self.stdout.write(f"{sum(counts)} pages about the site and words with their meanings: read them.")

    def guide(self):
        for path in sorted(Path(SAMPLES).glob("*.md")):
            if not Intake.objects.filter(file_name=path.name).exists():
                self.stdout.write(str(take(path, at=timezone.now(), publish=True)))
