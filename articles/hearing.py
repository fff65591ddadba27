"""Was this helpful? What readers answer is counted for the edition that they read. No cookie, no address, no words."""

import datetime
import threading
import time
from collections import deque

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import ArticleEdition, Heard
from articles.views import answer
from publishing.models import Remark
from publishing.text import contents

MOST, MOST_IN_ALL = 30, 120  # answers of an edition, and of all, that are counted in a minute, in one process
MOST_OPEN = 5  # sections of a guide of which readers say so at a time
TO_ANSWER = datetime.timedelta(days=7)
READER = "A reader"
COUNTED, GUARD = {}, threading.Lock()  # by edition the moments of the last minute


def is_from_our_page(request):
    """Whether a page of this site has sent the form: no cookie tells, so the browser's own word has to."""
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return origin == own or origin.startswith(f"{own}/")


def has_room(edition, moment):
    """Whether this edition had few enough answers in the last minute; counts this one."""
    with GUARD:
        for key in [key for key, some in COUNTED.items() if not some or some[-1] < moment - 60]:
            del COUNTED[key]
        counted = [COUNTED.setdefault(key, deque(maxlen=most)) for key, most in ((edition, MOST), (None, MOST_IN_ALL))]
        if any(len(some) == some.maxlen and some[0] > moment - 60 for some in counted):
            return False
        for some in counted:
            some.append(moment)
        return True


def read_now(number, at):
    """The edition with that key, if patients read it now. Raises Http404."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404("There is no such guide.")
    edition = ArticleEdition.objects.filter(pk=int(number), is_notice=False).defer("folded").first()
    if edition is None or ArticleEdition.objects.live(at, of=edition.work_id).first() != edition:
        raise Http404("Nobody reads this edition now.")
    return edition


@csrf_exempt
def feedback(request, language):
    """Count an answer, and ask once for a reason where it did not help."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not is_from_our_page(request):
        return HttpResponse("Only pages of this site can send this.", status=403, content_type="text/plain")
    at = request.moment()
    edition, said = read_now(request.POST.get("edition", ""), at), request.POST.get("said", "")
    if said not in Heard.Said.values:
        raise Http404("Nobody can answer that.")
    if not has_room(edition.pk, time.monotonic()):
        return answer(request, "thanks.html", {"is_full": True}, status=429)
    Heard.add(edition, said, timezone.localdate(at))
    if said == Heard.Said.WRONG:
        tell_owner(edition, request.POST.get("section", ""), at)
    asks = said in (Heard.Said.PARTLY, Heard.Said.NO)
    return redirect(f"{request.path.removesuffix('feedback/')}thanks/" + (f"?e={edition.pk}" if asks else ""))


def tell_owner(edition, section, at):
    """A remark on the section, once until somebody has settled it: it lands on the desk of who owns the guide."""
    passage = dict(contents(edition.html)).get(section, edition.title)
    name = edition.work.name
    told = Remark.objects.of([edition.work]).open().filter(by_name=READER).values_list("passage", flat=True)[:MOST_OPEN]
    if passage in told or len(told) == MOST_OPEN:
        return
    by = formatted(timezone.localdate(at) + TO_ANSWER, "j F Y")
    text = f"Says that something is wrong in this section of edition {edition.number}. Please settle it by {by}."
    Remark.objects.create(work=name, passage=passage, text=text, by_name=READER, made_at=at)


@require_safe
def thanks(request, language):
    """Thank you; and for who was not helped, one question why."""
    context = {}
    if number := request.GET.get("e"):
        edition = read_now(number, request.moment())
        context = {"edition": edition, "sections": contents(edition.html)}
    return answer(request, "thanks.html", context)
