"""The staff's pages of recall: what patients were ever told, and the one act that puts it right everywhere."""

from itertools import islice

from publishing.models import Access, Hand, access, kinds
from publishing.record import (
    COLUMNS,
    TooShort,
    hits,
    rows_of,
    waiting,
)
from publishing.staff.pages import may, streamed_table, tool_page

PAGE = 100
# Two of them in Hindi, nine signs a letter in an address, are within what the server reads of one.
LONGEST = 250
TOO_LONG = f"Write at most {LONGEST} letters, such as a dose, a telephone number or one sentence."


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
    """Who may change and publish all that patients read; only the frame is left to administrators."""
    texts = [model for model in kinds.reviewed() if model is not kinds.frame()]
    return all(may(user, verb, model) for model in texts for verb in ("change", "publish"))
