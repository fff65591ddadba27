"""How foreign words look, of which ours keep some: bold, italic, linked, raised; struck, hidden, and signs of fonts."""

from __future__ import annotations

import re
from typing import NamedTuple

from publishing.text.converting.tree import Node

# Word writes these signs as letters of its font Symbol: “£ 5 mg” is “≤ 5 mg”.
_SYMBOL = dict(
    zip("£³±°´¹»¥®¬¯·Öabgdmpwd", "≤≥±°×≠≈∞→←↓•√αβγδμπωδ", strict=True)
) | dict(zip("DSW«­", "ΔΣΩ↔↑", strict=True))  # fmt: skip
_WINGDINGS = dict(zip("üûþoqvØ§àèJLñòð", "✓✗☑☐❑❖➢▪→➔☺☹↑↓→", strict=True))
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)
# Figures and signs that have a raised or lowered form of their own.
_RAISED = str.maketrans("0123456789+-−=()nao", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿªº")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISABLE = re.compile(r"[0-9+−=()n-]*|[ao]")
_LOWERABLE = re.compile(r"[0-9+−=()-]*")
# On the line these mean the same.
_ORDINAL = re.compile(r"(?:st|nd|rd|th|®|™|©|\W*)", re.IGNORECASE)


class Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    href: str = ""
    place: str = ""  # "raised", "lowered" or on the line
    struck: bool = False
    hidden: bool = False
    font: str = ""
    typed: bool = False  # blanks and line ends count, as in <pre>


def look_of(node: Node, look: Look) -> Look:
    """How the words of an element look that stands among words of that look."""
    changes: dict[str, object] = {}
    match node.tag:
        case "b" | "strong":
            changes["bold"] = True
        case "i" | "em":
            changes["italic"] = True
        case "s" | "strike" | "del":
            changes["struck"] = True
        case "sup" | "sub":
            changes["place"] = "raised" if node.tag == "sup" else "lowered"
        case "pre":
            changes["typed"] = True
        case "a" if node.get("href"):
            changes["href"] = node.get("href").strip()
        case "font":
            changes["font"] = _font(node.get("face").lower(), look.font)
    return look._replace(**changes | _of_style(node, look)) if changes or node.style or node.attributes else look


def _of_style(node: Node, look: Look) -> dict[str, object]:
    style, changes = node.style, {}
    if weight := style.get("font-weight"):
        changes["bold"] = int(weight) >= 600 if weight.isdecimal() else weight.startswith("bold")
    if slant := style.get("font-style"):
        changes["italic"] = slant in ("italic", "oblique")
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if "line-through" in line:
        changes["struck"] = True
    if side := {"super": "raised", "sub": "lowered", "baseline": ""}.get(style.get("vertical-align", "-")):
        changes["place"] = side
    is_away = style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all"
    if is_away or "hidden" in node.attributes:
        changes["hidden"] = True
    if font := style.get("mso-symbol-font-family") or style.get("font-family"):
        changes["font"] = _font(font, look.font)
    return changes


def _font(named: str, before: str) -> str:
    first = named.split(",")[0].strip("'\" ")
    return first if first in _FONTS else "" if first != "inherit" else before


def signs(text: str, look: Look) -> tuple[str, str]:
    """(the words with the signs of fonts as what people saw, those of them that nobody knows)."""
    table = _FONTS.get(look.font)
    if not table and not any(ord(sign) in _PRIVATE for sign in text):
        return text.replace("\u00ad", "").replace("\ufeff", ""), ""
    out, unknown = [], []
    for sign in text:
        is_private = ord(sign) in _PRIVATE
        letter = chr(ord(sign) - _PRIVATE.start) if is_private else sign
        known = (table or _SYMBOL | _WINGDINGS if is_private else table or {}).get(letter)
        if known is None and (is_private or (table and letter.isalpha())):
            unknown.append(sign)
        out.append(known or sign)
    return "".join(out), "".join(unknown)


def placed(text: str, place: str) -> tuple[str, bool]:
    """(raised or lowered words as letters of our own, whether they mean the same now)."""
    words = text.strip()
    if place == "raised" and _RAISABLE.fullmatch(words):
        return text.translate(_RAISED), True
    if place == "lowered" and _LOWERABLE.fullmatch(words):
        return text.translate(_LOWERED), True
    return text, place == "raised" and _ORDINAL.fullmatch(words) is not None
