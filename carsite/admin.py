"""The frame and the people, for administrators."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User
from django.http import HttpResponseRedirect

from carsite import roles
from carsite.reader import pages
from publishing.models import Frame
from publishing.staff import WorkingCopyAdmin, Written, staff_url
from publishing.text import named


@admin.register(Frame)
class FrameAdmin(WorkingCopyAdmin):
    acts = ("publish", "schedule", "cancel")

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


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """People get their rights from their roles alone; nobody here can make themselves more than an administrator."""

    form = PersonForm
    add_form = NewPersonForm
    actions = None
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
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
