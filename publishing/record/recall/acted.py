"""Acts in sentences: what somebody did with a text, as staff read it of a line of the ledger."""

from django.db.models.functions import Left

from publishing.models import HELD_BACK, PAIRING, Among, Line, Picture, Review, kinds, name_in_ledger
from publishing.record.recall.spoken import lately

SOMEBODY = "Somebody whose name was erased"


def results(lines):
    """By line, what each review among them said; a query for each kind."""
    seqs, found = [line.seq for line in lines if line.verb == Line.Verb.REVIEW], {}
    for model in kinds.reviews() if seqs else ():
        found |= dict(model.objects.filter(Among("line", seqs)).values_list("line_id", "result"))
    return found


def titled(names):
    """By name in the ledger (class, key, title of today) of texts and of pictures, where they are; a query for each."""
    found, called = kinds.titled(names), name_in_ledger("")
    files = {one.removeprefix(called) for one in names if one.startswith(called)}
    pictures = Picture.objects.alias(begins=Left("name", 40)).filter(begins__in=files) if files else ()
    return found | {name_in_ledger(one.name): (Picture, one.pk, one.called) for one in pictures}


def who(line):
    """Who did it, by the name that stands on a line; strangers have none."""
    return line.by_name or (SOMEBODY if line.is_forgotten("by") else "Somebody unknown")


def acted(line, said, *, tells_reviewers_note=True):
    """(what somebody did with a text, what stands behind its title); `said` is what each review said."""
    why = ": the note was erased" if line.is_forgotten("note") else f": {line.note}" if line.note else ""
    when = line.in_force_at and lately(line.in_force_at, line.at)
    if line.verb == Line.Verb.REVIEW:
        result = Review.Result(said.get(line.seq, Review.Result.FIT)).label
        why = f": {result[:1].lower()}{result[1:]}" + (f". {line.note}" if line.note and tells_reviewers_note else "")
    if line.verb == Line.Verb.CANCEL and line.note.startswith(HELD_BACK):
        return "held back", _ended(f": {line.note.removeprefix(HELD_BACK)}")
    did = {
        Line.Verb.PUBLISH: f"published edition {line.number} of",
        Line.Verb.SCHEDULE: f"had edition {line.number} wait until {when}, of",
        Line.Verb.WITHDRAW: "withdrew",
        Line.Verb.CANCEL: "cancelled what waited of",
        Line.Verb.REVIEW: "checked",
        Line.Verb.REVOKE: "took back a check of",
        Line.Verb.CHECK: "found still right",
        Line.Verb.REDACT: f"erased edition {line.number} of",
        Line.Verb.OPEN: f"opened to patients the old edition {line.number} of",
        Line.Verb.CLOSE: f"closed again the old edition {line.number} of",
        Line.Verb.NOBODY: "said that nobody can be known in the picture",
        Line.Verb.CONSENT: f"said that people agreed{f', until {when},' if when else ''} to the picture",
        Line.Verb.RETRACT: "took back the consent to the picture",
        Line.Verb.FORGET: f"erased words of line {line.number}, about",
    }
    return did.get(line.verb, line.get_verb_display()), _ended(why)


def pair_named(line):
    """The word pair that a line tells of, as its title; nothing for any other line."""
    if line.verb not in PAIRING:
        return ""
    told = line.told()
    return f"{told['word']}, {told['also']}" if told else "whose words were erased"


def _ended(words):
    return words if words.endswith((".", "?", "!")) else f"{words}."
