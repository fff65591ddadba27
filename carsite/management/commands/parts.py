import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from carsite import VERSION
from carsite.parts import is_accepted, licence, listed, pinned

REQUIREMENTS, LOCK = settings.BASE_DIR / "requirements.txt", settings.BASE_DIR / "requirements.lock"
# Installed besides where pictures lie in a store
OF_STORE = settings.BASE_DIR / "requirements-s3.txt", settings.BASE_DIR / "requirements-s3.lock"


class Command(BaseCommand):
    help = "Print the parts list of the site (CycloneDX); fails where a package is under a licence we do not take."

    def handle(self, **options):
        files = [(REQUIREMENTS, LOCK), *([OF_STORE] if settings.MEDIA_STORE else [])]
        names = [name for requirements, _lock in files for name in pinned(requirements)]
        wrong = {name: licence(name) for name in names if not is_accepted(licence(name))}
        if wrong:
            told = ", ".join(f"{name} ({said})" for name, said in sorted(wrong.items()))
            raise CommandError(f"Not under a licence that this site takes: {told}. See carsite/parts.py.")
        self.stdout.write(json.dumps(listed(files, version=VERSION), indent=1))
