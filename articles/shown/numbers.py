"""The numbers that a page tells its reader to call, as the clinic gives them at that moment."""

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext

from publishing.models import phone_of
from publishing.text import keep


def button(number, label):
    """The HTML of a button that calls a number; nothing for none. The label says in which language it is, if it can."""
    if not number:
        return ""
    language = getattr(label, "language", "") or get_language()
    in_language = "" if language == get_language() else format_html(' lang="{}"', language)
    shown = mark_safe(keep(escape(label), among_rtl=get_language_bidi()))
    return format_html('<a class="btn" href="tel:{}"{}>{}</a>', phone_of(number), in_language, shown)


def called(number):
    """The same with words that say what it does."""
    return button(number, gettext("Call %(number)s") % {"number": number})


def numbers_of(frame):
    """By how soon to call the HTML of what is called: the emergency number, the clinic's own, the one for questions.

    Where the clinic gives one of its two numbers, that is the one to call; where it gives none, who was to call today
    reads what to do when it gets worse.
    """
    # As the boxes do: until a speaker has confirmed the words of a language, those of the first stand beside
    now = mark_safe(" ".join(button(one.phone, one.label) for one in frame.emergencies))
    today, visit = frame.clinic_number or frame.visit_number, frame.visit_number or frame.clinic_number
    without = format_html("{} {}", gettext("Call your clinic. If it gets worse, or you cannot reach anyone:"), now)
    return {"now": now, "today": called(today) or without, "visit": called(visit)}
