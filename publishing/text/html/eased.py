"""What keeps nh3 linear. No Django models."""

import re

# nh3 writes a text anew for each sign in it that it escapes: 2 MB of hard spaces took it a minute.
MOST = 1_000
_TAGS = re.compile(r"(<[A-Za-z/!?][^<>]*>)")
_ESCAPED = re.compile("(?=[&\xa0])")


def eased(html: str) -> str:
    """The same page for nh3, which leaves comments out: one stands amid each thousand signs that it escapes."""
    if html.count("&") + html.count("\xa0") <= MOST:
        return html
    return "".join(piece if number % 2 else _cut(piece) for number, piece in enumerate(_TAGS.split(html)))


def _cut(text: str) -> str:
    if text.count("&") + text.count("\xa0") <= MOST:
        return text
    parts = _ESCAPED.split(text)
    return "<!---->".join("".join(parts[at : at + MOST]) for at in range(0, len(parts), MOST))
