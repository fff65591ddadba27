"""A live guide for one patient: its blanks are plain inputs on a page that prints. Nothing that is typed is kept.

There is no form and no script, and the inputs have no names: nothing could be sent, and the content policy of the page
(`carsite/reader/guard.py`) would let nothing go.
"""

import re

from django.contrib import messages
from django.http import HttpResponseRedirect

from publishing.staff import Preview, staff_url

GAP = re.compile(r'<span class="gap">([^<]*)</span>')
INPUT = r'<label class="filled">\1 <input autocomplete="off" spellcheck="false" size="24"></label>'
SAID = (
    "For one patient: type into the fields, then print with your browser. Nothing is kept or sent; when you leave this "
    "page, what you typed is gone."
)


def patient_page(desk, request, work):
    """What patients read now, with a field for each blank, and for the name and the day."""
    edition = work.live(request.moment())
    if edition is None or edition.is_notice:
        messages.error(request, "Patients cannot read this guide now, so it is not printed for one of them.")
        return HttpResponseRedirect(staff_url(work))
    page = desk.patient_page(request, edition, Preview(SAID, staff_url(work)), for_patient=True)
    page.content = GAP.sub(INPUT, page.content.decode())
    page.is_filled_in = True
    return page
