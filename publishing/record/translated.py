"""The same text in other languages: which of them patients read at a moment, and whether one is behind its original."""

from django.conf import settings
from django.db.models import Q

from publishing.models import Among, live_edition, prepared

MANY = 2**62  # lines
LONG = ("body", "brief", "sources", "notice_text")


@prepared
def live_translations(model, *, at, root):
    """The live editions of the translations of a text. Asked for with it, SQLite would read the texts of all."""
    work_model = model._meta.get_field("work").related_model
    live = model.objects.live(at, named=f"translations of {work_model.LEDGER_NAME}/{root}", is_paged=True)
    return live.readable().filter(**{work_model.TRANSLATES: root}).defer("folded", *LONG)


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
    been = type(edition).objects.been_in_force(at).filter(work=original).defer("html", "folded", *LONG)
    live = been.first()
    if live is None or live.is_notice:
        return live
    newer = Q(number__gt=edition.translated.number) if edition.translated_id else Q(line__gt=edition.line_id or MANY)
    return been.filter(newer, is_substance=True, is_notice=False).first()


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
