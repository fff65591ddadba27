"""What the access record answers: whether it holds, and in sentences who did what."""

from publishing.models import BEGINNING, Access
from publishing.text import canonical


def broken():
    """Yield (number of the line, a sentence) of each line that does not hold, in one pass."""
    expected, previous, last, cut, gone, told = 1, BEGINNING, None, 0, set(), set()
    for line in Access.objects.order_by("seq").iterator(500):
        if line.seq != expected:
            yield expected, f"it is missing; the next one is line {line.seq}."
        if line.previous != previous:
            yield line.seq, "it does not follow from the line before it."
        if line.format not in line.SKELETON:
            yield line.seq, "it is not written as this site writes it."
        elif line.hash != line.compute_hash() or any(map(line.is_altered, line.SALTED)):
            yield line.seq, "its own words were changed after it was written."
        if last is not None and line.at < last:
            yield line.seq, "it is dated before the line before it."
        gone |= {(line.seq, part) for part in line.SALTED if line.is_forgotten(part)}
        if line.verb == Access.Verb.CUT:
            cut = max(cut, line.told().get("up_to", 0))
        elif line.verb == Access.Verb.FORGET:
            told |= {(seq, part) for seq, parts in line.told().get("lines", ()) for part in parts if seq < line.seq}
        expected, previous, last = line.seq + 1, line.hash, line.at
    for seq in sorted({seq for seq, _part in gone - told}):
        if seq > cut:
            yield seq, "its words are gone, but nobody cut the record there, nor erased them."
    for seq in sorted({seq for seq, _part in told - gone}):
        yield seq, "words stand there that were erased."


def sentence(line):
    """A line in words: what was done, to whom, from what to what."""
    told = line.told()
    said = line.get_verb_display()
    if told.get("whom"):
        said += f": {told['whom']}"
    if "from" in told:
        said += f", from {_shown(told['from'])} to {_shown(told['to'])}"
    for name, word in (("role", "the role"), ("text", "of"), ("path", "at"), ("network", "from the address")):
        if told.get(name):
            said += f", {word} {_shown(told[name])}"
    if told.get("before"):
        said += f" ({told['before']} more in the hour before that were counted only)"
    return f"{said[:1].upper()}{said[1:]}."


def _shown(value):
    return f"“{value}”" if isinstance(value, str) else canonical(value)
