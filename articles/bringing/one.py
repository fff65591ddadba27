"""One file that somebody brought, beside its source: doubts at their line, corrected there or left for later."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect

from articles import sources
from articles.bringing.choices import LanguageField
from articles.importing import NEW, NEXT, look_again, topic_called
from articles.models import Article, Brought, Topic
from publishing.models import Hand
from publishing.staff import WrittenForm, list_url

MOST_LINES = 3_000  # of a source that are shown


class MendForm(WrittenForm):
    """What its person says instead of what was understood."""

    title = forms.CharField(max_length=200)
    language = LanguageField()
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False, empty_label="No topic")
    lead = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), label="Lead")
    body = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 24}), label="Text")


def one_page(desk, request, pk, *, at):
    if not desk.has_add_permission(request):
        raise PermissionDenied
    row = Brought.objects.of(request.user).open().filter(pk=pk).exclude(kind=Brought.Kind.TABLE).first()
    if row is None or row.read["problem"]:
        raise Http404("No such file waits here.")
    form = MendForm(request.POST if request.method == "POST" else None, initial=_initial(row))
    form.fields["language"].also(row.said("language"), row.read["language"])
    if request.method == "POST" and form.is_valid():
        return _saved(request, row, form, at)
    context = {"form": form, "title": row.said("title"), "row": row, "back": list_url(Article, "bring")}
    context |= {"lines": lines(row), "ways": [(NEXT, "The next text of that guide"), (NEW, "A new guide")]}
    context |= {"doubts": enumerate(_all_doubts(row)), "same": row.read["same"]}
    context |= {"can_settle": len(row.read["doubts"]) > 1}
    # An empty one at the end: there another is typed, or one that was taken out comes back.
    context |= {"questions": [*(row.said("questions") or ()), ["", ""]], "take_as": row.mended.get("take_as", "")}
    context |= {"taken_out": _taken_out(row)}
    return desk.page(request, "bring_one.html", None, **context)


def _initial(row):
    fields = {name: row.said(name) for name in ("title", "language", "lead", "body")}
    return fields | {"topic": row.mended["topic"] if "topic" in row.mended else topic_called(row.read["topic"])}


def _all_doubts(row):
    """(doubt, whether it is settled): those of the source, which may be ticked, and what would be found at the desk."""
    settled = set(row.mended.get("settled", ()))
    return [(one, one["told"] in settled) for one in [*row.read["doubts"], *row.read["faults"]]]


def _saved(request, row, form, at):
    """Keep what was said, and look at the text again."""
    _keep_said(row, form.cleaned_data, request.POST)
    row.save(update_fields=["mended"])
    answer = HttpResponseRedirect(list_url(Article, "bring") + ("" if "back" in request.POST else f"{row.pk}/"))
    try:
        look_again(row, Hand.of(request.user), at)
    except sources.Unreadable as why:
        messages.error(request, f"What you wrote is kept, but the file cannot be read any more. {why}")
        return answer
    left = len(row.doubts())
    said = f"{left} doubt{'s' * (left != 1)} left." if left else "Nothing is doubted any more."
    messages.success(request, f"Saved. {said} It comes in when you say so in the table.")
    return answer


def _keep_said(row, given, sent):
    """Keep what the page says instead of what was read."""
    for name in ("title", "lead", "body"):
        _mend(row, name, _sent(given[name]), _sent(row.read[name]))
    asks = any(one["about"] == sources.LANGUAGE for one in row.read["doubts"])
    _mend(row, "language", given["language"], None if asks else row.read["language"])
    # "No topic" is an answer too, also where the file names one that is none of this site's.
    row.mended["topic"] = given["topic"].pk if given["topic"] else None
    if "take_as" in sent:
        _mend(row, "take_as", sent["take_as"] if sent["take_as"] in (NEXT, NEW) else None, None)
    ticked = {int(one) for one in sent.getlist("settled") if one.isdecimal() and len(one) < 6}
    is_all = "all" in sent
    row.mended["settled"] = [one["told"] for number, one in enumerate(row.read["doubts"]) if is_all or number in ticked]
    asked = zip(sent.getlist("question"), sent.getlist("answer"), strict=False)
    pairs = [[" ".join(question.split()), _sent(answer)] for question, answer in asked]
    read = [[question, _sent(answer)] for question, answer in row.read["questions"]]
    # An emptied question goes; an answer that stands nowhere else stays, and is told when it comes in.
    known = {"", *(answer for _question, answer in read)}
    _mend(row, "questions", [pair for pair in pairs if pair[0] or pair[1] not in known], read)


def _taken_out(row):
    """Questions of the file that its person has emptied or worded otherwise."""
    kept = {question for question, _answer in row.said("questions") or ()}
    return [pair for pair in row.read["questions"] if pair[0] not in kept]


def _mend(row, name, said, read):
    """What differs from what was read is kept; what says the same is taken back."""
    if said == read:
        row.mended.pop(name, None)
    else:
        row.mended[name] = said


def _sent(text):
    """A text that a browser may have sent, with the ends of its lines as files have them."""
    return text.replace("\r\n", "\n").strip()


def lines(row):
    """(number, text, its doubts) of the source; what has no place in it comes first, without a number."""
    texts = row.words.split("\n")[:MOST_LINES]
    by_line, nowhere = {}, []
    for one in row.doubts():
        at = one["line"] or _line_of(one["place"], texts)
        by_line.setdefault(at, []).append(one["told"]) if at and at <= len(texts) else nowhere.append(one["told"])
    first = [(0, "", nowhere)] if nowhere else []
    return first + [(number, text, by_line.get(number, ())) for number, text in enumerate(texts, 1)]


def _line_of(place, texts):
    """The line in which the first words of a place stand, or 0."""
    words = place.rpartition("“")[2].strip("”… ") if "“" in place else place.strip()
    return next((number for number, text in enumerate(texts, 1) if words and words in text), 0)
