"""The languages of this site: which, what each is called, which way it runs, and which the house itself speaks."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import read_mo
from django.core.exceptions import ImproperlyConfigured

from carsite import environment as env
from publishing.text import is_from_right, is_language, language_called

FIRST = "en"
# Those the house comes with: the first four with words around the guides, the others with English around them.
USUAL = "en,hi,ur,es,te,ta,bn,mr,gu,kn,ml,pa,ar"


def languages() -> list[tuple[str, str]]:
    """LANGUAGES as pairs (code, what the language calls itself), the first language in front.

    Raises ImproperlyConfigured for what is no language, and where the first one is missing.
    """
    words = env.text("LANGUAGES", USUAL).split(",")
    codes = list(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
    unknown = [code for code in codes if not is_language(code)]
    if unknown:
        raise ImproperlyConfigured(
            f"LANGUAGES names “{unknown[0]}”, and no language has that code. "
            "Write codes with commas between, for example LANGUAGES=en,hi,es or LANGUAGES=en,pt-br"
        )
    if FIRST not in codes:
        raise ImproperlyConfigured(
            f"LANGUAGES leaves out “{FIRST}”, the first language of every site: what is missing in another is shown in "
            f"it. Write LANGUAGES={','.join([FIRST, *codes])}"
        )
    return [(code, language_called(code)) for code in (FIRST, *(code for code in codes if code != FIRST))]


def from_right_to_left(codes) -> list[str]:
    """Those of them that are written from right to left."""
    return [code for code in codes if is_from_right(code)]


def catalogues(own: Path) -> list[str]:
    """The folders of catalogues: the clinic's own, from CATALOGUES, before the one that comes with the house.

    Raises ImproperlyConfigured where CATALOGUES is no folder with a catalogue in it.
    """
    folder = env.text("CATALOGUES", "")
    if folder and not any(Path(folder).glob("*/LC_MESSAGES/django.mo")):
        raise ImproperlyConfigured(
            f"CATALOGUES is “{folder}”, and no catalogue stands there. It is a folder with files such as "
            "fr/LC_MESSAGES/django.mo, made from fr/LC_MESSAGES/django.po by msgfmt."
        )
    return [*([folder] if folder else []), str(own)]


def spoken(codes, folders) -> list[str]:
    """The languages in which the house itself speaks to patients: the first, and those that have a catalogue."""
    return [code for code in codes if code == FIRST or any(map(Path.exists, _files(code, folders)))]


def unsaid(codes, folders) -> list[str]:
    """A sentence for each catalogue that lacks some of what the house says to patients, and how much of it."""
    wanted, told = _sentences(_files("es", folders)[-1:]), []
    for code in codes:
        known = _sentences(_files(code, folders))
        if known and (missing := sorted(wanted - known)):
            told.append(
                f"The catalogue of “{code}” lacks {len(missing)} of {len(wanted)} sentences, which patients read in "
                f"English, for example “{missing[0]}”."
            )
    return told


def _sentences(files):
    found = set()
    for path in files:
        if path.exists():
            with path.open("rb") as file:
                told = read_mo(file)
            found |= {one.id if isinstance(one.id, str) else one.id[0] for one in told if one.id and one.string}
    return found


def _files(code, folders):
    language, _dash, region = code.partition("-")
    name = f"{language}_{region.title() if len(region) == 4 else region.upper()}" if region else language
    return [Path(folder) / name / "LC_MESSAGES" / "django.mo" for folder in folders]
