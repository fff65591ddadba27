"""Recall: every edition ever in force that told patients something, and from when to when."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Lookup, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from django.urls import reverse

from publishing.exceptions import Refused
from publishing.folding import FEWEST_DIGITS, GROUPING, digits_of, fold
from publishing.models import Edition
from publishing.models.redaction import edition_models

SHORTEST = 2
MARKS = "*_`~"
REACH, WINDOW = 80, 400
# The codes of countries are written so that none begins another.
_TWO = "(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])"
COUNTRY = f"(?:[17]|{_TWO}|(?!{_TWO})[2-9][0-9][0-9])"
GAP = "[ ()./-]{0,4}"
# What ends otherwise like a number may be its end: 2222 3333 in 080 2222 3333.
ALONE = r"(?<!\d[-./() ])(?<!\d[)] )"
_ABROAD = re.compile(rf"(?:\+|00)({COUNTRY})([0-9]*)")


class TooShort(Refused):
    """Too few letters to look for."""


@TextField.register_lookup
class Like(Lookup):
    """A bare LIKE, which on both databases is by far the quickest way through long texts."""

    lookup_name = "like"

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        right, more = self.process_rhs(compiler, connection)
        return f"{left} LIKE {right}", [*params, *more]


@dataclass(frozen=True)
class Hit:
    """One edition that told patients this, from one moment to another (None: still now)."""

    edition: Edition
    wanted: str

    @property
    def work(self):
        return f"{self.edition._meta.get_field('work').related_model.LEDGER_NAME}/{self.edition.work_id}"

    @property
    def title(self):
        return getattr(self.edition, self.edition.DIGESTED[self.edition.digest_format]["text"][0])

    @property
    def change_url(self):
        return change_url(self.edition._meta.get_field("work").related_model, self.edition.work_id)

    @property
    def in_force_at(self):
        return self.edition.in_force_at

    @property
    def until(self):
        return self.edition.until

    @property
    def words(self):
        """(the words before, what was found, the words after), as patients read them."""
        return words(self.edition.text(), self.wanted)


def change_url(model, pk):
    """Where staff change a working copy."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def find(text: str, at, *, most=None) -> list[Hit]:
    """Every edition in force at any time up to `at` that told patients this text: those still in force first.

    Accents, case and Unicode forms do not matter, and a telephone number is found however it is grouped, with the
    country's code and without. At most `most` of each kind. Raises TooShort for less than two letters.
    """
    wanted = fold(text)
    if len(wanted) < SHORTEST:
        raise TooShort("Write at least two letters or digits of what you look for.")
    found = [Hit(edition, wanted) for model in edition_models() for edition in told(model, wanted, at)[:most]]
    return sorted(found, key=lambda hit: hit.until is not None)


def waiting(text: str, at) -> list:
    """The editions that would tell patients this when they come into force."""
    found = holding(fold(text))
    return [one for model in edition_models() for one in model.objects.waiting(at).filter(found).select_related("work")]


def told(model, wanted: str, at):
    """The editions of one kind, each with the moment `until` which it was in force."""
    been = model.objects.been_in_force(at)
    following = been.filter(work=OuterRef("work"), in_force_at__gt=OuterRef("in_force_at")).order_by("in_force_at")
    found = been.filter(holding(wanted)).annotate(until=Subquery(following.values("in_force_at")[:1]))
    texts = [name for fields in model.DIGESTED.values() for name in fields["text"]]
    shown = found.only("work_id", "number", "in_force_at", "digest_format", "is_notice", "notice_text", *texts)
    return shown.order_by(F("until").desc(nulls_first=True), "-in_force_at", "-number")


def holding(wanted: str) -> Q:
    """The condition that an edition's folded text holds what is wanted."""
    digits = at_home(wanted)
    if not digits:
        return Q(folded__contains=wanted)
    bare = F("folded")
    for sign in GROUPING:
        bare = Replace(bare, Value(sign), Value(""), output_field=TextField())
    # The first two conditions are quick: few texts come to the third.
    spelt_so = Q(folded__contains=wanted) | Q(Contains(bare, Value(digits)))
    return Q(folded__like="%".join(["", *digits, ""])) & spelt_so


def at_home(wanted: str) -> str:
    """The digits that every spelling of a folded telephone number has: without a country's code, and without the 0
    that stands in its place. Nothing for any other text."""
    digits = digits_of(wanted)
    if not digits:
        return ""
    local = number_parts(wanted)[1]
    return local if len(local) >= FEWEST_DIGITS else digits


def number_parts(wanted: str) -> tuple[str, str]:
    """(the country's code or "", the digits behind it, or behind the first 0) of a folded telephone number."""
    digits = digits_of(wanted)
    abroad = _ABROAD.fullmatch("+" + digits if wanted.startswith("+") else digits)
    code, local = abroad.groups() if abroad else ("", digits)
    return code, local.lstrip("0")


# Where it stands in the text as it was written


class _Signs(dict):
    """What each sign is folded to; asked for once, since a text has many letters and few different ones."""

    def __missing__(self, sign):
        self[sign] = fold(sign) or (" " if sign.isspace() else "")
        return self[sign]


_signs = _Signs()


def places(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int, bool]]:
    """(first sign, sign behind the last, is_whole) wherever a pattern of folded text is found in the text as written.

    It is not whole where it begins or ends within one sign, such as the g of ㎎.
    """
    letters, at = [], []
    for place, sign in enumerate(text):
        for letter in _signs[sign]:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                at.append(place)
    at.append(len(text))
    found = []
    for match in pattern.finditer("".join(letters)):
        first, last = match.span()
        end = at[last - 1] + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        found.append((at[first], end, (not first or at[first - 1] < at[first]) and at[last - 1] < at[last]))
    return found


def sought(wanted):
    """The pattern, of folded text, of every spelling that is surely meant: no part of a longer number or word."""
    folded = fold(wanted)
    digits = digits_of(folded)
    if digits:
        return re.compile(_number(folded, digits))
    before, after = "", ""
    if folded[0].isalnum():
        before = r"(?<!\w)" + (r"(?<!\d[.,/-])(?<!\d - )" if folded[0].isdigit() else "")
    if folded[-1].isdigit():
        after = r"(?!\d|[.,/-]\d| - \d)"
    elif folded[-1].isalpha():
        after = r"(?!(?!s(?!\w))[a-z])"  # languages that write the case behind a word do not use these letters
    return re.compile(before + re.escape(folded) + after)


def _number(folded, digits):
    code, local = number_parts(folded)
    if len(local) < FEWEST_DIGITS:
        return rf"(?<![\d+]){GAP.join(digits)}(?!\d| ?\d\d\d|[-./]\d)"
    behind = GAP.join(local)
    abroad = rf"(?:\+|00){GAP}{GAP.join(code) or COUNTRY}{GAP}(?:0{GAP})?{behind}"
    if code:
        abroad += f"|{GAP.join(code + local)}"
    home = GAP.join(digits) if digits[0] == "0" and not code else rf"(?:0{GAP}|{ALONE}){behind}"
    return rf"(?<![\d+])(?:{abroad}|{home})(?!\d| ?\d\d\d|[-./]\d)"


@lru_cache(maxsize=64)
def _patterns(wanted: str) -> tuple[re.Pattern[str], ...]:
    """Of a text as it is mostly written and of folded text, the spelling that is wanted before any other."""
    spellings = dict.fromkeys(filter(None, (digits_of(wanted), at_home(wanted))))
    gap = re.escape(GROUPING + MARKS)
    return tuple(re.compile(f"[{gap}]*".join(digits)) for digits in spellings) or (re.compile(re.escape(wanted)),)


def words(text: str, wanted: str) -> tuple[str, str, str]:
    """(what stands before, what was found, what stands after) where the text holds what is wanted.

    `wanted` is folded, what comes back is as it was written. Where nothing is found, the text's beginning comes first.
    """
    patterns, lowered = _patterns(wanted), text.lower()
    # Most texts are plainly written, and to find it in one of them is a hundred times as quick as to fold it.
    quick = (pattern.search(lowered) for pattern in patterns if len(lowered) == len(text))
    if found := next(filter(None, quick), None):
        return _beside(text, *found.span())
    for pattern in patterns:
        for start in (*range(0, len(text), WINDOW), None):
            # What is longer than expected needs the whole text.
            begin, end = (0, len(text)) if start is None else (start, start + 2 * WINDOW + 3 * len(wanted))
            if pattern.search(fold(text[begin:end])) and (some := places(text[begin:end], pattern)):
                return _beside(text, begin + some[0][0], begin + some[0][1])
    return text[: 2 * REACH], "", ""


def _beside(text: str, first: int, last: int) -> tuple[str, str, str]:
    """What was found with what stands beside it in its line, no more than REACH signs on either side."""
    before = text[text.rfind("\n", 0, first) + 1 : first]
    after = text[last:].partition("\n")[0]
    return (
        before if len(before) <= REACH else f"… {before[-REACH:]}",
        text[first:last],
        after if len(after) <= REACH else f"{after[:REACH]} …",
    )
