"""What a text still says beside one in which it changed: the old dose, in an answer that nobody changed.

No Django models. Only numbers with a unit: of a bare one nobody can say that it is the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable

from publishing.safety.blocks import blocks
from publishing.safety.dangers import Danger
from publishing.safety.reading import Meaning, is_number, meaning
from publishing.safety.sentences import Reader
from publishing.safety.signs import Signs
from publishing.safety.words import has_groups, words_of

TOLD = 3


def still_said(dangers: Iterable[Danger], text: str, *, language: str = "en") -> list[str]:
    """As this text writes them, the numbers with their units that went from sentences that changed; both Markdown."""
    dangers = list(dangers)
    before, after = ("\n\n".join(getattr(one, name) for one in dangers) for name in ("before", "after"))
    is_grouped = has_groups(language, before, after, text)
    gone = {*_said(before, language, is_grouped)} - {*_said(after, language, is_grouped)}
    found = _said(text, language, is_grouped) if gone else {}
    return [shown for one, shown in found.items() if one in gone][:TOLD]


def _said(text: str, language: str, is_grouped: bool) -> dict[Meaning, str]:
    signs = Signs()
    found, _same = blocks(text, text, signs=signs)
    reader = Reader(words_of(language), signs, has_groups=is_grouped)
    tokens = (token for block in found for one in reader.sentences(block) for token in one.tokens)
    return {meaning(token): token.shown for token in tokens if is_number(token) and token.unit}
