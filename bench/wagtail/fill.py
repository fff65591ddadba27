"""Bring the database $BENCH_DB up to as many guides as asked for, through Wagtail's own add_child.

Runs in Wagtail's own interpreter and project folder: python fill.py FOLDER_OF_BENCH SIZE
"""

import os
import sys
import time
from html import escape

sys.path[:0] = [sys.argv[1], os.getcwd()]
import django

django.setup()
import guides
from articles.models import ArticleIndexPage, ArticlePage, Faq
from django.core.management import call_command
from django.db import transaction
from home.models import HomePage
from wagtail.models import Site
from wagtail.rich_text import RichText

call_command("migrate", verbosity=0)
Site.objects.update(site_name="Clinic")
index = ArticleIndexPage.objects.first()
if index is None:
    index = HomePage.objects.get().add_child(instance=ArticleIndexPage(title="Guides", slug="articles"))


def body(one):
    for heading, is_ordered, paragraphs, items in one["sections"]:
        yield "heading", heading
        html, tag = "".join(f"<p>{escape(text)}</p>" for text in paragraphs), "ol" if is_ordered else "ul"
        rows = "".join(f"<li><b>{escape(term)}:</b> {escape(text)}</li>" for term, text in items)
        yield "paragraph", RichText(html + (f"<{tag}>{rows}</{tag}>" if rows else ""))


def page(one):
    made = ArticlePage(
        title=one["title"],
        slug=one["slug"],
        summary=one["lead"],
        date=one["date"],
        byline=one["byline"],
        sponsor="\n".join(one["sponsor"]),
        body=list(body(one)),
        links=[("website", name) for name in one["websites"]] + [("social", name) for name in one["socials"]],
    )
    made.faq = [Faq(question=q, answer=a, sort_order=n) for n, (q, a) in enumerate(one["questions"])]
    return made


have, want = ArticlePage.objects.count(), int(sys.argv[2])
began = time.process_time()
for start in range(have, want, 500):
    with transaction.atomic():
        index = ArticleIndexPage.objects.get(pk=index.pk)
        for number in range(start, min(start + 500, want)):
            index.add_child(instance=page(guides.guide(number)))
print(f"{1000 * (time.process_time() - began) / max(want - have, 1):.1f} ms of CPU a guide")
