"""What is found in a text before patients read it: by the text alone, and by what the record knows of others.

Must fix blocks every publication, please add is passed with a reason; neither where patients read it already.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby

from django.utils import timezone

from publishing import findings
from publishing.findings import Severity
from publishing.models import kinds

TOLD = 3  # of those that one check found


class Findings(list):
    """All findings of one text, must fix first; those that patients read already are among them, marked."""

    def __init__(self, found, checks, guide=None):
        super().__init__(found)
        self.guide = guide
        self.checks = checks  # all that were tried

    @cached_property
    def ease(self):
        """How easily it is read."""
        return self.guide and findings.ease_of(self.guide)

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

    @staticmethod
    def grouped(found):
        """(the first of those that one check found, how many more) of each check."""
        groups = [list(some) for _check, some in groupby(found, key=lambda one: one.check.id)]
        return [(some[:TOLD], len(some) - TOLD if len(some) > TOLD else 0) for some in groups]

    @property
    def told(self):
        """What is to be done, as the form shows it: must fix first."""
        return self.grouped([*self.must_fix, *self.please_add])

    def named(self, key):
        """The finding of that key, or None."""
        return next((one for one in self if one.key == key), None)


def guide_of(edition, at, **told):
    """An edition, saved or not, as the checks read it."""
    work = edition.work
    return findings.Guide(
        {name: str(getattr(edition, name) or "") for name in edition.CHECKED},
        edition.language,
        timezone.localdate(at).year,
        is_whole=work.IS_A_GUIDE,
        around=lambda: _around(work),
        listed=lambda: _listed(edition.language, at, told.get("asked", {})) if work.IS_EXPLAINED else (),
        work=work,
        edition=edition,
        at=at,
        **told,
    )


def _around(work):
    """What patients read on the same page: of a guide its questions, of a question its guide."""
    original = getattr(work, work.FOLLOWS) if work.FOLLOWS else None
    beside = [original] if original else kinds.followers(work) if work.pk else []
    return [str(getattr(one, name) or "") for one in beside for name in one.edition_model().DIGESTED[2]["text"]]


def _listed(language, at, asked):
    """Every spelling that the word list explains on pages of a language; asked once for many guides."""
    if ("listed", language) not in asked:
        live = kinds.word_list().edition_model().objects.live(at).readable().filter(language=language)
        asked["listed", language] = {form for one in live.only("language", "title", "also") for form in one.forms}
    return asked["listed", language]


def findings_of(work, at, *, edition=None):
    """What is found in the working copy, or in another edition made of it, beside what patients read now."""
    return work.judgement(edition or work.unrendered(), at).findings


def found_together(judgements):
    """What is found in each of the editions that are to be published, beside what patients read; in their order."""
    asked, guides = {}, []
    for one in judgements:
        live = one.live if one.edition.CHECKED else None
        live = None if live is None or live.is_notice or live.redacted_at else live
        wording_of = live if live and not one.is_substance else None
        guides.append(
            guide_of(one.edition, one.at, wording_of=wording_of, asked=asked) if one.edition.CHECKED else None
        )
    together = [one for one in guides if one]
    found = []
    for one, guide in zip(judgements, guides, strict=True):
        if guide:
            guide.together = together
        found.append(_found(guide, one.live) if guide else Findings([], []))
    return found


def _found(guide, live):
    found = list(findings.run(guide))
    if found and live is not None and not (live.is_notice or live.redacted_at):
        found = findings.beside(found, findings.run(guide_of(live, guide.at), only={one.check.id for one in found}))
    found.sort(key=lambda one: one.severity != Severity.MUST_FIX)
    return Findings(found, [one for one in findings.checks() if one.fits(guide)], guide)
