"""Moments as staff read them."""

from django.utils import timezone
from django.utils.formats import date_format


def spoken(at):
    """A moment as staff read it: in the clinic's time, to the minute; in an hour that comes twice, with its offset."""
    local = timezone.localtime(at)
    comes_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return date_format(local, "j F Y, H:i") + (f" (UTC{local:%z})" if comes_twice else "")
