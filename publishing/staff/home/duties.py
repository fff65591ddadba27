"""The staff's page of things due: counted by state, of anybody or one person, a hundred at a time."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib.auth import get_user_model

from publishing.models import kinds, name_of
from publishing.record import ANYBODY, STATES, due_at, loaded
from publishing.staff.pages import tool_page

MOST = 100


def due(request, **context):
    """Everything that is due, articles and questions alike. What it shows stands in its address."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    owners = {"": "anybody", "me": "me", "nobody": "nobody"} | _owners()
    asked = request.GET.get("owner", "")
    asked = asked if asked in owners else ""
    whose = {"": ANYBODY, "me": request.user.pk, "nobody": None}
    found = due_at(request.moment(), owner=whose[asked] if asked in whose else int(asked))
    counted = Counter(one.state for one in found)
    found = [one for one in found if state in ("", one.state)]
    last = max(0, len(found) - 1) // MOST + 1
    page = request.GET.get("page", "")
    page = min(max(1, int(page)), last) if page.isdecimal() and len(page) < 10 else 1

    def address(**told):
        told = {"state": state, "owner": asked} | told
        return "?" + urlencode({name: value for name, value in told.items() if value})

    states = [(one, STATES[one], counted[one], address(state=one)) for one in STATES if counted[one]]
    context |= {
        "title": "Things due",
        "things": loaded(found[(page - 1) * MOST : page * MOST]),
        "states": states,
        "state": state,
        "everything": (counted.total(), address(state="")),
        "owners": owners,
        "owner": asked,
        "first": (page - 1) * MOST + 1,
        "last": min(page * MOST, len(found)),
        "count": len(found),
        "previous": address(page=page - 1) if page > 1 else "",
        "next": address(page=page + 1) if page < last else "",
    }
    return tool_page(request, "due.html", **context)


def _owners():
    """Who looks after any text: the name, by what stands for the account in the address."""
    people = get_user_model().objects
    owning = [people.filter(pk__in=model.objects.values("owner")) for model in kinds.reviewed() if not model.FOLLOWS]
    return {str(one.pk): name_of(one) for found in owning for one in found.order_by("first_name", "last_name", "pk")}
