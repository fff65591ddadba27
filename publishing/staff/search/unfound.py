"""What patients searched and did not find, with the way to a word pair beside each."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied

from publishing.models import Pair, Unfound
from publishing.staff.addresses import list_url, tool_url
from publishing.staff.pages import led_on, may, tool_page

ON_PAGE = 200


def unfound(request):
    may_change = may(request.user, "change", Pair)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        key = request.POST.get("leave", "")[:18]
        gone = Unfound.objects.in_words().filter(pk=key) if key.isdecimal() else Unfound.objects.none()
        said = (
            "Left out. It comes back when it is asked on three more days."
            if gone.delete()[0]
            else "It is gone already."
        )
        return led_on(request, said, tool_url("unfound"))
    rows, called = Unfound.objects.in_words(), dict(settings.LANGUAGES)
    shown = [(one, called.get(one.language, one.language), _pair_url(one)) for one in rows[:ON_PAGE]]
    context = {"rows": shown, "count": rows.count(), "may_change": may_change}
    return tool_page(request, "unfound.html", title="What patients did not find", **context)


def _pair_url(one):
    return f"{list_url(Pair, 'add')}?{urlencode({'word': one.words, 'language': one.language})}"
