"""What a person typed, without what nobody can see."""

from __future__ import annotations

import unicodedata

# Hindi, Bengali, Urdu and Persian words need these two.
JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    """The text without signs that show nothing or turn the direction of writing; nothing where no letter is left."""
    kept = "".join(
        sign
        for sign in text
        if sign in JOINERS or sign in "\n\t" or unicodedata.category(sign) not in ("Cf", "Cc", "Co", "Cn")
    ).strip()
    return kept if any(sign.isalnum() for sign in kept) else ""
