"""The forms of an account: who it is, and what they may do. Whoever has one may come in."""

import re

from django import forms
from django.contrib.auth.models import Group, User
from django.db import transaction

from carsite.staff import people, roles
from publishing.refusals import Refused
from publishing.staff import WrittenForm
from publishing.text import named

LONGEST = 150  # of each part of a name, and of a user name
OUTSIDE_NAMES = re.compile(r"[^\w.+-]+")
# Who begins so is called by the whole name all the same.
TITLE = re.compile(r"(?:dr|prof|mr|mrs|ms|sr|br|miss|sister|nurse|doctor|professor)\.?", re.IGNORECASE)
UNTYPED = {"autocomplete": "off"}


def called(user):
    """How colleagues call somebody in a sentence: by the first name, where the name begins with one."""
    first, *rest = user.get_full_name().split() or [user.get_username()]
    return user.get_full_name() if rest and (TITLE.fullmatch(first) or len(rest) > 1) else first


class InviteForm(WrittenForm):
    own = had = None

    name = forms.CharField(label="Name", max_length=LONGEST, widget=forms.TextInput(attrs=UNTYPED))
    mail = forms.EmailField(label="Mail", max_length=254, widget=forms.EmailInput(attrs=UNTYPED))
    roles = forms.MultipleChoiceField(
        label="What may they do?",
        choices=[(role, said.tick) for role, said in roles.SAID.items()],
        initial=["writers"],
        error_messages={"required": "Tick at least one: else they find nothing here to do."},
    )

    @property
    def ticks(self):
        """(role, its words, whether it is ticked), to be shown."""
        ticked = self["roles"].value() or []
        return [(role, said, role in ticked) for role, said in roles.SAID.items()]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_mail(self):
        mail = self.cleaned_data["mail"]
        taken = User.objects.filter(email__iexact=mail).exclude(pk=self.own).first() if mail else None
        if taken and mail != self.initial.get("mail"):
            raise forms.ValidationError(f"This is the address of {called(taken)} already.")
        return mail


class PersonForm(InviteForm):
    """The same of an account that there is; what it never had is not asked for."""

    def __init__(self, *args, person, **kwargs):
        given = [group.name for group in person.groups.all()]
        initial = {"name": person.get_full_name(), "mail": person.email, "roles": given}
        super().__init__(*args, initial=initial, **kwargs)
        self.own, self.fields["roles"].label = person.pk, f"What may {called(person)} do?"
        self.fields["name"].required = bool(initial["name"])
        self.fields["mail"].required = bool(initial["mail"])
        self.fields["roles"].required = not person.is_superuser
        # As this page showed them, also when it comes back: what a colleague changed meanwhile stays.
        self.had = set(self.data.getlist("had")) if "had" in self.data else set(given)

    def clean(self):
        return super().clean() | {"had": self.had}


@transaction.atomic
def make(given, *, by):
    """The account of who is invited, called after the address, with no password yet."""
    base = OUTSIDE_NAMES.sub("", given["mail"].partition("@")[0])[: LONGEST - 10].lower() or "person"
    taken = {named(name) for name in User.objects.values_list("username", flat=True)}
    free = (f"{base}{number or ''}" for number in (0, *range(2, len(taken) + 3)))
    user = User(username=next(name for name in free if named(name) not in taken), is_staff=True)
    user.set_unusable_password()
    _fill(user, given)
    user.save()
    user.groups.set(Group.objects.filter(name__in=given["roles"]))
    people.told(user, None, by=by)
    return user


@transaction.atomic
def change(user, given, *, by):
    """Change who an account is and what its owner may do. Raises Refused."""
    before = people.of(user)
    ticked, had = set(given["roles"]), given["had"]
    wanted = (before["roles"] | (ticked - had)) - (had - ticked)
    is_less = roles.ADMINISTRATORS not in wanted and not user.is_superuser
    if is_less and roles.is_only_administrator(user):
        raise Refused("This is the only administrator: make somebody else one first.")
    more = wanted - before["roles"]
    if by.user == user and more and not user.is_superuser:
        raise Refused("Nobody gives themselves a role: ask another administrator.")
    _fill(user, given)
    user.is_staff = True
    user.save(update_fields=["first_name", "last_name", "email", "is_staff"])
    others = user.groups.exclude(name__in=roles.SAID)
    user.groups.set([*others, *Group.objects.filter(name__in=wanted)])
    people.told(user, before, by=by)


def _fill(user, given):
    if given["name"] != user.get_full_name():
        user.first_name, _blank, user.last_name = given["name"].rpartition(" ")
        user.first_name, user.last_name = (user.first_name, user.last_name) if user.first_name else (user.last_name, "")
    user.email = given["mail"]
