"""The staff's pages of recall: what patients were ever told, and the one act that puts it right everywhere."""

import csv
from urllib.parse import quote

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from publishing.context import moment
from publishing.exceptions import Refused
from publishing.models import Line
from publishing.recall import TooShort, change_url, find, waiting
from publishing.replacing import ReplaceForm, Replacement, replaceable, still_told

MOST = 300
NAMED = 5
# Two of them in Hindi, nine signs a letter in an address, are within what the server reads of one.
LONGEST = 250
TOO_LONG = f"Write at most {LONGEST} letters, such as a dose, a telephone number or one sentence."
COLUMNS = ("text", "title", "edition", "in force from", "until", "before", "found", "after")
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def recall(request):
    q = request.GET.get("q", "")
    hits, problem = [], TOO_LONG if len(q) > LONGEST else ""
    try:
        hits = find(q, moment(request), most=None if "csv" in request.GET else MOST + 1) if q and not problem else []
    except TooShort as short:
        problem = str(short)
    if "csv" in request.GET and not problem:
        return _download(q, hits)
    context = admin.site.each_context(request) | {
        "longest": LONGEST,
        "title": "What did we ever tell patients?",
        "q": q,
        "problem": problem,
        "hits": hits[:MOST],
        "has_more": len(hits) > MOST,
        "waiting": waiting(q, moment(request)) if q and not problem else [],
        "living": sum(hit.until is None for hit in hits),
        "may_replace": may_replace(request.user),
    }
    return render(request, "admin/publishing/recall.html", context)


def may_replace(user):
    return user.has_perm("articles.publish_article") and user.has_perm("articles.change_article")


def replace(request):
    """One list to change the working copies of all live hits, and to publish them as one act."""
    if not may_replace(request.user):
        raise PermissionDenied
    values = request.POST or request.GET
    find_text, by = values.get("find", "").strip(), values.get("by", "").strip()
    at = moment(request)
    problem = TOO_LONG if max(len(find_text), len(by)) > LONGEST else ""
    ready, apart = ([], []) if problem else replaceable(find_text, by, at, request.user)
    is_act = request.method == "POST" and "note" in request.POST
    form = ReplaceForm(request.POST if is_act else None, changes=ready)
    if is_act and form.is_valid():
        try:
            done = Replacement(find_text, by).act(user=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(request, done, find_text, by)
    by_hand = [(work, why, change_url(work, work.pk)) for work, why in apart]
    context = {"title": "Replace it everywhere", "find": find_text, "by": by, "ready": ready, "apart": by_hand}
    context |= {"form": form, "problem": problem, "longest": LONGEST}
    return render(request, "admin/publishing/replace.html", admin.site.each_context(request) | context)


def _after(request, done, wanted, by):
    """Say what became of it, and lead to the old words where any text still says them, else to the new ones."""
    said = "1 text says" if done == 1 else f"{done} texts say"
    messages.success(request, f"{said} “{by}” from now on. Patients read it at once.")
    left = still_told(wanted, by, Line.objects.moment_of_reading())
    if not left:
        return HttpResponseRedirect(reverse("recall") + f"?q={quote(by)}")
    url = reverse("recall") + f"?q={quote(wanted)}"
    names = ", ".join(f"“{edition.work}”" for edition in left[:NAMED])
    if len(left) > NAMED:
        names += f" and {len(left) - NAMED} more"
    tell = "1 text still tells" if len(left) == 1 else f"{len(left)} texts still tell"
    said = format_html("{} patients “{}”: {}. ", tell, wanted, names)
    messages.warning(request, said + format_html('<a href="{}">Look at where they say it</a>', url))
    return HttpResponseRedirect(url)


def write_csv(file, hits):
    """The hits as a table; no cell can be taken for a formula."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for hit in hits:
        until = _moment(hit.until) if hit.until else "still now"
        row = (hit.work, hit.title, hit.edition.number, _moment(hit.in_force_at), until, *hit.words)
        table.writerow([defused(str(cell)) for cell in row])


def defused(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _download(q, hits):
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="recall.csv"'
    answer.headers["Cache-Control"] = "no-store"
    answer.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    write_csv(answer, hits)
    return answer


def _moment(at):
    return timezone.localtime(at).isoformat(sep=" ", timespec="seconds")
