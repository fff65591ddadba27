"""What one act looks at several times, kept for a while in each process: a guide with its questions is six texts."""

from __future__ import annotations

from functools import lru_cache

from publishing import safety
from publishing.text import plain, render


@lru_cache(maxsize=32)
def rendered(text: str, language: str, top: int, prefix: str) -> tuple[str, int]:
    """(HTML, number of its words) of a Markdown text. Raises TooLong."""
    html = render(text, language=language, top=top, prefix=prefix)
    return html, len(plain(html).split())


@lru_cache(maxsize=8)
def dangers_between(before: str, after: str, language: str) -> tuple[safety.Danger, ...]:
    """What changed from one Markdown text to the other in a way that can hurt."""
    return tuple(safety.find(before, after, language=language))


def forget() -> None:
    """Nothing that was erased by law stays in this process's memory."""
    rendered.cache_clear()
    dangers_between.cache_clear()
