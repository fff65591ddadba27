"""One press of a button writes what a finding proposes: a save in that person's name, which says so."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import timezone

from publishing.models import Hand
from publishing.refusals import Refused
from publishing.staff.addresses import staff_url
from publishing.staff.pages import led_on
from publishing.text import TooLong

BACK = ("publish", "schedule", "change")  # the pages on which the button stands


def told_of_findings(judgements):
    """What the page to publish shows of what should be added, in groups, and of what patients read already."""
    missing = [(one, *group) for one in judgements for group in one.findings.grouped(one.to_add)]
    return {
        "missing": missing,
        "read_already": [(one, finding) for one in judgements for finding in one.findings.read_already],
    }


def mend_page(desk, request, work):
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not desk.has_change_permission(request, work):
        raise PermissionDenied
    given = request.POST
    # The publish page of a guide names what goes along too, and is led back to.
    page = given.get("back") if given.get("back") in BACK else "change"
    original = getattr(work, work.FOLLOWS) if work.FOLLOWS else None
    url = staff_url(original if original and original.name == given.get("page_of") else work, page)
    seen = given.get(f"edits_{given.get('key')}", given.get("edits", ""))
    try:
        edits = int(seen) if seen.isdecimal() else -1
        finding = work.mend(given.get("key", ""), by=Hand.of(request.user), at=timezone.now(), edits=edits)
    except (Refused, TooLong, ValidationError) as problem:
        messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
        return HttpResponseRedirect(url)
    old, new = (" ".join(text.split()) for text in (finding.mend.old, finding.mend.new))
    said = f"Saved in your name: “{new[:80]}” now stands for “{old[:80]}”. Patients read it once it is published."
    return led_on(request, said, url)
