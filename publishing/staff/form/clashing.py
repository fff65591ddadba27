"""Two people saved one text: what differs, passage by passage, to be chosen from; what one alone changed is taken.

The page sends each passage of both texts back, so that choosing rests on nothing that may have changed meanwhile, and
neither text is ever lost.
"""

import re
from dataclasses import dataclass, field

from django.forms import BooleanField
from django.forms.utils import pretty_name
from django.utils import timezone
from django.utils.text import capfirst

from publishing import safety
from publishing.models import Buffer
from publishing.text import Piece, merge, pieces

PART = re.compile(r"_(mine|theirs|base):([\w-]+):(\d{1,4})")
BECAME = re.compile(r"(.+) became (.+)")
TAKES = ("mine", "theirs", "third")
TICKED = "on"  # what a browser sends of a box that is ticked


@dataclass
class Part:
    """One passage of one field. `take` says whose text is taken, and is nothing as long as nobody has chosen."""

    name: str  # of the field
    number: int
    mine: str
    theirs: str
    of: str
    base: str | None = None
    place: str = ""
    take: str = ""
    third: str = ""
    shown: dict = field(default_factory=dict)  # (mine, theirs) where a choice is not words but a row, by its name
    dangers: list = field(default_factory=list)

    @property
    def key(self):
        return f"{self.name}:{self.number}"

    @property
    def text(self):
        if self.take != "third":
            return self.theirs if self.take == "theirs" else self.mine
        gap = self.mine[len(self.mine.rstrip()) :] or self.theirs[len(self.theirs.rstrip()) :]
        return self.third.rstrip() + gap

    def marked(self, whose):
        """A text with the words marked that differ from the base, or from the other where no base is known."""
        if whose in self.shown:
            return [Piece("new", self.shown[whose])]
        text, other = (self.mine, self.theirs) if whose == "mine" else (self.theirs, self.mine)
        before = other if self.base is None else self.base
        return [piece for piece in pieces(before.strip(), text.strip()) if piece.kind != "gone"]

    @property
    def of_mine(self):
        return self.marked("mine")

    @property
    def of_theirs(self):
        return self.marked("theirs")


@dataclass
class Clash:
    """What one form of the page (the text's, or a question's) and the working copy say differently."""

    who: str
    at: object
    edits: tuple  # (name of the field that counts the saves, how many there are now)
    parts: list
    title: str = ""  # of a question


def base_of(form):
    """What stood in a form when it was opened, by field; nothing where no script told it."""
    key = form.data.get("buffer", "")
    row = Buffer.objects.filter(key=key, saved_at=None).first() if key else None
    prefix = f"{form.prefix}-" if form.prefix else ""
    fields = row.base if row else {}
    return {name.removeprefix(prefix): texts[0] for name, texts in fields.items() if name.startswith(prefix) and texts}


def is_untouched(form, base, names):
    """Whether nothing was changed in this form since it was opened."""
    return bool(base) and all(sent(form, name) == lines(base.get(name)) for name in names)


def sent(form, name):
    """What the browser sent of a field; of a box that is not ticked it sends nothing."""
    full = form.add_prefix(name)
    if isinstance(form.fields[name], BooleanField):
        return TICKED if form.fields[name].widget.value_from_datadict(form.data, form.files, full) else ""
    return lines(form.data.get(full, ""))


def clash(form, current, names, base):
    """What differs between a form and what somebody saved meanwhile; None where nothing does."""
    language, parts = getattr(current, "language", "en"), []
    for name in names:
        mine, theirs = sent(form, name), told(form, current, name)
        if mine.strip() != theirs.strip():
            is_known = name in base or (base and isinstance(form.fields[name], BooleanField))
            parts += parts_of(form, name, mine, theirs, lines(base.get(name)) if is_known else None, language)
    if not parts:
        return None
    edits = (form.add_prefix("edits_seen"), current.edits)
    title = str(current) if form.prefix else ""
    return Clash(current.changed_by_name or "Somebody", current.changed_at, edits, parts, title)


def told(form, current, name):
    """What the working copy says in a field, as a browser would send it."""
    value = form.fields[name].prepare_value(form.fields[name].to_python(current.serializable_value(name)))
    if isinstance(value, bool):
        return TICKED if value else ""
    return lines(str(getattr(value, "pk", value) if value is not None else ""))


def parts_of(form, name, mine, theirs, base, language):
    label = capfirst(str(form.fields[name].label or pretty_name(name)))
    full = form.add_prefix(name)
    if not is_words(form, name):
        of = "both" if base is None or base not in (mine, theirs) else "theirs" if base == mine else "mine"
        shown = {whose: shown_as(form, name, text) for whose, text in (("mine", mine), ("theirs", theirs))}
        return [taken(Part(full, 0, mine, theirs, of, base, label, shown=shown))]
    found = []
    for number, one in enumerate(merge(base, mine, theirs)):
        part = Part(full, number, one.mine, one.theirs, one.of, one.base, one.place or label)
        if one.of == "both":
            part.dangers = dangers(one, language)
        found.append(taken(part))
    return found


def is_words(form, name):
    return form._meta.model._meta.get_field(name).get_internal_type() in ("CharField", "TextField") and not hasattr(
        form.fields[name], "choices"
    )


def shown_as(form, name, text):
    if isinstance(form.fields[name], BooleanField):
        return "Yes" if text else "No"
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(next((label for value, label in choices.items() if str(value) == text), text) or "(nothing)")


def taken(part):
    """What one alone changed is taken already."""
    part.take = {"both": "", "theirs": "theirs"}.get(part.of, "mine")
    return part


def dangers(passage, language):
    """What can hurt of the difference, in words."""
    whats = [what for one in safety.find(passage.mine, passage.theirs, language=language) for what in one.what]
    both = [f"{match[1]} and {match[2]}" for match in map(BECAME.fullmatch, whats) if match]
    return both + [f"in theirs, {what}" for what in whats if not BECAME.fullmatch(what)]


def chosen(given):
    """The parts as the page sent them back, each with what was chosen."""
    found = {}
    for name, text in given.items():
        if match := PART.fullmatch(name):
            found.setdefault((match[2], int(match[3])), {})[match[1]] = lines(text)
    every, parts = given.get("_all"), []
    for (name, number), texts in sorted(found.items()):
        key = f"{name}:{number}"
        of, take = given.get(f"_of:{key}", "both"), given.get(f"_take:{key}", "")
        if of == "both" and every in TAKES:
            take = every
        third = lines(given.get(f"_third:{key}", ""))
        told = {"base": texts.get("base"), "place": given.get(f"_place:{key}", ""), "third": third}
        part = Part(name, number, texts.get("mine", ""), texts.get("theirs", ""), of, **told)
        part.take = take if take in TAKES else taken(part).take
        parts.append(part)
    return parts


def settled(given):
    """(the form with what was chosen in its fields, the parts)."""
    parts, given = chosen(given), given.copy()
    for name in {part.name for part in parts}:
        given[name] = "".join(part.text for part in parts if part.name == name)
    return given, parts


def page_of(clashes, given):
    """What the page shows: choices, what was taken, and the fields that go along unseen."""
    parts = [part for one in clashes for part in one.parts]
    edits = dict(one.edits for one in clashes)
    names = {part.name for part in parts}
    along = [
        (name, edits.get(name, text))
        for name, texts in given.lists()
        for text in texts
        if not name.startswith("_") and name not in names and name != "csrfmiddlewaretoken"
    ]
    for one in clashes:
        for part in one.parts:
            part.place = f"{one.title}: {part.place}" if one.title else part.place
    return {
        "who": clashes[0].who,
        "when": timezone.localtime(clashes[0].at),
        "choices": [part for part in parts if part.of == "both"],
        "taken": [part for part in parts if part.of in ("mine", "theirs")],
        "same": [part for part in parts if part.of == "same"],
        "along": along,
        "open": sum(not part.take for part in parts),
    }


def lines(value):
    return "\n".join(re.split("\r\n?|\n", str(value))) if value is not None else ""
