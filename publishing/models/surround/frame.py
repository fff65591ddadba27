"""The frame: what stands around every guide, in each language a text of its own with working copy and editions.

What is missing in a language is shown in the first one, as words of that language.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from publishing.models import kinds
from publishing.models.chained.owed import Owed
from publishing.models.checks.reviews import OlderDigest, Review
from publishing.models.frozen.addresses import languages
from publishing.models.frozen.editions import JUDGED, Edition
from publishing.models.prepared import prepared
from publishing.models.surround.around import CALLED, EMERGENCY, SAID, Around, dialled, names_another
from publishing.models.surround.languages import home_of
from publishing.models.works.judging import Judgement
from publishing.models.works.reviewed import ReviewedCopy
from publishing.refusals import Unfit
from publishing.text import digest

FIRST = settings.LANGUAGE_CODE
TITLE = "What stands around every guide"
# How the clinic publishes: those of the first language count
SWITCHES = ("needs_two_people", "shows_old_editions", "shows_unsafe", "asks_words")
MAY_BE_EMPTY = ("contact", "banner", *CALLED)


class FrameContent(models.Model):
    """The words around a guide, in one language. Each may be missing in another than the first."""

    language = models.CharField(max_length=10, choices=languages, default=FIRST)
    clinic = models.CharField("clinic's name", max_length=100, blank=True, default="Our clinic")
    tagline = models.CharField(
        max_length=60, blank=True, default="patient guides", help_text="Stands behind the name, in grey."
    )
    heading = models.CharField(
        "heading of the home page", max_length=120, blank=True, default="Understand your treatment, in your own time"
    )
    lead = models.TextField(
        "lead of the home page",
        blank=True,
        default="Clear guides from our clinic, for you and the people who care for you. Free, no sign-in.",
    )
    emergency_heading = models.CharField(max_length=100, blank=True, default="If you feel very unwell")
    emergency_text = models.TextField(
        blank=True,
        default="Do not wait for this page or for a reply from us. "
        "Call your treatment centre’s 24-hour number, or the emergency number.",
        help_text="Stands after the risks in every guide, and with the questions.",
    )
    emergency_number = models.CharField(
        max_length=30,
        blank=True,
        default="112",
        validators=[dialled],
        help_text="The number a phone dials when a patient taps the button.",
    )
    emergency_label = models.CharField(
        "words on the emergency button",
        max_length=60,
        blank=True,
        default="Call 112",
        help_text="For example “Call 112 (India)”.",
    )
    clinic_number = models.CharField(
        "the clinic's 24-hour number",
        max_length=30,
        blank=True,
        validators=[dialled],
        help_text="Stands in the box for emergencies, at the foot of every page, and in sections marked (call today). "
        "Where there is no number for questions that can wait, in sections marked (next visit) too.",
    )
    visit_number = models.CharField(
        "number for questions that can wait",
        max_length=30,
        blank=True,
        validators=[dialled],
        help_text="Stands in sections marked (next visit). Where there is no 24-hour number, in sections marked "
        "(call today) too.",
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
    shows_old_editions = models.BooleanField(
        "patients may read old editions",
        default=True,
        help_text="Marked as old, with what changed since. Never those that were unsafe, judged not fit, or replaced "
        "in an emergency, nor any before them.",
    )
    shows_unsafe = models.BooleanField(
        "a page lists all that was withdrawn as unsafe", default=True, help_text="With a feed, under /unsafe/."
    )
    asks_words = models.BooleanField(
        "readers may write to us below a guide",
        default=False,
        help_text="After they said whether it helped. Their words stand on the desk of who looks after the guide, and "
        "go after a year. Switch it on only if somebody reads them, and say so on the page about privacy.",
    )
    small_print = models.TextField(
        blank=True,
        default="These guides give general information. They do not replace advice from your own care team.",
        help_text="Stands at the foot of every page.",
    )

    class Meta:
        abstract = True

    @property
    def title(self):
        """What staff call it."""
        return (
            TITLE
            if self.language == FIRST
            else f"{TITLE}: {dict(settings.LANGUAGES).get(self.language, self.language)}"
        )

    def emergency(self):
        """All that a reader in an emergency is told, to be compared."""
        return [getattr(self, name) for name in EMERGENCY]


class FrameJudgement(Judgement):
    """As of a guide: other emergency words, number, contact or banner need a second person."""

    def admit(self, **told):
        """The ledger says in words when the clinic gives up the second person, and when it asks for one again."""
        kept = super().admit(**told)
        if self.edition.language != FIRST or self.edition.needs_two_people == self.needs_two_people:
            return kept
        asks = "needs a second person" if self.edition.needs_two_people else "no longer needs a second person"
        return kept | {"rule": f"From now on a change of substance {asks}."}


@kinds.register
class Frame(ReviewedCopy, FrameContent):
    """What stands around every guide of one language, for ever. Its own fields are the working copy."""

    LEDGER_NAME = "frame"
    JUDGEMENT = FrameJudgement
    TITLE = "title"
    TELLS_CHECK = False

    title = models.CharField(max_length=100, editable=False, default=TITLE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, help_text="Who looks after these words."
    )
    # Last, so that nothing else of a row lies behind it
    folded = models.TextField(editable=False, blank=True)

    class Meta(ReviewedCopy.Meta):
        verbose_name_plural = "frames"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"],
                name="publishing_frame_language",
                violation_error_message="These words exist in this language already.",
            )
        ]

    def __str__(self):
        return self.title

    @classmethod
    def in_language(cls, language):
        """A new one without words, none of which has to be there in another language than the first."""
        return cls(language=language, **dict.fromkeys(SAID if language != FIRST else (), ""))

    def address(self):
        """The home page, where it is read in full."""
        return home_of(self.language)

    def sum_up(self):
        super().sum_up()
        self.title = FrameContent.title.fget(self)

    def clean(self):
        if self.language == FIRST:
            empty = [name for name in SAID if name not in MAY_BE_EMPTY and not getattr(self, name)]
            if empty:
                raise ValidationError({empty[0]: "Write it: the words of the first language stand in for all others."})
        number = self.emergency_number
        if number and not self.emergency_label and self.language != FIRST:
            said = "Write the words on the button too: those of the first language name the number that it dials."
            raise ValidationError({"emergency_label": said})
        if number and self.emergency_label and names_another(self.emergency_label, number):
            said = f"The button says “{self.emergency_label}” and dials {number}. Let both name the same number."
            raise ValidationError({"emergency_label": said})

    def refuse_unfit(self, edition):
        if self.pk and self.editions.exclude(language=self.language).exists():
            raise Unfit("These words were published in another language. Begin new ones for this one.")

    @classmethod
    def around(cls, at, language=FIRST, *, written=None):
        """The words around the guides of a language at a moment; `written` are words that somebody looks at first.

        Before the first are published, those a new site starts with.
        """
        found = {code: live_frame.first(at=at, language=code) for code in dict.fromkeys((FIRST, language))}
        if isinstance(written, FrameEdition):
            found[written.language] = written
        own = found[language] if language != FIRST else None
        return Around(found[FIRST] or FrameEdition(), own, own is not None and is_confirmed(own, at))


@prepared
def live_frame(*, at, language):
    live = FrameEdition.objects.live(at, named=f"{Frame.LEDGER_NAME} in {language}", is_paged=True)
    return live.filter(language=language)


class FrameEdition(Edition, FrameContent):
    NOTICE_KEEPS = ("language",)
    FRAMED = {"banner": "the banner", "contact": "how patients reach the clinic"} | {
        name: name.replace("_", " ") for name in (*EMERGENCY, *CALLED)
    }
    # Every page of its language
    PLACED = {"language": "frame in {}"}
    DIGESTED = {
        2: {
            "text": ("clinic", "tagline", "heading", "lead", "contact", "banner", "small_print", *EMERGENCY, *CALLED),
            "words": (),
            "page": ("language", *SWITCHES, "replaced_by_id"),
        }
    }

    # What stands on the sheet of a guide. Its digest is kept, since the law may have the words erased.
    PRINTED = ("clinic", "contact", "small_print", "emergency_heading", "emergency_text", "emergency_number")
    PRINTED += ("emergency_label", "clinic_number", "visit_number")

    work = models.ForeignKey(Frame, models.PROTECT, related_name="editions", db_index=False)
    replaced_by = models.ForeignKey(Frame, models.PROTECT, null=True, related_name="+")
    printed_digest = models.CharField(max_length=64)

    class Meta(Edition.Meta):
        verbose_name = "edition of the frame"
        indexes = [*Edition.Meta.indexes, *JUDGED]

    def __str__(self):
        return f"{self.title} (edition {self.number})"

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


class FrameOlderDigest(OlderDigest):
    edition = models.ForeignKey(FrameEdition, models.PROTECT, related_name="older", db_index=False)


class FrameOwed(Owed):
    work = models.OneToOneField(Frame, models.CASCADE, primary_key=True, related_name="owed")


class FrameReview(Review):
    work = models.ForeignKey(Frame, models.PROTECT, related_name="reviews", db_index=False)

    class Meta(Review.Meta):
        verbose_name = "review of the frame"


def is_confirmed(edition, at):
    """Whether somebody who speaks the language has called these very emergency words right.

    Other words around them may have changed since. The newest judgement of a speaker on words known decides.
    """
    judged = FrameReview.objects.judging(at).filter(work=edition.work_id, kind=Review.Kind.TRANSLATOR)
    judged = list(judged.values_list("text_digest", "result"))
    if not judged:
        return False
    known = {one.text_digest: one for one in FrameEdition.objects.been_in_force(at).filter(work=edition.work_id)}
    known[edition.text_digest] = edition
    newest = next((told for told in judged if told[0] in known), None)
    return newest is not None and newest[1] == Review.Result.FIT and known[newest[0]].emergency() == edition.emergency()
