"""The staff's pages of recall: the one act that puts right everywhere what patients are told or shown."""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.html import format_html

from publishing.models import Hand, Line
from publishing.record import (
    MOVED_ON,
    Replacement,
    Words,
    replaceable,
    still_told,
    wanted_of,
)
from publishing.refusals import Refused
from publishing.staff.acts.forms import emergency_field, ticks_field
from publishing.staff.addresses import staff_url, tool_url
from publishing.staff.form.panel import uncounted
from publishing.staff.form.saving import with_plain_line_ends
from publishing.staff.pages import led_on, sent, tool_page
from publishing.staff.recalling.found import LONGEST, TOO_LONG, may_replace
from publishing.staff.written import WrittenForm
from publishing.text import isolated

NAMED = 5
# A browser may send a thousand fields; each has a tick too.
MOST_CORRECTED = 400


class ReplaceForm(WrittenForm):
    """Each changed paragraph to be corrected, the change note, and what danger and a missing second person need."""

    note = forms.CharField(
        label="Change note",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One for all of them. Patients can read it under “What changed”.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, changes):
        super().__init__(data and data.copy())
        self.changes = changes
        self.initial["seen"] = " ".join(change.seen for change in changes)
        # What is only saved is no act yet, so nothing is noted of it.
        self.fields["note"].required = not self.is_saved_only
        self.fields |= ticks_field([change.judgement for change in changes])
        if any(change.needs_review for change in changes):
            self.fields["emergency"] = emergency_field(
                "Only in an emergency: say why it cannot wait. Each text that needs a second person stays on the list "
                "of things due until it is reviewed."
            )
        self.order_fields(["ticks", "emergency", "note"])
        passages = [passage for change in changes for passage in change.passages]
        self.has_room = len(passages) <= MOST_CORRECTED
        for passage in passages if self.has_room else []:
            area = forms.Textarea(attrs={"rows": min(12, 2 + len(passage.after) // 80), "dir": "auto"})
            self.fields[passage.name] = forms.CharField(
                label="Correct it here", initial=passage.after, required=False, strip=False, widget=area
            )
        if self.is_bound:
            # A tick for words that were corrected since, here or by somebody else, is no tick for what they became.
            known = {key for key, _words in self.fields["ticks"].choices} if "ticks" in self.fields else ()
            self.data.setlist("ticks", [key for key in self.data.getlist("ticks") if key in known])
            for passage in passages if self.has_room else []:
                self.data.setdefault(passage.name, passage.after)

    @property
    def is_saved_only(self):
        return "save" in self.data

    @property
    def rows(self):
        """(change, [(passage, the field to correct it in or None)], why its reviews do not count) of each text."""
        for change in self.changes:
            fields = [(one, self[one.name] if self.has_room else None) for one in change.passages]
            yield change, fields, list(uncounted(change.judgement)) if change.needs_review else []

    @property
    def asked(self):
        return [self[name] for name in ("emergency", "note") if name in self.fields]

    @property
    def lost(self):
        """What was typed for texts that are not, or no longer so, on this page."""
        return [text for name, text in corrected(self.data).items() if name not in self.fields]

    @property
    def needing_review(self):
        return [change.work for change in self.changes if change.needs_review]

    def arguments(self):
        told = {name: self.cleaned_data[name] for name in ("note", "emergency", "ticks") if name in self.cleaned_data}
        return told | {"seen": self.cleaned_data["seen"], "publishes": not self.is_saved_only}

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.initial["seen"]:
            # The page now shows the texts as they are; having seen them, the person may confirm.
            self.data["seen"] = self.initial["seen"]
            raise ValidationError(MOVED_ON)
        return self.cleaned_data["seen"]


def corrected(data):
    """The paragraphs a person wrote, by the name of the passage."""
    return {name: data[name] for name in data if name.startswith("text:")}


def replace(request):
    """One list to change the working copies of all live hits, and to save or publish them as one act."""
    if not may_replace(request.user):
        raise PermissionDenied
    values = with_plain_line_ends(request.POST) or request.GET
    find_text, by = values.get("find", "").strip(), isolated(values.get("by", "").strip())
    what, problem = _asked_for(find_text, by, request.moment())
    typed = corrected(request.POST and values)
    after = values.get("after", "")
    asked = (request.moment(), Hand.of(request.user), typed, after)
    ready, apart, behind = replaceable(what, *asked) if what else ([], [], "")
    is_act = request.method == "POST" and "note" in values
    form = ReplaceForm(values if is_act else None, changes=ready)

    def done():
        count = Replacement(what, after).act(hand=Hand.of(request.user), corrected=typed, **form.arguments())
        return (_saved if form.is_saved_only else _after)(request, count, what, behind)

    answer = sent(request, form, done)
    if answer:
        return answer
    by_hand = [(work, why, staff_url(work)) for work, why in apart]
    context = {"title": "Replace it everywhere", "find": find_text, "by": by, "ready": ready, "apart": by_hand}
    context |= {"after": after, "behind": behind, "shown": what if what and not isinstance(what, Words) else None}
    return tool_page(request, "replace.html", form=form, problem=problem, longest=LONGEST, **context)


def _asked_for(find_text, by, at):
    """(what is to be replaced by what, or None; why not)"""
    if max(len(find_text), len(by)) > LONGEST:
        return None, TOO_LONG
    try:
        return wanted_of(find_text, by, at), ""
    except Refused as why:
        return None, str(why)


def _saved(request, count, what, behind):
    said = "1 text is saved, and not published" if count == 1 else f"{count} texts are saved, and not published"
    still = f"read “{what.wanted}”" if isinstance(what, Words) else "see the old picture"
    said += f": patients still {still}. Have each reviewed, then publish them here, as one act."
    return led_on(request, said, replace_url(what.wanted, what.by, behind))


def replace_url(wanted, by, after=""):
    return tool_url("recall_replace") + f"?find={quote(wanted)}&by={quote(by)}" + (f"&after={after}" if after else "")


def _after(request, count, what, behind):
    """Say what became of it, and lead to the next texts, to the old words where any still says them, or to the new."""
    is_said = isinstance(what, Words)
    shown = f"“{what.by}”" if is_said else "the new picture"
    said = f"1 text {'says' if is_said else 'shows'}" if count == 1 else f"{count} texts {'say' if is_said else 'show'}"
    said += f" {shown} from now on. Patients {'read' if is_said else 'see'} it at once."
    if behind:
        return led_on(request, f"{said} These are the next.", replace_url(what.wanted, what.by, behind))
    messages.success(request, said)
    left = still_told(what, Line.objects.moment_of_reading(), NAMED + 1)
    at_old, at_new = (tool_url("recall") + f"?q={quote(words)}" for words in (what.wanted, what.by))
    if not is_said:
        at_old, at_new = replace_url(what.wanted, what.by), staff_url(what.new)
    if left:
        _warn(request, left, f"“{what.wanted}”" if is_said else "the old picture", at_old)
    return HttpResponseRedirect(at_old if left else at_new)


def _warn(request, left, told, url):
    names = ", ".join(f"“{edition.work}”" for edition in left[:NAMED])
    if len(left) > NAMED:
        names, tell = f"{names} and more", f"More than {NAMED} texts still tell"
    else:
        tell = "1 text still tells" if len(left) == 1 else f"{len(left)} texts still tell"
    said = format_html("{} patients {}: {}. ", tell, told, names)
    messages.warning(request, said + format_html('<a href="{}">Look at where they say it</a>', url))
