"""Was this helpful? What readers answer is counted for the edition that they read, and what they write is kept a while.

No cookie, no address. Words are asked for only where the clinic switched it on in the frame.
"""

import datetime

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.dateformat import format as formatted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import LONGEST_VOICE, ArticleEdition, Heard, NoRoom, Pace, Voice
from articles.views import answer
from publishing.models import Frame, Remark, kinds
from publishing.text import contents, visible

MOST, MOST_IN_ALL = 30, 120  # answers of an edition, and of all, that are taken in a minute, by all processes together
MOST_VOICES = 20  # of an edition on a day: strangers must not fill the disk
MOST_OPEN = 5  # sections of a guide of which readers say so at a time
TO_ANSWER = datetime.timedelta(days=7)
READER = "A reader"
TOLD = datetime.timedelta(hours=1)  # for how long a page says that it was you whose answer came
signer = TimestampSigner(salt="an answer that was taken")
WORDS = "words"  # said in place of an answer, beside what was written


def is_from_our_page(request):
    """Whether a page of this site has sent the form: no cookie tells, so the browser's own word has to."""
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return origin == own or origin.startswith(f"{own}/")


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
    at, sent = request.moment(), request.POST
    edition, said = read_now(sent.get("edition", ""), at), sent.get("said", "")
    asks_words = Frame.around(at, language).asks_words
    if said not in Heard.Said.values and not (said == WORDS and asks_words):
        raise Http404("Nobody can answer that.")
    words = visible(sent.get("words", "").replace("\r\n", "\n"))[:LONGEST_VOICE] if said == WORDS else ""
    try:
        take(edition, said, words, at)
    except NoRoom:
        told = {"edition": edition, "typed": words, "months": months()} if words else {}
        return answer(request, "thanks.html", {"is_full": True, **told}, status=429)
    if said == Heard.Said.WRONG:
        tell_owner(edition, sent.get("section", ""), at)
    return redirect(f"{request.path.removesuffix('feedback/')}thanks/{_asked_next(edition, said, words, asks_words)}")


def _asked_next(edition, said, words, asks_words):
    """What the page of thanks says came, and asks: why it did not help, and for words; or nothing more."""
    if said == WORDS and not words:  # of blanks nothing was kept
        return ""
    taken = f"t={signer.sign(WORDS if words else 'answer')}"
    if said in (Heard.Said.PARTLY, Heard.Said.NO):
        return f"?e={edition.pk}&{taken}"
    return f"?w={edition.pk}&{taken}" if asks_words and said != WORDS else f"?{taken}"


def _taken(request):
    """What this reader has just sent: an answer, or words; nothing of who only opens the page."""
    try:
        return signer.unsign(request.GET.get("t", ""), max_age=TOLD)
    except BadSignature:
        return ""


@transaction.atomic
def take(edition, said, words, at):
    """Count the answer, or keep the words. Raises NoRoom, and does nothing, where too many came just now."""
    minute, day = int(at.timestamp()) // 60, timezone.localdate(at)
    Pace.take(edition.pk, minute, MOST)
    Pace.take(Pace.ALL, minute, MOST_IN_ALL)
    if words:
        Pace.take(-edition.pk, day.toordinal(), MOST_VOICES)
        Voice.objects.create(edition=edition, text=words, made_at=at)
    elif said != WORDS:
        Heard.add(edition, said, day)


def tell_owner(edition, section, at):
    """A remark on the section, once until somebody has settled it: it lands on the desk of who owns the guide."""
    passage = dict(contents(edition.html)).get(section, edition.title)
    work = kinds.work_of(edition)
    told = Remark.objects.of([work]).open().filter(by_name=READER).values_list("passage", flat=True)[:MOST_OPEN]
    if passage in told or len(told) == MOST_OPEN:
        return
    with translation.override(settings.LANGUAGE_CODE):  # for staff, whatever language the reader's page is in
        by = formatted(timezone.localdate(at) + TO_ANSWER, "j F Y")
    text = f"Says that something is wrong in this section of edition {edition.number}. Please settle it by {by}."
    Remark.objects.create(work=work.name, passage=passage, text=text, by_name=READER, made_at=at)


def months():
    """How long words are kept, as readers are told it."""
    return max(1, round(settings.VOICE_DAYS * 12 / 365))


@require_safe
def thanks(request, language):
    """Thank you; for who was not helped one question why, and where the clinic wants to hear more, a box for words."""
    context, at = {"taken": _taken(request)}, request.moment()
    if number := request.GET.get("e", "") or request.GET.get("w", ""):
        context["edition"] = edition = read_now(number, at)
        if "e" in request.GET:
            context["sections"] = contents(edition.html)
            context["asks_why"] = True
        if Frame.around(at, language).asks_words:
            context |= {"months": months(), "longest": LONGEST_VOICE}
    return answer(request, "thanks.html", context)
