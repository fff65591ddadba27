"""What patients searched and did not find: kept for staff, without anybody who searched.

Until the third day on which the same was asked there is but a keyed digest, which nobody can read. Then the words are
kept, without digits. It is written after the answer, and nobody waits for it: what is lost is asked again.
"""

import datetime
import re
import unicodedata

from django.db import DatabaseError, connection, models
from django.utils.crypto import salted_hmac

from publishing.models import erasing
from publishing.models.stored import in_no_hurry

DAYS = 3  # on which the same was asked, before its words are kept
MOST, MOST_DIGESTS = 1000, 10_000
KEPT, DIGESTS_KEPT = datetime.timedelta(days=180), datetime.timedelta(days=30)  # after it was last asked
MOST_WORDS, MOST_LETTERS = 6, 60  # of what may be a word; what is longer may be somebody's story
NO_WORD = re.compile(r"[\d@]")


class UnfoundQuerySet(models.QuerySet):
    def in_words(self):
        """Those whose words are known, what was asked on most days first."""
        return self.exclude(words="").order_by("-days", "-last_on", "words")

    def past(self, day):
        """What is kept no longer on a day."""
        gone = models.Q(last_on__lt=day - KEPT) | models.Q(words="", last_on__lt=day - DIGESTS_KEPT)
        return self.filter(gone)


class Unfound(models.Model):
    """One query that found nothing, on how many days it was asked, and which was the last."""

    key_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    words = models.CharField(max_length=MOST_LETTERS, blank=True)
    days = models.PositiveIntegerField(default=1)
    last_on = models.DateField()

    objects = UnfoundQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.words or "not yet known"

    @classmethod
    def note(cls, text, language, *, day):
        """Note that a query found nothing on that day, without waiting for anybody. Returns whether it was noted."""
        words = words_to_keep(text)
        if not words:
            return False
        key = salted_hmac("what was not found", f"{language} {words}", algorithm="sha256").hexdigest()
        try:
            with in_no_hurry(), connection.cursor() as cursor:
                cursor.execute(NOTE, [key, language, day, words])
                for room in ROOM:
                    cursor.execute(room)
        except DatabaseError:
            return False
        return True


NOTE = f"""INSERT INTO publishing_unfound (key_digest, language, words, days, last_on) VALUES (%s, %s, '', 1, %s)
ON CONFLICT (key_digest) DO UPDATE SET days = publishing_unfound.days + 1, last_on = excluded.last_on,
words = CASE WHEN publishing_unfound.days + 1 >= {DAYS} THEN %s ELSE publishing_unfound.words END
WHERE publishing_unfound.last_on < excluded.last_on"""


def _room(sort, most):
    """The statement by which one gives way where there are more of a sort than may be kept.

    It is one of the largest crowd, of those last asked on one day and on as many days: a stranger who searches ten
    thousand odd words crowds out his own, and not what others asked. Which one, the key decides, that nobody knows.
    """
    return f"""DELETE FROM publishing_unfound WHERE (SELECT count(*) FROM publishing_unfound WHERE {sort}) > {most}
    AND id = (SELECT u.id FROM publishing_unfound u JOIN (SELECT days, last_on FROM publishing_unfound WHERE {sort}
    GROUP BY days, last_on ORDER BY count(*) DESC, last_on, days LIMIT 1) crowd ON u.days = crowd.days
    AND u.last_on = crowd.last_on WHERE {sort} ORDER BY u.key_digest LIMIT 1)"""


ROOM = (_room("words = ''", MOST_DIGESTS), _room("words <> ''", MOST))


def words_to_keep(text):
    """The words of a query, in small letters, without what has a digit; nothing where it is more than a few words."""
    text = unicodedata.normalize("NFC", text.casefold())
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")  # joiners, which nobody sees
    bare = (one.strip("\"'“”‘’.,;:!?()।۔؟،*") for one in text.split() if not NO_WORD.search(one))
    words = [one for one in bare if any(sign.isalpha() for sign in one)]
    found = " ".join(words)
    return found if len(words) <= MOST_WORDS and len(found) <= MOST_LETTERS and found.isprintable() else ""


erasing.register(Unfound, erasing.Deleted("words", says="What was searched in vain is deleted."))
