"""What is forgiven: of a word that no live text has, what was meant; and of one in other letters, how it sounds."""

from itertools import islice

from django.db import connection

from publishing.models import index
from publishing.record.searching.terms import BEGUN, ENDING, PAIR, SLIP, SOUND, SPLIT, Way
from publishing.safety import medicines_in, names_medicine
from publishing.text import seeking

MOST = 2000  # forms that are looked at
BEST, BEST_SOUNDS = 3, 4
FEWEST_BEGUN = 3
OFFERED, OFFERED_OF, LIKE = 3, 20, 60  # words, of so many, at least so much like what was typed
QUALITY = {BEGUN: 0.9, SPLIT: 0.95, SLIP: 0.75, ENDING: 0.7}


def forgive(terms, reading):
    """Give each term that is unknown the ways in which it may have been meant. Small words by ear fall out."""
    left = []
    for number, term in enumerate(terms):
        term.ways = [way for way in term.ways if reading.holds(way.words)]
        form = term.forms[0][0]
        if len(term.forms) > 1 and not term.ways:
            continue  # taken apart by `parted`
        if not term.ways and seeking.is_small_by_ear(form):
            continue
        is_foreign = len(term.forms) == 1 and seeking.script_of(form) != reading.script
        if not term.ways:
            term.ways = _meant(form, reading, is_last=number == len(terms) - 1)
        if is_foreign or not term.ways:
            term.ways += _sounds(term, reading)
        left.append(term)
    return left


def _meant(form, reading, *, is_last):
    """The ways of the first kind of forgiveness that finds anything.

    A medicine's name, rightly spelt, is not forgiven: what is near it may be another medicine.
    """
    if names_medicine(form, reading.language):
        return []
    if halves := _split(form, reading):
        return [Way(halves, QUALITY[SPLIT], SPLIT)]
    if not seeking.is_lettered(form):
        return []
    forms = _near(form)
    chosen = {
        BEGUN: [one for one in forms if is_last and len(form) >= FEWEST_BEGUN and one.startswith(form)],
        SLIP: _nearest(form, forms),
        ENDING: [one for one in forms if seeking.begins_alike(form, one)],
    }
    for kind, some in chosen.items():
        live = (one for one in some if reading.is_live(forms[one][0]))
        if found := list(islice(live, BEST)):
            return [Way((forms[one][0],), QUALITY[kind], kind, one) for one in found]
    return []


def near(form, reading):
    """The live words that are most like one that stands nowhere: to be offered, since they may be something else.

    A medicine's name is neither given such neighbours nor is one.
    """
    if names_medicine(form, reading.language) or not seeking.is_lettered(form):
        return []
    forms = {one: told for one, told in _near(form).items() if seeking.is_lettered(one)}
    ranked = sorted((-seeking.likeness(form, one), -forms[one][1], one) for one in forms)[:OFFERED_OF]
    found = {}
    for likeness, _n, one in ranked:
        stem = forms[one][0]
        if -likeness >= LIKE and not medicines_in(one, reading.language) and reading.is_live(stem):
            found.setdefault(stem, one)
    return list(found.values())[:OFFERED]


def _nearest(form, forms):
    """The nearest forms; of those that are as near, the ones that most texts have."""
    found = seeking.nearest(form, forms)
    ranked = sorted(found, key=lambda one: (one[0], -forms[one[1]][1], one[1]))
    return [one for rank, one in ranked if rank <= ranked[0][0]]


def _split(form, reading):
    """The two words that a text has instead of this one, the longest first; nothing where there are none."""
    if len(form) < 6 or not form.isalpha():
        return ()
    halves = [(form[:place], form[place:]) for place in range(3, len(form) - 2)]
    stems = {half: reading.of(half)[0] for pair in halves for half in pair}
    reading.count(stems.values())
    for first, second in sorted(halves, key=lambda pair: abs(len(pair[0]) - len(pair[1]))):
        if reading.holds((stems[first], stems[second])):
            return stems[first], stems[second]
    return ()


def _near(form):
    """{form: (stem, rows)} of all that share a piece of the word, or its beginning."""
    asked = [
        index.tables.match_all(
            [index.tables.match(seeking.pieces(form)), index.tables.match([[one] for one in seeking.lengths(form)])]
        )
    ]
    asked.append(index.tables.match([_beginning(form)]))
    return _forms(" OR " if index.tables.is_sqlite() else " | ", asked)


def begun(form):
    """The stems of words that begin so, live or not: for staff, who look for what they have just typed in part."""
    if len(form) < FEWEST_BEGUN or not seeking.is_lettered(form):
        return []
    found = _forms("", [index.tables.match([_beginning(form)])])
    return list(dict.fromkeys(stem for one, (stem, _n) in found.items() if one.startswith(form)))


def _beginning(form):
    return [f"^{form}"[place : place + 2] for place in range(min(len(form), 5))]


def _sounds(term, reading):
    """Words in other letters that sound like this one, or like what is kept as its pair."""
    said = {(term.forms[0][0], 1.0)} | {(way.said, way.quality) for way in term.ways if way.kind == PAIR}
    found = {}
    for form, quality in sorted(said):
        if not form or " " in form or not (asked := seeking.keys(form)):
            continue
        for other, (stem, n) in _forms("", [index.tables.match([[f"={key}"] for key in asked])]).items():
            likeness = seeking.alike(form, other) if seeking.script_of(other) != seeking.script_of(form) else 0
            if likeness:
                found[stem] = max(found.get(stem, (0, "", 0)), (likeness * quality, other, n))
    best = sorted(found.items(), key=lambda one: (-one[1][0], -one[1][2], one[0]))
    live = ((stem, told) for stem, told in best if reading.is_live(stem))
    return [
        Way((stem,), 0.5 + 0.3 * (likeness - 50) / 50, SOUND, form)
        for stem, (likeness, form, _n) in islice(live, BEST_SOUNDS)
    ]


def _forms(either, asked):
    column, condition = index.tables.found(index.tables.MARKS)
    sql = (
        f"SELECT f.form, f.stem, f.n FROM {index.tables.MARKS} JOIN publishing_form f ON f.id = {column} "
        f"WHERE {condition} LIMIT {MOST}"
    )
    query = either.join(f"({one})" for one in asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query])
        return {form: (stem, n) for form, stem, n in sorted(cursor.fetchall(), key=lambda row: row[2])}
