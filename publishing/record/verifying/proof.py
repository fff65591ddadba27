"""Proof outside the machine: a line of the ledger as it is mailed, printed and typed in again."""

import datetime
import re
from dataclasses import dataclass

from publishing.models import Access, Line

# What a mail puts before each line it quotes
QUOTED = re.compile(r"^[>\s|]+", re.MULTILINE)
SHORT = re.compile(r"\b(\d{1,18})\s*:\s*((?:[0-9a-f][\s-]*){64})(?![0-9a-f])", re.IGNORECASE)
PRINTED = re.compile(r"(?<!access )\bline\s+(\d{1,18})\b[^\n]*?·\s*((?:[0-9a-f][\s-]*){64})(?![0-9a-f])", re.IGNORECASE)
ACCESS = re.compile(r"\baccess line\s+(\d{1,18})\b[^\n]*?·\s*((?:[0-9a-f][\s-]*){64})(?![0-9a-f])", re.IGNORECASE)
UNREADABLE = (
    "There is no line of the ledger in that. Write its number, a colon and the 64 letters and digits, "
    "for example 1234:9f86d0…, or paste the whole line as it was mailed."
)


class Unreadable(ValueError):
    """The text names no line; the message says what to write."""


@dataclass(frozen=True)
class Anchor:
    """A line as somebody noted it: its number and its hash; beside it, if noted too, one of the access record."""

    seq: int
    hash: str
    access: "Anchor | None" = None


def printed(line):
    """A line in a form that can be mailed, printed and typed in again."""
    at = line.at.astimezone(datetime.UTC)
    groups = " ".join(line.hash[start : start + 8] for start in range(0, 64, 8))
    called = "line" if isinstance(line, Line) else "access line"
    return f"{called} {line.seq} · {at.day} {at:%B %Y, %H:%M} UTC · {groups}"


def heads():
    """Both heads, to be noted outside: the ledger's, and below it that of the access record. Empty before the first."""
    return "\n".join(printed(one) for one in (Line.head(), Access.head()) if one)


def read(text):
    """The first line of the ledger that the text of a mail or a print names. Raises Unreadable."""
    plain = QUOTED.sub("", text)
    found = PRINTED.search(plain) or SHORT.search(plain)
    if not found:
        raise Unreadable(UNREADABLE)
    beside = ACCESS.search(plain)
    return _anchor(found, beside and _anchor(beside))


def _anchor(found, access=None):
    return Anchor(int(found[1]), re.sub(r"[\s-]", "", found[2]).lower(), access)


def holds(anchor):
    """(whether the ledger still contains the line that was noted, a sentence that says so)."""
    line = Line.objects.filter(seq=anchor.seq).first()
    if line is None:
        return False, f"The ledger does not contain line {anchor.seq} any more: lines were taken out, or it is another."
    if line.hash != anchor.hash:
        return False, (
            f"Line {anchor.seq} of the ledger is not the one that was noted: it, or something before it, was changed. "
            f"Noted: {anchor.hash}. Today: {line.hash}."
        )
    beside = anchor.access and Access.objects.filter(seq=anchor.access.seq).first()
    if anchor.access and (beside is None or beside.hash != anchor.access.hash):
        return False, f"Line {anchor.access.seq} of the access record is not the one that was noted."
    return True, f"The ledger still contains line {anchor.seq} as it was noted, so nothing up to it was changed."
