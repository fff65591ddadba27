"""The staff's pages of recall: what patients were ever told, and the one act that puts it right everywhere."""

from itertools import islice
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.html import format_html

from publishing.models import Access, Hand, Line, access, kinds
from publishing.record import (
    COLUMNS,
    MOVED_ON,
    Replacement,
    TooShort,
    Unreadable,
    broken_links,
    heads,
    hits,
    holds,
    read,
    replaceable,
    rows_of,
    still_told,
    waiting,
)
from publishing.staff.addresses import staff_url, tool_url
from publishing.staff.forms import emergency_field, ticks_field
from publishing.staff.pages import led_on, may, sent, streamed_table, tool_page
from publishing.staff.panel import uncounted
from publishing.staff.saving import with_plain_line_ends
from publishing.staff.written import WrittenForm
from publishing.text import isolated

PAGE = 100
NAMED = 5
# Two of them in Hindi, nine signs a letter in an address, are within what the server reads of one.
LONGEST = 250
TOO_LONG = f"Write at most {LONGEST} letters, such as a dose, a telephone number or one sentence."
# A browser may send a thousand fields; each has a tick too.
MOST_CORRECTED = 400


def recall(request):
    q, after = request.GET.get("q", ""), request.GET.get("after", "")
    at, problem, found = request.moment(), TOO_LONG if len(q) > LONGEST else "", iter(())
    is_asked = bool(q) and not problem
    try:
        found = hits(q, at, after="" if "csv" in request.GET else after, together=PAGE + 1) if is_asked else found
    except TooShort as short:
        problem = str(short)
    if "csv" in request.GET and not problem:
        access.record(Access.Verb.TABLE, "recall", by=Hand.of(request.user), asked=q)
        return streamed_table("recall", COLUMNS, rows_of(found))
    page = list(islice(found, PAGE + 1))
    context = {
        "longest": LONGEST,
        "title": "What did we ever tell patients?",
        "q": q,
        "problem": problem,
        "hits": page[:PAGE],
        "after": after,
        "next": page[PAGE - 1].place if len(page) > PAGE else "",
        "waiting": waiting(q, at) if is_asked and not problem and not after else [],
        "living": sum(hit.is_living for hit in page[:PAGE]),
        "may_replace": may_replace(request.user),
    }
    return tool_page(request, "recall.html", **context)


def may_replace(user):
    return all(may(user, verb, model) for model in kinds.reviewed() for verb in ("change", "publish"))


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
    problem = TOO_LONG if max(len(find_text), len(by)) > LONGEST else ""
    typed = corrected(request.POST and values)
    after = values.get("after", "")
    asked = (find_text, by, request.moment(), Hand.of(request.user), typed, after)
    ready, apart, behind = ([], [], "") if problem else replaceable(*asked)
    is_act = request.method == "POST" and "note" in values
    form = ReplaceForm(values if is_act else None, changes=ready)

    def done():
        act = Replacement(find_text, by, after).act
        count = act(hand=Hand.of(request.user), corrected=typed, **form.arguments())
        return (_saved if form.is_saved_only else _after)(request, count, find_text, by, behind)

    answer = sent(request, form, done)
    if answer:
        return answer
    by_hand = [(work, why, staff_url(work)) for work, why in apart]
    context = {"title": "Replace it everywhere", "find": find_text, "by": by, "ready": ready, "apart": by_hand}
    context |= {"after": after, "behind": behind}
    return tool_page(request, "replace.html", form=form, problem=problem, longest=LONGEST, **context)


def _saved(request, count, wanted, by, behind):
    said = "1 text is saved, and not published" if count == 1 else f"{count} texts are saved, and not published"
    said += f": patients still read “{wanted}”. Have each reviewed, then publish them here, as one act."
    return led_on(request, said, _replace_url(wanted, by, behind))


def _replace_url(wanted, by, after):
    return tool_url("recall_replace") + f"?find={quote(wanted)}&by={quote(by)}" + (f"&after={after}" if after else "")


def _after(request, count, wanted, by, behind):
    """Say what became of it, and lead to the next texts, to the old words where any still says them, or to the new."""
    said = ("1 text says" if count == 1 else f"{count} texts say") + f" “{by}” from now on. Patients read it at once."
    if behind:
        return led_on(request, f"{said} These are the next.", _replace_url(wanted, by, behind))
    messages.success(request, said)
    left = still_told(wanted, by, Line.objects.moment_of_reading(), NAMED + 1)
    if not left:
        return HttpResponseRedirect(tool_url("recall") + f"?q={quote(by)}")
    url = tool_url("recall") + f"?q={quote(wanted)}"
    names = ", ".join(f"“{edition.work}”" for edition in left[:NAMED])
    if len(left) > NAMED:
        names, tell = f"{names} and more", f"More than {NAMED} texts still tell"
    else:
        tell = "1 text still tells" if len(left) == 1 else f"{len(left)} texts still tell"
    said = format_html("{} patients “{}”: {}. ", tell, wanted, names)
    messages.warning(request, said + format_html('<a href="{}">Look at where they say it</a>', url))
    return HttpResponseRedirect(url)


def proof(request):
    text = request.GET.get("anchor", "")[:5000]
    is_held, answer = None, ""
    if text:
        try:
            is_held, answer = holds(read(text))
        except Unreadable as problem:
            is_held, answer = False, str(problem)
        else:
            broken = next(broken_links(), None) if is_held else None
            if broken:
                is_held, answer = False, f"The chain of the ledger does not hold. {broken}"
    context = {"title": "Proof outside the machine", "head": heads(), "text": text}
    return tool_page(request, "proof.html", is_held=is_held, answer=answer, **context)
