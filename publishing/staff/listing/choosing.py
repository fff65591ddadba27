"""What there is to choose from above a list of texts, each with its count.

Most texts have one language, one owner, and questions no topic: of that many there are, what is left is the count, and
only the others are counted one by one.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Subquery, Sum

from publishing.models import kinds, name_of, prepared, unlisted


def selects(model, user):
    """What there is to choose from, each with its count: (value, name, count)."""
    rows = model.objects.order_by()
    total = rows.count()
    owners = owned(model, total)
    people = get_user_model().objects.in_bulk([pk for pk in owners if pk])
    here = sorted((name_of(one), pk) for pk, one in people.items() if one.is_active and pk != user.pk)
    gone = sum(count for pk, count in owners.items() if pk not in people or not people[pk].is_active)
    languages = told_in(model, total)
    there = [*settings.LANGUAGES, *unlisted(*sorted(languages))]
    return {
        "owners": [
            *([("me", f"Me, {name_of(user)}", owners[user.pk])] if user.pk in owners else []),
            *((str(pk), name, owners[pk]) for name, pk in here),
            *([("nobody", "Nobody, or nobody here any more", gone)] if gone else []),
        ],
        "topics": topics_of(model, total) if kinds.has_topic(model) else [],
        "languages": [(code, name, languages[code]) for code, name in there if code in languages],
    }


def topics_of(model, total):
    rows = model.objects.order_by().filter(topic__isnull=False)
    counts = dict(rows.values_list("topic").annotate(Count("pk")))
    named = model._meta.get_field("topic").related_model.objects.in_bulk(list(counts))
    left = total - sum(counts.values())
    topics = [("none", "No topic", left)] if left else []
    return topics + [
        (str(pk), one.title, counts[pk]) for pk, one in sorted(named.items(), key=lambda one: one[1].title)
    ]


def told_in(model, total):
    """By language how many texts of a kind are told in it; the languages are found by jumping in an index."""
    found, code = [], ""
    while behind := language_behind.rows(model, code=code):
        ((code,),) = behind
        found.append(code)
    most = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in found else found[0] if found else ""
    counts = {one: model.objects.filter(language=one).count() for one in found if one != most}
    return counts | ({most: total - sum(counts.values())} if found else {})


@prepared
def language_behind(model, *, code):
    return model._base_manager.filter(language__gt=code).order_by("language").values_list("language")[:1]


def owned(model, total):
    """By account how many texts of a kind it looks after: by indexes; of what follows guides, guide by guide."""
    rows = model.objects.order_by()
    if not model.FOLLOWS:
        return dict(rows.values_list("owner").annotate(Count("pk")))
    alone = rows.filter(**{model.FOLLOWS: None}).count()
    guides = model.original_model().objects.order_by()
    most = max(guides.values_list("owner").annotate(count=Count("pk")), key=lambda one: one[1], default=(None, 0))[0]
    mine = rows.filter(**{model.FOLLOWS: OuterRef("pk")}).values(model.FOLLOWS).annotate(count=Count("pk"))
    others = guides.filter(owner__isnull=False) if most is None else guides.exclude(owner=most)
    others = others.annotate(beside=Subquery(mine.values("count")))
    counts = {owner: count for owner, count in others.values_list("owner").annotate(Sum("beside")) if count}
    left = {most: total - alone - sum(counts.values())}
    if alone:
        counts[None] = counts.get(None, 0) + alone
    for owner, count in left.items():
        counts[owner] = counts.get(owner, 0) + count
    return {owner: count for owner, count in counts.items() if count}
