"""Remarks as they are made, answered and settled: on the page of a check, and beside the form of a text."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from publishing.mail import tell_of_remark
from publishing.models import Answer, Hand, Remark
from publishing.staff.addresses import staff_url
from publishing.staff.checks.reading import open_remarks, remark_on
from publishing.staff.pages import led_on
from publishing.text import isolated, refusal

LONGEST = 5000
MOST = 200  # by one person on one text: a link is in a stranger's hands


def take(sent, readings, checker, at, *, is_answer):
    """Keep, change or take away what was written of passages on the page of a check; return what was done, if any.

    With the answer every remark that was typed is kept: nothing typed is lost.
    """
    wanted = [name.removeprefix("remark-") for name in sent if name.startswith("remark-")]
    wanted = wanted if is_answer else [key for key in wanted if sent.get("keep") == key]
    kept = [key for key in wanted if _keep(sent, readings, checker, key, at)]
    for number in (sent.get("change", ""), sent.get("take_away", ""), sent.get("settle", "")):
        if number[:18].isdecimal() and (done := _do(sent, readings, checker, int(number[:18]), at)):
            return done
    return "Your remark is kept." if kept else ""


def _keep(sent, readings, checker, key, at):
    text, number = _text(sent.get(f"remark-{key}", "")), key.partition("-")[0]
    if not text or not number.isdecimal() or int(number) >= len(readings):
        return False
    one = readings[int(number)]
    passage = remark_on(one, key, sent.get(f"words-{key}", ""))
    own = Remark.objects.of([one.work]).filter(link=checker.link, by=checker.hand.user)
    if passage is None or own.count() >= MOST or own.filter(passage=passage[0], text=text).exists():
        return False
    words, before, after = passage
    about = {"passage": words, "before": before, "after": after, "text": text}
    by = {"by": checker.hand.user, "by_name": checker.called, "link": checker.link}
    remark = Remark.objects.create(work=one.work.name, made_at=at, **about, **by)
    tell_of_remark(one.work, remark)
    return True


def _do(sent, readings, checker, number, at):
    works = [one.work for one in readings]
    remark = Remark.objects.of(works).open().filter(pk=number).first()
    if remark is None:
        return ""
    if "settle" in sent and checker.may_settle(works[0]):
        remark.settle(by=checker.hand, at=at)
        return "The remark is settled."
    if not remark.is_of(checker.hand, checker.link):
        return ""
    if "take_away" in sent:
        remark.delete()
        return "Your remark is taken away."
    if text := _text(sent.get(f"text-{number}", "")):
        Remark.objects.filter(pk=number).update(text=text)
        return "Your remark is changed."
    return ""


def _text(typed):
    typed = typed.strip()[:LONGEST]
    return "" if not typed or refusal(typed, is_required=True) else isolated(typed)


def remarks_page(desk, request, work):
    """The remarks on one text: a writer answers and settles them here, or beside the form, which sends here too."""
    at, by = timezone.now(), Hand.of(request.user)
    if request.method == "POST":
        if not desk.has_change_permission(request, work):
            raise PermissionDenied
        settled, answered = (request.POST.get(name, "")[:18] for name in ("settle", "answer"))
        remarks = Remark.objects.of([work]).open()
        if answered.isdecimal() and (text := _text(request.POST.get(f"text-{answered}", ""))):
            for remark in remarks.filter(pk=answered):
                Answer.objects.create(remark=remark, text=text, by=by.user, by_name=by.name, made_at=at)
                return led_on(request, "Your answer stands beside the remark.", staff_url(work, "remarks"))
        if settled.isdecimal():
            for remark in remarks.filter(pk=settled):
                remark.settle(by=by, at=at)
                return led_on(request, "The remark is settled.", staff_url(work))
    settled = Remark.objects.of([work]).exclude(settled_at=None).prefetch_related("answers").order_by("-settled_at")
    context = {"remarks": open_remarks(work), "settled": settled[:50], "title": f"Remarks: {work}"}
    context["remarks_url"] = staff_url(work, "remarks")
    return desk.page(request, "remarks.html", work, **context)
