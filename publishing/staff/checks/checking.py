"""The page on which somebody checks a text, with an account or by link: the real page, and one bar to answer."""

import datetime
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.html import format_html

from publishing.mail import tell_owner
from publishing.models import Asking, Hand, Review, kinds, name_of, reviews_for, said_in
from publishing.record import composed
from publishing.refusals import Changed, Refused
from publishing.staff.acts.forms import ReviewForm
from publishing.staff.addresses import staff_url, tool_url
from publishing.staff.checks import remarking
from publishing.staff.checks.asking import is_told_at_once
from publishing.staff.checks.reading import place_dangers, place_remarks, place_still_said, reading
from publishing.staff.form.panel import read_already
from publishing.staff.pages import led_on, may
from publishing.text import TooLong, made_once

A_YEAR = datetime.timedelta(days=365)


@dataclass
class Checker:
    """Who looks at the page, and as what: a person with an account, or a guest by link."""

    hand: Hand
    kind: str = Review.Kind.CLINICIAN
    asking: Asking | None = None
    link: object = None
    name: str = ""
    credential: str = ""
    back_url: str = ""

    @classmethod
    def of(cls, user, work, at):
        """A colleague, with what they are asked and what patients read of them last."""
        asking = Asking.objects.of([work]).open(at).of_account(user).first()
        found = [model.objects.filter(made_by=user).order_by("-made_at").first() for model in kinds.reviews()]
        newest = max(filter(None, found), key=lambda one: one.made_at, default=None)
        name = newest.reviewer_name if newest else user.get_full_name()
        kind = asking.kind if asking else Review.Kind.CLINICIAN
        return cls(Hand.of(user), kind, asking, None, name, newest.credential if newest else "")

    @property
    def is_clinician(self):
        return self.kind == Review.Kind.CLINICIAN

    @property
    def kind_called(self):
        return Review.Kind(self.kind).label

    @property
    def called(self):
        """How a remark names them."""
        return self.link.invited if self.link else self.hand.name

    def may_settle(self, work):
        return self.link is None and may(self.hand.user, "change", type(work))


class CheckForm(ReviewForm):
    """The answer: of these texts, with a tick for each danger where it is fit."""

    is_machine = forms.BooleanField(label="A machine translated it, and I went through it", required=False)

    def __init__(self, *args, checker, readings, sent=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.checker, self.readings, self.sent = checker, readings, sent
        self.initial |= {"reviewer_name": checker.name, "credential": checker.credential}
        self.fields["result"].widget = forms.HiddenInput()
        if checker.kind != Review.Kind.TRANSLATOR:
            del self.fields["is_machine"]
        else:
            if any(one.edition.is_by_machine for one in readings):  # declared with the text: nobody takes it back here
                self.initial["is_machine"], self.fields["is_machine"].disabled = True, True
            self.fields["credential"].label = "Your qualification"
            self.fields["credential"].help_text = "For example “sworn translator, Urdu and English”."
        if checker.kind == Review.Kind.LAY_READER:
            self.fields["credential"].help_text = "For example “a patient’s daughter”."

    @property
    def dangers(self):
        return [danger for one in self.readings for danger in one.all_dangers]

    @property
    def ticked(self):
        return set(self.sent.getlist("ticks")) if self.sent else set()

    def unticked(self):
        """The dangers nobody has looked at yet: (number, danger)."""
        return [(number, danger) for number, danger in self.dangers if danger.key not in self.ticked]

    def clean(self):
        is_left_empty = not str(self.data.get("next_due_on") or "").strip()
        if self.cleaned_data.get("result") == Review.Result.FIT and is_left_empty:
            self.cleaned_data["next_due_on"] = timezone.localdate() + A_YEAR
            self.errors.pop("next_due_on", None)
        given = super().clean()
        left = self.unticked() if given.get("result") == Review.Result.FIT else []
        if left:
            count, number = len(left), left[0][0]
            said = "1 danger is not looked at yet." if count == 1 else f"{count} dangers are not looked at yet."
            self.add_error(None, format_html('{} <a href="#d{}">Go to it</a>', said, number))
        return given

    def arguments(self, work):
        told = super().arguments(work) | {"kind": self.checker.kind}
        return told | {"is_machine": self.cleaned_data["is_machine"]} if "is_machine" in self.cleaned_data else told


def readings_of(composition, at):
    """The texts of a page, each beside what patients read before, with dangers and remarks at their passages."""
    found, number = [], 1
    for place, edition in enumerate(composition.texts):
        judgement = edition.work.judgement(edition, at)
        is_changed = edition != judgement.live and judgement.last and not judgement.last.redacted_at
        one = reading(edition, composition.sizes, number=place, before=judgement.last if is_changed else None)
        one.is_new = judgement.last is None
        number = place_dangers(one, judgement.dangers if edition != judgement.live else [], number)
        place_remarks(one)
        found.append(one)
    place_still_said(found[0], found[1:])
    return found


@made_once()
def check_page(desk, request, work):
    """The page for a colleague: for a clinician, and for whoever is asked for another kind of check."""
    at = request.moment()
    checker = Checker.of(request.user, work, at)
    if checker.is_clinician and not desk.may(request, "review"):
        raise PermissionDenied
    checker.back_url = tool_url("index")
    try:
        edition = work.freeze()
    except TooLong as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(staff_url(work))
    made, shown = answer_to(request, work, edition, checker, at)
    if made is None:
        return shown
    tell_owner(work, made)
    following = Asking.objects.open(timezone.now()).of_account(request.user).exclude(work=work.name).first()
    other = following and kinds.named(following.work)
    told = "Recorded. Thank you."
    if other is None:
        return led_on(request, told, staff_url(work))
    html = format_html('{} Next: <a href="{}">Check “{}”</a>.', told, staff_url(other, "review"), str(other))
    return led_on(request, html, tool_url("index"))


def answer_to(request, work, edition, checker, at, *, form_class=CheckForm, recorded=None, **given):
    """(what is recorded, or None; the page): what was sent is done, a remark is kept, or the page is shown."""
    composition = composed(edition, at)
    readings = readings_of(composition, at)
    is_answer = request.method == "POST" and "result" in request.POST
    given |= {"work": work, "checker": checker, "readings": readings, "sent": request.POST}
    form = form_class(request.POST if is_answer else None, **given)
    said = ""
    if request.method == "POST":
        said = remarking.take(request.POST, readings, checker, at, is_answer=is_answer)
        if said:
            for one in readings:
                place_remarks(one)
        if is_answer and form.is_valid():
            for one in readings:
                one.work.read_before()
            try:
                return (recorded or record)(request.POST, work, form, checker), None
            except Refused as refusal:
                form.add_error(None, str(refusal))
                form.see_anew()
        elif not is_answer:
            form.initial |= {name: request.POST[name] for name in form.fields if name in request.POST}
    return None, page(request, work, composition, readings, checker, form, at, said)


@transaction.atomic
def record(sent, work, form, checker):
    """Record the answer on the text; where it is fit, on the texts around it too that nobody has checked. May refuse.

    What is judged is what was shown: each text is named by its digest on the page.
    """
    if "edits" in form.cleaned_data and checker.link is None:
        work.refuse_changed_since(form.cleaned_data["edits"])
    told = form.arguments(work)
    made = work.review(by=checker.hand, **told)
    is_translators = made.kind == Review.Kind.TRANSLATOR and form.readings[0].edition.is_by_machine
    if made.result == Review.Result.FIT and (checker.is_clinician or is_translators):
        beside, shown = form.readings[1:], dict(text.split(":", 1) for text in sent.getlist("texts") if ":" in text)
        held = reviews_for([one.edition for one in beside], made.made_at, made.kind)
        for one, review in zip(beside, held, strict=True):
            seen = shown.get(one.work.name)
            if seen and seen != one.edition.text_digest:
                raise Changed(f"“{one.work}” was changed after you opened this page. Read it again, then answer.")
            if seen and review is None and not _is_told_at_once(one, checker.link, made.made_at):
                _judge_beside(one, checker, told)
    return made


def _is_told_at_once(one, link, at):
    """Whether patients would read the name of an unlisted guest at a text beside, with no publisher asked."""
    return bool(link) and not link.listed_id and is_told_at_once(one.work, one.edition.text_digest, link.made_by, at)


def _judge_beside(one, checker, told):
    try:
        one.work.review(by=checker.hand, **told | {"text_digest": one.edition.text_digest})
    except Refused as refusal:
        raise type(refusal)(f"“{one.work}”: {refusal}") from refusal


def page(request, work, composition, readings, checker, form, at, said=""):
    """The page itself, in the language of the text."""
    edition, desk = composition.edition, admin.site.get_model_admin(type(work))
    told, main = list(read_already(work, edition, at)), readings[0]
    lines = [line for one in readings for line in one.lines]
    _fill(request.POST, readings, checker, form)
    context = desk.check_context(composition) | {
        "frame": composition.frame, "work": work, "edition": edition, "main": main, "beside": readings[1:],
        "checker": checker, "form": form, "said": said, "told": told, "dangers": form.dangers, "ticked": form.ticked,
        "looked": len(form.dangers) - len(form.unticked()), "check": composition.standing, "now": at,
        "touched": sum(line.passage.is_touched and not line.dangers for line in lines), "told_more": told[1:],
        "unplaced": [pair for one in readings for pair in one.dangers], "may_settle": checker.may_settle(work),
        "lost": [remark for one in readings for remark in one.lost],
        "typed_changes": [(one, one.typed()) for one in readings if one.before],
        "said_at": said and _acted_on(request.POST, lines),
        "asker": checker.asking.by_name if checker.asking else name_of(work.owner) if work.owner else "the writer",
    }  # fmt: skip
    request.LANGUAGE_CODE = edition.language
    with translation.override(said_in(edition.language)):
        response = TemplateResponse(request, desk.check_template, context).render()
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _fill(sent, readings, checker, form):
    """What was typed and not kept stands in its box again; whose remark it is stands at it."""
    form.is_remembered = bool(checker.name and checker.credential and not checker.link)
    for one in readings:
        for line in one.lines:
            is_kept = any(remark.text == sent.get(f"remark-{line.key}", "").strip() for remark in line.remarks)
            line.typed = "" if is_kept else sent.get(f"remark-{line.key}", "")
        for remark in [*one.lost, *(remark for line in one.lines for remark in line.remarks)]:
            remark.is_mine = remark.is_of(checker.hand, checker.link)


def _acted_on(sent, lines):
    """The key of one's own remark that was just kept or changed: there whoever wrote it finds the place again."""
    own = [(line.key, remark.pk) for line in lines for remark in line.remarks if remark.is_mine]
    return max((pk for key, pk in own if key == sent.get("keep") or str(pk) == sent.get("change")), default=None)
