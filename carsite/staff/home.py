"""The desk that everybody finds after the log-in: what needs this person, what is with others, what comes."""

from django.template.response import TemplateResponse

from articles.bringing.table import waits_here
from articles.figures.readers import written_to
from articles.models import Article
from publishing.models import Saving
from publishing.staff import (
    NOW,
    Desk,
    days_of,
    doings,
    list_url,
    may,
    names_in,
    rows_of,
    still_fit,
    suggested,
    to_check,
    with_others,
)


def page(request, context):
    user, at = request.user, request.moment()
    context |= {"list_url": list_url(Article, "changelist"), "due_url": list_url(Article, "due")}
    context["new_url"] = list_url(Article, "new") if may(user, "add", Article) else ""
    context["bring_url"] = list_url(Article, "bring")
    if may(user, "view", Article):
        context["suggested"] = suggested(Article)
        context |= _work(user, at, bool(context["new_url"]))
    return TemplateResponse(request, "admin/index.html", context)


def _work(user, at, may_write):
    desk = Desk(user, at)
    checks = rows_of(desk, [to_check])
    still = rows_of(desk, [still_fit], known=names_in(checks))
    now = rows_of(desk, [written_to, waits_here]) + rows_of(desk, NOW, known=names_in([*checks, *still]))
    others = rows_of(desk, [with_others], known=names_in([*checks, *still, *now]))
    is_first_day = (
        may_write and not (checks or still or now or others) and not Saving.objects.filter(account=user.pk).exists()
    )
    live = desk.pressing.counted(Article, owner=user).get("live", 0)
    return {
        "has_role": True,
        "checks": checks,
        "still": still,
        "now": now,
        "others": others,
        "days": days_of(desk),
        "doings": doings(user, at),
        "due_count": desk.pressing.count(),
        "live_count": live,
        "is_first_day": is_first_day,
        "has_texts": is_first_day and Article.objects.exists(),
        "person": user.first_name or user.get_username(),
    }
