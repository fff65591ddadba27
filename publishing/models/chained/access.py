"""The access record: who came in, who may do what, and who took what out; chained as the ledger is."""

import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from publishing.models.chained.chain import Chained, erasable
from publishing.models.chained.permanence import PermanentRow

# Any number will do as long as nothing else in the database takes it as an advisory lock.
LOCK = 20250625
HOUR = datetime.timedelta(hours=1)


class Access(Chained, PermanentRow):
    """One thing that somebody did with an account, a right, a link, or what was taken out of the house."""

    class Verb(models.TextChoices):
        LOG_IN = "log in", "logged in"
        LOG_OUT = "log out", "logged out"
        REFUSE = "refuse", "was refused at the log-in"
        FORBID = "forbid", "asked for a page without the right to it"
        MAKE = "make", "made an account"
        CLOSE = "close", "closed an account"
        OPEN = "open", "opened an account again"
        RENAME = "rename", "renamed an account"
        MAIL = "mail", "changed the address of an account"
        GIVE = "give", "gave a role"
        TAKE = "take", "took a role away"
        SET_PASSWORD = "set password", "set the password of another account"
        ACCEPT = "accept", "set a password by an invitation"
        OWN_PASSWORD = "own password", "set a password of their own"
        INVITE = "invite", "invited somebody to set their own password"
        FACTOR = "factor", "set up a second factor"
        END_FACTOR = "end factor", "ended a second factor"
        ASK = "ask", "asked at the log-in for a link to set a password"
        CONFIRM = "confirm", "confirmed whose account it is"
        LIST = "list", "listed a reviewer, or changed the entry"
        LINK = "link", "made a link to one text"
        OPEN_LINK = "open link", "opened a link"
        ANSWER_LINK = "answer link", "answered by a link"
        REVOKE_LINK = "revoke link", "took a link back"
        COMPLAINT = "complaint", "took a file for a complaint"
        TABLE = "table", "took a table of what was told"
        CUT = "cut", "erased the words of old lines"
        FORGET = "forget", "erased words by law"

    SKELETON = {2: ("format", "seq", "at", "verb", "subject")}
    RESTING = {2: ("by_digest", "detail_digest")}
    SALTED = {"by": ("by_name", "by_account"), "detail": ("detail",)}
    ERASABLE = erasable(SALTED)

    verb = models.CharField(max_length=20, choices=Verb)
    # What it is about: account/7, reviewer/3, link/9, articles/17; nothing where a stranger was refused.
    subject = models.CharField(max_length=60, blank=True)

    class Meta(Chained.Meta):
        verbose_name = "line of the access record"
        verbose_name_plural = "lines of the access record"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["subject", "seq"], name="access_subject")]

    def __str__(self):
        return f"{self.seq}. {self.by_name or 'Somebody'} {self.get_verb_display()}"


class Counted(models.Model):
    """How often one thing was refused in an hour: the first is a line, the others are counted into the next one."""

    key = models.CharField(max_length=200, unique=True)
    began_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.key}: {self.times}"


# Who does one of these to an account, or to a reviewer's entry, could make it their own second person.
TOUCHING = [Access.Verb.MAKE, Access.Verb.RENAME, Access.Verb.MAIL, Access.Verb.SET_PASSWORD, Access.Verb.LIST]


def is_vouched(subject, by, account=None):
    """Whether an account, or a listed reviewer's entry, is its owner's own, as far as these publishers go.

    Where one of them made or changed it, it is only once its owner has set the password by an invitation (an account
    has one), and somebody else, or a command, has confirmed whose address that is.
    """
    asked = [*TOUCHING, Access.Verb.ACCEPT, Access.Verb.CONFIRM]  # log-ins grow without end
    lines = list(Access.objects.filter(subject=subject, verb__in=asked).order_by("seq"))
    cut = Access.objects.filter(verb=Access.Verb.CUT).order_by("-seq").first()
    # By whom it was where the law had the name erased nobody knows any more: it may have been one of them.
    unknown = {line.seq for line in lines if line.is_forgotten("by") and line.seq > (cut.told()["up_to"] if cut else 0)}
    touching = [line.seq for line in lines if line.verb in TOUCHING and (line.by_account in by or line.seq in unknown)]
    touched = max(touching, default=0)
    since = [line for line in lines if line.seq > touched] if touched else []
    is_accepted = account is None or any(line.verb == Access.Verb.ACCEPT for line in since)
    others = [line for line in since if line.verb == Access.Verb.CONFIRM and line.by_account not in by | {account}]
    others += [line for line in since if line.verb == Access.Verb.CONFIRM and line.told().get("by_command")]
    return not touched or (is_accepted and bool(others))


@transaction.atomic
def record(verb, subject="", *, by, **detail):
    """Write one line of the access record; return it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    head, now = Access.head(), timezone.now()
    line = Access.of(verb=verb, subject=subject, at=max(now, head.at) if head else now, by=by, detail=detail)
    Access.take_numbers([line])
    Access.append([line])
    return line


@transaction.atomic
def count(key, verb, subject="", *, by, **detail):
    """The same for what a stranger can do without end: one line an hour and key, which says how many came before."""
    now = timezone.now()
    held = Counted.objects.select_for_update(no_key=True)
    counted, is_new = held.get_or_create(key=key[:200], defaults={"began_at": now})
    if not is_new and now < counted.began_at + HOUR:
        Counted.objects.filter(pk=counted.pk).update(times=models.F("times") + 1)
        return None
    if counted.times:
        detail["before"] = counted.times
    Counted.objects.filter(pk=counted.pk).update(began_at=now, times=0)
    return record(verb, subject, by=by, **detail)


@transaction.atomic
def cut(before, *, by):
    """Erase the words and salts of all lines before a moment; the skeletons stay. Returns the number of the last."""
    # What was counted and never told again is told now.
    for counted in Counted.objects.filter(began_at__lt=timezone.now() - HOUR):
        if counted.times:
            record(Access.Verb.REFUSE, by=by, before=counted.times)
        counted.delete()
    old = Access.objects.filter(at__lt=before).order_by("-seq")
    last = old.values_list("seq", flat=True).first()
    kept = old.exclude(by_salt="", detail_salt="")
    if not kept.exists():
        return None
    record(Access.Verb.CUT, by=by, up_to=last)
    kept.set_once(by_name="", by_account=None, by_salt="", detail="", detail_salt="")
    return last
