"""What a guide's page says to machines: the same as to people, in the words of schema.org (30.0)."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from articles.shown.pages import ArticlePage
from publishing.models import home_of
from publishing.text import plain

TITLES = re.compile(r"(Dr|Prof|Mr|Mrs|Ms|Smt|Shri|डॉ|ڈاکٹر|Dra)\.?\s+(?=\S)", re.IGNORECASE)


def told_of(page: ArticlePage, frame, canonical: str) -> dict:
    """The graph of a guide that patients can read: its page, the way to it, and its questions.

    Every date is one that stands on the page, and what nobody has said is left out.
    """
    graph = [_page(page, frame, canonical), _way(page, canonical)]
    if page.questions:
        asked = [
            {
                "@type": "Question",
                "@id": f"{canonical}#{one.anchor}",
                "name": one.edition.question,
                "acceptedAnswer": {"@type": "Answer", "text": plain(one.edition.html)},
            }
            for one in page.questions
        ]
        graph.append(
            {"@type": "FAQPage", "@id": f"{canonical}#faq", "isPartOf": {"@id": canonical}, "mainEntity": asked}
        )
    return {"@context": "https://schema.org", "@graph": graph}


def _page(page, frame, canonical):
    edition, check = page.edition, page.check
    clinic = {"@type": "MedicalOrganization", "name": frame.clinic, "url": f"{settings.SITE_URL}/"}
    publisher = {"@type": "Organization", "name": edition.publisher_name} if edition.publisher_name else clinic
    told = {
        "@type": "MedicalWebPage",
        "@id": canonical,
        "url": canonical,
        "name": edition.title,
        "headline": edition.title,
        "description": page.description[:300],
        "inLanguage": edition.language,
        "datePublished": page.published_on and _day(page.published_on),
        "dateModified": _day(edition.in_force_at),
        "version": str(edition.number),
        "isAccessibleForFree": True,
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "isPartOf": {"@type": "WebSite", "name": f"{frame.clinic} {frame.tagline}", "url": f"{settings.SITE_URL}/"},
        "publisher": publisher,
        "maintainer": clinic if publisher is not clinic else None,
        "contributor": {"@type": "Person", "name": edition.uploaded_by} if edition.uploaded_by else None,
        "sponsor": {"@type": "Organization", "name": edition.sponsor_name} if edition.sponsor_name else None,
        "citation": [{"@type": "CreativeWork", "name": line} for line in edition.source_lines()],
    }
    if check.review:
        told |= {"lastReviewed": _day(check.review.made_at), "reviewedBy": _person(check.review)}
        told |= {"expires": check.next_due_on.isoformat()}
    return {name: value for name, value in told.items() if value}


def _way(page, canonical):
    language = page.edition.language
    home = f"{settings.SITE_URL}{home_of(language)}"
    steps = [(home, gettext("Home"))]
    steps += [(f"{home}topics/{page.topic.slug}/", page.topic.called(language))] if page.topic else []
    steps += [(canonical, page.edition.title)]
    told = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (address, name) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{canonical}#way", "itemListElement": told}


def _person(review):
    """Somebody's title stands apart from their name."""
    found = TITLES.match(review.reviewer_name)
    name = review.reviewer_name[found.end() :] if found else review.reviewer_name
    told = {"@type": "Person", "honorificPrefix": found and found[1], "name": name, "jobTitle": review.credential}
    return {key: value for key, value in told.items() if value}


def _day(moment):
    """A date, or the clinic's date at a moment."""
    if hasattr(moment, "hour"):
        moment = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return moment.isoformat()
