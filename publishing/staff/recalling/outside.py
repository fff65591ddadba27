"""The page that shows the heads of the chains, to be kept elsewhere, and tells whether what was kept still holds."""

from publishing.record import (
    Unreadable,
    broken_links,
    heads,
    holds,
    read,
)
from publishing.staff.pages import tool_page


def proof(request):
    text = request.GET.get("anchor", "")[:5000]
    is_held, answer = None, ""
    if text:
        try:
            is_held, answer = holds(read(text))
        except Unreadable as problem:
            is_held, answer = False, str(problem)
        else:
            broken = next(broken_links(), None) if is_held else None
            if broken:
                is_held, answer = False, f"The chain of the ledger does not hold. {broken}"
    context = {"title": "Proof outside the machine", "head": heads(), "text": text}
    return tool_page(request, "proof.html", is_held=is_held, answer=answer, **context)
