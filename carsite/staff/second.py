"""The second page of the log-in: a code, or the setting up of an app; and what its owner may do with it later.

Until the code is right nobody is logged in: the session only says whose password was right, for ten minutes.
"""

import io
import time

import segno
from django import forms
from django.conf import settings
from django.contrib import admin, auth
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from carsite.staff import entrance, factor
from carsite.staff.log_in import address_of, log_ins
from publishing.models import Hand
from publishing.staff import WrittenForm, led_on, tool_url

HALF, WITH = "half", "factor"
MINUTES = 10
BACKEND = "django.contrib.auth.backends.ModelBackend"
WRONG = "This code is not right, or was used before. Wait for the next one. Is the clock of the telephone right?"


def is_demanded():
    return settings.SECOND_FACTOR


def is_enough(request):
    """Whether this log-in is as strong as the site demands."""
    return not is_demanded() or WITH in request.session


def told_of(user):
    """What the pages say of somebody's second factor; nothing where none is demanded and none is set up."""
    device = factor.device_of(user)
    if device is None:
        return {"is_lacking": True} if is_demanded() else {}
    return {"since": device.created_at, "left": factor.codes_left(user), "is_closed": factor.is_closed(user)}


def half_way(request, response):
    """After the right password: nobody is logged in yet, and the second page is next."""
    user = request.user
    auth.logout(request)
    told = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": int(time.time()), "next": response.url}
    told["app"] = factor.begin(user)
    request.session[HALF] = told
    return HttpResponseRedirect(tool_url("second"))


def whose(request):
    """Whose password was right in this session, not long ago; or None.

    Who is to set up an app sees the secret that this log-in began, and never that of a later one of another.
    """
    told = request.session.get(HALF) or {}
    if time.time() - told.get("at", 0) > MINUTES * 60:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True, is_staff=True).first()
    if not (user and constant_time_compare(user.get_session_auth_hash(), told["hash"])):
        return None
    return user if factor.device_of(user) or factor.begun(user).pk == told.get("app") else None


class CodeForm(WrittenForm):
    code = forms.CharField(
        label="The code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, user, request, takes, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.request, self.takes, self.came = user, request, takes, None

    def clean_code(self):
        """Tries it, in turn with the passwords: a wrong one is slow to leave where many came from."""
        code = self.cleaned_data["code"]
        with log_ins.place(address_of(self.request)):
            if problem := factor.waits(self.user, code):
                raise forms.ValidationError(problem)
            self.came = self.takes(code)
            if self.came is None:
                entrance.refused_code(self.request, self.user)
                if factor.closes(self.user, code):
                    entrance.guessed(self.request, self.user)
                    raise forms.ValidationError(factor.CLOSED)
                raise forms.ValidationError(WRONG)
        return code


@never_cache
def second(request):
    """The code of whoever has an app; else the setting up of one."""
    user = whose(request)
    if user is None:
        return HttpResponseRedirect(tool_url("login"))
    has_app = factor.device_of(user) is not None
    takes = factor.passed if has_app else _setting_up
    form = _form(request, user, lambda code: takes(user, code))
    if not form.is_valid():
        return _page(request, "second.html" if has_app else "set_up.html", form=form, **_shown(user, has_app))
    next_url = _let_in(request, user, form.came if has_app else factor.APP)
    if has_app:
        return HttpResponseRedirect(next_url)
    return _page(request, "codes.html", title="Your recovery codes", codes=form.came, next=next_url)


def _setting_up(user, code):
    return factor.confirm(user, "".join(code.split()), by=Hand.of(user))


def _form(request, user, takes):
    given = request.POST if request.method == "POST" else None
    return CodeForm(given, user=user, request=request, takes=takes)


def _shown(user, has_app):
    if has_app:
        return {"title": "The second step"}
    return {"title": "Set up the second step", "secret": factor.typed_by_hand(factor.begun(user))}


def _let_in(request, user, came):
    """Log somebody in; return where to. The session of before ends, as at every log-in."""
    next_url = request.session[HALF]["next"]
    del request.session[HALF]
    auth.login(request, user, backend=BACKEND)
    request.session[WITH] = came
    entrance.came(request, factor=came)
    return next_url


@never_cache
def picture(request):
    """What the app photographs, for whoever is setting it up and nobody else."""
    user = whose(request)
    if user is None or factor.device_of(user):
        raise Http404
    made = segno.make(factor.address_for(factor.begun(user)), error="m")
    svg = io.BytesIO()
    made.save(svg, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def own(request):
    """Somebody's own second factor, with a code of it: other recovery codes, or another app at the next log-in."""
    user = request.user
    if factor.device_of(user) is None:
        raise Http404
    form = _form(request, user, lambda code: factor.passed(user, code))
    if not form.is_valid():
        told = {"title": "Your second step", "left": factor.codes_left(user)}
        return _page(request, "own.html", form=form, **told)
    if "another" in request.POST:
        factor.take_away(user, by=Hand.of(user))
        auth.logout(request)
        return led_on(request, "Log in, and set up the other app.", tool_url("login"))
    codes = factor.new_codes(user)
    return _page(request, "codes.html", title="Your recovery codes", codes=codes, next=tool_url("index"))


def _page(request, template, **context):
    context = admin.site.each_context(request) | context
    answer = render(request, f"admin/second/{template}", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
