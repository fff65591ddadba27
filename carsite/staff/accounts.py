"""The pages of people: all of them, and one. What a request asks stands here; what is done, in its own module."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from carsite.staff import factor, people, roles, second
from carsite.staff.colleagues import colleagues, outside, sure_of
from carsite.staff.deeds import counts, deeds
from carsite.staff.leaving import checks, come_back, drafts, guides, leave, sessions
from carsite.staff.rights import InviteForm, PersonForm, called, change, make
from publishing.models import Hand, Reviewer, name_of
from publishing.record import due_at, lately
from publishing.refusals import Refused
from publishing.staff import WrittenForm, led_on, list_url, may, sent, staff_url

ALL = {1: "do it", 2: "do both", 3: "do all three"}


class LeaveForm(WrittenForm):
    """To whom the texts go of who leaves; nobody is asked of who looks after none."""

    to = forms.ChoiceField(error_messages={"required": "Choose to whom the guides go."})

    def __init__(self, *args, person, count, others, **kwargs):
        super().__init__(*args, **kwargs)
        shown = [(one.user.pk, f"{one.name} ({guides_in_words(one.owns)})") for one in others if one.user != person]
        self.fields["to"].choices = [("", "Choose a colleague"), *shown]
        self.fields["to"].label = f"Hand over {guides_in_words(count)}"
        self.fields["to"].required = bool(count)


def guides_in_words(count):
    return f"{count} guide{'' if count == 1 else 's'}"


def everybody(request, desk):
    """Everybody with an account, and the outside reviewers; what is sent invites somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    done = sent(request, form, lambda: invited(request, desk, form.cleaned_data))
    if done:
        return done
    working, closed = colleagues(timezone.now())
    return _page(
        request,
        "people.html",
        title="People",
        form=form,
        working=working,
        closed=closed,
        outside=list(outside()) if may(request.user, "view", Reviewer) else None,
        add_outside=list_url(Reviewer, "add"),
    )


def invited(request, desk, given):
    user = make(given, by=Hand.of(request.user))
    desk.log_addition(request, user, "Invited.")
    _invite(request, user)
    return HttpResponseRedirect(list_url(User, "changelist"))


def _invite(request, user):
    """Mail the owner an address at which to set the password; it is shown to nobody."""
    _address, problem = people.invite(user, by=Hand.of(request.user))
    if problem:
        said = f"The invitation could not be mailed ({problem}). The operator can print one: manage.py invite"
        messages.error(request, f"{said} {user.get_username()}")
    else:
        messages.success(request, f"The invitation was mailed to {user.email}.")


def invite_anew(request, user):
    _invite(request, user)
    return HttpResponseRedirect(staff_url(user))


def one(request, desk, person):
    """One account: who it is, what they may do and did; what is sent changes it."""
    is_mine = desk.has_change_permission(request, person)
    form = PersonForm(request.POST if request.method == "POST" else None, person=person)
    done = sent(request, form, lambda: changed(request, desk, person, form))
    return done or person_page(request, person, form=form, may_change=is_mine)


def changed(request, desk, person, form):
    change(person, form.cleaned_data, by=Hand.of(request.user))
    desk.log_change(request, person, f"Changed: {', '.join(form.changed_data) or 'nothing'}.")
    return led_on(request, "Saved.", staff_url(person))


def leaves(request, desk, person):
    """Somebody leaves: to the list, which says what was done; or the page again, with what is lacking."""
    form = _leaving(request.POST, person, colleagues(timezone.now())[0])
    done = sent(request, form, lambda: left(request, desk, person, form.cleaned_data["to"]))
    return done or person_page(request, person, form=PersonForm(person=person), may_change=True, leaving=form)


def left(request, desk, person, to):
    new = User.objects.get(pk=to) if to else None
    handed = leave(person, new, by=Hand.of(request.user))
    desk.log_change(request, person, "Left: the account is closed.")
    went = f" {guides_in_words(handed)} went to {called(new)}." if handed else ""
    said = f"{called(person)} has left.{went} The account is closed."
    return led_on(request, said, list_url(User, "changelist"))


def open_again(request, desk, person):
    come_back(person, by=Hand.of(request.user))
    desk.log_change(request, person, "Opened again.")
    said = "The account is open again. Send a new password link: the old password is gone."
    return led_on(request, said, staff_url(person))


def end_factor(request, desk, person):
    """Of who lost the telephone: they are logged out everywhere, and set up another at the next log-in."""
    if person == request.user:
        raise PermissionDenied
    factor.take_away(person, by=Hand.of(request.user))
    desk.log_change(request, person, "Ended the second factor.")
    said = f"The next log-in of {called(person)} sets up another telephone. Make sure by a call who asked."
    return led_on(request, said, staff_url(person))


def _leaving(sent_form, person, others):
    return LeaveForm(sent_form, person=person, count=guides(person), others=others)


def sure(request, subject, whom, said, row):
    """Record that somebody made sure whose account, or address, it is; back to its page, which says so or why not."""
    try:
        people.confirm(subject, whom, by=Hand.of(request.user))
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(staff_url(row))


def person_page(request, person, *, form, may_change, leaving=None):
    at = timezone.now()
    lines, counted = counts(person)
    return _page(
        request,
        "person.html",
        title=name_of(person),
        person=person,
        called=called(person),
        form=form,
        may_change=may_change,
        is_own=person == request.user,
        seen=lately(person.last_login, at) if person.last_login else "",
        deeds=list(deeds(person, at)),
        lines=lines,
        counted=counted,
        may=roles.does(person),
        sessions=len(sessions(person)),
        factor=second.told_of(person),
        **confirmation(people.subject(person)),
        **_owned(request, person),
        **_ending(person, leaving, at),
    )


def confirmation(subject):
    """Who made sure whose account or address it is, or that somebody still should."""
    found = people.confirmed([subject])
    return {"sure": sure_of(found.get(subject)), "is_unsure": found.get(subject, True) is None}


def _owned(request, person):
    due = len(due_at(request.moment(), owner=person.pk))
    return {"guides": guides(person), "drafts": drafts(person), "due": due}


def _ending(person, leaving, at):
    """What happens when somebody leaves, for the one form that does all of it."""
    waiting = checks(person, at)
    steps = 1 + bool(guides(person)) + bool(waiting)
    leaving = leaving or _leaving(None, person, colleagues(at)[0])
    return {"leaving": leaving, "checks": waiting, "do_all": ALL[steps]}


def _page(request, template, **context):
    return render(request, f"admin/people/{template}", admin.site.each_context(request) | context)
