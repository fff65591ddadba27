"""The page around an answer about a sheet, made ready for each language: an answer is a few lines in it.

It lies in the memory of the process, since who asks writes nothing, under the same rule as a stored page. It holds
words of the clinic alone: no guide, no sheet, nobody's code.
"""

import json
import secrets

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from articles.views import answer
from publishing.models import Line, StoredPage, note, noted, page_of, prepared

# Signs of this process alone, each in the place of what is known when somebody asks: nobody can type one.
ADDRESS, TITLE, MAIN, TYPED, EMERGENCY = (f"\ue000{secrets.token_hex(16)}\ue000" for _sign in range(5))
SHELLS = {}  # by template and language: the hash of the line it was made under, and the page


@prepared
def line_at(*, seq):
    return Line.objects.filter(seq=seq).values_list("hash")


class InShell(TemplateResponse):
    """An answer about a sheet: its template makes the main part, `said` is the title, the rest lies ready."""

    def __init__(self, request, template, context):
        super().__init__(request, template, context | {"emergency": EMERGENCY})
        self.asked = request

    @property
    def rendered_content(self):
        main, title = super().rendered_content, escape(self.context_data["said"])
        before, emergency, after = shell(self.asked, "sheet_shell.html").split(EMERGENCY)
        around = (before + after).replace(ADDRESS, address_of(self.asked)).replace(TITLE, title)
        return around.replace(MAIN, main.replace(EMERGENCY, emergency))


def in_shell(request, template, typed, status):
    """A page of which only what was typed is not known."""
    html = shell(request, template).replace(ADDRESS, address_of(request)).replace(TYPED, escape(typed))
    return HttpResponse(html, status=status)


def address_of(request):
    return escape(settings.SITE_URL + iri_to_uri(request.path))


def shell(request, template):
    """The page with signs in it, made anew where an act has changed it."""
    key = template, request.LANGUAGE_CODE
    line, page = SHELLS.get(key, (None, None))
    # Its line tells whether this is still the database that it was made from.
    if page is None or not page.holds() or line != line_at.rows(seq=page.seq):
        seq, at = StoredPage.head()
        with noted() as names:
            html = made(request, template)
        page = page_of("/".join(key), seq, at, names, identity=html)
        SHELLS[key] = line_at.rows(seq=seq), page
    for name in json.loads(page.needs):
        note(name)
    return page.identity


def let_go():
    """Nothing that an act has changed or erased stays in memory, though nobody asks. Called at least once a minute."""
    for key, (_line, page) in list(SHELLS.items()):
        if not page.holds():
            SHELLS.pop(key, None)


def made(request, template):
    signs = {"canonical": ADDRESS, "said": TITLE, "main": MAIN, "typed": TYPED, "emergency": EMERGENCY}
    return answer(request, template, signs).render().content.decode()
