"""The page on which an administrator erases words everywhere that the law wants gone."""

from itertools import islice

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.html import format_html

from publishing.models import Hand, erasing, kinds
from publishing.record import erasure
from publishing.staff.acts.forms import RedactForm
from publishing.staff.pages import may, sent, tool_page

# A browser may send a thousand fields; each place has a tick.
MOST = 900
TITLE = "Erase words by law"
AGAIN = "Somebody changed something meanwhile: look at the list again."


class WordsForm(forms.Form):
    words = forms.CharField(
        label="The words that are to go: a name, a telephone number",
        max_length=200,
        help_text="They are found however they are spelled, spaced or marked. They are sent apart from the address of "
        "this page, so no log keeps them. Look for each spelling of a name by itself.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_words(self):
        try:
            return erasing.Words(self.cleaned_data["words"])
        except erasing.TooShort as short:
            raise forms.ValidationError(str(short)) from short


class EraseForm(RedactForm):
    """A tick for each place, and why, twice confirmed."""

    def __init__(self, *args, places, typed, **kwargs):
        super().__init__(*args, auto_id="erase_%s", **kwargs)
        self.fields["words"] = forms.CharField(widget=forms.HiddenInput, initial=typed)
        self.fields["places"] = forms.MultipleChoiceField(
            label="From where they go",
            choices=[(place.key, shown(place)) for place in places],
            initial=[place.key for place in places],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": AGAIN, "required": "Tick at least one place."},
        )
        self.order_fields(["places", "reason", "with_pictures", "is_sure"])


def shown(place):
    return format_html("<b>{}</b><br>{}<mark>{}</mark>{}<br>{}", place.called, *place.around, place.way.says)


def erase(request):
    if not all(may(request.user, "redact", model) for model in kinds.works()):
        raise PermissionDenied
    asked = WordsForm(request.POST or None)
    if request.method != "POST" or not asked.is_valid():
        return _private(tool_page(request, "erase.html", title=TITLE, asked=asked))
    form, answer = _listed(request, asked, request.POST if "reason" in request.POST else None)

    def done():
        words, keys = asked.cleaned_data["words"], set(form.cleaned_data["places"])
        chosen = {name: form.cleaned_data[name] for name in ("reason", "with_pictures")}
        count = erasure.erase(words, keys, by=Hand.of(request.user), **chosen)
        # No message, which a cookie or the session would keep: what is left is listed at once.
        return _listed(request, asked, None, count=count, is_scrubbed=erasure.scrub())[1]()

    return sent(request, form, done) or answer()


def _listed(request, asked, given, **more):
    """(the form of every place that holds the words, what makes the page that shows it)."""
    found = list(islice(erasure.places(asked.cleaned_data["words"], timezone.now()), MOST + 1))
    takable = [place for place in found[:MOST] if not place.why_not]
    form = EraseForm(given, places=takable, typed=request.POST["words"])
    kept = [(shown(place), place.why_not) for place in found if place.why_not]
    more |= {"title": TITLE, "asked": asked, "form": form, "takable": takable, "kept": kept}
    return form, lambda: _private(tool_page(request, "erase.html", has_more=len(found) > MOST, **more))


def _private(response):
    response.headers["Cache-Control"] = "no-store"
    return response
