"""The guide for staff inside the desk, and which part of it speaks of the page where somebody asks for help.

It is the text of docs/staff.md, so there is one guide, which the tests of the documents hold to be true.
"""

import re
from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from publishing.staff import tool_url
from publishing.text import render

DOCS = settings.BASE_DIR / "docs"
# What is there for operators only, and stands in no page of the site
ELSEWHERE = re.compile(r"\[([^\[\]]+)\]\((?:operator|proof)\.md[^()]*\)")
PICTURE = re.compile(r"^!\[([^\]]*)\]\(pictures/([a-z-]+\.png)\)$", re.MULTILINE)
# By the end of an address's name, and by its beginning, the part that speaks of it: the first that fits.
PARTS = [
    ("_(publish|schedule|published|undo|keep_new|withdraw|cancel|confirm)", "publish-schedule-withdraw-cancel"),
    ("_ask", "ask-a-clinician-to-check-a-text"),
    ("_(review|still_fit|revoke)", "review-a-text"),
    ("_(compare|restore|editions|edition|history|changes)", "compare-and-restore"),
    ("_(preview|phone)", "preview"),
    ("articles_article_due", "things-due"),
    ("articles_article_bring.*", "your-leaflets-from-the-old-place-to-here"),
    ("articles_article_(changelist|handover)", "guides"),
    ("articles_article_.*", "write-a-guide"),
    ("articles_term_.*", "the-word-list"),
    ("articles_page_.*", "pages-about-the-site"),
    ("faq_entry_.*", "questions-2"),
    ("publishing_picture_.*", "pictures"),
    ("publishing_pair_.*|unfound", "word-pairs-of-the-search"),
    ("recall_replace", "a-phone-number-changed-everywhere"),
    ("recall", "something-patients-read-is-wrong"),
    ("as_it_was.*|complaint.*", "a-patient-complains-about-what-we-said-in-june"),
    ("index", "your-work"),
    ("auth_.*|publishing_.*|articles_topic_.*|second.*|password_.*|erase|proof", "for-administrators"),
]
NAMES = [(re.compile(rf"(?:{name})\Z" if name[0] == "_" else rf"\A(?:{name})\Z"), part) for name, part in PARTS]


def url_for(name):
    """Where the guide speaks of the page of the desk whose address has this name; its beginning where it does not."""
    part = next((part for pattern, part in NAMES if pattern.search(name)), "")
    return tool_url("help") + (f"#{part}" if part else "")


def page(request):
    """The guide for staff."""
    return TemplateResponse(
        request, "admin/help.html", admin.site.each_context(request) | {"title": "Help", "guide": _guide()}
    )


def picture(_request, name):
    """One of the guide's pictures."""
    path = DOCS / "pictures" / name
    if path.name != name or path.suffix != ".png" or not path.is_file():
        raise Http404("The guide for staff has no such picture.")
    return FileResponse(path.open("rb"), content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@cache
def _guide():
    """The guide as HTML, made by the one function that makes any."""
    text = ELSEWHERE.sub(r"\1", (DOCS / "staff.md").read_text().partition("\n")[2])
    pictures = PICTURE.findall(text)
    # What stands for a picture until the text is HTML: patients' pictures are of another sort.
    html = render(PICTURE.sub("PICTURE-OF-THE-GUIDE", text))
    for words, name in pictures:
        image = format_html('<img src="{}{}" alt="{}" loading="lazy">', tool_url("help"), name, words)
        html = html.replace("PICTURE-OF-THE-GUIDE", image, 1)
    # Some names of parts are taken on patients' pages, and numbered.
    for part in re.findall(r'<section id="([a-z-]+)-2"', html):
        html = html.replace(f'href="#{part}"', f'href="#{part}-2"')
    return mark_safe(html)  # noqa: S308 - of a file of ours, through the one sanitiser
