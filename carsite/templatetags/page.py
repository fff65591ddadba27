"""What the patients' templates need beyond Django's own tags."""

import datetime
import json
import re

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from articles.numbers import called as to_call
from carsite.reader import printed_style
from carsite.reader import style as stylesheet
from publishing.findings import level
from publishing.models import home_of
from publishing.text import PATIENTS_WAYS, in_plain, is_rtl, keep, plain

register = template.Library()
FIRST_SENTENCE = re.compile(r".{20,}?[.!?।۔؟](?=\s|\Z)", re.DOTALL)


def locale():
    """How the language around the page writes days and lists. English as most of its readers write it: day first.

    Digits stay as they are everywhere: those of a day and those of a dose are read on one page.
    """
    code = get_language() or settings.LANGUAGE_CODE
    return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))


@register.simple_tag
def style():
    """The stylesheet, inline; the content policy names its hash."""
    return format_html("<style>{}</style>", mark_safe(stylesheet()))


class Taken(template.Node):
    """What stands between `taken` and `endtaken`, kept under a name instead of shown: a block can be used twice."""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = mark_safe(self.nodelist.render(context).strip())
        return ""


@register.tag
def taken(parser, token):
    """{% taken name %}…{% endtaken %}"""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endtaken",))
    parser.delete_first_token()
    return Taken(nodelist, name)


@register.filter
def data_block(graph):
    """What a page says to machines, as JSON that no browser runs and no text can end; nothing where it says nothing."""
    if not graph:
        return ""
    written = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return format_html('<script type="application/ld+json">{}</script>\n', mark_safe(written))


@register.simple_tag
def as_in(said, way=""):
    """The attributes of what holds words of another language than the words around it: `lang` and `dir`.

    `said` is a language, or whatever has one. `way` is the direction to name in any case: auto, of what people typed.
    """
    language = getattr(said, "language", said)
    if language and language != get_language():
        return as_in_other(language, way)
    return format_html(' dir="{}"', way) if way else ""


def as_in_other(language, way=""):
    way = way or ("rtl" if language in settings.LANGUAGES_BIDI else "ltr")
    return format_html(' dir="{}" lang="{}"', way, language)


@register.simple_tag
def as_around(said):
    """The same of words of the house that stand inside a text of another language."""
    code = get_language()
    return as_in_other(code) if getattr(said, "language", code) != code else ""


@register.filter
def called(named, language):
    """The name of a topic in that language, or in the first: words that know theirs."""
    return named.called(language)


@register.filter
def marked(text, said=None):
    """Words among others, in an element of their own where their language is another: that of `said`, or of them."""
    attributes, shown = as_in(said or text), kept(text)
    return format_html("<bdi{}>{}</bdi>", attributes, shown) if attributes else shown


@register.simple_tag
def sheet_style(paper):
    """The stylesheet of printed guides, for a size of paper that CSS knows."""
    return mark_safe(printed_style().replace("size:A4", f"size:{paper}"))


@register.filter
def day(moment):
    """A date, or the clinic's date at a moment, as 24 June 2025 in the language of the page."""
    if not moment:
        return ""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), format_date(moment, "long", locale()))


@register.filter
def month(moment):
    """The month of a date or moment, as June 2025 in the language of the page."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return format_html(
        '<time datetime="{}">{}</time>', moment.strftime("%Y-%m"), format_skeleton("yMMMM", moment, locale=locale())
    )


@register.simple_tag(takes_context=True)
def to(context, *parts):
    """The attributes of a link to the address that is put together of the parts: where the ways of the page lead."""
    return mark_safe(context.get("ways", PATIENTS_WAYS).attributes("".join(parts)))


@register.filter
def listed(words):
    """Words one after another, as the language of the page joins them: “a, b and c”."""
    return format_list([str(word) for word in words], locale=locale())


@register.filter
def minutes(number):
    """Whole minutes of reading in words."""
    if number < 1:
        return gettext("Under a minute")
    return ngettext("%(count)d minute", "%(count)d minutes", number) % {"count": number}


@register.filter
def reading_level(year):
    """How easily a text is read, in a word; nothing where it was not measured."""
    words = {"easy": gettext("Easy"), "medium": gettext("Medium"), "hard": gettext("Hard")}
    return words.get(level(year), "")


@register.filter
def tongue(edition):
    """The name of the language of an edition, in that language itself, among words of another."""
    return format_html('<bdi lang="{}" dir="auto">{}</bdi>', edition.language, edition.get_language_display())


@register.filter
def home_in(code):
    """The home page of a language."""
    return home_of(code)


@register.filter
def first_sentence(text):
    """A text up to its first full stop; one after a word or two (“Dr. Rao”) ends no sentence."""
    found = FIRST_SENTENCE.match(text)
    return found[0] if found else text


@register.filter("in_plain")
def explained(claim):
    """Lakh and crore explained, on English pages: readers of Hindi and Urdu count in them."""
    return in_plain(claim) if get_language() == settings.LANGUAGE_CODE else ""


@register.filter("keep")
def kept(text):
    """Escaped; words like “T-cell” are never broken at the end of a line, nor figures turned round on Urdu pages."""
    return mark_safe(keep(escape(text), among_rtl=get_language_bidi() or is_rtl(text)))


@register.filter
def changed(piece):
    """One piece of what differs between two texts: what is gone and what is new is said, and marked."""
    if piece.kind not in ("gone", "new"):
        return piece.text
    mark, said = ("del", gettext("gone:")) if piece.kind == "gone" else ("ins", gettext("new:"))
    return format_html('<{0}><span class="sr" lang="{1}">{2} </span>{3}</{0}>', mark, get_language(), said, piece.text)


register.filter("to_call", to_call)


@register.filter
def without_address(accounts):
    """The names of the (name, address) pairs that have no address."""
    return [name for name, address in accounts if not address]


register.filter("plain", plain)
