"""The frame and the people, for administrators."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html

from carsite.reader import pages
from carsite.staff import accounts, people
from publishing.models import SAID, SWITCHES, Access, Frame, Hand, Line, Reviewer, access
from publishing.record import sentence, who
from publishing.staff import (
    RecordAdmin,
    RowForm,
    SharedRowForm,
    WorkingCopyAdmin,
    entries,
    led_on,
    list_url,
    staff_url,
    streamed_table,
)

CONFIRMED = "Somebody who speaks the language has confirmed the emergency words that patients read."
NOT_CONFIRMED = (
    "Nobody who speaks the language has confirmed the emergency words that patients read, so those of the first "
    "language stand beside them. Ask somebody for a translator’s check."
)


@admin.register(Frame)
class FrameAdmin(WorkingCopyAdmin):
    """What stands around every guide, a text in each language."""

    acts = ("review", "publish", "cancel")
    list_per_page = 50
    search_fields = ["title"]

    def get_fieldsets(self, request, obj=None):
        around = ["clinic", "tagline", "banner", "contact", "small_print"]
        emergency = ["emergency_heading", "emergency_text", "emergency_number", "emergency_label"]
        emergency += ["clinic_number", "visit_number"]
        last = [("How we publish", {"fields": [*SWITCHES, "owner"]})]
        if obj is None or obj.language != settings.LANGUAGE_CODE:
            last = [("Who looks after it", {"fields": ["owner"]})]
        first = [("Language", {"fields": ["language"]})] if obj is None else []
        return [
            *first,
            ("If you feel very unwell", {"fields": [*emergency, *self.guard(request, obj)]}),
            ("Around every page", {"fields": around}),
            ("The home page", {"fields": ["heading", "lead"]}),
            *last,
        ]

    def get_form(self, request, obj=None, **kwargs):
        """Beside each field what patients read where it is left empty: the words of the first language."""
        form = super().get_form(request, obj, **kwargs)
        if "language" in form.base_fields:
            form.base_fields["language"].choices = left_out()
        if obj is None or obj.language != settings.LANGUAGE_CODE:
            first = Frame.around(Line.objects.moment_of_reading()).first
            for name in SAID:
                if field := form.base_fields.get(name):
                    field.help_text = format_html("Empty: patients read “{}”.", getattr(first, name) or "nothing")
        return form

    def get_changeform_initial_data(self, request):
        asked = super().get_changeform_initial_data(request).get("language", "")
        begun = Frame.in_language(asked if asked in dict(left_out()) else next(iter(dict(left_out())), ""))
        return {name: getattr(begun, name) for name in ("language", *SAID)} | {"owner": request.user.pk}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and bool(left_out())

    def has_delete_permission(self, request, obj=None):
        return False

    def panel(self, request, work):
        told = super().panel(request, work)
        if work.language != settings.LANGUAGE_CODE and told["live"]:
            is_confirmed = Frame.around(request.moment(), work.language).is_confirmed
            told["situation"].append(CONFIRMED if is_confirmed else NOT_CONFIRMED)
        return told

    def body_html(self, edition, sizes):
        """Every word of it, under what staff call it."""
        said = [(edition._meta.get_field(name).verbose_name.capitalize(), getattr(edition, name)) for name in SAID]
        return render_to_string("admin/publishing/_around.html", {"said": [one for one in said if one[1]]})

    def show(self, request, composition):
        return pages.home(request, request.LANGUAGE_CODE, frame=composition.frame)


def left_out():
    """(code, name) of the languages that have no words around their guides yet."""
    known = set(Frame.objects.values_list("language", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code not in known]


@admin.register(Reviewer)
class ReviewerAdmin(admin.ModelAdmin):
    """Outside reviewers, at the addresses to which alone a link goes that counts as the second person's."""

    form = SharedRowForm
    actions = None
    search_fields = ["name", "email"]
    change_form_template = "admin/people/reviewer.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.confirm)
        return [path("<int:pk>/confirm/", view, name="publishing_reviewer_confirm"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """They stand on the page of people."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(f"{list_url(User, 'changelist')}#outside")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        reviewer = self.get_object(request, object_id) if object_id else None
        told = {"title": reviewer.name if reviewer else "Somebody outside", "subtitle": ""}
        told |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        told |= accounts.confirmation(people.listed(reviewer)) if reviewer else {}
        return super().changeform_view(request, object_id, form_url, told | (extra_context or {}))

    def save_model(self, request, reviewer, form, change):
        super().save_model(request, reviewer, form, change)
        told = {"whom": str(reviewer), "changed": form.changed_data}
        access.record(Access.Verb.LIST, people.listed(reviewer), by=Hand.of(request.user), **told)

    def response_add(self, request, obj, post_url_continue=None):
        return led_on(
            request, f"{obj.name} is on the list. Let somebody else make sure of the address.", staff_url(obj)
        )

    def response_change(self, request, obj):
        return led_on(request, f"Saved: {obj.name}.", f"{list_url(User, 'changelist')}#outside")

    def confirm(self, request, pk):
        reviewer = self.get_object(request, str(pk))
        if reviewer is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, reviewer):
            raise PermissionDenied
        said = f"You have confirmed the address of {reviewer.name}."
        return accounts.sure(request, people.listed(reviewer), str(reviewer), said, reviewer)


@admin.register(Access)
class AccessAdmin(RecordAdmin):
    """The access record, to read in sentences and to take along."""

    heading, told = "Who came in, and who may do what", staticmethod(entries)
    search_fields = ["by_name", "subject", "detail"]

    def get_urls(self):
        table = self.admin_site.admin_view(self.table)
        return [path("table.csv", table, name="publishing_access_table"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"table_url": list_url(Access, "table")} | (extra_context or {}))

    def table(self, request):
        """What the filters of the list leave, as a table, line by line."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            lines = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as problem:
            raise BadRequest("A filter in the address is none that this list has.") from problem
        access.record(Access.Verb.TABLE, "access", by=Hand.of(request.user), asked=request.GET.urlencode()[:300])
        rows = ([one.seq, one.at.isoformat(), who(one), sentence(one)] for one in lines.iterator(500))
        return streamed_table("access", ["line", "at", "who", "what"], rows)


@admin.register(User)
class PeopleAdmin(admin.ModelAdmin):
    """People get their rights from their roles alone. Django's addresses of accounts lead to two pages of ours."""

    form = RowForm
    fields = ["first_name", "last_name", "email"]
    search_fields = ["username", "first_name", "last_name"]

    def get_urls(self):
        own = {"invite": self.invite, "confirm": self.confirm, "leaves": self.leaves, "open": self.open_again}
        own["end_factor"] = self.end_factor
        views = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"auth_user_{name}")
            for name, view in own.items()
        ]
        password = self.admin_site.admin_view(self.password)
        return [*views, path("<int:pk>/password/", password, name="auth_user_password_change"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        is_allowed = self.has_add_permission(request) if request.method == "POST" else True
        if not (is_allowed and self.has_view_permission(request)):
            raise PermissionDenied
        return accounts.everybody(request, self)

    def add_view(self, request, form_url="", extra_context=None):
        return self.changelist_view(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        if person is None:
            return super().change_view(request, object_id, form_url, extra_context)
        is_sent = request.method == "POST"
        if not (self.has_change_permission if is_sent else self.has_view_permission)(request, person):
            raise PermissionDenied
        return accounts.one(request, self, person)

    def _person(self, request, pk):
        person = self.get_object(request, str(pk))
        if person is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def invite(self, request, pk):
        return accounts.invite_anew(request, self._person(request, pk))

    def leaves(self, request, pk):
        return accounts.leaves(request, self, self._person(request, pk))

    def open_again(self, request, pk):
        return accounts.open_again(request, self, self._person(request, pk))

    def end_factor(self, request, pk):
        return accounts.end_factor(request, self, self._person(request, pk))

    def confirm(self, request, pk):
        person = self._person(request, pk)
        said = f"You have confirmed that this is the account of {person.get_full_name()}."
        return accounts.sure(request, people.subject(person), person.get_username(), said, person)

    def password(self, request, pk):
        """Nobody sets the password of another: its owner does, by a link that goes to nobody else."""
        person = self.get_object(request, str(pk))
        if person is not None and not self.has_change_permission(request, person):
            raise PermissionDenied
        return HttpResponseRedirect(staff_url(person) if person else list_url(User, "changelist"))

    def has_change_permission(self, request, obj=None):
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request, obj=None):
        # Who leaves is not deleted: the admin's own log of what a person did would go with the account.
        return False
