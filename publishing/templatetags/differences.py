from django import template
from django.utils.html import format_html

register = template.Library()
MARKS = {
    "gone": "<del>{}</del>",
    "new": "<ins>{}</ins>",
    "moved": '<span class="moved" title="Moved here, not changed">{}</span>',
}


@register.filter
def new_in(piece):
    """One piece of one of two texts; what is new in it is said to be so."""
    new = '<ins><span class="visually-hidden">new: </span>{}</ins>'
    return format_html(new if piece.kind == "new" else "{}", piece.text)


@register.filter
def marked(piece):
    """One piece of a comparison. Made here, because white space between pieces would show."""
    return format_html(MARKS.get(piece.kind, "{}"), piece.text)
