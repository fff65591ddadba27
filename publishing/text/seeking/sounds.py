"""How a word sounds, in one key for Latin, Devanagari and Arabic letters: no table of words, only of letters.

Whoever types motiyabind, on any keyboard, means a word that is written in other letters.
"""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

from publishing.text.seeking.letters import script_of
from publishing.text.seeking.small import WORDS

_DEVANAGARI = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह", [
    "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n",
    "p", "ph", "b", "bh", "m", "y", "r", "l", "v", "sh", "sh", "s", "h",
], strict=True)) | {"ळ": "l"}  # fmt: skip
_SIGNS = {"ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o", "ौ": "au"}
_SIGNS |= {"ॅ": "e", "ॉ": "o"}
_VOWELS = {"अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o"}
_VOWELS |= {"औ": "au", "ऑ": "o", "ऍ": "e"}
_ARABIC = dict(zip("بپتٹثجچحخدڈذرڑزژسشصضطظغفقکگلمنوہیےاع", [
    "b", "p", "t", "t", "s", "j", "ch", "h", "kh", "d", "d", "z", "r", "d", "z", "zh", "s", "sh", "s", "z", "t",
    "z", "gh", "f", "k", "k", "g", "l", "m", "n", "o", "h", "i", "e", "a", "a",
], strict=True))  # fmt: skip
_LONG = tuple("اوی")
# What Latin letters say, in order; the rest says itself.
_LATIN = [
    (re.compile(pattern), instead)
    for pattern, instead in [
        ("^(?:pn|kn|gn|mn)", "n"), ("^ps", "s"), ("^wr", "r"), ("^x", "s"), ("^rh", "r"),
        ("[st]ion", "shan"), ("tch", "ch"), ("sch", "sk"), ("ck", "k"), ("ph", "f"), ("x", "ks"),
        ("c(?=[eiy]|ae|oe)", "s"), ("c(?!h)", "k"), ("q", "k"),
    ]
]  # fmt: skip
_CLASSES = str.maketrans({"z": "s", "j": "s", "f": "p", "q": "k", "c": "k", "v": "", "w": "", "y": ""})
_VOWEL, _HUSHED = re.compile("[aeiou]"), re.compile("(?<=.)h")
_SOFT_G = re.compile("g(?=[eiy])")
_TWICE = re.compile(r"(.)\1+")
_SOFT = str.maketrans("eo", "iu")
FEWEST = 2  # consonants of a key
ALIKE, ALIKE_IF_SHORT, ALIKE_IF_SMALL = 50, 65, 86


def latin(form: str) -> str:
    """A form in Latin letters, as it is roughly said."""
    script = script_of(form)
    if script == "devanagari":
        return _from_devanagari(form)
    if script == "arabic":
        # The last letter of a word like دمہ is said as a
        said = "".join(_ARABIC.get(sign, "") for sign in form)
        return f"{said[:-1]}a" if form[-1] == "ہ" and form[-2:-1] not in _LONG else said
    for pattern, instead in _LATIN:
        form = pattern.sub(instead, form)
    return form


def _from_devanagari(form: str) -> str:
    said, last = [], len(form) - 1
    for place, sign in enumerate(form):
        if sign in _DEVANAGARI:
            following = form[place + 1 : place + 2]
            # The silent a of the last letter is not said
            is_open = place < last and following not in _SIGNS and following != "्"
            said.append(_DEVANAGARI[sign] + ("a" if is_open else ""))
        elif sign == "ं":
            following = form[place + 1 : place + 2]
            said.append("m" if following and following in "पफबभ" else "n")
        else:
            said.append(_SIGNS.get(sign) or _VOWELS.get(sign, ""))
    return "".join(said)


def keys(form: str) -> tuple[str, ...]:
    """The keys under which a form is found by its sound: one, or more where a letter may be said in two ways."""
    if not form.isalpha() and script_of(form) == "latin":
        return ()
    said = latin(form)
    # Short vowels are not written in Arabic letters
    if len(said) < 3 or not (_VOWEL.search(said) or script_of(form) == "arabic"):
        return ()
    if script_of(form) != "latin":
        return tuple(filter(None, [_key(said)]))
    ways = {
        said,
        said.replace("ch", "k"),
        re.sub("g(?=[eiy])", "j", said),
        re.sub("g(?=[eiy])", "j", said.replace("ch", "k")),
    }
    return tuple(sorted({key for way in ways if (key := _key(way))}))


def _key(said: str) -> str:
    bones = _bones(said)
    return bones if len(bones) >= FEWEST else ""


def _bones(said: str) -> str:
    """The consonants of what is said."""
    bones = _HUSHED.sub("", said.replace("ch", "s").replace("sh", "s").replace("zh", "s"))
    bones = _VOWEL.sub("", bones.translate(_CLASSES))
    return _TWICE.sub(r"\1", re.sub("n(?=[pb])", "m", bones))


def softened(form: str) -> str:
    """How a form is spelled in Latin letters, where e and i, o and u are one."""
    return _TWICE.sub(r"\1", latin(form).translate(_SOFT))


def alike(form: str, other: str) -> int:
    """How much two forms with one key sound alike, to 100; nothing where that is too little."""
    found = round(ratio(softened(form), softened(other)))
    is_short = min((len(key) for key in keys(form)), default=0) <= FEWEST
    return found if found >= (ALIKE_IF_SHORT if is_short else ALIKE) else 0


_SMALL: dict[tuple[str, str], list[str]] = {}
for _form in sorted(WORDS["hi"] | WORDS["ur"]):
    _said = latin(_form)
    _SMALL.setdefault((_said[:1], _bones(_said)), []).append(_TWICE.sub(r"\1", _said.translate(_SOFT)))


def is_small_by_ear(form: str) -> bool:
    """Whether a word in Latin letters is a small word of Hindi or Urdu: ki, mein, kya."""
    if script_of(form) != "latin" or not form.isalpha():
        return False
    said, spoken = softened(form), latin(form)
    return any(ratio(said, small) >= ALIKE_IF_SMALL for small in _SMALL.get((spoken[:1], _bones(spoken)), ()))
