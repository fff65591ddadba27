"""The staff's page on which a publisher opens a closed old edition to patients, or closes it again."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404

from articles.shown.opened import old_editions
from publishing.models import Hand
from publishing.refusals import Refused
from publishing.staff import WrittenForm, led_on, sent, staff_url


class State(NamedTuple):
    """Of an old edition, as the staff's list of editions says it."""

    says: str
    asks: str = ""  # what a publisher may do about it

    def __str__(self):
        return self.says


OPEN = State("Patients can look it up.")
OPENED = State("Patients can look it up: a publisher opened it.", "Close it again")
CLOSED = State("Closed to patients.", "Open it to patients")


class OpeningForm(WrittenForm):
    is_opened = forms.BooleanField(widget=forms.HiddenInput, required=False)  # as it was when the page was shown
    note = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In a few words. It stays in the record; patients do not read it.",
    )


def states_of(work, at):
    """By number, what is so of each old edition; nothing where the clinic shows none."""
    return {number: state_of(old) for number, old in old_editions(work, at).items()}


def state_of(old):
    return OPENED if old.is_opened else CLOSED if old.is_closed else OPEN


def opening_page(desk, request, work, number):
    """The page of the desk. 404 for an edition that is not old, or that nothing has closed."""
    if not desk.may(request, "publish"):
        raise PermissionDenied
    old = old_editions(work, request.moment()).get(number)
    if old is None or not old.is_closed:
        raise Http404("Nothing has closed such an edition.")
    form = OpeningForm(request.POST or None, initial={"is_opened": old.is_opened})

    def done():
        if form.cleaned_data["is_opened"] != old.is_opened:
            raise Refused("Somebody did so meanwhile. Nothing was changed.")
        act = work.close_old if old.is_opened else work.open_old
        act(old.edition, by=Hand.of(request.user), note=form.cleaned_data["note"])
        said = "closed to patients again" if old.is_opened else "open to patients"
        return led_on(request, f"Edition {number} is {said}.", staff_url(work, "editions"))

    answer = sent(request, form, done)
    if answer:
        return answer
    state = state_of(old)
    shown = {"edition": old.edition, "form": form, "state": state, "is_opened": old.is_opened}
    shown |= {"title": f"{state.asks}: edition {number}, {work}"}
    return desk.page(request, "opening.html", work, **shown)
