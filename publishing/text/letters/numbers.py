"""Indian number words in a claim, explained to readers who count in millions."""

from __future__ import annotations

import re
from decimal import Decimal

AMOUNT = re.compile(
    r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(lakh\s+crores?|lakhs?|lacs?|crores?|crs?)(?![^\W\d_])", re.IGNORECASE
)
LAKH, CRORE = 10**5, 10**7
LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def in_plain(claim: str) -> str:
    """“10 Lakh+ customers” → “10 lakh is 1 million”; nothing for a claim without lakh or crore."""
    return "; ".join(_explained(number, unit.lower()) for number, unit in AMOUNT.findall(claim))


def _explained(number: str, unit: str) -> str:
    if unit.startswith("lakh") and "crore" in unit:
        name, size = "lakh crore", LAKH * CRORE
    elif unit.startswith("l"):
        name, size = "lakh", LAKH
    else:
        name, size = "crore", CRORE
    return f"{number} {name} is {_western(Decimal(number.replace(',', '')) * size)}"


def _western(value: Decimal) -> str:
    for size, name in LARGE:
        if value >= size:
            return f"{_digits(value / size)} {name}"
    return _digits(value)


def _digits(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
