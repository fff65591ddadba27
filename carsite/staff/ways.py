"""Where the staff's desk leads: the few ways on top of each page, and behind *More* the rest, for who may go there."""

from typing import NamedTuple

from django.apps import apps

from publishing.staff import list_url, may, tool_url

FIRST = [("Your work", "index", ""), ("Guides", "articles.article", "view"), ("Pictures", "publishing.picture", "view")]
# By what somebody may do, the most first.
ROLES = [
    ("publishing.publish_frame", "administrator"),
    ("articles.publish_article", "publisher"),
    ("articles.change_article", "writer"),
    ("articles.review_article", "clinical reviewer"),
]
MORE = [
    ("Guides by language", "articles.article:translations", "view"),
    ("Bring in texts", "articles.article:bring", "add"),
    ("Old addresses", "articles.article:old_addresses", "view"),
    ("Questions", "faq.entry", "view"),
    ("Topics", "articles.topic", "view"),
    ("Words", "articles.term", "view"),
    ("Word pairs of the search", "publishing.pair", "view"),
    ("Pages about the site", "articles.page", "view"),
    ("What patients did not find", "unfound", ""),
    ("Publishers", "publishing.publisher", "view"),
    ("Sponsors", "publishing.sponsor", "view"),
    ("What stands around every guide", "publishing.frame", "view"),
    ("People", "auth.user", "view"),
    ("What did we ever tell patients?", "recall", ""),
    ("Any page as it was", "as_it_was", ""),
    ("Everything that was done", "publishing.line", "view"),
    ("Who came in, and who may do what", "publishing.access", "view"),
    ("Proof outside the machine", "proof", ""),
    ("Erase words by law, everywhere", "erase", "publishing.redact_frame"),
]


def role(user):
    """In which role somebody is here, in a word."""
    return next((role for right, role in ROLES if user.has_perm(right)), "")


class Way(NamedTuple):
    """One place of the desk. `is_here` says that the page shown is it, or lies below it."""

    title: str
    url: str
    is_here: bool


def ways(request):
    """(the first ways, what stands behind More) for who may go there."""
    return [_shown(request, FIRST), _shown(request, MORE)]


def _shown(request, asked):
    found = ((title, _url(request.user, where, right)) for title, where, right in asked)
    return [Way(title, url, _is_here(request.path, url)) for title, url in found if url]


def _url(user, where, right):
    """The address of a place, or nothing for who may not go there."""
    if "." in where:
        called, _colon, page = where.partition(":")
        model = apps.get_model(called)
        return list_url(model, page or "changelist") if may(user, right, model) else ""
    return tool_url(where) if not right or user.has_perm(right) else ""


def _is_here(path, url):
    return path == url or (url != tool_url("index") and path.startswith(url))
