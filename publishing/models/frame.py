"""The frame: what stands around every guide. One row is its working copy, its editions are what patients see."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from publishing.models import kinds
from publishing.models.comparing import Comparison
from publishing.models.editions import Edition
from publishing.models.prepared import prepared
from publishing.models.works import WorkingCopy
from publishing.text import digest


def dialled(number):
    """Raises ValidationError unless a phone can dial it: at least 3 digits, no letters."""
    written = re.fullmatch(r"\(?\+?[0-9 ()-]+", number.lstrip(" "))
    if not written or len(re.findall("[0-9]", number)) < 3:
        raise ValidationError("Write the number as a phone dials it, for example 112 or +91 80 4567 8900.")


class FrameContent(models.Model):
    clinic = models.CharField("clinic's name", max_length=100, default="Our clinic")
    tagline = models.CharField(max_length=60, default="patient guides", help_text="Stands behind the name, in grey.")
    heading = models.CharField(
        "heading of the home page", max_length=120, default="Understand your treatment, in your own time"
    )
    lead = models.TextField(
        "lead of the home page",
        default="Clear guides from our clinic, for you and the people who care for you. Free, no sign-in.",
    )
    emergency_heading = models.CharField(max_length=100, default="If you feel very unwell")
    emergency_text = models.TextField(
        default="Do not wait for this page or for a reply from us. "
        "Call your treatment centre’s 24-hour number, or the emergency number.",
        help_text="Stands after the risks in every guide, and with the questions.",
    )
    emergency_number = models.CharField(
        max_length=30,
        default="112",
        validators=[dialled],
        help_text="The number a phone dials when a patient taps the button.",
    )
    emergency_label = models.CharField(
        "words on the emergency button", max_length=60, default="Call 112", help_text="For example “Call 112 (India)”."
    )
    contact = models.TextField(
        blank=True, help_text="How patients reach you when it is not urgent: stands at the foot of every page."
    )
    banner = models.TextField(
        blank=True,
        help_text="A sentence at the top of every page, for example about a closed ward. Leave empty for none.",
    )
    needs_two_people = models.BooleanField(
        "a change of substance needs a second person",
        default=True,
        help_text="Before a changed dose, number or “not” reaches patients, a clinician who did not write it has "
        "reviewed the exact text. Patients do not see this setting; the ledger keeps when it was changed.",
    )
    small_print = models.TextField(
        default="These guides give general information. They do not replace advice from your own care team.",
        help_text="Stands at the foot of every page.",
    )

    class Meta:
        abstract = True

    @property
    def phone(self):
        """The emergency number as a phone dials it."""
        return "".join(sign for sign in self.emergency_number if sign.isdigit() or sign == "+")

    @property
    def language(self):
        return settings.LANGUAGE_CODE


class FrameJudgement(Comparison):
    """Whoever publishes the frame looks at what can hurt, alone: administrators answer for it."""

    is_substance, lacks_review, review = True, False, None

    def admit(self, **told):
        """The ledger says in words when the clinic gives up the second person, and when it asks for one again."""
        kept = super().admit(**told)
        if self.edition.needs_two_people == Frame.around(self.at).needs_two_people:
            return kept
        asks = "needs a second person" if self.edition.needs_two_people else "no longer needs a second person"
        return kept | {"rule": f"From now on a change of substance {asks}."}


@kinds.register
class Frame(WorkingCopy, FrameContent):
    LEDGER_NAME = "frame"
    JUDGEMENT = FrameJudgement

    class Meta(WorkingCopy.Meta):
        verbose_name_plural = "frame"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publishing_one_frame")]

    def __str__(self):
        return "What stands around every guide"

    @property
    def name(self):
        return self.LEDGER_NAME

    @classmethod
    def around(cls, at):
        """The frame in force at a moment; before the first is published, the words a new site starts with."""
        return live_frame.first(at=at) or FrameEdition()


@prepared
def live_frame(*, at):
    return FrameEdition.objects.live(at, of=1, named=Frame.LEDGER_NAME)


class FrameEdition(Edition, FrameContent):
    DIGESTED = {
        2: {
            "text": ("clinic", "tagline", "heading", "lead", "contact", "banner", "small_print")
            + ("emergency_heading", "emergency_text", "emergency_number", "emergency_label"),
            "words": (),
            "page": ("needs_two_people",),
        }
    }

    # What stands on the sheet of a guide. Its digest is kept, since the law may have the words erased.
    PRINTED = ("clinic", "contact", "small_print", "emergency_heading", "emergency_text", "emergency_number")
    PRINTED += ("emergency_label",)

    work = models.ForeignKey(Frame, models.PROTECT, related_name="editions", db_index=False)
    printed_digest = models.CharField(max_length=64)

    class Meta(Edition.Meta):
        verbose_name = "edition of the frame"

    def __str__(self):
        return f"{self.clinic} (edition {self.number})"

    @classmethod
    def content_fields(cls):
        return [one for one in super().content_fields() if one[0] != "printed_digest"]

    def seal(self):
        super().seal()
        self.printed_digest = self.digest_of_printed()

    def digest_of_printed(self):
        return digest({name: getattr(self, name) for name in self.PRINTED})

    @property
    def is_printed_so(self):
        """Whether its digest is that of its words; of an erased one nobody can tell."""
        return self.printed_digest == self.digest_of_printed()
