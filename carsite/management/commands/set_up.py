"""From an empty database to a site with sample guides, a frame in each language, and a staff account for each role."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from articles.beside import take_first
from articles.importing import take_all
from articles.models import Article, Intake, Topic, TopicEdition
from carsite.reader import release
from carsite.roles import ADMINISTRATORS, ROLES
from carsite.staff import people
from publishing.models import Edition, Frame, FrameEdition, Hand, StoredPage

BY = Hand.command("set-up")
SAMPLES = settings.BASE_DIR / "articles" / "samples"
FRAMES = settings.BASE_DIR / "carsite" / "frames"
WITHDRAWN = "having-a-blood-test.md"
NOTICE = (
    "This is a sample of a notice: it shows what patients read when a guide was taken down. "
    "Do as the letter says that you got with your test, or ask your care team."
)
PEOPLE = {
    "writers": "writer",
    "clinical reviewers": "reviewer",
    "publishers": "publisher",
    ADMINISTRATORS: "administrator",
}


class Command(BaseCommand):
    help = "Prepare a new site. Safe to run again: nothing is duplicated or reset."

    def handle(self, **options):
        is_bare = not self.is_begun()
        self.people()
        self.frame()
        if is_bare:
            self.other_frames()
            self.topics()
            self.guides()
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

    def is_begun(self):
        """Whether the clinic has texts of its own: then no sample, and no first words, come beside them."""
        names = [path.name for path in _samples()]
        own = Article.objects.exclude(intake__file_name__in=names)
        return own.exists() or FrameEdition.objects.filter(number__gt=1).exists()

    def other_frames(self):
        """The first words around guides in other languages; until a speaker has confirmed them, ours stand beside."""
        for path in sorted(FRAMES.glob("*.txt")):
            if path.stem in dict(settings.LANGUAGES) and not Frame.objects.filter(language=path.stem).exists():
                frame = Frame.in_language(path.stem)
                for line in path.read_text(encoding="utf-8").splitlines():
                    setattr(frame, *line.split(": ", 1))
                frame.keep(by=BY, at=timezone.now())
                frame.publish(by=BY, note="The first words in this language")

    def topics(self):
        """The topics of the samples, with their names in other languages."""
        known = {code for code, _name in settings.LANGUAGES}
        for place, line in enumerate((SAMPLES / "topics.txt").read_text(encoding="utf-8").splitlines(), 1):
            title, *others = line.split(" | ")
            if not any(model.objects.filter(title=title).exists() for model in (Topic, TopicEdition)):
                names = "\n".join(one for one in others if one.partition(":")[0] in known)
                Topic(title=title, names=names, place=place).keep(by=BY, note=f"New topic “{title}”")

    def guides(self):
        """The samples that are not there yet, each translation after what it translates; one of them is taken down."""
        taken = set(Intake.objects.values_list("file_name", flat=True))
        new = [path for path in _samples() if path.name not in taken]
        for is_translation in (False, True):
            some = [path for path in new if (_language_of(path) is not None) is is_translation]
            with transaction.atomic():
                for outcome in take_all(some, at=timezone.now(), publish=True):
                    self.stdout.write(str(outcome) if outcome.messages else f"{outcome.file}: {outcome.result}")
                for intake in Intake.objects.filter(file_name__in={path.name for path in some} & {WITHDRAWN}):
                    told = {"reason": Edition.Reason.OUT_OF_DATE, "text": NOTICE}
                    intake.article.withdraw(by=BY, note="A sample of a guide that was taken down", **told)


def _language_of(path):
    """The language that stands in the name of a translation: car-t-cell-therapy.hi.md."""
    return Path(path.stem).suffix[1:] or None


def _samples():
    """The samples in the languages of this site."""
    known = {None, *dict(settings.LANGUAGES)}
    return [path for path in sorted(SAMPLES.glob("*.md")) if _language_of(path) in known]
