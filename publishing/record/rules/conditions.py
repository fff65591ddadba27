"""The grammar of acts in SQL: what the database asks of a line of the ledger before it takes it.

Rows are written first and their line last, so the line's trigger can ask for the row and for what was before.
"""

from publishing.models import PAIRING, PAIRS, PICTURES, Line, Review, kinds
from publishing.record.rules.grammar import (
    CHECK,
    EDITED,
    EDITION,
    FOLLOWING,
    GRAMMAR,
    GUIDES,
    PAIRED,
    PICTURED,
    REVIEW,
    REVIEWED,
)

# `r` is the row that the line makes or changes, `o` any other edition of the same text.
OTHERS = "FROM {editions} o WHERE o.work_id = {key} AND o.line_id <> NEW.seq AND o.cancelled_at IS NULL"
NEWEST = f"{OTHERS} AND o.in_force_at <= NEW.at ORDER BY o.in_force_at DESC LIMIT 1"
BEFORE = {
    "next": "NEW.number = 1 + coalesce((SELECT max(o.number) FROM {editions} o WHERE o.work_id = {key} "
    "AND o.line_id <> NEW.seq), 0)",
    "no number": "NEW.number IS NULL AND NEW.in_force_at IS NULL",
    "nothing waits": f"NOT EXISTS (SELECT 1 {OTHERS} AND o.in_force_at > NEW.at)",
    "at once": "NEW.in_force_at = NEW.at",
    "later": "NEW.in_force_at > NEW.at",
    "not before": "NEW.in_force_at >= NEW.at",
    "after live": f"NOT EXISTS (SELECT 1 {OTHERS} AND o.in_force_at >= NEW.in_force_at)",
    "read": f"coalesce((SELECT CASE WHEN o.is_notice THEN 0 ELSE 1 END {NEWEST}), 0) = 1",
    "waits": "EXISTS (SELECT 1 {row} AND r.in_force_at > NEW.at) AND NEW.in_force_at IS NULL AND {first}",
    "over": "EXISTS (SELECT 1 {row} AND (r.cancelled_at IS NOT NULL OR EXISTS (SELECT 1 FROM {editions} o "
    "WHERE o.work_id = {key} AND o.cancelled_at IS NULL AND o.in_force_at <= NEW.at "
    "AND o.in_force_at > r.in_force_at)))",
    "not erased": "NOT EXISTS (SELECT 1 FROM publishing_line l WHERE l.work = NEW.work AND l.verb = 'redact' "
    "AND l.number = NEW.number)",
    "opened": "coalesce((SELECT l.verb FROM publishing_line l WHERE l.work = NEW.work AND l.number = NEW.number "
    "AND l.verb IN ('open', 'close') ORDER BY l.seq DESC LIMIT 1), '') = 'open'",
    "stands": "{first}",
    "made beside": "EXISTS (SELECT 1 {row} AND EXISTS (SELECT 1 FROM {originals} a WHERE a.id = r.against_id "
    "AND a.number = NEW.number AND NEW.beside = {original}))",
    "ends later": "NEW.number IS NULL AND (NEW.in_force_at IS NULL OR NEW.in_force_at > NEW.at)",
    "otherwise": "coalesce((SELECT l.verb FROM publishing_line l WHERE l.work = NEW.work "
    f"AND l.verb IN {tuple(map(str, PAIRING))} ORDER BY l.seq DESC LIMIT 1), '') <> NEW.verb",
    "earlier": "EXISTS (SELECT 1 FROM publishing_line l WHERE l.seq = NEW.number AND l.seq < NEW.seq "
    "AND l.work = NEW.work AND ({forgotten}))",
}
# No line of that act named the same before.
FIRST = (
    "NOT EXISTS (SELECT 1 FROM publishing_line l WHERE l.work = NEW.work AND l.verb = NEW.verb "
    "AND l.number = NEW.number)"
)
FORGOTTEN = " OR ".join(f"(l.{part}_digest <> '' AND l.{part}_salt = '')" for part in Line.SALTED)
# Columns of the row that a line makes, and what they must be equal to.
AS_IN_LINE = {"made_at": "NEW.at", "made_by_name": "NEW.by_name"}
EQUAL = {
    EDITION: AS_IN_LINE
    | {"number": "NEW.number", "in_force_at": "NEW.in_force_at", "note": "NEW.note"}
    | {"text_digest": "NEW.text_digest", "page_digest": "NEW.page_digest"}
    | {"cancelled_at": "NULL", "redacted_at": "NULL"},
    REVIEW: AS_IN_LINE
    | {"note": "NEW.note", "text_digest": "NEW.text_digest", "own_digest": "NEW.page_digest"}
    | {"beside": "NEW.beside", "revoked_at": "NULL"},
    CHECK: AS_IN_LINE,
}
# How the row is found whose moment a line sets, and what else it must be equal to.
SET = {
    "cancelled_at": (EDITION, "r.number = NEW.number", {}),
    "redacted_at": (
        EDITION,
        "r.number = NEW.number",
        {"text_digest": "NEW.text_digest", "page_digest": "NEW.page_digest"},
    ),
    "revoked_at": (
        REVIEW,
        "r.line_id = NEW.number AND r.line_id < NEW.seq",
        {"text_digest": "NEW.text_digest", "own_digest": "NEW.page_digest"},
    ),
}


def acts_on(work_model):
    """The acts that there are on a kind of text."""
    if not work_model.IS_REVIEWED:
        return EDITED
    if work_model.IS_A_GUIDE:
        return GUIDES
    return FOLLOWING if work_model.FOLLOWS else REVIEWED


def acts_by_kind():
    """By the first part of a text's or a picture's name, the acts that there are on it."""
    return {model.LEDGER_NAME: acts_on(model) for model in kinds.works()} | {PICTURES: PICTURED, PAIRS: PAIRED}


def rows_of(work_model):
    """The class of each row that a line about a text of this kind can make."""
    made = {EDITION: work_model.edition_model()}
    if work_model.IS_REVIEWED:
        made[REVIEW] = work_model.review_model()
    if work_model.FOLLOWS:
        made[CHECK] = work_model._meta.get_field("checks").related_model
    return made


def conditions(same, matches):
    """Yield, for each kind and act, (when, holds): a line for which `when` is true is refused unless `holds` is.

    `same` compares two SQL values, NULL equal to NULL; `matches` says that a text is a number behind a name.
    """
    for model in kinds.works():
        is_named = matches("NEW.work", f"{model.LEDGER_NAME}/")
        number = f"CAST(substr(NEW.work, {len(model.LEDGER_NAME) + 2}) AS bigint)"
        for verb in sorted(acts_on(model)):
            yield f"NEW.verb = '{verb}' AND {is_named}", _holds(model, verb, number, same)
    for called, acts in ((PICTURES, PICTURED), (PAIRS, PAIRED)):
        is_one = f"substr(NEW.work, 1, {len(called) + 1}) = '{called}/'"
        for verb in sorted(acts):
            parts = [BEFORE[name].format(forgotten=FORGOTTEN) for name in GRAMMAR[verb].before]
            yield f"NEW.verb = '{verb}' AND {is_one}", " AND ".join(f"({part})" for part in parts)


def may_carry(edition, standing):
    """Whether what an edition carries over is a clinician's review of its text, given the lines of those that stand."""
    made = rows_of(type(edition).work.field.related_model).get(REVIEW)
    if made is None or edition.is_substance or edition.is_notice or edition.carried not in standing:
        return False
    fit = {"kind": Review.Kind.CLINICIAN, "result": Review.Result.FIT}
    return made.objects.filter(line=edition.carried, work=edition.work_id, **fit).exists()


def _carries(rows):
    """The same in SQL."""
    if REVIEW not in rows:
        return "r.carried IS NULL"
    review = (
        f"SELECT 1 FROM {rows[REVIEW]._meta.db_table} w WHERE w.work_id = r.work_id AND w.line_id = r.carried "
        f"AND w.line_id < NEW.seq AND w.kind = '{Review.Kind.CLINICIAN}' AND w.result = '{Review.Result.FIT}' "
        "AND w.revoked_at IS NULL"
    )
    return f"(r.carried IS NULL OR (NOT r.is_notice AND NOT r.is_substance AND EXISTS ({review})))"


def _holds(work_model, verb, key, same):
    act, rows = GRAMMAR[verb], rows_of(work_model)
    sort, found, equal = (act.makes, "r.line_id = NEW.seq", EQUAL.get(act.makes, {}))
    if "over" in act.before:
        # What it speaks of, though it sets nothing there
        sort, found, equal = EDITION, "r.number = NEW.number", {"redacted_at": "NULL"}
    if act.sets:
        sort, found, equal = SET[act.sets]
        equal = equal | {act.sets: "NEW.at"}
    values = {"key": key, "first": FIRST, "forgotten": FORGOTTEN, "editions": rows[EDITION]._meta.db_table}
    parts = [BEFORE[name] for name in act.before]
    if sort:
        wanted = [same(f"r.{column}", value) for column, value in equal.items()]
        if act.makes == EDITION:
            wanted.append("r.is_notice" if verb == "withdraw" else "NOT r.is_notice")
            wanted.append(_carries(rows))
        row = f"FROM {rows[sort]._meta.db_table} r WHERE {found} AND r.work_id = {key} AND {' AND '.join(wanted)}"
        parts.append("EXISTS (SELECT 1 {row})")
        values["row"] = row.format(**values)
    if REVIEW in rows:
        table = rows[REVIEW]._meta.db_table
        values["forgotten"] += f" OR EXISTS (SELECT 1 FROM {table} w WHERE w.line_id = l.seq AND w.salt = '')"
    if original := work_model.original_model():
        values["originals"] = original.edition_model()._meta.db_table
        values["original"] = f"'{original.LEDGER_NAME}/' || a.work_id"
    return " AND ".join(f"({part})" for part in parts).format(**values)
