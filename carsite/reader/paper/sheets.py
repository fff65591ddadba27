"""Is my sheet still right? By the code that stands on it; nothing is kept of who asks, and nothing is written."""

from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.views import answer
from carsite.reader.paper import asked, since
from carsite.reader.paper.copied import copied
from carsite.reader.paper.shell import InShell, in_shell
from publishing.record import code_of_copy, line_of_copy, read_as_code, sheet_of, successor_of, whole_of

LONGEST = 120  # letters of what is typed; a whole address has room
SHOWN = 40  # sentences that can hurt; more is another guide


@require_safe
def ask(request, language):
    """The box for the code, which becomes the address of the answer.

    Anything else that is typed, a name or a day of birth, does not: addresses are logged.
    """
    typed = " ".join(request.GET.get("code", "").split())[:LONGEST]
    if not typed.strip("./-"):
        return answer(request, "sheet_ask.html", {})
    if found := read_as_code(typed):
        return redirect(f"{request.path}{'-'.join(found)}/")
    return in_shell(request, "sheet_unknown.html", typed, status=404)


@require_safe
def sheet(request, code, language):
    """What has become of the sheet with this code. 404 where it is none of ours: never another guide."""
    if line := line_of_copy(code):
        return copied(request, code_of_copy(line), line)
    found = sheet_of(code, request.moment())
    if found is None:
        return in_shell(request, "sheet_unknown.html", code[:60], status=404)
    if code == found.code:  # of its many spellings one
        asked.note(request.path_info)
    if found.is_withdrawn:
        notice = whole_of.first(type(found.now.head), keys=[found.now.head.pk])
        context = {"sheet": found, "edition": notice, "successor": successor_of(notice, request.moment())}
        context |= {"is_old": True, "live": notice, "said": gettext("The guide on your sheet was taken down")}
        return InShell(request, "sheet_withdrawn.html", context)
    changed = [] if found.is_erased else found.changed(since.known)
    words = [] if found.is_erased else found.reworded(since.known)
    dangers = [pair for one in (*changed, *(said for _at, said in words)) for pair in one.dangers]
    context = {"sheet": found, "changed": changed, "dangers": dangers[:SHOWN], "now": request.moment()}
    context |= {"live": found.now.head, "words": words, "is_old": bool(changed or found.is_erased)}
    if context["is_old"]:
        said = gettext("Your sheet is not current any more")
    else:
        is_same = not (words or found.ahead)
        said = gettext("Your sheet is current") if is_same else gettext("Look at this before you use your sheet")
    return InShell(request, "sheet.html", context | {"said": said})
