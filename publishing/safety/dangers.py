"""A change, or a difference, that can hurt. No Django models."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.text import digest


@dataclass(frozen=True)
class Danger:
    """One sentence in which something dangerous changed: as it was and as it is (Markdown; "" where there is none).

    `what` are short descriptions for people: "38 °C became 38.5 °C", "“not” is gone".
    """

    before: str
    after: str
    what: tuple[str, ...]
    is_translation = False  # whether it tells of a translation, and `before` is a sentence of its original

    @property
    def key(self) -> str:
        """SHA-256 of the two sentences, by which a tick is kept."""
        return digest([self.before, self.after])
