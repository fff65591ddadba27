"""What the access record answers: whether it holds, and in sentences who did what."""

from django.contrib.auth import get_user_model

from publishing.models import BEGINNING, Access, Reviewer, kinds, name_of
from publishing.text import canonical

# What was done, with {it} where it names whom or what it was done to; without words, as the verb is called.
SAID = {
    Access.Verb.MAKE: "made the account of {it}",
    Access.Verb.CLOSE: "closed the account of {it}",
    Access.Verb.OPEN: "opened the account of {it} again",
    Access.Verb.RENAME: "renamed the account of {it}",
    Access.Verb.MAIL: "changed the mail address of {it}",
    Access.Verb.GIVE: "gave {it} the role",
    Access.Verb.TAKE: "took from {it} the role",
    Access.Verb.SET_PASSWORD: "set the password of {it}",
    Access.Verb.INVITE: "invited {it} to set their own password",
    Access.Verb.END_FACTOR: "ended the second factor of {it}",
    Access.Verb.ASK: "asked at the log-in for a link to set the password of {it}",
    Access.Verb.CONFIRM: "made sure that the account or the address of {it} is theirs",
    Access.Verb.LIST: "listed {it} as an outside reviewer, or changed the entry",
    Access.Verb.LINK: "made a link for {it}",
    Access.Verb.OPEN_LINK: "opened the link for {it}",
    Access.Verb.REVOKE_LINK: "took back the link for {it}",
    Access.Verb.COMPLAINT: "took a file for a complaint about {it}",
}
# Their owner alone does these, so the name stands in front.
OWN = {Access.Verb.LOG_IN, Access.Verb.LOG_OUT, Access.Verb.OWN_PASSWORD, Access.Verb.ACCEPT, Access.Verb.FORBID}
OWN |= {Access.Verb.FACTOR}
BEHIND = (("factor", ", with"), ("role", ""), ("text", ", of"), ("path", ", at"), ("network", ", from the address"))


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


def about(lines):
    """By subject of these lines, (its class, its key, its name of today) where there still is one; a query a kind."""
    found = kinds.titled({line.subject for line in lines})
    for called, model, name in (("account", get_user_model(), name_of), ("reviewer", Reviewer, lambda one: one.name)):
        prefix = f"{called}/"
        keys = {line.subject.removeprefix(prefix) for line in lines if line.subject.startswith(prefix)}
        found |= {f"{prefix}{one.pk}": (model, one.pk, name(one)) for one in model.objects.filter(pk__in=keys)}
    return found


def done(line, name=""):
    """(what was done, whom or what it was done to, what stands behind): `name` is what that is called today."""
    told, said = line.told(), SAID.get(line.verb, line.get_verb_display())
    before, it, after = said.partition("{it}")
    title = (name or told.get("whom") or told.get("text") or "somebody") if it else ""
    if not it and told.get("whom") and line.verb not in OWN:
        after += f", as {_shown(told['whom'])}"
    if "from" in told:
        after += f", from {_shown(told['from'])} to {_shown(told['to'])}"
    for key, word in BEHIND:
        if told.get(key) and told[key] != title and line.verb != Access.Verb.COMPLAINT:
            after += f"{word} {_shown(told[key])}"
    if told.get("before"):
        after += f" ({told['before']} more in the hour before that were counted only)"
    if line.is_forgotten("detail"):
        after += ", with words that were erased"
    return before, title, f"{after}."


def sentence(line, name=""):
    """A line in words: what was done, to whom, from what to what."""
    said = "".join(done(line, name))
    return f"{said[:1].upper()}{said[1:]}"


def _shown(value):
    return (f"“{value}”" if value else "nothing") if isinstance(value, str) else canonical(value)
