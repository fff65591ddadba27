import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from carsite import VERSION
from carsite.parts import is_accepted, licence, listed, pinned

REQUIREMENTS, LOCK = settings.BASE_DIR / "requirements.txt", settings.BASE_DIR / "requirements.lock"


class Command(BaseCommand):
    help = "Print the parts list of the site (CycloneDX); fails where a package is under a licence we do not take."

    def handle(self, **options):
        wrong = {name: licence(name) for name in pinned(REQUIREMENTS) if not is_accepted(licence(name))}
        if wrong:
            told = ", ".join(f"{name} ({said})" for name, said in sorted(wrong.items()))
            raise CommandError(f"Not under a licence that this site takes: {told}. See carsite/parts.py.")
        self.stdout.write(json.dumps(listed(REQUIREMENTS, LOCK, version=VERSION), indent=1))
