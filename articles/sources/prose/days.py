"""Days as people write them, in the languages of our clinics. No Django models."""

from __future__ import annotations

import re
from datetime import date

from articles.sources.prose.words import fold

LONGEST = 60  # letters; a longer text is not a day
EARLIEST = 1900

# One row per month: English, Hindi, Urdu, Telugu, Arabic (both sets of names).
MONTHS = """
    january jan जनवरी جنوری జనవరి يناير كانون-الثاني
    february feb फरवरी फ़रवरी فروری ఫిబ్రవరి فبراير شباط
    march mar मार्च مارچ మార్చి مارس آذار
    april apr अप्रैल اپریل ఏప్రిల్ أبريل ابريل نيسان
    may मई مئی మే مايو أيار
    june jun जून جون జూన్ يونيو حزيران
    july jul जुलाई جولائی జూలై జులై يوليو تموز
    august aug अगस्त اگست ఆగస్టు أغسطس اغسطس آب
    september sept sep सितंबर सितम्बर ستمبر సెప్టెంబర్ సెప్టెంబరు سبتمبر أيلول
    october oct अक्टूबर अक्तूबर اکتوبر అక్టోబర్ అక్టోబరు أكتوبر اكتوبر تشرين-الأول
    november nov नवंबर नवम्बर نومبر నవంబర్ నవంబరు نوفمبر تشرين-الثاني
    december dec दिसंबर दिसम्बर دسمبر డిసెంబర్ డిసెంబరు ديسمبر كانون-الأول
"""
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FILLERS = {"the", "of", "ء", "ه", "م", "को", "న"}


MONTH_OF = {
    fold(name).replace("-", " "): number
    for number, row in enumerate(MONTHS.strip().split("\n"), 1)
    for name in row.split()
}
WORD = re.compile(r"[^\s\d.,،/–-]+")
FIGURES = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}([./-])\d{1,2}\2\d{1,2}|\d{1,2}([./])\d{1,2}\3\d{2}")


def readings(text: str) -> list[date]:
    """Every day that the text can mean: none when it is not a day, two when 03/04/2025 leaves it open."""
    text = fold(text.strip())
    if len(text) > LONGEST:
        return []
    numbers, month, weekday, is_clear = _parted(text)
    if not is_clear:
        return []
    days = _with_month(numbers, month) if month else _of_numbers(numbers)
    return sorted(day for day in days if weekday is None or WEEKDAYS[day.weekday()] == weekday)


def resembles_day(text: str) -> bool:
    """Whether it is written as a day and nothing else, be it one that no calendar has: 31 June 2025, 24/06/25."""
    text = text.strip().rstrip(".")
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return False
    text = fold(text)
    numbers, month, _weekday, is_clear = _parted(text)
    return bool(is_clear and (len(numbers) == 2 if month else FIGURES.fullmatch(text)))


def _parted(text: str) -> tuple[list[str], int | None, str | None, bool]:
    """(numbers, month, weekday, whether no other word stands in it)."""
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", " ", text)
    words = [word for word in WORD.findall(text) if word not in FILLERS]
    weekday = next((word for word in words if word in WEEKDAYS), None)
    month = MONTH_OF.get(" ".join(word for word in words if word != weekday))
    is_clear = month is not None or words == [weekday] * bool(weekday)
    return re.findall(r"\d+", text), month, weekday, is_clear


def _with_month(numbers: list[str], month: int) -> set[date]:
    """24 June 2025, June 24 2025 and 2025 June 24: the year is the number of four digits."""
    years = [number for number in numbers if len(number) == 4]
    others = [number for number in numbers if len(number) <= 2]
    if len(numbers) != 2 or len(years) != 1 or len(others) != 1:
        return set()
    return _existing(years[0], month, others[0])


def _of_numbers(numbers: list[str]) -> set[date]:
    lengths = [len(number) for number in numbers]
    if len(numbers) != 3 or sum(lengths) > 8:
        return set()
    if lengths[0] == 4:
        return _existing(*numbers)
    if lengths[2] == 4:
        first, second, year = numbers
        return _existing(year, second, first) | _existing(year, first, second)
    return set()


def _existing(year: str | int, month: str | int, day: str | int) -> set[date]:
    """The day as a set, empty when the calendar has no such day."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return set()
    return {found} if found.year >= EARLIEST else set()
