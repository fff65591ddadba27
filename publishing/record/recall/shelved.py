"""Pictures as staff look after them: which texts show them, and what waits to be done about them."""

from dataclasses import dataclass

from publishing.models import Among, Picture, Use, all_consents, consents_ending, kinds


@dataclass(frozen=True)
class Shown:
    """One text that shows a picture; whether patients see it there now, else it is being written or waits."""

    work: object
    is_live: bool


def uses_of(names, at):
    """By name the texts that show each of these pictures, those that patients read first. A few queries for all."""
    uses = list(Use.objects.filter(picture__in=names).values_list("picture", "work", "number"))
    works = {}
    for model, keys in _by_kind(uses):
        words = [field.name for field in model._meta.fields if field.get_internal_type() == "TextField"]
        works |= {work.name: work for work in model._base_manager.filter(Among("pk", keys)).defer(*words)}
    shown = {}
    for picture, work, is_live in _standing(uses, at):
        told = shown.setdefault(picture, {})
        told[work] = told.get(work, False) or is_live
    return {picture: _in_order(told, works) for picture, told in shown.items()}


def _in_order(told, works):
    found = [Shown(works[work], is_live) for work, is_live in told.items()]
    return sorted(found, key=lambda one: (not one.is_live, str(one.work)))


def _by_kind(uses):
    """(kind, keys of its texts) of what is used."""
    keys = {}
    for _picture, work, _number in uses:
        kind, _slash, pk = work.partition("/")
        keys.setdefault(kind, set()).add(int(pk))
    return [(model, sorted(keys[model.LEDGER_NAME])) for model in kinds.works() if model.LEDGER_NAME in keys]


def _standing(uses, at):
    """(picture, text, whether patients see it there) of the uses that still are: not by a text that was deleted, nor by
    an edition from before the one that patients read."""
    numbers = {}
    for model, keys in _by_kind(uses):
        works = model._base_manager.filter(Among("pk", keys))
        numbers |= {f"{model.LEDGER_NAME}/{pk}": 0 for pk in works.values_list("pk", flat=True)}
        live = model.edition_model().objects.live(at, of=works).order_by()
        numbers |= {f"{model.LEDGER_NAME}/{pk}": number for pk, number in live.values_list("work_id", "number")}
    for picture, work, number in uses:
        if work in numbers and (number is None or number >= numbers[work]):
            yield picture, work, number == numbers[work]


def names_by_state(at, within):
    """By state the names of the pictures that it is so of: people in it, a consent ends or is over, live, unused."""
    told, names = dict(all_consents(at)), set(Picture.objects.values_list("name", flat=True))
    uses = list(_standing(list(Use.objects.values_list("picture", "work", "number")), at))
    people = {name for name in names if name[:64] in told and not told[name[:64]].shows_nobody}
    return {
        "people": people,
        "ending": {name for name in people if told[name[:64]].is_over(at + within)},
        "live": names & {picture for picture, _work, is_live in uses if is_live},
        "unused": names - {picture for picture, _work, _is_live in uses},
    }


def pictures_ending(at, within):
    """(picture, moment) of the consents that end by themselves within that time, the soonest first."""
    told = consents_ending(at, within)
    names = [f"{digest}.{kind}" for digest, _consent in told for kind in ("jpg", "png", "webp")]
    held = {one.name[:64]: one for one in Picture.objects.filter(name__in=names)}
    return [(held[digest], consent.ends_at) for digest, consent in told if digest in held]


def renew_uses(at):
    """Make anew what is kept of uses, from the working copies and from what patients read or will read."""
    Use.objects.all().delete()
    for model in kinds.works():
        if not model.BODY:
            continue
        for work in model._base_manager.filter(**{f"{model.BODY}__contains": "/media/"}).iterator(200):
            Use.written([(work.name, getattr(work, model.BODY))])
        editions = model.edition_model().objects
        for found in (editions.live(at), editions.waiting(at)):
            for edition in found.filter(html__contains="/media/").select_related("work").iterator(200):
                Use.keep({(edition.work.name, edition.number): edition.html})
