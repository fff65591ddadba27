"""The desk that everybody finds after the log-in: what needs this person, what is with others, what comes."""

from django.template.response import TemplateResponse

from articles.models import Article
from publishing.models import Saving
from publishing.record import with_states
from publishing.staff import (
    NOW,
    Desk,
    days_of,
    doings,
    list_url,
    may,
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
    if may(user, "view", Article):
        context["suggested"] = suggested(Article)
        context |= _work(user, at, bool(context["new_url"]))
    return TemplateResponse(request, "admin/index.html", context)


def _work(user, at, may_write):
    desk = Desk(user, at)
    checks = rows_of(desk, [to_check, still_fit])
    now = rows_of(desk, NOW, known={one.name for one in checks})
    others = rows_of(desk, [with_others], known={one.name for one in [*checks, *now]})
    is_first_day = may_write and not (checks or now or others) and not Saving.objects.filter(account=user.pk).exists()
    live = with_states(Article.objects.filter(owner=user), at, desk.pressing).filter(state="live").count()
    return {
        "has_role": True,
        "checks": checks,
        "now": now,
        "others": others,
        "days": days_of(desk),
        "doings": doings(user, at),
        "due_count": len(desk.due),
        "live_count": live,
        "is_first_day": is_first_day,
        "has_texts": is_first_day and Article.objects.exists(),
        "person": user.first_name or user.get_username(),
    }
