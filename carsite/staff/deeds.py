"""What somebody did lately, in sentences with titles, and how much in all."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone

from publishing.models import Asking, Line, Saving
from publishing.record import acted, lately, pair_named, results, titled
from publishing.staff import Told, staff_url

SHOWN = 8
SAVINGS = 60  # looked through: whoever saves one text again and again did one thing that day


def counts(user):
    """(how many lines of the ledger somebody wrote, in a sentence how often they saved, checked and published)."""
    mine = Line.objects.filter(by_account=user.pk).order_by()
    verbs = Counter(dict(mine.values_list("verb").annotate(Count("seq"))))
    saved = Saving.objects.filter(account=user.pk).count()
    did = ("Saved", saved), ("checked", verbs["review"]), ("published", verbs["publish"] + verbs["schedule"])
    said = ", ".join(f"{word} {count:,} {'time' if count == 1 else 'times'}" for word, count in did)
    return verbs.total(), f"{said}."


def deeds(user, at):
    """The last few, newest first; a query for each kind of text."""
    lines = list(Line.objects.filter(by_account=user.pk).order_by("-seq")[:SHOWN])
    pairs = {line.work: pair_named(line) for line in lines}
    said = results(lines)
    found = [(line.at, line.work, *acted(line, said)) for line in lines]
    asked = Asking.objects.filter(by=user).order_by("-asked_at")[:SHOWN]
    found += [(one.asked_at, one.work, f"asked {one.asked_name} for a check of", ".") for one in asked]
    seen = set()
    for one in Saving.objects.filter(account=user.pk).order_by("-saved_at")[:SAVINGS]:
        if (key := (one.work, timezone.localtime(one.saved_at).date())) not in seen:
            seen.add(key)
            found.append((one.saved_at, one.work, "saved", "."))
    found = sorted(found, reverse=True)[:SHOWN]
    known = titled({work for _at, work, *_said in found})
    for moment, work, before, after in found:
        model, pk, title = known.get(work, (None, None, pairs.get(work) or f"a text that is no more ({work})"))
        url = staff_url(model(pk=pk)) if model else ""
        yield Told(None, lately(moment, at), f"{before[:1].upper()}{before[1:]} ", title, url, after)
