"""Checks the file this stands in, without the site it came from: python3 verify.py [LINE:HASH]

Needs nothing but Python 3. LINE:HASH is the head of the ledger as it was printed or mailed at some time; with it the
program also says whether the chain in this file still contains that line. README.txt says what is proved.
"""

import csv
import hashlib
import json
import pathlib
import re
import sys
from collections import Counter, namedtuple

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from grammar import EDITED, EDITION, FOLLOWING, GRAMMAR, GUIDES, PAIRED, PICTURED, REVIEWED, Story  # noqa: E402
from shown import page_faults  # noqa: E402

KINDS = {"articles": GUIDES, "faq": FOLLOWING, "frame": REVIEWED, "topics": EDITED, "pictures": PICTURED}
KINDS |= {"words": REVIEWED, "pages": REVIEWED, "pairs": PAIRED}
# What the hash of a ledger line covers: the line before it, these, and one digest of the others.
SKELETON = ("format", "seq", "at", "verb", "work", "beside", "number", "in_force_at")
RESTING = ("text_digest", "page_digest", "touch_digest", "by_digest", "note_digest", "detail_digest")
SALTED = {"by": ("by_name", "by_account"), "note": ("note",), "detail": ("detail",)}
WORDS = ("reviewer_name", "credential", "evidence", "invited_by_name")
# All that may stand in the files, so that nothing is added which no hash covers.
KNOWN = {
    "record": {"at", "page", "editions", "reviews", "lines"},
    "edition": {"work", "number", "text_fields", "text_digest", "words_digest", "page_digest", "words", "fields"},
    "review": {"line", "made_by_name", "note", "revoked_at", "salt", "words", "fields"},
    "line": {*SKELETON, *RESTING, *(f"{part}_salt" for part in SALTED)}.union(*SALTED.values()),
}
Line = namedtuple("Line", [*SKELETON, "rest"])
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
PICTURE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")


def canonical(value):
    """Canonical JSON: keys sorted, no blanks, text as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def once(pairs):
    """A JSON object in which no name stands twice: a reader would see the one and this program the other."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("one name stands twice in it")
    return dict(pairs)


class Chain:
    """The ledger as chain.csv tells it: its hashes, which texts patients read at the moment, and what is wrong."""

    def __init__(self, path, at, page):
        self.hashes, self.rests, self.faults = ["0" * 64], {}, []
        self.live, self.hidden, self.beside, story = None, set(), set(), Story(KINDS)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                line = self.take(Line(*row), page)
                if self.live is None and line.at > at:
                    self.live, self.hidden = self.read_at(story, at), self.hidden_at(story, at)
                self.faults += [f"line {line.seq} of the ledger: {said}" for said in story.faults(line)]
                self.last = line
        if self.live is None:
            self.live, self.hidden = self.read_at(story, at), self.hidden_at(story, at)

    def take(self, told, page):
        told = told._replace(format=int(told.format), seq=int(told.seq), in_force_at=told.in_force_at or None)
        line = told._replace(number=int(told.number) if told.number else None)
        if line.seq != len(self.hashes):
            self.faults.append(f"line {line.seq} stands in the ledger where line {len(self.hashes)} should")
        self.rests[line.seq] = line
        self.hashes.append(digest([self.hashes[-1], *line]))
        if line.beside == page and GRAMMAR.get(line.verb) and GRAMMAR[line.verb].makes == EDITION:
            self.beside.add((line.work, line.number))
        return line

    @staticmethod
    def read_at(story, at):
        """By text (number, in force from, is a notice) of what patients read at a moment."""
        return {work: text.live for work in list(story.texts) if (text := story.text(work, at)).live}

    @staticmethod
    def hidden_at(story, at):
        """The pictures of which patients were shown the description alone: the consent of who is in them was over."""
        said = {work: text.consent for work, text in story.texts.items() if text.consent}
        return {work for work, (verb, ends_at) in said.items() if verb == "retract" or (ends_at and ends_at <= at)}

    def hides(self, picture):
        return f"pictures/{picture[:40]}" in self.hidden


def shape_faults(record):
    things = [("record", record)]
    things += [(kind, one) for kind in ("edition", "review", "line") for one in record[f"{kind}s"]]
    for kind, thing in things:
        for name in sorted(set(thing) - KNOWN[kind]):
            yield f"“{name}” was added to a {kind}: nothing proves it"
    if not MOMENT.fullmatch(record["at"]):
        yield f"“{record['at']}” is not a moment as this file writes it"
    for work, times in Counter(edition["work"] for edition in record["editions"]).items():
        if times > 1:
            yield f"record.json has {times} editions of {work}, of which only one can have been in force"


def line_faults(lines, chain, works):
    """The lines about these texts must be exactly those of the chain, with the words that their digests are of."""
    here = {line["seq"]: line for line in lines}
    if len(here) < len(lines):
        yield "a line of the ledger stands twice in record.json"
    for seq, line in here.items():
        known = chain.rests.get(seq)
        rest = digest([line[name] for name in RESTING])
        if known is None or [*known] != [*(line[name] for name in SKELETON), rest]:
            yield f"line {seq} in record.json is not the line {seq} of the ledger in chain.csv"
        for part, names in SALTED.items():
            values, salt = [line[name] for name in names], line[f"{part}_salt"]
            expected = digest([salt, *values]) if any(values) else ""
            # Erased by law: the digest alone is left.
            if line[f"{part}_digest"] != expected and (salt or any(values)):
                yield f"line {seq} in record.json does not say what was written"
    for seq, known in chain.rests.items():
        if known.work in works and seq not in here:
            yield f"line {seq} of the ledger, about {known.work}, is missing from record.json"


def edition_faults(edition, lines, chain):
    work, number, said = edition["work"], edition["number"], edition["words"]
    called = f"edition {number} of {work}"
    mine = [line for line in lines if line["work"] == work and line["number"] == number]
    stated = [edition[f"{name}_digest"] for name in ("text", "words", "page")]
    computed = [digest({name: said.get(name) for name in edition["text_fields"]}), digest(said)]
    if not said and any(line["verb"] == "redact" for line in mine):
        computed = stated[:2]  # erased by law: the digest alone is left
    computed.append(digest({**edition["fields"], "words_digest": computed[1]}))
    recorded = [(line["text_digest"], line["page_digest"]) for line in mine if GRAMMAR[line["verb"]].makes == EDITION]
    if recorded != [(stated[0], stated[2])] or computed != stated or edition["fields"]["text_digest"] != stated[0]:
        yield f"{called} is not the text that the ledger recorded"
    if chain.live.get(work, (None,))[0] != number:
        yield f"{called} was not in force at that moment, says the ledger"
    for name in PICTURE.findall(said.get("html", "")):
        picture = HERE / "pictures" / name
        if chain.hides(name):
            continue
        if not picture.is_file() or hashlib.sha256(picture.read_bytes()).hexdigest() != name[:64]:
            yield f"the picture {name} is missing or is not the one that {called} showed"


def carried_faults(record):
    """What an edition carries over must be a clinician's review of that text that stood when it was made."""
    lines = {line["seq"]: line for line in record["lines"]}
    reviews = {one["line"]: one for one in record["reviews"] if one["line"] in lines}
    for edition in record["editions"]:
        work, number, carried = edition["work"], edition["number"], edition["fields"].get("carried")
        made = [line for line in lines.values() if (line["work"], line["number"]) == (work, number)]
        made = [line for line in made if GRAMMAR[line["verb"]].makes == EDITION]
        review = reviews.get(carried)
        if carried is None:
            continue
        is_so = review and made and carried < made[0]["seq"] and lines[carried]["work"] == work
        is_so = is_so and (review["fields"]["kind"], review["fields"]["result"]) == ("clinician", "fit")
        is_so = is_so and not (review["revoked_at"] and review["revoked_at"] < made[0]["at"])
        if not is_so or edition["fields"]["is_substance"]:
            yield f"edition {number} of {work} carries over a review that is no clinician's of it, made before and fit"


def missing_editions(record, chain):
    """Texts that the record or the ledger names, without the edition that belongs to them."""
    here, page = {edition["work"] for edition in record["editions"]}, record["page"]
    named = {line["work"] for line in record["lines"]} | {page}
    named |= {one for one in chain.live if one.startswith("frame/")}
    guides = [edition["fields"] for edition in record["editions"] if edition["work"].startswith("articles/")]
    named |= {f"topics/{fields['topic_id']}" for fields in guides if fields.get("topic_id")}
    if not chain.live.get(page, (0, 0, True))[2]:
        # The questions that stood beside it
        named |= {
            work
            for work, (number, _at, is_notice) in chain.live.items()
            if (work, number) in chain.beside and not is_notice
        }
    for work in sorted(named - here):
        yield f"the edition of {work} is missing from record.json"


def review_faults(reviews, lines):
    """The reviews must be exactly those of the ledger, each made and revoked when its lines say so, and by whom."""
    made, taken = {line["seq"]: line for line in lines if line["verb"] == "review"}, set()
    revoked = {line["number"]: line["at"] for line in lines if line["verb"] == "revoke"}
    for review in reviews:
        fields, words = review["fields"], review["words"]
        line = made.get(review["line"])
        called = f"the review by {words['reviewer_name']} of {line and line['work']}"
        is_same = line is not None and digest(fields) == line["page_digest"]
        is_same = is_same and fields["text_digest"] == line["text_digest"] and fields["made_at"] == line["at"]
        is_same = is_same and (review["note"], review["made_by_name"]) == (line["note"], line["by_name"])
        if review["salt"] or any(words.values()):
            is_same = is_same and digest([review["salt"], *(words[name] for name in WORDS)]) == fields["words_digest"]
        if review["line"] in taken:
            yield f"{called} stands twice in record.json"
        taken.add(review["line"])
        if not is_same:
            yield f"{called} is not what the ledger recorded"
        elif review["revoked_at"] != revoked.get(review["line"]):
            yield f"{called} was revoked at {revoked.get(review['line'])}, says the ledger"
    for line in [made[seq] for seq in sorted(set(made) - taken)]:
        yield f"a review of {line['work']} is missing from record.json: {line['by_name']} recorded one at {line['at']}"


def anchor_faults(anchor, chain):
    number, _, known = anchor.partition(":")
    lines = {str(seq): chain.hashes[seq] for seq in range(1, len(chain.hashes))}
    if lines.get(number) != re.sub(r"\s", "", known).lower():
        yield f"the chain does not contain the line {number} that you noted"


def faults(record, chain, page, anchor):
    yield from chain.faults[:3]
    if anchor:
        yield from anchor_faults(anchor, chain)
    yield from shape_faults(record)
    lines = record["lines"]
    works = {one["work"] for one in (*record["editions"], *lines)}
    yield from line_faults(lines, chain, works)
    for edition in record["editions"]:
        yield from edition_faults(edition, lines, chain)
    yield from missing_editions(record, chain)
    yield from review_faults(record["reviews"], lines)
    yield from carried_faults(record)
    yield from page_faults(record, page, chain.hides)


def counted(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"


def main(arguments):
    sys.stdout.reconfigure(errors="backslashreplace")  # names are in any script, and a console may not know it
    try:
        record = json.loads((HERE / "record.json").read_text(encoding="utf-8"), object_pairs_hook=once)
        chain = Chain(HERE / "chain.csv", record["at"], record["page"])
        page = (HERE / "page.html").read_text(encoding="utf-8")
        found = list(faults(record, chain, page, arguments[0] if arguments else ""))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
        found = [f"a file is missing or cannot be read ({type(problem).__name__}: {problem})"]
    if found:
        sys.stdout.write("This does not hold: " + "; ".join(found) + ".\n")
        return 1
    head, editions, reviews = chain.last, len(record["editions"]), len(record["reviews"])
    sys.stdout.write(
        f"This holds: {counted(editions, 'edition')} and {counted(reviews, 'review')} are what the ledger recorded of "
        f"{record['page']}, as patients read it at {record['at']}; no review and no line about these texts is missing, "
        f"page.html shows their words, and the lines of the ledger follow from each other and tell of possible acts.\n"
        f"Last line, of {head.at}: {head.seq}:{chain.hashes[-1]}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
