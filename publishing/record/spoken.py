"""Moments as staff read them."""

from django.utils import timezone
from django.utils.formats import date_format


def spoken(at):
    """A moment as staff read it: in the clinic's time, to the minute."""
    return date_format(timezone.localtime(at), "j F Y, H:i")
