"""Checks the file this stands in, without the site it came from: python3 verify.py [LINE:HASH]

Needs nothing but Python 3. LINE:HASH is the head of the ledger as it was printed or mailed at some time; with it the
program also says whether the chain in this file still contains that line.
"""

import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PICTURE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
MAKING = ("publish", "schedule", "withdraw")


def digest(value):
    """SHA-256 of canonical JSON: keys sorted, no blanks, text as it is."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def told(line, chain):
    """What a line says, by field."""
    names = chain["fields"][str(line["values"][0])]
    return {name: line["values"][place] for place, name in enumerate(names)}


def chain_faults(chain):
    previous = "0" * 64
    for number, line in enumerate(chain["lines"], 1):
        said = told(line, chain)
        if said["seq"] != number or said["previous"] != previous or digest(line["values"]) != line["hash"]:
            yield f"line {number} of the ledger is not what was written, or does not follow from the line before it"
            return
        previous = line["hash"]


def edition_faults(edition, lines, at):
    called = f"edition {edition['number']} of {edition['work']}"
    fields = edition["fields"]
    found = digest({name: fields[name] for name in edition["text_fields"]}), digest(fields)
    erased = [line for line in lines if line["verb"] == "redact" and line["number"] == edition["number"]]
    if any(line["work"] == edition["work"] for line in erased):
        found = edition["text_digest"], edition["page_digest"]  # erased by law: the digest alone is left
    numbered = [line for line in lines if line["work"] == edition["work"] and line["number"]]
    cancelled = {line["number"] for line in numbered if line["verb"] == "cancel"}
    made = [line for line in numbered if line["verb"] in MAKING and line["number"] not in cancelled]
    mine = [line for line in made if line["number"] == edition["number"]]
    if not mine or (mine[0]["text_digest"], mine[0]["page_digest"]) != found:
        yield f"{called} is not the text that the ledger recorded"
    in_force = [line for line in made if line["in_force_at"] <= at]
    if not in_force or max(in_force, key=lambda line: line["in_force_at"])["number"] != edition["number"]:
        yield f"{called} was not in force at that moment, says the ledger"
    for name in PICTURE.findall(fields["html"]):
        picture = HERE / "pictures" / name
        if not picture.is_file() or hashlib.sha256(picture.read_bytes()).hexdigest() != name[:64]:
            yield f"the picture {name} is missing or is not the one that {called} showed"


def review_faults(reviews, lines):
    """Each review must stand in a line of its moment, and each line that revokes must be some review's."""
    acts = [line for line in lines if line["verb"] in ("review", "revoke")]
    said = {(line["verb"], line["work"], line["page_digest"], line["at"]): line["text_digest"] for line in acts}
    keyed = [((review["work"], digest(review["fields"])), review) for review in reviews]
    revoked = {("revoke", *key, review["revoked_at"]) for key, review in keyed}
    unexplained = {place[1:3] for place in said if place[0] == "revoke" and place not in revoked}
    for key, review in keyed:
        fields, until = review["fields"], review["revoked_at"]
        is_made = said.get(("review", *key, review["made_at"])) == fields["text_digest"]
        is_until = key not in unexplained if until is None else ("revoke", *key, until) in said
        if not is_made or not is_until:
            yield f"the review by {fields['reviewer_name']} is not what the ledger recorded"


def anchor_faults(anchor, chain):
    number, _, known = anchor.partition(":")
    lines = {str(place): line["hash"] for place, line in enumerate(chain["lines"], 1)}
    if lines.get(number) != re.sub(r"\s", "", known).lower():
        yield f"the chain does not contain the line {number} that you noted"


def faults(record, chain, anchor):
    yield from chain_faults(chain)
    if anchor:
        yield from anchor_faults(anchor, chain)
    lines = [told(line, chain) for line in chain["lines"]]
    for edition in record["editions"]:
        yield from edition_faults(edition, lines, record["at"])
    yield from review_faults(record["reviews"], lines)


def main(arguments):
    try:
        record = json.loads((HERE / "record.json").read_text(encoding="utf-8"))
        chain = json.loads((HERE / "chain.json").read_text(encoding="utf-8"))
        found = list(faults(record, chain, arguments[0] if arguments else ""))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as problem:
        found = [f"a file is missing or cannot be read ({type(problem).__name__}: {problem})"]
    if found:
        sys.stdout.write("This does not hold: " + "; ".join(found) + ".\n")
        return 1
    head = chain["lines"][-1]
    sys.stdout.write(
        f"This holds: {len(record['editions'])} editions and {len(record['reviews'])} reviews are what the ledger "
        f"recorded, and its {len(chain['lines'])} lines follow from each other. Last line: "
        f"{len(chain['lines'])}:{head['hash']}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
