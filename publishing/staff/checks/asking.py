"""Staff ask somebody to check one exact text by a day, and take it back. Who has no account gets a link by mail."""

import datetime
from collections import Counter

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format

from publishing.mail import mail_problem
from publishing.models import Access, Asking, Hand, Review, Reviewer, ReviewLink, access, name_of
from publishing.record import spoken
from publishing.staff.addresses import staff_url
from publishing.staff.moments import DayField
from publishing.staff.pages import led_on, may, sent
from publishing.staff.people import people
from publishing.staff.written import WrittenForm

WORKING_DAYS = 3  # from now to the day that is proposed
OUTSIDE, ELSE = "outside", "else"
TOLD_AT_ONCE = (
    "Patients read this text, or soon will, and would read who checked it. Choose somebody from the list, or ask a "
    "publisher to send this link."
)


def working_day(day, ahead=WORKING_DAYS):
    """The day that so many days from Monday to Friday lie before."""
    while ahead:
        day += datetime.timedelta(days=1)
        ahead -= day.weekday() < 5
    return day


class AskForm(WrittenForm):
    """Who checks it, by when, and what they should look at."""

    who = forms.CharField(required=False)
    listed = forms.ModelChoiceField(Reviewer.objects, required=False, empty_label="Choose somebody")
    name = forms.CharField(required=False, max_length=200)
    email = forms.EmailField(required=False)
    kind = forms.ChoiceField(choices=Review.Kind, required=False, widget=forms.RadioSelect)
    until_on = DayField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, work, colleagues, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.work, self.colleagues, self.by = work, {one.value: one for one in colleagues}, by
        self.day = working_day(timezone.localdate())
        self.initial |= {"until_on": self.day, "kind": Review.Kind.CLINICIAN, "who": next(iter(self.colleagues), ELSE)}

    @property
    def chosen(self):
        return (self.data if self.is_bound else self.initial).get("who", "")

    def clean(self):
        given = super().clean()
        given["kind"] = given.get("kind") or Review.Kind.CLINICIAN
        if "until_on" in given and given["until_on"] is None:
            given["until_on"] = self.day
        if given.get("until_on") and given["until_on"] < timezone.localdate():
            self.add_error("until_on", "That day has passed. Choose today or a later one.")
        given["account"] = self._account(given)
        if given["account"] is not None and given["account"].pk == self.by.account:
            self.add_error("who", "You cannot ask yourself.")
        is_anybody = given["account"] is None and not given.get("listed")
        if is_anybody and is_told_at_once(self.work, self.work.text_digest, self.by.user, timezone.now()):
            self.add_error("name", TOLD_AT_ONCE)
        return given

    def _account(self, given):
        """The colleague who is asked; None for somebody without an account, who gets a link."""
        who, name = given.get("who"), given.get("name", "").strip()
        if who in self.colleagues:
            return self.colleagues[who]
        if who == OUTSIDE or (not who and given.get("listed")):
            given["name"], given["email"] = "", ""
            if not given.get("listed") and "listed" not in self.errors:
                self.add_error("listed", "Choose somebody from the list.")
            return None
        given["listed"] = None
        if not name:
            self.add_error("name", "Choose somebody from the list, or say who is asked.")
            return None
        found = [one for one in people() if name.casefold() in (name_of(one).casefold(), one.username.casefold())]
        if len(found) != 1 or given.get("email"):
            return None
        if given["kind"] == Review.Kind.CLINICIAN and not may(found[0], "review", type(self.work)):
            said = f"{name_of(found[0])} may not judge as a clinician. Choose another kind of check, or somebody else."
            self.add_error("name", said)
        return found[0]


def is_told_at_once(work, text_digest, user, at):
    """Whether patients would read who checked a text, with no publisher asked: it is live, or waits.

    `user` made the link, and saw it: whoever holds it answers in the name that was invited, also its maker.
    """
    found = [one for one in (work.live(at), work.waiting(at)) if one is not None and not one.is_notice]
    is_made = any(one.text_digest == text_digest for one in found)
    return is_made and not (user and may(user, "publish", type(work)))


def may_check(model, *, but):
    """Those whom somebody else may ask to check texts of a kind."""
    return [one for one in people() if may(one, "review", model) and not one.is_superuser and one.pk != but.pk]


def colleagues(work, at, *, but):
    """Who may judge it and does not ask, each with what speaks for or against asking them; last reviewer first."""
    load = Counter(Asking.objects.open(at).exclude(account=None).values_list("account", flat=True))
    judged = list(work.reviews.exclude(made_by=None).order_by("-made_at").values_list("made_by", flat=True))
    found = may_check(type(work), but=but)
    for one in found:
        one.value = f"account-{one.pk}"
        newest = work.reviews.filter(made_by=one).order_by("-made_at").first() if one.pk in judged else None
        one.called = name_of(one)
        one.said = " ".join(_said(work, newest, load[one.pk]))
    return sorted(found, key=lambda one: (judged.index(one.pk) if one.pk in judged else len(judged), load[one.pk]))


def _said(work, newest, count):
    if newest:
        edition = work.editions.filter(text_digest=newest.text_digest).order_by("number").first()
        day = date_format(timezone.localtime(newest.made_at), "j F Y")
        yield f"Checked edition {edition.number}." if edition else f"Checked a text of this guide on {day}."
    yield f"Has {count} text{'' if count == 1 else 's'} to check." if count else "Has nothing else to check."


def ask_page(desk, request, work):
    if not desk.has_change_permission(request, work):
        raise PermissionDenied
    here, at, by = staff_url(work, "ask"), timezone.now(), Hand.of(request.user)
    if request.method == "POST" and (answer := taken_back(request, work, here, at, by)):
        return answer
    found = colleagues(work, at, but=request.user)
    judgement = work.judgement(work.unrendered(), at)
    form = AskForm(request.POST or None, work=work, colleagues=found, by=by)
    if needs_translator(judgement) and not (judgement.is_substance and judgement.lacks_review):
        form.initial["kind"] = Review.Kind.TRANSLATOR

    def done():
        ask(request, work, **form.cleaned_data)
        return HttpResponseRedirect(staff_url(work))

    askings = Asking.objects.of([work]).with_now().open(at)
    links = ReviewLink.objects.filter(work=work.name)
    context = {"form": form, "colleagues": found, "askings": askings, "links": links, "now": at}
    context |= {"title": "Ask for a check", "day": form.day, "outside": OUTSIDE, "else": ELSE}
    answer = sent(request, form, done)
    if answer is None:
        context |= {"why": why_asked(work, at), "dangers": judgement.dangers}
    return answer or desk.page(request, "ask.html", work, **context)


def needs_translator(judgement):
    """Whether nobody may publish it before a translator has checked what a machine translated."""
    return any(one.check.id == "machine" for one in judgement.findings.must_fix)


def why_asked(work, at):
    """In a sentence, why somebody has to look; or that nobody must."""
    judgement = work.judgement(work.unrendered(), at, by=Hand(""))
    if not needs_translator(judgement):
        return _why_a_clinician(judgement)
    if judgement.is_substance and judgement.lacks_review:
        return f"{_why_a_clinician(judgement)} So has a translator, as a machine translated it: ask them, too."
    return "A machine translated it, so a translator has to look before patients read it."


def _why_a_clinician(judgement):
    if judgement.last is None:
        return "It is new, so a clinician has to look before patients read it."
    if judgement.dangers:
        return f"{judgement.dangers[0].what[0].capitalize()}, so a clinician has to look before patients read it."
    if judgement.is_substance:
        return "Its substance changed, so a clinician has to look before patients read it."
    return "Nothing changed in it that can hurt, so it may be published without a check, too."


def taken_back(request, work, here, at, by):
    """What answers who takes an asking, or a link, back; None where the form was sent for something else."""
    asking, link = (request.POST.get(name, "")[:18] for name in ("take_back", "revoke"))
    if asking.isdecimal():
        for one in Asking.objects.of([work]).filter(pk=asking, taken_back_at=None):
            for made in one.links.filter(revoked_at=None, answered_at=None):
                access.record(Access.Verb.REVOKE_LINK, f"link/{made.pk}", by=by, text=str(work))
            one.take_back(at=at)
        return led_on(request, "Taken back. It is on nobody’s desk any more.", here)
    if link.isdecimal():
        if ReviewLink.objects.filter(work=work.name, pk=link, revoked_at=None).update(revoked_at=at):
            access.record(Access.Verb.REVOKE_LINK, f"link/{int(link)}", by=by, text=str(work))
            Asking.objects.filter(links=link, taken_back_at=None).update(taken_back_at=at)
        return led_on(request, "The link was taken back. It opens nothing any more.", here)
    return None


def ask(request, work, *, account, listed, name, email, kind, until_on, note, who=""):
    """Ask somebody, and tell them by mail; who has no account gets a link."""
    now, by = timezone.now(), Hand.of(request.user)
    called = name_of(account) if account else listed.name if listed else name
    whom = {"asked_name": called, "account": account, "listed": listed}
    asking = Asking.ask(work, by=by, until_on=until_on, at=now, kind=kind, note=note, **whom)
    day = date_format(until_on, "j F Y")
    if account is None:
        if mail_link(request, work, asking, listed.email if listed else email):
            messages.success(request, f"{called} is asked to check it by {day}.")
        return
    said = f"{by.name} asks you to check “{work}” by {day}:\n\n{settings.SITE_URL}{staff_url(work, 'review')}"
    said += f"\n\n{note}" if note else ""
    problem = mail_problem(f"Please check: {work}", said, account.email) if account.email else "no address is known"
    how = f"No mail was sent ({problem}), but it stands on their desk." if problem else "A mail is on its way."
    (messages.warning if problem else messages.success)(request, f"{called} is asked to check it by {day}. {how}")


def mail_link(request, work, asking, email):
    """Make the link that answers an asking, and say or mail it; return whether somebody has it."""
    listed, now, by = asking.listed, asking.asked_at, Hand.of(request.user)
    told = {"invited": asking.asked_name, "email": email, "listed": listed, "asking": asking}
    link, key = ReviewLink.invite(work, by=by, at=now, **told)
    told = {"whom": link.invited, "text": str(work), "mailed_to": email, "is_listed": listed is not None}
    access.record(Access.Verb.LINK, f"link/{link.pk}", by=by, **told)
    address = f"{settings.SITE_URL}/review/?k={key}"
    if email:
        problem = mail_problem(f"Please review: {work}", _letter(work, asking, link, address, by), email)
        if problem and listed:
            asking.take_back(at=now)
            messages.error(request, f"The mail could not be sent ({problem}), so the link was taken back.")
            return False
        if problem:
            messages.warning(request, f"The mail could not be sent ({problem}): give this link yourself.")
        else:
            messages.success(request, f"The link was mailed to {email}.")
    if not listed:
        # It is shown this once: only a digest of it is kept.
        messages.info(request, f"The link for {link.invited}, shown only now: {address}")
    return True


def _letter(work, asking, link, address, by):
    live = work.live(asking.asked_at)
    is_read = live is not None and not live.is_notice and live.text_digest == link.text_digest
    how = ", which patients read now" if is_read else " before patients read it"
    day = date_format(asking.until_on, "j F Y")
    said = f"{by.name} asks you to review “{work}”{how}:\n\n{address}\n\nPlease answer by {day}. "
    said += f"The link is for you alone. It works until {spoken(link.expires_at)} and only for this text."
    return f"{said}\n\n{asking.note}" if asking.note else said
