"""A guide that somebody names in a form, by its title or address: no list of ten thousand to choose from."""

from django import forms
from django.core.exceptions import ValidationError

from publishing.text import address_parts, fold

MOST = 5  # titles that are told where several fit
SUGGESTED = 200


class TextField(forms.CharField):
    """One of the texts of a queryset, named by its title, a part of it, its address or its key; None where empty."""

    def __init__(self, queryset, **kwargs):
        self.queryset = queryset
        attributes = {"list": "titles", "class": "full", "autocomplete": "off"}
        super().__init__(**{"widget": forms.TextInput(attrs=attributes)} | kwargs)

    def suggested(self):
        """Titles that are offered while somebody types, those that changed last first."""
        return list(self.queryset.order_by("-changed_at", "-pk").values_list("title", flat=True)[:SUGGESTED])

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = self._found(typed)
        if not found:
            raise ValidationError(f"No guide that patients read is called “{typed}”. Type its title or its address.")
        if len(found) > 1:
            titles = ", ".join(f"“{one}”" for one in found[:MOST]) + (" and more" if len(found) > MOST else "")
            raise ValidationError(f"Several guides fit: {titles}. Type more of the title.")
        return found[0]

    def _found(self, typed):
        if typed.isascii() and typed.isdigit() and len(typed) < 19:
            return list(self.queryset.filter(pk=int(typed))[:1])
        parts = address_parts(typed)
        path = parts.path.strip("/").split("/") if parts else [""]
        if "/" in typed and (found := list(self.queryset.filter(slug=path[-1])[:2])):
            return found
        exact = list(self.queryset.filter(title__iexact=typed)[:2])
        wanted = fold(typed)
        return exact or [one for one in self.queryset.only("title", "slug") if wanted in fold(one.title)][: MOST + 1]
