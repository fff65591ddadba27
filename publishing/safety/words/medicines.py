"""Which words of a sentence are, or may be, the names of medicines. No Django models."""

from __future__ import annotations

from publishing.safety.words import english
from publishing.safety.words.lists import AFTER_A_NUMBER, LANGUAGES, ORDINARY, Words, code_of, small_letters, words_of

_CLASSES = frozenset(english.CLASSES.split("|"))
_THESE = {"the", "this", "that", "these", "those", "your", "our", "my", "his", "her", "their"}
_THESE |= {"el", "la", "los", "las", "este", "esta", "estos", "estas", "su", "sus", "tu", "tus"}
_OF = {"of", "de"}


def is_medicine(word: str, words: Words) -> bool:
    """Whether a word is the name of a medicine, from a list or by how it ends."""
    return bool(words.stem.fullmatch(word)) or word in words.medicines or word.removesuffix("s") in words.medicines


def names_medicine(word: str, language: str) -> bool:
    """Whether a word is on the list of medicines' names, rightly spelt, for a language or for English."""
    words = words_of(language if code_of(language) in LANGUAGES else "en")
    return small_letters(word) in words.medicines


def medicines_in(text: str, language: str) -> frozenset[str]:
    """The words of a short text that each name one medicine, by the list of a language or by how they end."""
    words = words_of(language if code_of(language) in LANGUAGES else "en")
    small = (one for one in small_letters(text).split() if one.removesuffix("s") not in _CLASSES)
    return frozenset(one for one in small if is_medicine(one, words))


def taken(small: list[str], words: Words) -> tuple[tuple[str, ...], bool]:
    """The words that stand where the names of medicines stand, in order, and whether anything is taken at all."""
    if all(some.isdisjoint(small) for some in (words.taking, words.taken, words.ending)):
        return (), False
    is_name = [_is_name(one, words) for one in small]
    found: set[int] = set()
    is_open = False
    for at, one in enumerate(small):
        is_begun = one in words.taking or (one in _OF and at > 0 and small[at - 1] in words.taken)
        is_open = is_begun or (is_open and one not in words.bars)
        if is_open and is_name[at]:
            found.add(at)
    is_open = is_after_name = is_ending = False
    for at in range(len(small) - 1, -1, -1):
        one = small[at]
        if is_name[at]:
            behind = small[at + 1 : at + 2]
            if (is_open and not is_after_name) or (is_ending and not words.behind.intersection(behind)):
                found.add(at)
            is_after_name = True
        elif one in words.taken:
            is_open, is_after_name = True, False
        elif one in words.joins or one == ",":
            is_after_name = False
        elif one in words.bars and one != "a" or one in _THESE or one not in words.small and one not in words.words:
            is_open = False
        is_ending = is_ending or one in words.ending
    return tuple(dict.fromkeys(small[at] for at in sorted(found))), True


def _is_name(word: str, words: Words) -> bool:
    """Whether nothing says that a word is no medicine's name."""
    is_known = word in words.everyday or word in words.small or word in words.words or word in words.numbers
    is_taking = word in words.taking or word in words.taken or word in words.ending
    is_word = len(word) > 3 and word[0].isalpha() and word not in words.bars and word not in AFTER_A_NUMBER
    return is_word and not is_known and not is_taking and not ORDINARY.fullmatch(word)
