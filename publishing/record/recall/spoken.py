"""Moments as staff read them."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format


def spoken(at):
    """A moment as staff read it: in the clinic's time, to the minute; in an hour that comes twice, with its offset."""
    local = timezone.localtime(at)
    comes_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return date_format(local, "j F Y, H:i") + (f" (UTC{local:%z})" if comes_twice else "")


def day_said(day, today):
    """A day as staff read it: today, yesterday, tomorrow, else without the year where that is this one."""
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    return near.get((day - today).days) or date_format(day, "j F" if day.year == today.year else "j F Y")


def lately(moment, at):
    """A moment as lists tell it: “today, 11:20”, “27 November”."""
    local, today = timezone.localtime(moment), timezone.localdate(at)
    said = day_said(local.date(), today)
    return f"{said}, {local:%H:%M}" if abs(local.date() - today) <= datetime.timedelta(days=1) else said
