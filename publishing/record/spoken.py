"""Moments as staff read them."""

from django.utils import timezone
from django.utils.formats import date_format

from publishing.models import Line


def moment(request):
    """The moment this request reads at: one for the whole page, so that no two parts of it disagree."""
    if not hasattr(request, "reading_at"):
        request.reading_at = Line.objects.moment_of_reading()
    return request.reading_at


def spoken(at):
    """A moment as staff read it: in the clinic's time, to the minute."""
    return date_format(timezone.localtime(at), "j F Y, H:i")
