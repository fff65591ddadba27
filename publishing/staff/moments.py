"""Days and moments as staff type them: each in one form, which can mean no other day and no other moment."""

import datetime
import re
from bisect import bisect_left

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

SHORTEST = datetime.timedelta(microseconds=1)
# As a browser's own field sends it, or typed; the offset tells the first from the second of an hour that comes twice.
MOMENT = re.compile(
    r"\d{4}-\d\d?-\d\d?[T ]\d\d?:\d\d(?P<seconds>:\d\d(?P<parts>\.\d{1,6})?)?\s*(?P<offset>Z|[+-]\d\d:?\d\d)?"
)
YEARS = range(2, 9999)  # at home and abroad a moment of these has a year


def moments_of(wall, zone):
    """When the clocks of a zone show this time: once, twice where they are put back over it, never where forward."""
    found = {wall.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC) for fold in (0, 1)}
    return sorted(at for at in found if at.astimezone(zone).replace(tzinfo=None) == wall)


def around_gap(wall, zone):
    """The last minute before, and the first after, the time over which the clocks of a zone are put forward."""
    start, end = (wall.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC) for fold in (1, 0))
    after = end.astimezone(zone).utcoffset()

    def is_put_forward(seconds):
        return (start + datetime.timedelta(seconds=seconds)).astimezone(zone).utcoffset() == after

    passed = bisect_left(range(int((end - start).total_seconds())), True, key=is_put_forward)
    first = start + datetime.timedelta(seconds=passed)
    return [at.astimezone(zone).replace(tzinfo=None) for at in (first - datetime.timedelta(minutes=1), first)]


class DayField(forms.DateField):
    """A day, written year first: 04/03/2025 is April to some and March to others."""

    def __init__(self, *, help_text="", **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)
        is_picked = getattr(self.widget, "input_type", "") == "date"
        form = "Where your browser shows no calendar, write it like" if is_picked else "Write it like"
        self.help_text = f"{help_text} {form} 2025-06-24.".strip()

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as problem:
            said = f"“{str(value)[:60]}” is not one clear day. Write it like 2025-06-24: year, month, day."
            raise ValidationError(said, code="invalid") from problem


class MomentField(forms.DateTimeField):
    """A moment in the clinic's time zone, or with an offset of its own.

    What is typed means its first moment; where `ends_by` is given, its last, but of what has begun by then
    none after it: a page as it was at 10:05 has all that came into force in this minute.
    """

    def __init__(self, *, ends_by=None, **kwargs):
        self.ends_by = ends_by
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **kwargs)

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        typed = MOMENT.fullmatch(value.strip())
        if typed is None or typed["offset"]:
            self.widget.input_type = "text"  # a browser's own field would show nothing of it
        try:
            read = typed and parse_datetime(typed[0])
            at = read and (
                read.astimezone(datetime.UTC) if read.tzinfo else self._at_home(read, is_whole=not typed["seconds"])
            )
        except (OverflowError, ValueError):
            at = None
        if at is None or at.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._end(at, typed)

    def _at_home(self, wall, is_whole):
        """The one moment at which the clinic's clocks show this. Raises ValidationError where there is none, or two."""
        zone = timezone.get_current_timezone()
        found, shown = moments_of(wall, zone), f"{wall:%Y-%m-%d %H:%M}"
        if not found:
            before, after = around_gap(wall, zone)
            raise ValidationError(
                f"There is no {shown} in {zone}: the clocks are put forward then, and after {before:%Y-%m-%d %H:%M} "
                f"comes {after:%Y-%m-%d %H:%M}. Choose one of these.",
                code="never",
            )
        if len(found) == 2:
            self.widget.input_type = "text"  # else nobody could type the offset
            first, second = (at.astimezone(zone).isoformat(" ", "minutes" if is_whole else "auto") for at in found)
            raise ValidationError(
                f"The clocks are put back then, and {shown} comes twice in {zone}. "
                "Write %(first)s for the first time, %(second)s for the second.",
                code="twice",
                params={"first": first, "second": second},
            )
        return found[0]

    def _end(self, at, typed):
        if self.ends_by is None or typed["parts"]:
            return at
        span = datetime.timedelta(seconds=1) if typed["seconds"] else datetime.timedelta(minutes=1)
        end = at + span - SHORTEST
        return end if at > self.ends_by else min(end, self.ends_by)


def moment_field(*, more="", **kwargs):
    now = timezone.localtime()
    asked = {"invalid": "Write it like 2026-06-24 10:00."}
    return MomentField(
        help_text=f"In the clinic's time zone, {timezone.get_current_timezone_name()} (UTC{now:%z}). "
        f"It is now {date_format(now, 'j F Y, H:i')} there. Where your browser shows no calendar, write it like "
        f"2026-06-24 10:00. {more}".strip(),
        error_messages=asked | kwargs.pop("error_messages", {}),
        **kwargs,
    )
