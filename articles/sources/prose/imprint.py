"""The publication lines of a plain source: when, by whom, websites, social accounts, who paid. No Django models."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.sources.prose import days
from articles.sources.prose.lines import at_colon, is_numbered, marker_of
from articles.sources.prose.words import (
    AFTER_THE_NAME,
    ASKING,
    BARE,
    BIRTH,
    DATED,
    FIRST_OF_BARE,
    KIND_OF,
    LONGEST_BARE,
    NETWORKS,
    VERBS,
    WEAK,
    fold,
    how_telling,
)
from articles.sources.source import Source, SourceLine

LONGEST = 1000  # letters; a longer line is text
DECORATION = re.compile(r"[^\w(\"'“‘₹$€£<>\[@#&]+")
ADDRESS = re.compile(
    r"https?://[^\s<>\"'`\\|]+\.[^\s<>\"'`\\|]+|[Ww]{3}\.[^\s<>\"'`\\|@]+\.[^\s<>\"'`\\|@]+"
    r"|(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:/[^\s<>\"'`\\|]*)?"
)
NAME_ENDS = re.compile(r"[,;|&]|\band\b|\s(?:और|اور|و|మరియు)\s")
PART_ENDS = re.compile(r"[|,;•·]|\s(?:and|&)\s")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST_LABEL = 7  # words
MOST_TERSE = 8  # words
OPENERS = ASKING | {"a", "an", "the"}  # with these a sentence begins, not a name
# What tells when, by whom or for whom it was published, so that it is not shown as a row of the text without a word.
TELLING_KINDS = ("published", "byline", "publisher", "sponsor", "record")


@dataclass(frozen=True)
class Mention:
    """What a publication line says: its kind, the words that say so ("" when none do), and the rest."""

    kind: str
    wording: str
    value: str
    is_weak: bool  # it counts only beside other publication lines
    is_doubtful: bool = False  # a person must look where it does not count


def is_address(text: str) -> bool:
    """Whether it is a website: `www.example.org`, `example.org/page` or `https://…`."""
    return len(text) <= 300 and bool(ADDRESS.fullmatch(text))


def is_name(text: str) -> bool:
    """Whether it can name a person or a company: short, and not a sentence."""
    words = text.split()
    last = words[-1] if words else ""
    is_stopped = text.endswith(("!", "?", "।", "۔")) or (last.endswith(".") and len(last) > 5)
    is_said = not ASKING.isdisjoint(words) or not VERBS.isdisjoint(map(str.lower, words))
    return len(words) <= 8 and len(text) <= 100 and not is_stopped and not is_said


def names_in(text: str) -> list[str]:
    return _between(NAME_ENDS, text)


def _between(ends: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in ends.split(text) if part.strip()]


def mention_of(text: str) -> Mention | None:
    """What the line says when it is a publication line; None when it is text."""
    if len(text) > LONGEST:
        return None
    if text.startswith("©"):
        return Mention("unplaced", "", text, False)
    decoration = DECORATION.match(text)
    text = text[decoration.end() :] if decoration else text
    return _labelled(text) or _bare(text) or _behind(text) or _listed(text)


def _labelled(text: str) -> Mention | None:
    text = marker_of(text)[1] if is_numbered(text) else text
    label, value = at_colon(text) or ("", "")
    if not label:
        return None
    value = value.lstrip("*_").strip()
    label = label.strip(" *_")
    folded = fold(label)
    kind = KIND_OF.get(folded)
    if kind is None or not _fits(kind, folded, value):
        is_plain = kind is not None and folded not in WEAK
        return Mention("record", label, value, True, True) if is_plain or _tells(folded, value) else None
    is_weak = folded in WEAK or (kind == "sources" and bool(value))
    is_doubtful = kind in TELLING_KINDS and (not is_weak or _tells(folded, value))
    return Mention(kind, label, value, is_weak, is_doubtful)


def _fits(kind: str, label: str, value: str) -> bool:
    """Whether the value can be what the label says."""
    match kind:
        case "published":
            return label not in DATED or days.resembles_day(value)
        case "byline":
            return not days.resembles_day(value) and all(map(is_name, names_in(value)))
        case "publisher":
            return is_name(value)
        case "sponsor":
            return is_name(value.partition("|")[0])
        case "websites":
            return all(map(is_address, _addresses(value)))
    return True


def _tells(label: str, value: str) -> bool:
    """Whether a folded label and its value speak of the publication, though we have no place for them."""
    if days.resembles_day(value):
        return len(label.split()) <= LONGEST_LABEL and not BIRTH.search(label)
    how = how_telling(label)
    return how == "always" or bool(how and _is_terse(value, is_dated=how == "dated"))


def _is_terse(value: str, *, is_dated: bool) -> bool:
    """Whether it is no sentence; with `is_dated`, whether it names a year too."""
    words = value.casefold().split()
    if len(words) > MOST_TERSE:
        return False
    if is_dated or YEAR.search(value):
        return bool(YEAR.search(value))
    is_acronym = value[1:2].isupper()  # WHO
    return not words or is_acronym or not (words[0] in OPENERS or VERBS.intersection(words))


def _bare(text: str) -> Mention | None:
    """`Powered by Vizzve Financial`, `Published on 24 June 2025`: without a colon."""
    words = text.split(None, LONGEST_BARE)
    if not words or fold(words[0]) not in FIRST_OF_BARE:
        return None
    for count in range(min(LONGEST_BARE, len(words) - 1), 0, -1):
        label = " ".join(words[:count])
        if fold(label) in BARE:
            value = text.split(None, count)[count].lstrip("-–— ")
            kind = KIND_OF[fold(label)]
            fits = {
                "published": days.resembles_day,
                "record": days.resembles_day,
                "byline": lambda value: all(is_name(name) and not name[0].islower() for name in names_in(value)),
                "social": lambda value: all(map(_is_account, _between(PART_ENDS, value))),
                "sponsor": lambda value: is_name(value.partition("|")[0]) and not value[0].islower(),
            }
            return Mention(kind, label, value, fold(label) == "by") if not value or fits[kind](value) else None
    return None


def _behind(text: str) -> Mention | None:
    """`X द्वारा प्रायोजित`: the words stand behind the sponsor's name."""
    if text.isascii() or len(text) > 120:
        return None
    folded = fold(text)
    for wording in AFTER_THE_NAME:
        if folded.endswith(" " + wording):
            words = text.split()
            count = len(wording.split())
            return Mention("sponsor", " ".join(words[-count:]), " ".join(words[:-count]), False)
    return None


def _listed(text: str) -> Mention | None:
    """A line of nothing but websites, of nothing but social accounts, or of nothing but a day."""
    addresses = _addresses(text)
    if addresses and all(map(is_address, addresses)):
        return Mention("websites", "", text, True)
    if len(text) <= 40 and any(map(str.isdigit, text)) and days.readings(text):
        return Mention("published", "", text, True)
    parts = _between(PART_ENDS, text)
    is_social = all(map(_is_account, parts)) and (len(parts) > 1 or ":" in text)
    return Mention("social", "", text, True) if is_social else None


def _addresses(text: str) -> list[str]:
    return [part for part in re.split(r"[|,;\s]+", text) if part]


def _is_account(part: str) -> bool:
    name, _, rest = part.strip().partition(" ")
    return (fold(name).rstrip(":") in NETWORKS and (not rest or is_address(rest.strip(" :()–-")))) or is_address(part)


def account(part: str) -> str:
    """`Facebook` or `Facebook: https://…`, however the two were written beside one another."""
    words = part.split()
    address = words[-1].strip("()<>")
    if not is_address(address):
        return " ".join(part.replace(": ", " ").rstrip(":").split())
    host = address.split("//")[-1].split("/")[0].split(".")
    name = " ".join(words[:-1]).rstrip(" :–-(") or host[-2].capitalize()
    return f"{name}: {address}"


class Publication:
    """Takes the publication lines one by one, then says what they come to."""

    def __init__(self, source: Source):
        self.source = source
        self.days: list[tuple[SourceLine, list]] = []
        self.left: list[SourceLine] = []  # what could not be read: it stays in the text
        self.names: dict[str, None] = {}  # in their order, each once; so are the others
        self.addresses: dict[str, None] = {}
        self.accounts: dict[str, None] = {}

    def take(self, line: SourceLine, mention: Mention) -> None:
        if not mention.value:
            self.source.doubt(line.number, f"nothing stands after “{line.text[:60]}”")
            return
        getattr(self, mention.kind)(line, mention)

    def published(self, line: SourceLine, mention: Mention) -> None:
        found = days.readings(mention.value)
        self.days.append((line, found))
        if len(found) != 1:
            self.left.append(line)
        if not found:
            self.source.doubt(
                line.number,
                f"“{mention.value[:100]}” is no day that we can read; write it like 24 June 2025",
            )
        elif len(found) > 1:
            both = " or ".join(f"{day.day} {day:%B %Y}" for day in found)
            self.source.doubt(line.number, f"“{mention.value}” can mean {both}; write the month as a word")

    def byline(self, line: SourceLine, mention: Mention) -> None:
        self.names |= dict.fromkeys(names_in(mention.value))

    def publisher(self, line: SourceLine, mention: Mention) -> None:
        if self.source.publisher_name:
            self.left.append(line)
            self.source.doubt(line.number, f"a second publisher (“{mention.value}”); it was kept in the text")
        else:
            self.source.publisher_name = mention.value

    def websites(self, line: SourceLine, mention: Mention) -> None:
        self.addresses |= dict.fromkeys(_addresses(mention.value))

    def social(self, line: SourceLine, mention: Mention) -> None:
        for part in _between(PART_ENDS, mention.value):
            if len(part) > 300:
                self.left.append(line)
                self.source.doubt(line.number, f"“{part[:60]}…” is too long to name a social account")
            else:
                self.accounts[account(part)] = None

    def sponsor(self, line: SourceLine, mention: Mention) -> None:
        source = self.source
        if source.sponsor_name:
            self.left.append(line)
            source.doubt(line.number, f"a second sponsor (“{mention.value}”); it was kept in the text")
            return
        name, *claims = claims_in(mention.value)
        words = name.split()
        if len(words) > 1 and is_address(words[-1].strip("()")):
            source.sponsor_address = words.pop().strip("()")
            name = " ".join(words).rstrip(" –-(")
        source.sponsor_name, source.sponsor_wording = name, mention.wording
        source.sponsor_claims += claims

    def finish(self) -> None:
        """What several lines say together, once all are read."""
        self.source.uploaded_by = ", ".join(self.names)
        self.source.websites, self.source.social = list(self.addresses), list(self.accounts)
        found = {day for _, readings in self.days for day in readings}
        if len(found) == 1 and all(readings for _, readings in self.days):
            self.source.published_on = found.pop()
        elif len(self.days) > 1:
            for line, _ in self.days:
                self.source.doubt(line.number, "one of several days of publication that differ; leave one")
            self.left += [line for line, readings in self.days if len(readings) == 1]


def claims_in(text: str) -> list[str]:
    """What stands between the upright bars, letter for letter."""
    return [claim.strip() for claim in text.split("|") if claim.strip()]
