"""Signs that nobody sees: what shows nothing, and what turns the direction of writing. No Django models."""

from __future__ import annotations

import html
import re
import unicodedata

# Hindi, Bengali, Urdu and Persian words need these two.
JOINERS = "\u200c\u200d"
# What Unicode calls letters or marks, and draws nothing for: fillers of Hangul, selectors of a letter's look.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
OVERRIDES = re.compile("[\u202d\u202e]")
# Unlike an embedding, an isolate leaves what stands beside it as it is.
_ISOLATES = str.maketrans("\u202a\u202b\u202c", "\u2066\u2067\u2069")
# As they are, or as Markdown writes a sign by its number.
EMBEDDINGS = re.compile("[\u202a-\u202c]|&#(?:0{0,2}823[456]|[xX]0{0,2}202[aAbBcC]);")

TURNED = (
    "A sign in it that nobody sees turns letters round (U+202D or U+202E), so that people read something else than "
    "stands there. Delete it, or type the words anew."
)
EMPTY = "Write it in letters or digits that people can see."


def shows_nothing(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cc", "Co", "Cn", "Zl", "Zp") or BLANK.match(sign) is not None


def visible(text: str) -> str:
    """The text without signs that show nothing or turn the direction of writing; nothing where no letter is left."""
    kept = "".join(sign for sign in text if sign in JOINERS or sign in "\n\t" or not shows_nothing(sign)).strip()
    return kept if any(sign.isalnum() for sign in kept) else ""


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of it, be it one letter or a whole page of them."""
    return not text.isascii() and all(sign.isspace() or sign == "\u2800" or shows_nothing(sign) for sign in text)


def is_turned(text: str) -> bool:
    """Whether an override stands in it, as it is or as Markdown writes a sign by its number."""
    return OVERRIDES.search(html.unescape(text) if "&" in text else text) is not None


def isolated(text: str) -> str:
    """The text with isolates for embeddings, which Word writes."""
    if text.isascii() and "&#" not in text:
        return text
    return EMBEDDINGS.sub(lambda found: html.unescape(found[0]).translate(_ISOLATES), text)


def refusal(text: str, *, is_required: bool) -> str:
    """Why a text that people typed is not kept, as a sentence; nothing where it is."""
    if is_turned(text):
        return TURNED
    return EMPTY if is_required and text and not visible(text) else ""
