"""Plain lines written as our Markdown, so that every word comes out letter for letter. No Django models."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

from articles.sources.prose.words import ASKING, VERBS, fold, means_risks, means_steps
from articles.sources.source import SourceLine
from publishing.text import letters, paragraph

CLOSERS = " \"'”’»)]*"
STOPS = (".", "!", "।", "۔", "…")
ASKS = ("?", "؟")
PUNCTUATION = frozenset(".!?;,।۔؟،…")

BULLET = re.compile(r"(?:[•●○▪■◦‣⁃·➤►▶→✔✅☑✓]\ufe0f?\s*|[-*–]\s+)(?=\S)")
NUMBER = re.compile(
    r"(?:\((\d{1,2})\)|(\d{1,2})[.)])(?:\s+(?=\S)|(?=[^\W\d]))|(\d)\ufe0f?\u20e3\s*(?=\S)|([①-⑳])\s*(?=\S)"
)
STEP = re.compile(r"(?:step|चरण|مرحلہ|قدم|దశ|الخطوة|المرحلة)\s{0,3}(\d{1,2})\s{0,3}[.:)：–—-]\s*(?=\S)", re.IGNORECASE)

Doubt = Callable[[int | None, str], None]


def ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSERS).endswith(STOPS)


def asks(text: str) -> bool:
    return text.rstrip(CLOSERS).endswith(ASKS)


def marker_of(text: str) -> tuple[int | None, str]:
    """(number, rest) of `2. rest` or `Step 2: rest`, (0, rest) of `- rest`, (None, text) of any other line."""
    found = NUMBER.match(text) or STEP.match(text)
    if found:
        figure = next(group for group in found.groups() if group)
        number = int(unicodedata.numeric(figure) if len(figure) == 1 else figure)
        return (number, text[found.end() :]) if number else (None, text)
    found = BULLET.match(text)
    return (0, text[found.end() :]) if found else (None, text)


def is_numbered(text: str) -> bool:
    return bool(marker_of(text)[0])


def at_colon(text: str) -> tuple[str, str] | None:
    """What stands before and behind the first colon, if that may end a label."""
    label, colon, _ = text[:62].replace("：", ":").partition(":")
    return (label, text[len(label) + 1 :]) if colon else None


def label_of(text: str) -> tuple[str, str] | None:
    """(label, rest) of `Label: rest`; None for prose with a colon, for times, ratios and addresses."""
    label, rest = at_colon(text) or ("", "")
    label = label.rstrip()
    if not rest.strip() or not (rest[0].isspace() or (rest[0].isalpha() and len(label) > 1)):
        return None
    words = fold(label).split()
    if not 1 <= len(words) <= 7 or not label[0].isalnum() or label[0].islower() or label.lower() in ("mailto", "tel"):
        return None
    if not PUNCTUATION.isdisjoint(label) or (words[0] not in ASKING and VERBS.intersection(words)):
        return None
    return label, rest.strip()


def heading(text: str) -> str:
    """`## Heading`, marked as risks when its words mean risks."""
    words = letters(text)
    if words.endswith("#"):
        words = words.rstrip("#") + "\\#" * (len(words) - len(words.rstrip("#")))
    is_marked = means_risks(text) and not fold(text).endswith("(risks)")
    return f"## {words} (risks)" if is_marked else f"## {words}"


def _kind(line: SourceLine) -> str:
    number, text = marker_of(line.text)
    if number is not None:
        return "numbers" if number else "bullets"
    return "labels" if label_of(text) else "prose"


def _is_lone_label(title: str, lines: list[SourceLine], run: list[SourceLine]) -> bool:
    return len(run) == 1 and (len(lines) > 1 or not title) and _kind(run[0]) == "labels"


def _row(text: str) -> str:
    found = label_of(text)
    return f"**{letters(found[0])}**: {letters(found[1])}" if found else paragraph(text)


def _numbers(run: list[SourceLine], doubt: Doubt) -> str:
    rows = [marker_of(line.text) for line in run]
    for (before, _), (number, _), line in zip(rows, rows[1:], run[1:], strict=False):
        if number != before + 1:
            doubt(line.number, f"the steps are numbered {before}, {number}; is one missing or in another place?")
    return "\n".join(f"{rows[0][0] + place}. {_row(text)}" for place, (_, text) in enumerate(rows))


def _rows(run: list[SourceLine], is_ordered: bool) -> str:
    texts = [marker_of(line.text)[1] for line in run]
    is_ordered = is_ordered and all(label_of(text) for text in texts)
    return "\n".join(
        f"{place}. {_row(text)}" if is_ordered else f"- {_row(text)}" for place, text in enumerate(texts, 1)
    )


def written(title: str, lines: list[SourceLine], doubt: Doubt) -> str:
    """The lines of one section (title: its heading, or "") as Markdown, the heading left out."""
    parts = []
    for kind, group in groupby(lines, _kind):
        run = list(group)
        if kind == "numbers":
            parts.append(_numbers(run, doubt))
        elif kind != "prose" and not _is_lone_label(title, lines, run):
            parts.append(_rows(run, means_steps(title)))
        else:
            for line in run:
                if kind == "labels" and len(lines) > 1:
                    doubt(line.number, f"a label line without a list (“{line.text[:60]}”); is it a row or a sentence?")
                parts.append(paragraph(line.text))
    return "\n\n".join(parts)
