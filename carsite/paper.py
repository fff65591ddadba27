"""The paper of printed guides."""

from django.core.exceptions import ImproperlyConfigured

from carsite import environment as env

SIZES = {"a4": "A4", "letter": "letter"}


def paper() -> str:
    """PAPER, as CSS calls it: A4 or letter. Raises ImproperlyConfigured for anything else."""
    word = env.text("PAPER", "A4").lower()
    if word not in SIZES:
        raise ImproperlyConfigured(f"PAPER is “{word}”. Write A4 or letter: it is the size of printed guides.")
    return SIZES[word]
