"""What is forgiven: of a word that no live text has, what was meant; and of one in other letters, how it sounds."""

from itertools import islice

from publishing.models import index
from publishing.record.searching.terms import BEGUN, ENDING, MEANT, PAIR, SLIP, SOUND, SPLIT, TYPED, Way
from publishing.safety import medicines_in, names_medicine
from publishing.text import seeking

MOST = 2000  # forms that are looked at
BEST, BEST_SOUNDS = 3, 4
FEWEST_BEGUN = 3
OFFERED, OFFERED_OF, LIKE = 3, 20, 60  # words, of so many, at least so much like what was typed
SURELY = 0.75  # how surely a word of pairs was meant, after which none of a text is looked for
SURE = 2  # how near a form is after which none is looked for that is further off
QUALITY = {BEGUN: 0.9, SPLIT: 0.95, SLIP: 0.75, ENDING: 0.7}


def forgive(terms, reading):
    """Give each term that is unknown the ways in which it may have been meant."""
    left = []
    for number, term in enumerate(terms):
        term.ways = [way for way in term.ways if reading.holds(way.words)]
        form = term.forms[0][0]
        if len(term.forms) > 1 and not term.ways:
            continue  # taken apart by `parted`
        is_foreign = len(term.forms) == 1 and seeking.script_of(form) != reading.script
        if not any(way.kind != MEANT or (way.quality >= SURELY and len(way.words) == 1) for way in term.ways):
            term.ways += _meant(form, reading, is_last=number == len(terms) - 1)
        elif not is_foreign and _is_of_others(term, reading) and not names_medicine(form, reading.language):
            term.ways += _slipped(form, reading, is_own=True)
        if is_foreign or not (term.ways or form in reading.spelt):
            term.ways += sounds(term, reading)
        left.append(term)
    return left


def _is_of_others(term, reading):
    """Whether only texts in other languages have a word as it was typed: ours may have it in another spelling."""
    return len(term.forms) == 1 and all(way.kind == TYPED for way in term.ways) and not reading.is_own(term.forms[0][0])


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
    if is_last and len(form) >= FEWEST_BEGUN and (found := _live(BEGUN, _beginning(form), reading)):
        return found
    if form in reading.spelt:  # heart is neither hear nor hurt
        return _ending(form, reading)
    return _slipped(form, reading) or _by_ear(form, reading) or _ending(form, reading)


def _slipped(form, reading, *, is_own=False):
    """The forms that differ by a slip, or by two: those by two are many, and read only where no other is near.

    Those of the site's own language come first, and of another is taken what is nearer; or, where `is_own`, none.
    """
    ways, tongue = [], seeking.tongue_of(form, reading.language)
    for asked in (_by_one(form), _by_two(form)):
        forms = _forms(asked) if asked else {}
        own = {one: told for one, told in forms.items() if told[2] == tongue}
        near = _nearest(form, own)
        nearer = [] if is_own else [one for one in _nearest(form, forms) if one not in own]
        ways = _live(SLIP, {one: forms[one] for one in [*near, *nearer]}, reading)
        if ways and seeking.nearest(form, near or nearer)[0][0] <= SURE:
            break
    return ways


def _by_ear(form, reading):
    """The forms in the same letters that are said as this one, however they are spelled: hemroids, haemorrhoids."""
    if not (asked := seeking.keys(form)):
        return []
    found = _forms(index.tables.match([[f"={key}"] for key in asked]))
    alike = {one: seeking.heard(form, one) for one in found if seeking.script_of(one) == seeking.script_of(form)}
    best = sorted((one for one in alike if alike[one]), key=lambda one: (-alike[one], -found[one][1], one))
    return _live(SLIP, {one: found[one] for one in best}, reading)


def _ending(form, reading):
    return _live(ENDING, _beginning(form, seeking.begins_alike), reading)


def _live(kind, forms, reading):
    """The ways of the first forms that patients can read."""
    live = (one for one in forms if reading.is_live(forms[one][0]))
    return [Way((forms[one][0],), QUALITY[kind], kind, one) for one in islice(live, BEST)]


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
    """{form: (stem, rows, tongue)} of all that share a piece of the word, or its beginning."""
    return _forms(_by_two(form)) | _forms(index.tables.match([_opening(form)]))


def _by_one(form):
    pieces = seeking.halves(form)
    return pieces and _among(pieces, seeking.lengths(form, 1))


def _by_two(form):
    return _among(seeking.pieces(form), seeking.lengths(form))


def _among(pieces, lengths):
    return index.tables.match_all([index.tables.match(pieces), index.tables.match([[one] for one in lengths])])


def _beginning(form, alike=lambda form, other: other.startswith(form)):
    """{form: (stem, rows, tongue)} of those that begin so."""
    found = _forms(index.tables.match([_opening(form)]))
    return {one: told for one, told in found.items() if alike(form, one)}


def begun(form):
    """The stems of words that begin so, live or not: for staff, who look for what they have just typed in part."""
    if len(form) < FEWEST_BEGUN or not seeking.is_lettered(form):
        return []
    return list(dict.fromkeys(stem for stem, *_told in _beginning(form).values()))


def _opening(form):
    return [f"^{form}"[place : place + 2] for place in range(min(len(form), 5))]


def sounds(term, reading):
    """Words in other letters that sound like this one, or like what is kept as its pair."""
    said = {(term.forms[0][0], 1.0)} | {(way.said, way.quality) for way in term.ways if way.kind in (PAIR, MEANT)}
    found = {}
    for form, quality in sorted(said):
        if not form or " " in form or not (asked := seeking.keys(form)):
            continue
        for other, (stem, n, _tongue) in _forms(index.tables.match([[f"={key}"] for key in asked])).items():
            likeness = seeking.alike(form, other) if seeking.script_of(other) != seeking.script_of(form) else 0
            if likeness:
                found[stem] = max(found.get(stem, (0, "", 0)), (likeness * quality, other, n))
    best = sorted(found.items(), key=lambda one: (-one[1][0], -one[1][2], one[0]))
    live = ((stem, told) for stem, told in best if reading.is_live(stem))
    return [
        Way((stem,), 0.5 + 0.3 * (likeness - 50) / 50, SOUND, form)
        for stem, (likeness, form, _n) in islice(live, BEST_SOUNDS)
    ]


def _forms(query):
    """{form: (stem, rows, tongue)} of those whose marks meet a query, those of the most texts first.

    In one order of the rows, so that both databases leave out the same where there are too many.
    """
    column, condition = index.tables.found(index.tables.MARKS)
    sql = (
        f"SELECT f.form, f.stem, f.n, f.tongue FROM {index.tables.MARKS} JOIN publishing_form f ON f.id = {column} "
        f"WHERE {condition} ORDER BY {column} LIMIT {MOST}"
    )
    found = {}
    for form, *told in sorted(index.tables.asked(sql, [query]), key=lambda row: (-row[2], row[0], row[3])):
        found.setdefault(form, tuple(told))
    return found
