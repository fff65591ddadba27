"""Review by link: a clinician without an account reads the real page of one exact text, and approves or comments."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.csrf import csrf_exempt

from articles.views import answer
from carsite.reader import CHECK_POLICY
from carsite.staff.unsaved import typed
from publishing.mail import tell_owner
from publishing.models import Access, Hand, Review, ReviewLink, access, kinds, ledger
from publishing.refusals import Refused
from publishing.staff import Checker, CheckForm, answer_to, is_told_at_once, record
from publishing.text import made_once

NO_LINK = "This link is not complete, or it was never given out. Ask the person who sent it to send it again."
MOVED_ON = "The text has changed since this link was sent, so it can no longer be reviewed here. Ask for a new link."
READ_SINCE = (
    "This text was published since the link was made, so patients would read your name beside it. The person who sent "
    "the link may not decide that: ask the clinic for a new one. If something is wrong with the text, say so here."
)


class LinkForm(CheckForm):
    """The same answer as on the desk, on the link's own text and in the name that was invited."""

    k = forms.CharField(widget=forms.HiddenInput)
    text_digest = reviewer_name = edits = None
    evidence = forms.CharField(
        label="Evidence you looked at", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].max_length = 5000
        self.fields["note"].validators.append(MaxLengthValidator(5000))

    def arguments(self, work):
        link = self.checker.link
        names = ("result", "credential", "evidence", "next_due_on", "note", "is_machine")
        own = {"text_digest": link.text_digest, "reviewer_name": link.invited, "kind": self.checker.kind}
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data} | own


# No log-in, so no cookie that a stranger could make a browser send: the key in the form is what lets it in.
@csrf_exempt
@made_once()
def review(request):
    """GET changes nothing: mail programs open links to look at them."""
    key = (request.POST if request.method == "POST" else request.GET).get("k", "")
    link = ReviewLink.objects.filter(key_digest=ReviewLink.digest_of(key)).first()
    now = timezone.now()
    if link is None:
        return guarded(said(request, NO_LINK, 404))
    if not link.is_open(now):
        return guarded(said(request, why_closed(link), 410, with_words=True))
    work = kinds.named(link.work)
    edition = work and text_of(work, link, now)
    if edition is None:
        return guarded(said(request, MOVED_ON, 410, with_words=True))
    who, about = Hand.guest(link), {"whom": link.invited, "text": str(work)}
    access.count(f"link {link.pk}", Access.Verb.OPEN_LINK, f"link/{link.pk}", by=who, **about)
    checker = Checker(who, link.asking.kind if link.asking else Review.Kind.CLINICIAN, link.asking, link, link.invited)
    checker.credential = link.listed.credential if link.listed else ""
    told = {"form_class": LinkForm, "initial": {"k": key}, "recorded": recorded}
    made, shown = answer_to(request, work, edition, checker, now, **told)
    if made is not None:
        tell_owner(work, made)
        return guarded(said(request, "Your judgement is recorded. Thank you.", 200))
    if link.answered_at:  # by the same form, sent twice, or in another tab
        shown = said(request, why_closed(link), 410, with_words=True)
    return guarded(shown)


def why_closed(link):
    """A sentence for somebody who opens a link that is no longer open."""
    if link.answered_at:
        day = date_format(timezone.localtime(link.answered_at), "j F Y, H:i")
        return f"This link was answered on {day}, and the judgement is recorded. You need do nothing more."
    how = "was taken back" if link.revoked_at else "has run out"
    return f"This link {how}. Ask the person who sent it for a new one."


def text_of(work, link, now):
    """The edition with exactly the text that the link was made for; None where there is none any more.

    That is the live one where patients read it in the place it is written for, else what waits, else the working copy.
    """
    texts = [one for one in (work.freeze(), work.waiting(now), work.live(now)) if one is not None]
    same = [one for one in texts if one.text_digest == link.text_digest and not one.is_notice]
    return next((one for one in reversed(same) if place_of(one) == place_of(same[0])), None)


def place_of(edition):
    return edition.language, edition.beside


@transaction.atomic
def recorded(sent, work, form, checker):
    """The review. The link is looked at again under the lock: of two answers at once the second is refused."""
    link = checker.link
    ledger.lock()
    link.refresh_from_db()
    if not link.is_open(timezone.now()):
        raise Refused(why_closed(link))
    is_fit = form.cleaned_data["result"] == Review.Result.FIT
    if is_fit and not link.listed_id and is_told_at_once(work, link.text_digest, link.made_by, timezone.now()):
        raise Refused(READ_SINCE)
    review = record(sent, work, form, checker)
    link.answered_at = timezone.now()
    link.save(update_fields=["answered_at"])
    access.record(Access.Verb.ANSWER_LINK, f"link/{link.pk}", by=checker.hand, text=str(work))
    return review


def said(request, sentence, code, *, with_words=False):
    """One sentence; below it what the holder of a key typed. What a stranger or another site sent never stands here."""
    context = {"sentence": sentence}
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if with_words and is_own and request.method == "POST":
        labels = {name: field.label for name, field in LinkForm.base_fields.items()} | {"note": "Your comment"}
        context["typed"] = typed(request.POST, labels=labels)
    return answer(request, "said.html", context, status=code).render()


def guarded(response):
    """Never stored, never indexed, and the address with its key is told to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Security-Policy"] = CHECK_POLICY
    return response
