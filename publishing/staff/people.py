"""Who works here: the people whom a form offers to choose from."""

from django import forms
from django.contrib.auth import get_user_model

from publishing.models import name_of


class Person(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return name_of(person)


def people():
    """All with an open account of the staff, by name."""
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by("first_name", "last_name", "pk")
