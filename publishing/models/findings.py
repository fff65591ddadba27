"""What is found in a text before patients read it: by the text alone, and by what the record knows of others.

Must fix blocks every publication, please add is passed with a reason; neither where patients read it already.
"""

from __future__ import annotations

from django.utils import timezone

from publishing import findings
from publishing.findings import Severity
from publishing.models import kinds


class Findings(list):
    """All findings of one text, must fix first; those that patients read already are among them, marked."""

    def __init__(self, found, checks):
        super().__init__(found)
        self.checks = checks  # all that were tried

    @property
    def must_fix(self):
        """What blocks."""
        return [one for one in self if one.is_must_fix and not one.is_read_already]

    @property
    def please_add(self):
        """What is passed with a reason."""
        return [one for one in self if not one.is_must_fix and not one.is_read_already]

    @property
    def read_already(self):
        """What is named, and blocks nothing."""
        return [one for one in self if one.is_read_already]

    @property
    def settled(self):
        """The checks that found nothing."""
        found = {one.check.id for one in self}
        return [one for one in self.checks if one.id not in found]

    @property
    def count(self):
        return len(self.checks)

    def named(self, key):
        """The finding of that key, or None."""
        return next((one for one in self if one.key == key), None)


def guide_of(edition, at, wording_of=None):
    """An edition, saved or not, as the checks read it; told apart from one that it differs from in wording alone."""
    work = edition.work
    fields = {name: str(getattr(edition, name) or "") for name in edition.CHECKED}
    return findings.Guide(
        fields,
        edition.language,
        timezone.localdate(at).year,
        is_whole=not work.FOLLOWS,
        around=lambda: _around(work),
        work=work,
        wording_of=wording_of,
        edition=edition,
        at=at,
    )


def _around(work):
    """What patients read on the same page: of a guide its questions, of a question its guide."""
    original = getattr(work, work.FOLLOWS) if work.FOLLOWS else None
    beside = [original] if original else kinds.followers(work) if work.pk else []
    return [str(getattr(one, name) or "") for one in beside for name in one.edition_model().DIGESTED[2]["text"]]


def findings_of(work, at, *, edition=None, live=None, is_substance=None):
    """What is found in the working copy, or in the edition made of it; beside what patients read now, or `live`."""
    edition = edition or work.unrendered()
    if not edition.CHECKED:
        return Findings([], [])
    live = live or work.live(at)
    live = None if live is None or live.is_notice or live.redacted_at else live
    if is_substance is None:
        is_substance = live is None or not work.IS_REVIEWED or work.judgement(edition, at).is_substance
    guide = guide_of(edition, at, None if is_substance else live)
    found = list(findings.run(guide))
    if found and live is not None:
        read = guide_of(live, at)
        tried = {one.check.id for one in found}
        found = findings.beside(found, findings.run(read, only=tried))
    found.sort(key=lambda one: one.severity != Severity.MUST_FIX)
    return Findings(found, [one for one in findings.checks() if one.fits(guide)])
