"""The page *Old addresses*: to which guide each address of the clinic's old site leads, and how that is ended."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from articles.bringing.publishing import may_publish
from articles.models import Article, ArticleEdition, OldAddress
from publishing.staff import led_on, list_url, page_number, staff_url

A_PAGE = 100
LONGEST = 200  # of what is looked for


def old_addresses_page(desk, request):
    """All of them in order, found by a part of the address or of the guide's title; who may publish may end one."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    sought = request.GET.get("q", "").strip()[:LONGEST]
    if request.method == "POST":
        return _ended(request, sought)
    found = OldAddress.objects.order_by("path")
    if sought:
        found = found.filter(Q(path__icontains=sought) | Q(article__title__icontains=sought))
    total = found.count()
    page = page_number(request, total, A_PAGE)
    some = found.select_related("article").only("path", "added_at", "article__title")
    rows = list(some[(page - 1) * A_PAGE : page * A_PAGE])
    live = ArticleEdition.objects.live(request.moment()).filter(work__in={one.article_id for one in rows})
    told = set(live.values_list("work", flat=True))
    context = {
        "title": "Old addresses",
        "rows": [(one, staff_url(one.article), one.article_id in told) for one in rows],
        "total": total,
        "sought": sought,
        "may_end": may_publish(request.user),
        "previous": _page_url(sought, page - 1) if page > 1 else "",
        "next": _page_url(sought, page + 1) if page * A_PAGE < total else "",
    }
    return desk.page(request, "old_addresses.html", None, **context)


def _ended(request, sought):
    if not may_publish(request.user):
        raise PermissionDenied
    key = request.POST.get("end", "")[:18]
    row = OldAddress.objects.filter(pk=key).first() if key.isdecimal() else None
    if row:
        row.delete()
    said = f"“{row.path}” leads nowhere any more." if row else "It leads nowhere already."
    return led_on(request, said, _page_url(sought, 1))


def _page_url(sought, page):
    kept = {"q": sought, "p": page if page > 1 else ""}
    return f"{list_url(Article, 'old_addresses')}?{urlencode({name: said for name, said in kept.items() if said})}"
