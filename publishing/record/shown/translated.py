"""The same text in other languages: which of them patients read at a moment, and whether one is behind its original."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from publishing.models import Among, kinds, live_edition, note, prepared

MANY = 2**62  # lines
LONG = {"body", "answer", "brief", "sources", "notice_text"}


@prepared
def live_translations(model, *, at, root):
    """The live editions of the translations of a text. Asked for with it, SQLite would read the texts of all."""
    work_model = model._meta.get_field("work").related_model
    live = model.objects.live(at, named=f"translations of {work_model.LEDGER_NAME}/{root}", is_paged=True)
    # In the order of its index, which SQLite else passes by where no text of a clinic is translated: it would read all.
    found = live.readable().filter(**{work_model.TRANSLATES: root}).defer("folded", *long_of(model))
    return found.order_by("work_id")


def long_of(model):
    """The long fields of these editions that no page in another language shows."""
    return LONG & {field.name for field in model._meta.fields}


def root_of(edition):
    """The key of the text that is no translation: the original of an edition's text, or the text itself."""
    key = edition._meta.get_field("work").related_model.TRANSLATES
    return key and (getattr(edition, f"{key}_id") or edition.work_id)


def in_other_languages(edition, at):
    """What patients read at that moment of the same text in other languages, in the order of the site's languages."""
    root = root_of(edition)
    if not root:
        return []
    order = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
    found = live_translations(type(edition), at=at, root=root)
    if root != edition.work_id:
        original = live_edition.first(type(edition), at=at, work=root)
        found += [original] if original and not original.is_notice else []
    others = [one for one in found if one.work_id != edition.work_id and one.language != edition.language]
    return sorted(others, key=lambda one: order.get(one.language, len(order)))


def ahead_of(edition, at):
    """What a translation is behind, as patients read it at that moment; None where it is behind nothing.

    The newest edition of its original that changed the substance after the one that was translated, or the notice that
    stands in place of the original. Where nobody had read the original yet, what was made later counts.
    """
    key = edition._meta.get_field("work").related_model.TRANSLATES
    original = key and getattr(edition, f"{key}_id")
    if not original:
        return None
    model = type(edition)
    been = model.objects.been_in_force(at).filter(work=original).defer("html", "folded", *long_of(model))
    live = been.first()
    if live is None or live.is_notice:
        return live
    newer = Q(number__gt=edition.translated.number) if edition.translated_id else Q(line__gt=edition.line_id or MANY)
    return been.filter(newer, is_substance=True, is_notice=False).first()


@prepared
def been_asked(model, key, *, at, original):
    """The editions of all questions of an original up to a moment, those too that tell of their leaving."""
    ever = model.objects.filter(cancelled_at=None, is_notice=False, **{key: original}).order_by().values("work")
    been = model.objects.been_in_force(at).filter(work__in=ever, **{key: original})
    return been.defer("html", "folded", *long_of(model))


def asked_since(edition, companions, at):
    """The newest edition of a question of its original that a translation is behind, or the notice in its place; None
    where it is behind none.

    A question is compared with the edition that the translation's own tells. Where it has none there, any of its own
    that tells no question may tell this one: then all counts that came after what patients read of the translation.
    articles/models/translating.py asks the same of many guides.
    """
    work_model = edition._meta.get_field("work").related_model
    root = work_model.TRANSLATES and getattr(edition, f"{work_model.TRANSLATES}_id")
    for model, key in kinds.following(work_model) if root else ():
        if not model.TRANSLATES:
            continue
        note(f"{model.LEDGER_NAME} for {work_model.LEDGER_NAME}/{root}")
        been = been_asked(model.edition_model(), key, at=at, original=root)
        numbers, live = {one.pk: one.number for one in been}, {}
        mine = [one for one in companions if type(one) is model.edition_model()]
        own = {getattr(one, f"{model.TRANSLATES}_id"): one for one in mine}
        for one in been:
            live.setdefault(one.work_id, one)
            told = own.get(one.work_id)
            if (told or None in own) and one.is_substance and (not one.is_notice or live[one.work_id] is one):
                number = told and numbers.get(told.translated_id)
                line = (told or edition).line_id or MANY
                if one.number > number if number else one.line_id > line:
                    return one
    return None


@prepared
def live_asked(model, key, *, at, original):
    """What patients read of the questions of a text, without their answers, in their place."""
    live = model.objects.live(at, is_paged=True).readable().filter(**{key: original})
    return live.defer("html", "folded", *long_of(model)).in_place()


@dataclass(frozen=True)
class Untold:
    """The questions that patients read of an original, and that a translation has not: how many, and which.

    `questions` is empty where one of the translation's own may be any of them.
    """

    original: object
    count: int
    questions: list = field(default_factory=list)


def untold_of(edition, companions, translations, at):
    """What a translation leaves out of the questions of its original, where patients read that; else None."""
    work_model = edition._meta.get_field("work").related_model
    root = work_model.TRANSLATES and getattr(edition, f"{work_model.TRANSLATES}_id")
    original = next((one for one in translations if one.work_id == root), None)
    for model, key in kinds.following(work_model) if original else ():
        if not model.TRANSLATES:
            continue
        note(f"{model.LEDGER_NAME} for {work_model.LEDGER_NAME}/{root}")
        mine = [one for one in companions if type(one) is model.edition_model()]
        told = [getattr(one, f"{model.TRANSLATES}_id") for one in mine]
        left = [one for one in live_asked(model.edition_model(), key, at=at, original=root) if one.work_id not in told]
        count = len(left) - told.count(None)
        if count > 0:
            return Untold(original, count, [] if None in told else left)
    return None


def by_root(live, editions):
    """By key of the text that is no translation, what patients read of it in each language; only where it has some.

    `live` are the editions of one kind that are live, to choose from; two queries for any number of editions.
    """
    key = live.model._meta.get_field("work").related_model.TRANSLATES
    roots = sorted({root_of(one) for one in editions}) if key else []
    translations, found = list(live.filter(Among(key, roots))) if roots else [], {}
    if translations:
        originals = live.filter(Among("work", sorted({root_of(one) for one in translations})))
        for one in (*originals, *translations):
            found.setdefault(root_of(one), []).append(one)
    return found
