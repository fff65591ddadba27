"""What somebody typed, as words to look for. Operators are letters like any others: nothing typed is a command."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.text.seeking.letters import is_number, words_written
from publishing.text.seeking.small import is_small, is_small_anywhere

MOST_LETTERS, MOST_WORDS = 300, 10


@dataclass(frozen=True)
class Asked:
    """The words of a query: each with its forms, the whole word first, as `words_written` gives them."""

    words: tuple[tuple[str, ...], ...]
    has_words: bool  # whether anything was typed that is a word, however small
    is_cut: bool  # whether more was typed than is looked for

    @property
    def is_number(self) -> bool:
        """Whether there is nothing but plain numbers, which stand everywhere and mean nothing alone."""
        return bool(self.words) and all(is_number(forms[0]) for forms in self.words)


def asked(text: str, language: str) -> Asked:
    """The words worth looking for, each once, in order."""
    written = list(dict.fromkeys(words_written(text[:MOST_LETTERS])))
    if len(text) > MOST_LETTERS and written and not text[MOST_LETTERS - 1 : MOST_LETTERS + 1].count(" "):
        written = written[:-1] or written  # the last one is torn
    large = [one for one in written if not is_small(one[0], language) and not is_small_anywhere(one[0])]
    is_cut = len(text.strip()) > MOST_LETTERS or len(large) > MOST_WORDS
    return Asked(tuple(large[:MOST_WORDS]), bool(written), is_cut)
