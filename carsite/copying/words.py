"""The index of a copy, in place of the search: each word of a title, and what people say instead of it, by letter."""

from collections import defaultdict
from itertools import groupby

from articles.shown.letters import letter_of
from articles.views import answer, live_guides
from carsite.reader import words_of
from faq.models import EntryEdition
from publishing.record import pairs_searched
from publishing.text import fold

SHORTEST = 3  # letters of a word that is worth a line
COMMON = 25  # texts; a word that stands in more of them and in a fifth of all leads nowhere


def index(request):
    """The page. Shown for /search/, so that whoever looks for the search finds it."""
    language = request.LANGUAGE_CODE
    found = lines(texts_of(request, language), pairs_searched((language, "en")))
    groups = [(letter, list(some)) for letter, some in groupby(found, lambda one: letter_of(one[0]))]
    return answer(request, "copied_index.html", {"groups": groups, "section": "search"})


def texts_of(request, language):
    """(title, address) of all that a language has."""
    guides = live_guides(request, language).order_by("title", "work_id")
    live = EntryEdition.objects.live(request.moment()).readable().filter(language=language)
    texts = [(one.title, one.address()) for one in guides]
    return texts + [(one.question, one.address()) for one in live.for_lists().order_by("question", "work_id")]


def lines(texts, pairs):
    """(word, texts) in the order of the alphabet."""
    by_word, spelled = defaultdict(dict), {}
    for text in texts:
        for word in words_of(text[0]):
            if len(word) >= SHORTEST and not word.isdecimal():
                by_word[fold(word)][text] = None
                spelled.setdefault(fold(word), word)
    for pair in pairs:
        for said, meant in ((pair.word, pair.also), (pair.also, pair.word)):
            holding = [by_word.get(fold(word), {}) for word in words_of(meant)]
            both = [text for text in holding[0] if all(text in some for some in holding)] if holding else []
            if both and fold(said) not in by_word:
                by_word[fold(said)], spelled[fold(said)] = dict.fromkeys(both), said
    most = max(COMMON, len(texts) // 5)
    return [(spelled[key], list(some)) for key, some in sorted(by_word.items()) if len(some) <= most]
