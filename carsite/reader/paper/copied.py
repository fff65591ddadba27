"""Is a copy of the whole site still right? By the code that stands on its pages: what has changed since it was made."""

from django.utils.translation import gettext

from articles.models import ArticleEdition
from carsite.reader.paper.shell import InShell
from publishing.models import Frame, kinds

SHOWN = 500  # guides; more is another site


def copied(request, code, line):
    """What has become of a copy with this code, whose last line that is."""
    at = request.moment()
    live = ArticleEdition.objects.live(at).filter(work__in=changed_since(line, at)).for_lists()
    found = [*live.order_by("language", "title", "work_id")[:SHOWN], *alone_since(line, at)]
    told = {
        "changed": [one for one in found if not one.is_notice],
        "gone": [one for one in found if one.is_notice],
        "is_around": since(Frame.edition_model(), line, at).exists(),
        "words": explained_otherwise(line, at),
    }
    said = gettext("Your copy is not current any more") if any(told.values()) else gettext("Your copy is current")
    return InShell(request, "sheet_copied.html", told | {"code": code, "now": at, "made": line.at, "said": said})


def changed_since(line, at):
    """The keys of the guides that changed, or whose questions came, changed or went. No text is read: many may have."""
    found = keys(since(ArticleEdition, line, at), "work_id")
    for model, key in following():
        editions, works = since(model, line, at), keys(since(model, line, at), "work_id")
        found |= keys(editions, f"{key}_id") | keys(model.objects.live(line.at).filter(work__in=works), f"{key}_id")
    return found - {None}


def alone_since(line, at):
    """What patients read now of the questions that changed and stand beside no guide."""
    for model, key in following():
        works = keys(since(model, line, at), "work_id")
        live = model.objects.live(at).filter(work__in=works, **{key: None}).defer("html", "folded")
        for one in sorted(live, key=lambda one: (one.language, one.question)):
            one.title = one.question
            yield one


def explained_otherwise(line, at):
    """The newest edition of each word whose meaning has changed, or that was taken down."""
    model = kinds.word_list().edition_model()
    newest = {one.work_id: one for one in reversed(since(model, line, at).defer("html", "folded")[:SHOWN])}
    before = model.objects.live(line.at).filter(work__in=newest).values_list("work_id", "text_digest", "is_notice")
    told = [newest[pk] for pk, *was in before if was != [newest[pk].text_digest, newest[pk].is_notice]]
    return sorted(told, key=lambda one: (one.language, one.title))


def following():
    return [(one.edition_model(), key) for one, key in kinds.following(ArticleEdition.work.field.related_model)]


def keys(editions, name):
    return set(editions.order_by().values_list(name, flat=True).distinct()[:SHOWN])


def since(model, line, at):
    """What came in force after a line."""
    return model.objects.been_in_force(at).filter(in_force_at__gt=line.at)
