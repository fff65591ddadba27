"""What a page shows of the frame: the words of its own language, and for each that is missing the first language's."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

EMERGENCY = ("emergency_heading", "emergency_text", "emergency_number", "emergency_label")
CALLED = ("clinic_number", "visit_number")
SAID = ("clinic", "tagline", "heading", "lead", "contact", "banner", "small_print", *EMERGENCY, *CALLED)


def dialled(number):
    """Raises ValidationError unless a phone can dial it: at least 3 digits, no letters."""
    written = re.fullmatch(r"\(?\+?[0-9 ()-]+", number.lstrip(" "))
    if not written or len(re.findall("[0-9]", number)) < 3:
        raise ValidationError("Write the number as a phone dials it, for example 112 or +91 80 4567 8900.")


def phone_of(number):
    """The number as a phone dials it."""
    return "".join(sign for sign in number if sign in "+0123456789")


def names_another(label, number):
    """Whether the words on a button name another number than the one that it dials."""
    said = "".join(str(int(sign)) for sign in label if sign.isdecimal())
    # As it is said here, without the country; or among other figures, such as “112, 24 hours”.
    return said.lstrip("0") not in phone_of(number) and phone_of(number)[-7:] not in said


class Said(str):
    """Words, and the language they are in."""

    language = ""


def said(words, language):
    """Words that know their language."""
    made = Said(words)
    made.language = language
    return made


@dataclass(frozen=True)
class Emergency:
    """The box for emergencies in one language: three words as they are said, and what the button dials."""

    heading: Said
    text: Said
    label: Said
    phone: str
    number: str


@dataclass(frozen=True)
class Around:
    """The frame as a page of one language shows it: its own words, for each that is missing the first language's."""

    first: object  # the edition of the first language
    own: object = None  # of the page's own, where there is one and it is another
    is_confirmed: bool = False

    def __getattr__(self, name):
        if name not in SAID:
            raise AttributeError(name)
        return self._said(self.own if self.own and getattr(self.own, name) else self.first, name)

    @property
    def needs_two_people(self):
        return self.first.needs_two_people

    @property
    def shows_old_editions(self):
        return self.first.shows_old_editions

    @property
    def shows_unsafe(self):
        return self.first.shows_unsafe

    @property
    def asks_words(self):
        return self.first.asks_words

    @property
    def editions(self):
        return [one for one in (self.own, self.first) if one]

    @property
    def emergencies(self):
        """The boxes for emergencies. Until a speaker has confirmed them, those of the first language stand beside."""
        has_own = self.own and any(self.own.emergency())
        shown = [self._emergency(self.emergency_number, self)] if has_own else []
        if not shown or not self.is_confirmed:
            shown.append(self._emergency(self.first.emergency_number, Around(self.first)))
        return shown

    def _emergency(self, number, words):
        label = words.emergency_label
        if words.own and names_another(label, number):
            label = self._said(self.first, "emergency_label")
        return Emergency(words.emergency_heading, words.emergency_text, label, phone_of(number), number)

    def _said(self, edition, name):
        return said(getattr(edition, name), edition.language)
