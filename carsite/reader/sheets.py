"""Is my sheet still right? By the code that stands on it; nothing is kept of who asks, and nothing is written."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles.views import answer
from publishing.record import composed, read_as_code, sheet_of

SHOWN = 40  # sentences that can hurt; more is another guide


@require_safe
def ask(request, language):
    """The box for the code, which becomes the address of the answer.

    Anything else that is typed, a name or a day of birth, does not: addresses are logged.
    """
    typed = " ".join(request.GET.get("code", "").split())[:60]
    if not typed.strip("./-"):
        return answer(request, "sheet_ask.html", {})
    if found := read_as_code(typed.replace("/", "-")):
        return redirect(f"{request.path}{'-'.join(found.groups())}/")
    return answer(request, "sheet_unknown.html", {"typed": typed}, status=404)


@require_safe
def sheet(request, code, language):
    """What has become of the sheet with this code. 404 where it is none of ours: never another guide."""
    found = sheet_of(code, request.moment())
    if found is None:
        return answer(request, "sheet_unknown.html", {"typed": code[:60]}, status=404)
    if found.is_withdrawn:
        whole = composed(found.now.head, request.moment())
        context = {"sheet": found, "edition": whole.edition, "successor": whole.successor}
        return answer(request, "sheet_withdrawn.html", context, composition=whole)
    changed = [] if found.is_erased else found.changed()
    dangers = [pair for one in changed for pair in one.dangers()]
    context = {"sheet": found, "changed": changed, "dangers": dangers[:SHOWN], "now": request.moment()}
    context["live"] = found.now.head
    return answer(request, "sheet.html", context)
