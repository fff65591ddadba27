"""Formulas of Word and OpenDocument in one line of words, as one would say them."""

from __future__ import annotations

from articles.sources.office.package import Element

_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def spoken(node: Element) -> str:
    """`weight / height²` of a fraction."""
    return " ".join(_said(node).split())


def _said(node: Element) -> str:
    inside = {child.tag: child for child in node}

    def part(*names: str) -> str:
        return next((_said(inside[name]).strip() for name in names if name in inside), "")

    match node.tag:
        case "m.t" | "math.mi" | "math.mn" | "math.mo" | "math.mtext":
            return node.text or ""
        case "m.f":
            return f"{_grouped(part('m.num'))} / {_grouped(part('m.den'))}"
        case "math.mfrac" if len(node) == 2:
            return f"{_grouped(_said(node[0]).strip())} / {_grouped(_said(node[1]).strip())}"
        case "m.sSup":
            return part("m.e") + _placed(part("m.sup"), _RAISED, "^")
        case "math.msup" if len(node) == 2:
            return _said(node[0]).strip() + _placed(_said(node[1]).strip(), _RAISED, "^")
        case "m.sSub":
            return part("m.e") + _placed(part("m.sub"), _LOWERED, "_")
        case "math.msub" if len(node) == 2:
            return _said(node[0]).strip() + _placed(_said(node[1]).strip(), _LOWERED, "_")
        case "m.rad" | "math.msqrt":
            return f"√({part('m.e') or ''.join(map(_said, node)).strip()})"
        case "m.d":
            return f"({''.join(_said(child) for child in node if child.tag == 'm.e')})"
        case "math.annotation":
            return ""
    return "".join(map(_said, node))


def _grouped(words: str) -> str:
    return f"({words})" if any(sign in words for sign in "+-−/ ") else words


def _placed(words: str, table: dict[int, str], sign: str) -> str:
    placed = words.translate(table)
    return placed if all(ord(letter) in table for letter in words) else f"{sign}({words})" if words else ""
