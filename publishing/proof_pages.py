"""The staff's page on which the ledger's head is printed, and one noted earlier is held against it."""

from django.contrib import admin
from django.shortcuts import render

from publishing.models import Line
from publishing.proof import Unreadable, holds, printed, read
from publishing.verification import broken_links


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
    head = Line.objects.head()
    context = {"title": "Proof outside the machine", "head": printed(head) if head else "", "text": text}
    context |= {"is_held": is_held, "answer": answer}
    return render(request, "admin/publishing/proof.html", admin.site.each_context(request) | context)
