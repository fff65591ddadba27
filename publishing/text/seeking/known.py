"""Words that are known though no text may have them: found as well where they are not typed as they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from publishing.text.seeking.letters import script_of
from publishing.text.seeking.near import is_lettered, nearest
from publishing.text.seeking.sounds import alike, keys

SAME, SLIPPED = 0.98, 0.8  # how surely a word is meant that is the same by ear, and one that is a slip away
MOST = 3
FEWEST = 5  # letters of a word in which a slip is forgiven
LIKE = 70  # of a hundred, that two words in different letters have to sound alike
LIKE_IN_ONE, CONSONANTS_IN_ONE = 75, 4  # in the same letters, where most words that sound alike are others
FARTHEST = 3  # one slip, or two that make no difference to the ear


class Known:
    """Words, by their letters and by their sound."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = {word for word in words if is_lettered(word)}
        self.by_script, self.by_sound = defaultdict(list), defaultdict(list)
        for word in sorted(self.words):
            self.by_script[script_of(word)].append(word)
            for key in keys(word):
                self.by_sound[key].append(word)

    def meant(self, form: str) -> list[tuple[str, float]]:
        """(word, how surely it was meant) of those that a form may stand for, the surest first."""
        if form in self.words or not is_lettered(form):
            return []
        found = self._near(form)
        if form.endswith("s") and script_of(form) == "latin":  # of one or of many
            found = {form[:-1]: SAME} if form[:-1] in self.words else {**self._near(form[:-1]), **found}
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST]

    def _near(self, form: str) -> dict[str, float]:
        others = self.by_script[script_of(form)] if len(form) >= FEWEST else ()
        found = {word: SLIPPED for rank, word in nearest(form, others) if rank <= FARTHEST and word[0] == form[0]}
        for word in dict.fromkeys(word for key in keys(form) for word in self.by_sound.get(key, ())):
            if likeness := heard(form, word):
                found[word] = max(found.get(word, 0), SAME - 0.4 * (100 - likeness) / 100)
        return found


def heard(form: str, word: str) -> int:
    """How much two words with one key of their sound are one by ear, to 100; nothing where that is too little."""
    likeness = alike(form, word)
    if script_of(form) != script_of(word):
        return likeness if likeness >= LIKE else 0
    shared = max((len(key) for key in {*keys(form)} & {*keys(word)}), default=0)
    return likeness if likeness >= LIKE_IN_ONE and shared >= CONSONANTS_IN_ONE else 0
