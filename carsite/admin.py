"""The frame and the people, for administrators."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path

from carsite import roles
from carsite.reader import pages
from carsite.staff import people
from publishing.models import Access, Frame, Hand, Reviewer, access
from publishing.record import sentence
from publishing.refusals import Refused
from publishing.staff import RowForm, WorkingCopyAdmin, Written, staff_url, streamed_table
from publishing.text import named


@admin.register(Frame)
class FrameAdmin(WorkingCopyAdmin):
    acts = ("publish", "cancel")

    def get_fieldsets(self, request, obj=None):
        around = ["clinic", "tagline", "banner", "contact", "small_print"]
        emergency = ["emergency_heading", "emergency_text", "emergency_number", "emergency_label"]
        return [
            ("Around every page", {"fields": [*around, *self.guard(request, obj)]}),
            ("The home page", {"fields": ["heading", "lead"]}),
            ("If you feel very unwell", {"fields": emergency}),
            ("How we publish", {"fields": ["needs_two_people"]}),
        ]

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(staff_url(Frame(pk=1)))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def show(self, request, composition):
        return pages.home(request, request.LANGUAGE_CODE, frame=composition.edition)


class NameForm(Written):
    """An account's name is nobody else's in other capitals."""

    def clean_username(self):
        username = self.cleaned_data["username"]
        others = User.objects.exclude(pk=self.instance.pk).values_list("username", flat=True)
        if taken := [other for other in others if named(other) == named(username)]:
            raise forms.ValidationError(f"There is an account “{taken[0]}” already: capitals make no other name.")
        return username


class PersonForm(NameForm, UserChangeForm):
    def clean(self):
        given = super().clean()
        stays = given.get("is_active") and given.get("is_staff")
        stays = stays and (self.instance.is_superuser or roles.ADMINISTRATORS in map(str, given.get("groups", ())))
        if not self.errors and not stays and roles.is_only_administrator(self.instance):
            raise forms.ValidationError("You are the only administrator: make somebody else one first.")
        return given


class NewPersonForm(NameForm, AdminUserCreationForm):
    """An account as it is made: its name as the record will show it is asked for at once."""


@admin.register(Reviewer)
class ReviewerAdmin(admin.ModelAdmin):
    """Outside reviewers, at the addresses to which alone a link goes that counts as the second person's."""

    form = RowForm
    actions = None
    list_display = ["name", "credential", "email"]
    search_fields = ["name", "email"]
    change_form_template = "admin/person.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.confirm)
        return [path("<int:pk>/confirm/", view, name="publishing_reviewer_confirm"), *super().get_urls()]

    def save_model(self, request, reviewer, form, change):
        super().save_model(request, reviewer, form, change)
        told = {"whom": str(reviewer), "changed": form.changed_data}
        access.record(Access.Verb.LIST, f"reviewer/{reviewer.pk}", by=Hand.of(request.user), **told)

    def confirm(self, request, pk):
        reviewer = self.get_object(request, str(pk))
        if reviewer is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, reviewer):
            raise PermissionDenied
        try:
            people.confirm(f"reviewer/{pk}", str(reviewer), by=Hand.of(request.user))
            messages.success(request, f"You have confirmed the address of {reviewer.name}.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(staff_url(reviewer))


@admin.register(Access)
class AccessAdmin(admin.ModelAdmin):
    """The access record, to read in sentences and to take along."""

    actions = None
    form = RowForm
    list_display = ["seq", "at", "who", "what"]
    list_display_links = None
    list_filter = ["verb", "at"]
    search_fields = ["by_name", "subject", "detail"]
    show_full_result_count = False
    change_list_template = "admin/access_list.html"

    @admin.display(description="who")
    def who(self, line):
        return line.by_name or "somebody unknown"

    @admin.display(description="what")
    def what(self, line):
        return sentence(line)

    def get_urls(self):
        table = self.admin_site.admin_view(self.table)
        return [path("table.csv", table, name="publishing_access_table"), *super().get_urls()]

    def table(self, request):
        """What the filters of the list leave, as a table, line by line."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            lines = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as problem:
            raise BadRequest("A filter in the address is none that this list has.") from problem
        access.record(Access.Verb.TABLE, "access", by=Hand.of(request.user), asked=request.GET.urlencode()[:300])
        rows = ([one.seq, one.at.isoformat(), self.who(one), self.what(one)] for one in lines.iterator(500))
        return streamed_table("access", ["line", "at", "who", "what"], rows)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """People get their rights from their roles alone; nobody here can make themselves more than an administrator."""

    form = PersonForm
    add_form = NewPersonForm
    actions = None
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
    change_form_template = "admin/person.html"
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Name, as the record will show it", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["is_active", "is_staff", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("Name, as the record will show it", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["is_staff", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_urls(self):
        own = [("invite", self.invite), ("confirm", self.confirm)]
        views = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"auth_user_{name}") for name, view in own
        ]
        return [*views, *super().get_urls()]

    def _person(self, request, pk):
        person = self.get_object(request, str(pk))
        if person is None or request.method != "POST":
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def invite(self, request, pk):
        """Mail the owner an address at which to set the password; it is shown to nobody."""
        person = self._person(request, pk)
        _address, problem = people.invite(person, by=Hand.of(request.user))
        if problem:
            said = f"The invitation could not be mailed ({problem}). The operator can print one: manage.py invite"
            messages.error(request, f"{said} {person.get_username()}")
        else:
            messages.success(request, f"The invitation was mailed to {person.email}.")
        return HttpResponseRedirect(staff_url(person))

    def confirm(self, request, pk):
        person = self._person(request, pk)
        try:
            people.confirm(people.subject(person), person.get_username(), by=Hand.of(request.user))
            messages.success(request, f"You have confirmed that this is the account of {person.get_full_name()}.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(staff_url(person))

    def save_model(self, request, user, form, change):
        request.before = people.of(user) if change else None
        super().save_model(request, user, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        people.told(form.instance, request.before, by=Hand.of(request.user))

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            people.password_set(self.get_object(request, id), by=Hand.of(request.user))
        return response

    @admin.display
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request, obj=None):
        # Untick "active" instead: the admin's own log of what a person did would go with the account.
        return False
