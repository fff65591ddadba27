"""What became of a sheet, in HTML: long lists of little, written at once, since a template takes ten times as long."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext

from carsite.templatetags.page import kept

MARKS = {"gone": "del", "new": "ins"}
register = template.Library()
# A row each: HTML has one name, or several of one meaning, in a row.
ROW = "".join(f'<div><dt>{{{at}}}</dt><dd dir="auto" lang="{{2}}">{{{at + 3}}}</dd></div>\n' for at in (0, 1))


@register.filter
def in_rows(dangers, language):
    """What each sentence says on the sheet and in the guide, which is in that language."""
    yours, ours = gettext("Your sheet says"), gettext("The guide says now")
    nothing = format_html('<span lang="{}">{}</span>', get_language(), gettext("Nothing of this"))
    told = ([kept(said) if said else nothing for said in both] for both in dangers)
    return format_html_join("", ROW, ((yours, ours, language, *both) for both in told))


@register.filter
def marked(pieces):
    """What differs between two texts: what is gone and what is new is said, and marked."""
    said = {"gone": f"{gettext('gone:')} ", "new": f"{gettext('new:')} "}
    before = {
        kind: format_html('<span class="sr" lang="{}">{}</span>', get_language(), word) for kind, word in said.items()
    }
    return format_html_join("", "{}", ((_in_mark(one, before),) for one in pieces))


def _in_mark(piece, before):
    if piece.kind not in MARKS:
        return piece.text
    return format_html("<{0}>{1}{2}</{0}>", MARKS[piece.kind], before[piece.kind], piece.text)
