"""Search over what patients can read now: every word in title or text, best first by where it stands."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import ArticleEdition
from faq.models import EntryEdition
from publishing.record import standings
from publishing.text import fold, keep, named, plain

MOST = 20
FEW = 10  # times as many are looked at where the words have marks
LONGEST_QUERY = 200
MOST_WORDS = 8
AROUND = 90
LONGEST_PIECE = 400
WORD = re.compile(r"\S+")
DIGIT = re.compile(r"\d")
SENTENCE_ENDS = ".!?।۔؟"
JOINING = "-'’\u200c\u200d"


@dataclass(frozen=True)
class Hit:
    address: str
    title: SafeString
    text: SafeString
    kind: str
    minutes: int
    is_checked: bool


def words_of(query: str) -> list[str]:
    """The words worth looking for: of two letters or more, each once, the first eight."""
    # Combining marks are part of a word: without them Hindi falls apart at every vowel sign.
    letters = (
        sign if sign.isalnum() or sign in JOINING or unicodedata.category(sign)[0] == "M" else " "
        for sign in unicodedata.normalize("NFC", query)
    )
    words = (word.strip("-'’") for word in "".join(letters)[:LONGEST_QUERY].lower().split())
    return list(dict.fromkeys(word for word in words if len(word) > 1 and fold(word)))[:MOST_WORDS]


def hits_for(words, language, at):
    """(up to twenty hits, whether there are more): guides first, those with the words in their title before others."""
    if not words:
        return [], False
    found = []
    for model, kind in ((ArticleEdition, "Guide"), (EntryEdition, "Question")):
        live = model.objects.live(at).readable().filter(language=language)
        mentioning = live.mentioning(words)
        # The database compares without marks, and in Hindi and Urdu a mark makes another word.
        marked = [word for word in words if any(unicodedata.category(sign)[0] == "M" for sign in word)]
        some = mentioning[: FEW * MOST if marked else MOST + 1]
        found += [(kind, one) for one in some if not marked or _holds(one, marked)][: MOST + 1]
    found.sort(key=lambda one: not all(named(word) in named(_title(one[1])) for word in words))
    shown = found[:MOST]
    guides = [edition for kind, edition in shown if kind == "Guide"]
    questions = [edition for kind, edition in shown if kind == "Question"]
    checks = {}
    for editions in (guides, questions):
        checks |= zip(editions, standings(editions, at), strict=True)
    return [_hit(kind, edition, words, checks[edition]) for kind, edition in shown], len(found) > MOST


def _holds(edition, words):
    text = named(" ".join(getattr(edition, name) for name in edition.SEARCHED))
    return all(named(word) in text for word in words)


def _title(edition):
    return edition.title if isinstance(edition, ArticleEdition) else edition.question


def _hit(kind, edition, words, check):
    lead = getattr(edition, "lead", "")
    text = " ".join(f"{lead} {plain(edition.html)}".split())
    title, piece = _marked(_title(edition), words), _marked(_around(text, words), words)
    return Hit(edition.address(), title, piece, kind, edition.minutes, is_checked=check.review is not None)


def _around(text, words):
    """The piece of the text around the first word found: from the start of its sentence, where that is not far."""
    first = min((place for word in words if (place := text.lower().find(word)) >= 0), default=0)
    cuts, sentences = [0], [0]
    for before, after in pairwise(WORD.finditer(text)):
        # A dose is never torn, nor a figure from what it counts.
        if not (DIGIT.search(before[0]) or DIGIT.search(after[0])):
            cuts.append(after.start())
        if before[0][-1] in SENTENCE_ENDS:
            sentences.append(after.start())
    start = sentences[bisect_right(sentences, first) - 1]
    if first - start > 2 * AROUND:
        start = cuts[bisect_right(cuts, first - AROUND) - 1]
    cuts.append(len(text))
    end = cuts[bisect_left(cuts, min(start + 2 * AROUND + 40, len(text)))]
    # What has no blank for so long is no word, and is torn.
    start, end = max(start, first - LONGEST_PIECE), min(end, first + LONGEST_PIECE)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _marked(text, words):
    """Escaped and held together (`keep`), with each word found in <mark>."""
    pattern = "|".join(re.escape(escape(word)) for word in sorted(words, key=len, reverse=True))
    # Tags and entities are passed over whole: no mark stands within one.
    found = re.compile(f"<[^>]*>|({pattern})|&#?\\w+;", re.IGNORECASE)
    return mark_safe(found.sub(lambda one: f"<mark>{one[0]}</mark>" if one[1] else one[0], keep(escape(text))))
