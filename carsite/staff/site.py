"""The staff's site: Django's admin with our titles, our tools, and a guard that loses nothing of what staff typed."""

import re
import time
from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.urls import path

from carsite.past import as_it_was, complaint
from carsite.staff import entrance, help, home, people, second, unsaved
from carsite.staff.log_in import LogInForm
from carsite.staff.once import once
from carsite.staff.roles import does
from carsite.staff.ways import role, ways
from publishing.models import Hand, kinds, name_of
from publishing.staff import erasing, led_on, recalling, tool_url, unfound

STEP = 300  # seconds
SOUGHT = ("q", "find", "by", "words")  # words that are looked for, of whatever length
BEYOND = re.compile(r"\s*-?\d{19,}\s*")  # where the key of a row belongs
# Every role may see what was ever published, and nobody else.
A_ROLE = "articles.view_articleedition"


class StaffSite(admin.AdminSite):
    """`admin.site` is one of these: the settings name it as the site that `@admin.register` registers with."""

    site_header = site_title = "Patient guides"
    index_title = "Your work"
    enable_nav_sidebar = False
    login_form = LogInForm
    password_change_template = "admin/people/account.html"

    def register(self, model_or_iterable, admin_class=None, **options):
        """All but the libraries' own pages of people, groups and second factors: people have a page of ours, roles are
        fixed, and nobody reads what a colleague's authenticator is made from."""
        if admin_class is None or not admin_class.__module__.startswith(("django.contrib.auth.", "django_otp.")):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """Django's guard, but what it would throw away is shown, to be copied; and what is sent twice is done once."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def shown(request, *args, **kwargs):
            if request.user.is_authenticated:
                # Now and then, not at each request: the log-in then ends so long after the last page.
                now = int(time.time())
                if now - request.session.get("used_at", 0) > STEP:
                    request.session["used_at"] = now
            sent = [*request.POST.lists(), *request.GET.lists()]
            if any(BEYOND.fullmatch(text) for name, texts in sent if name not in SOUGHT for text in texts):
                raise BadRequest("A number is larger than any that is kept.")
            try:
                if request.method != "POST":
                    return guarded(request, *args, **kwargs)
                return unsaved.lost(request) or once(request, lambda: guarded(request, *args, **kwargs))
            except (OverflowError, DataError, ValueError) as problem:
                if isinstance(problem, ValueError) and not request.GET:
                    raise
                # What no key or year can be, in an address: Django asks the database all the same.
                raise BadRequest("A number in the address is none that is kept.") from problem

        return shown

    def each_context(self, request):
        """What every page of the desk is shown with: whose it is, and where it leads."""
        clinic = kinds.frame().around(request.moment()).clinic
        context = super().each_context(request) | {
            "site_header": f"{clinic}: patient guides",
            "version": settings.VERSION,
        }
        if context["has_permission"] and request.user.has_perm(A_ROLE):
            context["first_ways"], context["more_ways"] = ways(request)
            context["role"] = role(request.user)
            context["help_url"] = help.url_for(request.resolver_match.url_name or "")
        return context

    def index(self, request, extra_context=None):
        return home.page(request, self.each_context(request) | {"title": self.index_title} | (extra_context or {}))

    def has_permission(self, request):
        return super().has_permission(request) and second.is_enough(request)

    def login(self, request, extra_context=None):
        response = super().login(request, extra_context)
        if request.method != "POST":
            return response
        if second.is_demanded() and response.status_code == 302:
            return second.half_way(request, response)
        entrance.came(request)
        return response

    def logout(self, request, extra_context=None):
        if request.method == "POST":
            entrance.left(request)
        return super().logout(request, extra_context)

    def password_change(self, request, extra_context=None):
        """Somebody's own account: what it may do, and another password."""
        own = {"name": name_of(request.user), "may": does(request.user), "factor": second.told_of(request.user)}
        response = super().password_change(request, {"title": "Your account", "own": own} | (extra_context or {}))
        if request.method == "POST" and response.status_code == 302:
            people.password_set(request.user, by=Hand.of(request.user))
            return led_on(request, "Your password is changed. You are logged out everywhere else.", tool_url("index"))
        return response

    def get_urls(self):
        return [
            self.tool("as-it-was/", as_it_was.pick, "as_it_was"),
            self.tool("as-it-was/<str:when>/", as_it_was.page, "as_it_was_home"),
            self.tool("as-it-was/<str:when>/<path:public>", as_it_was.page, "as_it_was_page"),
            self.tool("complaint/<str:when>/", complaint.download, "complaint_home"),
            self.tool("complaint/<str:when>/<path:public>", complaint.download, "complaint"),
            self.tool("recall/", recalling.recall, "recall"),
            self.tool("recall/replace/", recalling.replace, "recall_replace"),
            self.tool("not-found/", unfound, "unfound"),
            self.tool("proof/", recalling.proof, "proof"),
            self.tool("help/", help.page, "help"),
            self.tool("help/<str:name>", help.picture, "help_picture"),
            self.tool("erase/", erasing.erase, "erase"),
            path("second/", second.second, name="second"),
            path("second/picture/", second.picture, name="second_secret"),
            path("second/own/", self.admin_view(second.own), name="second_own"),
            *super().get_urls(),
        ]

    def tool(self, route, view, name):
        """The address of a page that belongs to no single text, for everybody with a role."""

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_perm(A_ROLE):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return path(route, self.admin_view(guarded), name=name)
