"""What the patients' templates need beyond Django's own tags."""

import datetime
import json
import re
from functools import cache, lru_cache
from html import escape
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django import template
from django.conf import settings
from django.template.defaultfilters import truncatewords
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from articles.shown.numbers import called as to_call
from carsite.reader import guide_style, printed_style, spoken
from carsite.reader import style as stylesheet
from publishing.findings import level
from publishing.models import home_of
from publishing.text import PATIENTS_WAYS, in_plain, is_from_right, is_rtl, keep, plain

register = template.Library()
ASCII = re.compile("[\x00-\x7f]+")
FIRST_SENTENCE = re.compile(r".{20,}?[.!?।۔؟](?=\s|\Z)", re.DOTALL)


def locale():
    """How the language around the page writes days and lists. English as most of its readers write it: day first.

    Digits stay as they are everywhere: those of a day and those of a dose are read on one page.
    """
    return locale_of(spoken() or settings.LANGUAGE_CODE)


@cache
def locale_of(code):
    return Locale.parse("en_GB" if code == "en" else code.replace("-", "_"))


@lru_cache(maxsize=4000)
def day_in(locale, day):
    """A day in words. Lists say the same days over and over; nothing else is kept here."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), format_date(day, "long", locale))


@lru_cache(maxsize=1000)
def month_in(locale, year, month):
    first = datetime.date(year, month, 1)
    shown = format_skeleton("yMMMM", first, locale=locale)
    return format_html('<time datetime="{}">{}</time>', first.strftime("%Y-%m"), shown)


@register.simple_tag
def style(guide=None, for_patient=False):
    """The stylesheet, inline; the content policy names its hash. Of a guide that which its page needs."""
    told = guide_style(has_all=guide.has_seldom or bool(for_patient)) if guide else stylesheet()
    return format_html("<style>{}</style>", mark_safe(told))


class Taken(template.Node):
    """What stands between `taken` and `endtaken`, kept under a name instead of shown: a block can be used twice."""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = mark_safe(self.nodelist.render(context).strip())
        return ""

    def written_by(self, writer):
        writer.taken(self.nodelist, self.name)


@register.tag
def taken(parser, token):
    """{% taken name %}…{% endtaken %}"""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endtaken",))
    parser.delete_first_token()
    return Taken(nodelist, name)


@register.filter
def in_letter(text):
    """Words as a mailto link holds them. Letters that are not ASCII stay: browsers write them as `%E0%A4…` themselves,
    and here they are a sixth as long, on pages that go over slow lines."""
    return ASCII.sub(lambda signs: quote(signs[0], safe=""), text)


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

    `said` is a language, or whatever has one. `way` is the direction to name in any case: auto, of what people typed;
    own, of the language, where a sentence may begin with a name in other letters.
    """
    language = getattr(said, "language", said)
    if way == "own":
        way = "rtl" if is_from_right(language or spoken()) else "ltr"
    if language and language != spoken():
        return as_in_other(language, way)
    return format_html(' dir="{}"', way) if way else ""


def as_in_other(language, way=""):
    way = way or ("rtl" if is_from_right(language) else "ltr")
    return format_html(' dir="{}" lang="{}"', way, language)


@register.simple_tag
def as_around(said):
    """The same of words of the house that stand inside a text of another language."""
    code = spoken()
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
    return day_in(locale(), moment)


@register.filter
def month(moment):
    """The month of a date or moment, as June 2025 in the language of the page."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return month_in(locale(), moment.year, moment.month)


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
    return minutes_in(spoken(), number)


@lru_cache(maxsize=1000)
def minutes_in(_language, number):
    if number < 1:
        return gettext("Under a minute")
    return ngettext("%(count)d minute", "%(count)d minutes", number) % {"count": number}


@register.simple_tag(takes_context=True)
def card(context, guide, heading):
    """A guide as it stands in a list. Of fifty, a template would take three times as long."""
    code, said, review = spoken(), as_in(guide), guide.check.review
    stop, reviewed, unchecked = words_of_cards(code)
    lead = " ".join(first_sentence(guide.lead).split())
    if lead:
        lead = f"<p{said}>{kept_in(code, truncatewords(lead, 24) if lead.count(' ') >= 24 else lead)}</p>"
    checked = reviewed % {"month": month(review.made_at)} if review else unchecked
    link = f"<a{to(context, guide.get_absolute_url())}{said}>{kept_in(code, guide.title)}</a>"
    told = f'<p class="small">{escape(minutes_in(code, guide.minutes))}{stop} {checked}</p>'
    return mark_safe(f"<li><{heading}>{link}</{heading}>{lead}{told}</li>\n")


@cache
def words_of_cards(_language):
    return pgettext("full stop", "."), gettext("Reviewed %(month)s"), gettext("Not yet checked")


@register.filter
def reading_level(year):
    """How easily a text is read, in a word; nothing where it was not measured."""
    words = {"easy": gettext("Easy"), "medium": gettext("Medium"), "hard": gettext("Hard")}
    return words.get(level(year), "")


@register.filter
def tongue(edition):
    """The name of the language of an edition, in that language itself, among words of another."""
    return format_html('<bdi lang="{}" dir="auto">{}</bdi>', edition.language, edition.language_name)


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
    return in_plain(claim) if spoken() == settings.LANGUAGE_CODE else ""


@register.filter("keep")
def kept(text):
    """Escaped; words like “T-cell” are never broken at the end of a line, nor figures turned round on Urdu pages."""
    return mark_safe(kept_in(spoken(), str(text)))


def kept_in(code, text):
    return keep(escape(text), among_rtl=runs_from_right(code) or is_rtl(text))


@cache
def runs_from_right(code):
    """Whether the words of the house run from right to left in a language."""
    return (code or "").partition("-")[0] in settings.LANGUAGES_BIDI


@register.filter
def changed(piece):
    """One piece of what differs between two texts: what is gone and what is new is said, and marked."""
    if piece.kind not in ("gone", "new"):
        return piece.text
    mark, said = ("del", gettext("gone:")) if piece.kind == "gone" else ("ins", gettext("new:"))
    return format_html('<{0}><span class="sr" lang="{1}">{2} </span>{3}</{0}>', mark, spoken(), said, piece.text)


register.filter("to_call", to_call)


@register.filter
def without_address(accounts):
    """The names of the (name, address) pairs that have no address."""
    return [name for name, address in accounts if not address]


register.filter("plain", plain)
