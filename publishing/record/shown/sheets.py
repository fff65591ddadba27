"""Sheets: what a printed guide said, by the code that stands on it, and what of it is said no more."""

from dataclasses import dataclass, field
from functools import partial

from publishing.models import Edition, Frame, Review, judgements_of, kinds
from publishing.record.shown.changes import FIRST, Change, changes_of, code_of, is_unsafe, read_as_code
from publishing.record.shown.compared import compared, whole_of
from publishing.record.shown.explaining import corrected_since
from publishing.record.shown.translated import ahead_of, asked_since


def nothing(_before, _after):
    """Of no two editions anything is known."""


@dataclass
class Sheet:
    """A sheet of ours, as it was printed and as the guide is at the moment somebody asks."""

    code: str
    printed: Change
    now: Change
    is_unsafe: bool  # whether the guide or an answer of it was taken down as unsafe since it said this
    is_unfit: bool  # whether a clinician's newest word on a text of the sheet is that it is not fit
    ahead: Edition | None = None  # what the translation on the sheet is behind
    words: list = field(default_factory=list)  # of each word explained otherwise since, (edition, edition or notice)

    @property
    def is_withdrawn(self):
        return self.now.head.is_notice

    @property
    def is_erased(self):
        return self.printed is not self.now and self.printed.is_erased

    def changed(self, known=nothing):
        """Each text whose words have changed since, Compared; the guide first, and then the frame.

        `known` gives what is known already of two editions, without their long words, or None.
        """
        if self.printed is self.now:
            return []
        return [one for one in _compared(_pairs(self.printed, self.now), known) if one.is_changed]

    def reworded(self, known=nothing):
        """(since when, Compared) of each word that is explained otherwise now, or not any more."""
        told = [(before, None if after.is_notice else after) for before, after in self.words]
        both = zip(self.words, _compared(told, known), strict=True)
        return [(after.in_force_at, one) for (_before, after), one in both if one.is_changed]


def sheet_of(code, at):
    """The Sheet with that code, as somebody typed it; None where it is none of ours, or was never printed."""
    found = read_as_code(code)
    if not found:
        return None
    model = next(model.edition_model() for model in kinds.works() if model.IS_A_GUIDE)
    changes, number = changes_of(model, int(found[0]), at), int(found[1])
    printed = changes[number - 1] if number <= len(changes) else None
    if printed is None or printed.head.is_notice:
        return None
    code = code_of(changes[0], printed)
    if not code.endswith(found[2]):
        return None
    until = changes[number].at if number < len(changes) else at
    words = corrected_since(partial(_whole, printed), printed.at, until, at, language=printed.head.language)
    unsafe = any(one.is_unsafe for one in changes[number:]) or any(is_unsafe(after) for _before, after in words)
    judged = judgements_of(printed.texts, at)
    is_unfit = any(some and some[-1].result == Review.Result.NOT_FIT for some in judged)
    return Sheet(code, printed, changes[-1], unsafe, is_unfit, _ahead(changes[-1], at), words)


def _ahead(change, at):
    return ahead_of(change.head, at) or asked_since(change.head, list(change.beside.values()), at)


def _whole(change):
    """The texts of a change, with all that was read of them."""
    found = _loaded([(one,) for one in change.texts])
    return [found[type(one), one.pk] for one in change.texts]


def _compared(pairs, known):
    """Two editions each as Compared; texts are read only where that is not known already."""
    pairs = [(before, after) for before, after in pairs if before != after]
    found = [known(*pair) for pair in pairs]
    left = [pair for pair, one in zip(pairs, found, strict=True) if one is None]
    whole = _loaded(left) if left else {}
    made = iter(compared(*(one and whole[type(one), one.pk] for one in pair)) for pair in left)
    return [one or next(made) for one in found]


def _pairs(before, after):
    """(edition, edition) of each text of two changes, None where one lacks it; the guide's first."""
    yield before.head, after.head
    for key in {**after.beside, **before.beside}:
        yield before.beside.get(key), after.beside.get(key)
    # Before the first frame a site starts with words of its own.
    starting = {FIRST: Frame.edition_model()()}
    before, after = starting | before.frames, starting | after.frames
    for language in {**after, **before}:
        yield before.get(language), after.get(language)


def _loaded(pairs):
    """By class and key the same editions with all that a sheet says of them."""
    found = {}
    for one in (one for pair in pairs for one in pair if one):
        found.setdefault(type(one), []).append(one)
    for model, some in list(found.items()):
        rows = whole_of(model, keys=sorted(one.pk for one in some if one.pk))
        found |= {(model, one.pk): one for one in (*some, *rows)}
    return found
