"""Search over what patients can read now: what the record finds, as the page shows it."""

import re
import unicodedata
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from publishing.models import TEXT, Among, Edition, kinds, prepared
from publishing.record import answer_to, by_root, pairs_for, root_of, standings
from publishing.text import fold, is_rtl, keep, seeking

MOST, MOST_FOREIGN = 20, 10
LONGEST_QUERY = 200
MOST_WORDS = 8
JOINING = "-'’\u200c\u200d"
# A blank between a number and its unit of which one is marked: what holds them together sees them as two.
TORN = re.compile(r"(?<=[0-9]</mark>) (?=[^\W\d])|(?<=[0-9]) (?=<mark>[^\W\d])")


@dataclass(frozen=True)
class Hit:
    """One result. A notice says why a text was taken down, and `guide` of which guide a question is."""

    address: str
    title: SafeString
    text: SafeString
    kind: str
    language: str
    minutes: int
    is_checked: bool
    notice: Edition | None
    guide: str
    translations: tuple  # the same guide in other languages


def words_of(query: str) -> list[str]:
    """The words worth looking for: of two letters or more, each once, the first eight."""
    # Combining marks are part of a word: without them Hindi falls apart at every vowel sign.
    letters = (
        sign if sign.isalnum() or sign in JOINING or unicodedata.category(sign)[0] == "M" else " "
        for sign in unicodedata.normalize("NFC", query)
    )
    words = (word.strip("-'’") for word in "".join(letters)[:LONGEST_QUERY].lower().split())
    return list(dict.fromkeys(word for word in words if len(word) > 1 and fold(word)))[:MOST_WORDS]


def results_of(query, language, at):
    """(the answer, hits in the language of the site, hits in others), each list the best first."""
    asked = seeking.asked(query, language)
    answer = answer_to(query, language, at, pairs_for(language) if asked.words else None)
    found = {"own": answer.own[:MOST], "others": answer.others[:MOST_FOREIGN]}
    editions = _editions([one for some in found.values() for one in some], at)
    translations = _translations(editions, at)
    if led := _in_language(language, found, editions, translations):
        editions |= _editions(led, at)
        found["own"] = [*led, *answer.own][:MOST] if answer.others_first else [*answer.own, *led][:MOST]
        answer.own = found["own"]
    checks, guides = _checks(editions, at), _guides(editions, at)
    own, others = (
        [
            _hit(edition, answer.terms, checks.get((one.kind, one.edition)), guides, translations)
            for one in some
            if (edition := editions.get((one.kind, one.edition)))
        ]
        for some in found.values()
    )
    return answer, own, others


def _in_language(language, found, editions, translations):
    """What texts of other languages, in which the words were found, say in the language of the site: who reads here
    and types a word of another language is led to the text that he can read."""
    known, led = {(one.kind, one.work) for one in found["own"]}, []
    for one in found["others"]:
        for other in translations.get(editions.get((one.kind, one.edition)), ()):
            if other.language == language and (one.kind, other.work_id) not in known:
                known.add((one.kind, other.work_id))
                led.append(one._replace(work=other.work_id, edition=other.pk))
    return led


def _editions(found, at):
    """By kind and key what patients read at that moment, through the one door: the index only says where to look."""
    editions = {}
    for model in kinds.works():
        pks = [one.edition for one in found if one.kind == model.LEDGER_NAME]
        if pks:
            live = live_among(model.edition_model(), at=at, pks=pks)
            editions |= {(model.LEDGER_NAME, one.pk): one for one in live}
    return editions


@prepared
def live_among(editions, *, at, pks):
    """Of these editions those that are live, with what results show of them: to make the rest is dear."""
    return editions.objects.live(at, is_paged=True).filter(Among("id", pks)).only(*_shown_of(editions))


def _shown_of(editions):
    work_model = editions._meta.get_field("work").related_model
    keys = [f"{key}_id" for key in (work_model.FOLLOWS, work_model.TRANSLATES) if key]
    judged = TEXT if work_model.IS_REVIEWED else ()
    return [
        "work_id",
        "slug",
        "language",
        "html",
        "words",
        "in_force_at",
        "is_notice",
        "notice_reason",
        "notice_text",
    ] + [
        *judged,
        *editions.SEARCHED[:2],
        *keys,
    ]


@prepared
def translated_among(editions, *, at, roots):
    """Whether any of these texts has a translation that patients read: mostly none has."""
    key = editions._meta.get_field("work").related_model.TRANSLATES
    return (
        editions.objects.live(at, is_paged=True).readable().filter(Among(key, roots)).order_by().values_list("pk")[:1]
    )


@prepared
def titles_of(editions, title, *, at, works):
    live = editions.objects.live(at, is_paged=True).readable()
    return live.filter(Among("work_id", works)).order_by().only("work_id", title)


def _checks(editions, at):
    checks = {}
    for model in kinds.reviewed():
        some = [one for (kind, _pk), one in editions.items() if kind == model.LEDGER_NAME and not one.is_notice]
        told = zip(some, standings(some, at), strict=True)
        checks |= {(model.LEDGER_NAME, one.pk): standing for one, standing in told}
    return checks


def _hit(edition, terms, standing, guides, translations):
    work_model = edition._meta.get_field("work").related_model
    title_field, *briefs = edition.SEARCHED
    lead = " ".join(getattr(edition, briefs[0]).split()) if briefs else ""
    anchor, text = seeking.piece(edition.html, terms, lead)
    address = edition.address()
    is_question = bool(work_model.FOLLOWS)
    if anchor and not is_question and not edition.is_notice:
        address += f"#{anchor}"
    return Hit(
        address,
        _shown(seeking.marked(getattr(edition, title_field), terms)),
        _shown(text),
        "Question" if is_question else "Guide" if work_model.IS_A_GUIDE else "",
        edition.language,
        edition.minutes,
        bool(standing and standing.review),
        edition if edition.is_notice else None,
        guides.get(getattr(edition, f"{work_model.FOLLOWS}_id"), "") if is_question else "",
        () if edition.is_notice else tuple(translations.get(edition, ())),
    )


def _translations(editions, at):
    """By edition what patients read of the same text in other languages."""
    found = {}
    for model in {type(one) for one in editions.values()}:
        some = [one for one in editions.values() if type(one) is model and not one.is_notice]
        roots = [root for one in some if (root := root_of(one))]
        if not roots or not translated_among.rows(model, at=at, roots=roots):
            continue
        live = model.objects.live(at, is_paged=True).readable().for_lists()
        told = by_root(live, some)
        for one in some:
            found[one] = [other for other in told.get(root_of(one), ()) if other.language != one.language]
    return found


def _guides(editions, at):
    """By key the titles of the guides that questions belong to, where patients can read them."""
    titles = {}
    for model in kinds.works():
        some = [one for (kind, _pk), one in editions.items() if kind == model.LEDGER_NAME and model.FOLLOWS]
        if pks := sorted({pk for one in some if (pk := getattr(one, f"{model.FOLLOWS}_id"))}):
            original = model.original_model()
            title = kinds.title_of(original)
            live = titles_of(original.edition_model(), title, at=at, works=pks)
            titles |= {one.work_id: getattr(one, title) for one in live}
    return titles


def _shown(pieces):
    """Escaped and held together (`keep`), with each word that was found in <mark>.

    From right to left a figure is not marked: 1–0–0 in two parts would be read as 0–0–1.
    """
    among_rtl = any(is_rtl(text) for text, _is_found in pieces)
    if among_rtl:
        pieces = [(text, is_found and not any(map(str.isdigit, text))) for text, is_found in pieces]
    runs = []
    for text, is_found in pieces:
        if runs and runs[-1][1] == is_found:
            text = runs.pop()[0] + text
        runs.append((text, is_found))
    told = [(keep(escape(text), among_rtl=among_rtl), is_found) for text, is_found in runs]
    told = "".join([f"<mark>{text}</mark>" if is_found else text for text, is_found in told])
    return mark_safe(TORN.sub("\u00a0", told))
