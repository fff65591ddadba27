"""Publishing, in one page: what stands in the way, what changes for patients, when, and what will happen; then back."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Hand
from publishing.record import spoken
from publishing.refusals import Refused
from publishing.staff import beside
from publishing.staff.acts.acting import ACTS, judgements_of, perform, render_before
from publishing.staff.acts.forms import PublishForm
from publishing.staff.acts.paired import paired
from publishing.staff.addresses import staff_url
from publishing.staff.form.mending import told_of_findings
from publishing.staff.form.panel import told_of_checks
from publishing.staff.home.gathered import rows_of
from publishing.staff.home.needs import NOW
from publishing.staff.home.worklist import Desk
from publishing.staff.pages import led_on, sent
from publishing.staff.written import WrittenForm
from publishing.text import made_once


@dataclass(frozen=True)
class Stop:
    """One thing that stands in the way of publishing, and what removes it."""

    said: str
    more: str
    url: str
    remedy: str
    finding: object = None  # what one press mends, in the text that has it
    work: object = None


@made_once()
def publish_page(desk, request, work, is_later=False):
    if not desk.may(request, "publish"):
        raise PermissionDenied
    at = request.moment()
    companions = beside.companions(work, "publish", at)
    judgements = judgements_of(request, [work, *companions], at)
    render_before(judgements)
    followers = beside.left_behind(work, companions, at)
    told = {"companions": companions, "judgements": judgements, "followers": followers, "is_later": is_later}
    form = PublishForm(request.POST or None, work=work, **told)
    pairs = all_paired(judgements)
    form.initial.setdefault("note", suggested(judgements[0], pairs[0]))

    def done():
        perform(request, work, ACTS["publish"], form, companions)
        return HttpResponseRedirect(staff_url(work, "published"))

    answer = sent(request, form, done, refused=form.see_anew)
    if answer:
        return answer
    ticked = set(form["ticks"].value() or ()) if "ticks" in form.fields else set()
    context = {
        "form": form,
        "pairs": pairs,
        "judgements": judgements,
        "stops": list(stops(work, judgements, pairs, ticked)),
        "ticked": ticked,
        "waiting": work.waiting(at),
        "live": work.live(at),
        "number": next_number(work),
        "checks": " ".join(told_of_checks(judgements, at)) if work.IS_REVIEWED else "",
        "chosen": form["companions"].value() or () if "companions" in form.fields else (),
        "name": "publish",
        "stands_in": desk.stands_in(work, at),
        "dangers": sum(len(one.dangers) for one in pairs),
    }
    context |= told_of_findings(judgements) | _held(judgements)
    return desk.page(request, "publish.html", work, title=f"Publish “{work}”", **context)


def _is_held(judgement):
    return judgement.is_substance and judgement.lacks_review


def _held(judgements):
    """What bars the way of the text itself; what bars that of others, which may be left out."""
    own, *others = judgements
    return {
        "is_held": _is_held(own),
        "is_faulty": bool(own.findings.must_fix),
        "is_other_held": any(_is_held(one) or one.findings.must_fix for one in others),
    }


def changes_page(desk, request, work):
    """What patients would read differently, as the page to publish shows it."""
    at = request.moment()
    judgement = work.judgement(work.unrendered(), at, by=Hand.of(request.user))
    render_before([judgement])
    pairs = paired(judgement)
    shown = {"pairs": [pairs], "live": work.live(at), "number": next_number(work), "dangers": len(pairs.dangers)}
    return desk.page(request, "changes.html", work, title=f"What changed: {work}", **shown)


def all_paired(judgements):
    """What changes of each text; the dangers of all are counted through."""
    found, first = [], 1
    for judgement in judgements:
        found.append(paired(judgement, first))
        first += len(found[-1].dangers)
    return found


def next_number(work):
    return (work.editions.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def suggested(judgement, pairs):
    """A change note for a mere change of wording, which somebody may write better; nothing for one of substance."""
    if judgement.is_substance or not pairs.changed:
        return ""
    worded, told = (_quoted([one.label for one in pairs.changed if one.is_text is text]) for text in (True, False))
    return " ".join([f"Wording in {worded}."] * bool(worded) + [f"Changed: {told}."] * bool(told))


def _quoted(labels):
    places = list(dict.fromkeys(labels))
    more = f" and {len(places) - 3} more places" if len(places) > 3 else ""
    return f"{', '.join(f'“{place}”' for place in places[:3])}{more}"


def stops(work, judgements, pairs, ticked):
    """What stands in the way now, all at once, each with its remedy."""
    for judgement in judgements:
        if _is_held(judgement):
            whose = "this text" if judgement.work == work else f"“{judgement.work}”"
            why = [f"{judgement.said[:1].upper()}{judgement.said[1:]}, so a second person must look."]
            if judgement.last is None:
                why = ["It is new, so a second person must look."]
            why += judgement.uncounted
            ask = staff_url(judgement.work, "ask")
            yield Stop(f"No clinician has checked {whose}.", " ".join(why), ask, "Ask for a check …")
    for judgement in judgements:
        whose = "" if judgement.work == work else f"“{judgement.work}”: "
        for one in judgement.findings.must_fix:
            url = staff_url(judgement.work) + (f"#id_{one.form_field}" if one.form_field else "")
            is_asked = one.check.asks_somebody
            url, remedy = (staff_url(judgement.work, "ask"), "Ask for a check …") if is_asked else (url, "Go to it")
            yield Stop(whose + one.sentence, one.effect, url, remedy, one, judgement.work)
    left = [number for one in pairs for number, danger in one.dangers if danger.key not in ticked]
    if left:
        said = "1 danger is not ticked." if len(left) == 1 else f"{len(left)} dangers are not ticked."
        yield Stop(said, "Look at each, then tick it.", f"#danger-{left[0]}", "Go to the danger")


class UndoForm(WrittenForm):
    """The working copy as it was when the page was shown."""

    edits = forms.IntegerField(widget=forms.HiddenInput)


def published_page(desk, request, work):
    """What was published, and the ways back."""
    at = request.moment()
    waiting, live = work.waiting(at), work.live(at)
    if waiting is None and live is None:
        raise Http404
    context = {
        "edition": waiting or live,
        "is_waiting": waiting is not None,
        "said": said_of(work, live, waiting, at),
        "back": undo_to(work, at, Hand.of(request.user)),
        "form": UndoForm(initial={"edits": work.edits}),
        "may_publish": desk.may(request, "publish"),
        "next": next((one for one in rows_of(Desk(request.user, at), NOW) if one.name != work.name), None),
    }
    return desk.page(request, "published.html", work, title=str(work), **context)


def said_of(work, live, waiting, at):
    """The act in a sentence: what patients read, and since or from when."""
    if waiting:
        return f"Edition {waiting.number} waits. Patients read it from {spoken(waiting.in_force_at)}."
    local = timezone.localtime(live.in_force_at)
    is_today = local.date() == timezone.localdate(at)
    since = date_format(local, "H:i") if is_today else spoken(live.in_force_at)
    return f"Patients read edition {live.number} of “{work}” since {since}."


def undo_to(work, at, by):
    """The edition to which patients can go back by one click: where that is no change of substance, or None."""
    live = work.live(at)
    if live is None or live.is_notice or work.waiting(at):
        return None
    before = work.editions.been_in_force(at).filter(number__lt=live.number).first()
    if before is None or before.is_notice or before.redacted_at:
        return None
    is_there = all(getattr(before, name) == getattr(work, name) for name in ("language", "slug") if hasattr(work, name))
    return before if is_there and not work.judgement(before, at, by=by).is_substance else None


def undo_page(desk, request, work):
    """Patients read the edition before again; what was typed stays in the working copy."""
    if not desk.may(request, "publish"):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(staff_url(work, "published"))
    form, by = UndoForm(request.POST), Hand.of(request.user)

    def done():
        before = undo_to(work, request.moment(), by)
        if before is None:
            raise Refused("Going back would change the substance, or something was done meanwhile: look at the ways.")
        edition = work.go_back(before, by=by, edits=form.cleaned_data["edits"])
        said = f"Undone. Patients read what edition {before.number} says, as edition {edition.number}."
        return led_on(request, f"{said} Your change stays in the text you write in.", staff_url(work, "published"))

    answer = sent(request, form, done)
    return answer or led_on(request, " ".join(form.non_field_errors()), staff_url(work, "published"))


PUBLISHING = [
    ("publish/", "publish", publish_page),
    ("schedule/", "schedule", partial(publish_page, is_later=True)),
    ("published/", "published", published_page),
    ("undo/", "undo", undo_page),
]
