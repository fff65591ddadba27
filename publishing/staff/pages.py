"""What every page of the staff is made with: who may, how it is shown, how its form is tried, where it leads then."""

import csv
from itertools import chain

from django.contrib import admin, messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render

from publishing.record import defused
from publishing.refusals import Refused


def tool_page(request, template, **context):
    """A page that belongs to no single text."""
    return render(request, f"admin/publishing/{template}", admin.site.each_context(request) | context)


def streamed_table(name, columns, rows):
    """A table for a spreadsheet, sent line by line; no cell of it can be taken for a formula."""
    written = csv.writer(type("Passed", (), {"write": staticmethod(lambda text: text)}))
    lines = (written.writerow([defused(str(cell)) for cell in row]) for row in chain([columns], rows))
    answer = StreamingHttpResponse(chain(["\ufeff"], lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def page_number(request, total, on_page):
    """Which page of so many rows is asked for, from 1; the last one where there are not so many."""
    asked = request.GET.get("p", "")
    last = max(1, -(-total // on_page))
    return min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < 8 else 1


def may(user, verb, model):
    """Whether a person may do that to rows of this class: view, add, change, delete; review, publish, redact."""
    return user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def sent(request, form, act, *, refused=None):
    """What a page answers once its form was sent and `act`, which makes that answer, has done what it asks for.

    None where nothing was done, so that the page shows the form: not sent, not valid, or refused, which the form says.
    `refused` is called then.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if refused:
            refused()
    return None


def led_on(request, said, url):
    """To the page at `url`, on top of which stands what was done."""
    messages.success(request, said)
    return HttpResponseRedirect(url)
