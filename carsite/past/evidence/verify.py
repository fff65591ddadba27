"""Checks the file this stands in, without the site it came from: python3 verify.py [LINE:HASH]

Needs nothing but Python 3. LINE:HASH is the head of the ledger as it was printed or mailed at some time; with it the
program also says whether the chain in this file still contains that line. README.txt says what is proved.
"""

import hashlib
import html
import json
import pathlib
import re
import sys
from collections import Counter

HERE = pathlib.Path(__file__).resolve().parent
# What the hash of a ledger line covers, by its format. Not in chain.json: who renames a field there changes no hash.
FIELDS = {
    1: ("format", "seq", "at", "verb", "work", "number", "in_force_at", "by_name", "note", "detail")
    + ("text_digest", "page_digest", "previous"),
}
# All that may stand in the files, so that nothing is added which no hash covers.
KNOWN = {
    "record": {"at", "page", "editions", "reviews", "lines"},
    "edition": {"work", "number", "text_fields", "text_digest", "page_digest", "fields"},
    "review": {"work", "made_at", "made_by_name", "revoked_at", "fields"},
    "chain": {"lines"},
    "line": {"values", "hash"},
}
MAKING = ("publish", "schedule", "withdraw")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
PICTURE = re.compile(r"[0-9a-f]{64}\.(?:jpg|png|webp)")
QUESTION = re.compile(r'<details id="q(\d+)"[^>]*><summary>(.*?)</summary><div>(.*?)</div></details>', re.DOTALL)
BOX = re.compile(r'<section class="now"[^>]*>(.*?)</section>', re.DOTALL)
# Where the page of a text, and of its frame, shows which fields, and nothing else.
SHOWN = (
    (re.compile(r"<h1>(.*?)</h1>", re.DOTALL), ("title", "question")),
    (re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL), ("lead",)),
    (re.compile(r'<section class="brief"[^>]*><h2[^>]*>.*?</h2>(.*?)</section>', re.DOTALL), ("brief",)),
)
SHOWN_OF_NOTICE = (SHOWN[0], (re.compile(r'<div dir="auto">(.*?)</div>', re.DOTALL), ("notice_text",)))
SHOWN_OF_TOPIC = ((re.compile(r'<nav class="crumbs"[^>]*>.*?topics/[^>]*>(.*?)</a>', re.DOTALL), ("title",)),)
SHOWN_OF_FRAME = (
    (BOX, ("emergency_heading", "emergency_text", "emergency_label")),
    (re.compile(r'<a class="brand"[^>]*>(.*?)</a>', re.DOTALL), ("clinic", "tagline")),
    (re.compile(r'<div class="banner"[^>]*>(.*?)</div></div>', re.DOTALL), ("banner",)),
    (re.compile(r"<footer[^>]*>.*?</ul>(.*?)</footer>", re.DOTALL), ("contact", "small_print")),
)
# What a page writes in another way than the edition: places of pictures and links, sizes, drawings, ranks of headings,
# ends of lines.
WRITTEN = (
    (re.compile(r'src="pictures/'), 'src="/media/'),
    (re.compile(r' width="\d+" height="\d+" loading="lazy">'), ">"),
    (re.compile(r'(<a\b[^>]*?) data-to="'), r'\1 href="'),
    (re.compile(r"<svg [^>]*>(?:</?(?:g|path|circle)\b[^>]*>)*</svg>"), ""),
    (re.compile(r'<span class="icon [a-z]+"></span>'), ""),
    (re.compile(r"<(/?)h[2-6]\b"), r"<\1h"),
    (re.compile(r">\s*\n\s*<"), "><"),
)
INLINE = re.compile(r"</?(?:a|b|bdi|span)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")


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


def told(line):
    """What a line says, by field."""
    names = FIELDS[line["values"][0]]
    return {**{name: line["values"][place] for place, name in enumerate(names)}, "hash": line["hash"]}


def chain_faults(chain):
    previous = "0" * 64
    for number, line in enumerate(chain["lines"], 1):
        said = told(line)
        if said["seq"] != number or said["previous"] != previous or digest(line["values"]) != line["hash"]:
            yield f"line {number} of the ledger is not what was written, or does not follow from the line before it"
            return
        previous = line["hash"]


def shape_faults(record, chain):
    things = [("record", record), ("chain", chain)]
    things += [(kind, one) for kind in ("edition", "review") for one in record[f"{kind}s"]]
    things += [("line", line) for line in chain["lines"]]
    for kind, thing in things:
        for name in sorted(set(thing) - KNOWN[kind]):
            yield f"“{name}” was added to a {kind}: nothing proves it"
    if not MOMENT.fullmatch(record["at"]):
        yield f"“{record['at']}” is not a moment as this file writes it"
    for work, times in Counter(edition["work"] for edition in record["editions"]).items():
        if times > 1:
            yield f"record.json has {times} editions of {work}, of which only one can have been in force"


def in_force(work, lines, at):
    """The line that brought the text into the state patients read at that moment, or None."""
    numbered = [line for line in lines if line["work"] == work and line["number"]]
    cancelled = {line["number"] for line in numbered if line["verb"] == "cancel"}
    made = [line for line in numbered if line["verb"] in MAKING and line["number"] not in cancelled]
    begun = [line for line in made if line["in_force_at"] <= at]
    return max(begun, key=lambda line: line["in_force_at"], default=None)


def edition_faults(edition, lines, at):
    work, number, fields = edition["work"], edition["number"], edition["fields"]
    called = f"edition {number} of {work}"
    mine = [line for line in lines if line["work"] == work and line["number"] == number]
    stated = edition["text_digest"], edition["page_digest"]
    computed = digest({name: fields.get(name) for name in edition["text_fields"]}), digest(fields)
    if not fields and any(line["verb"] == "redact" for line in mine):
        computed = stated  # erased by law: the digest alone is left
    recorded = [(line["text_digest"], line["page_digest"]) for line in mine if line["verb"] in MAKING]
    if recorded != [stated] or computed != stated:
        yield f"{called} is not the text that the ledger recorded"
    if (in_force(work, lines, at) or {}).get("number") != number:
        yield f"{called} was not in force at that moment, says the ledger"
    for name in PICTURE.findall(fields.get("html", "")):
        picture = HERE / "pictures" / name
        if not picture.is_file() or hashlib.sha256(picture.read_bytes()).hexdigest() != name[:64]:
            yield f"the picture {name} is missing or is not the one that {called} showed"


def missing_editions(record, lines):
    """Texts that the record or the ledger names, without the edition that belongs to them."""
    named = {one["work"] for one in (*record["reviews"], *record["lines"])} | {record["page"]}
    named |= {"frame"} if in_force("frame", lines, record["at"]) else set()
    guides = [edition["fields"] for edition in record["editions"] if edition["work"].startswith("articles/")]
    named |= {f"topics/{fields['topic_id']}" for fields in guides if fields.get("topic_id")}
    for work in sorted(named - {edition["work"] for edition in record["editions"]}):
        yield f"the edition of {work} is missing from record.json"


def review_faults(reviews, lines, works):
    """The reviews must be exactly those of the ledger, each made and revoked when its lines say so, and by whom."""
    here = Counter()
    for review in reviews:
        fields, until = review["fields"], review["revoked_at"]
        about = review["work"], digest(fields), fields["text_digest"]
        here["review", *about, review["made_at"], review["made_by_name"], fields["reviewer_name"]] += 1
        if until is not None:
            here["revoke", *about, until if until > review["made_at"] else "", "", fields["reviewer_name"]] += 1
    said = Counter()
    for line in lines:
        if line["verb"] in ("review", "revoke") and line["work"] in works:
            by = line["by_name"] if line["verb"] == "review" else ""
            said[line["verb"], line["work"], line["page_digest"], line["text_digest"], line["at"], by] += 1
    for key, times in here.items():
        if times > said.pop(key[:-1], 0):
            yield f"the review by {key[-1]} of {key[1]} is not what the ledger recorded"
    for verb, work, _digest, _text, at, by in said:
        if verb == "review":
            yield f"a review of {work} is missing from record.json, or was altered: {by} recorded one at {at}"
        else:
            yield f"a review of {work} was revoked at {at}, says the ledger, but none in record.json is"


def line_faults(told_here, lines, works):
    here, said = [{line["seq"]: line for line in some} for some in (told_here, lines)]
    if len(here) < len(told_here):
        yield "a line of the ledger stands twice in record.json"
    for seq in sorted(here):
        if seq not in said or canonical(here[seq]) != canonical(said[seq]):
            yield f"line {seq} in record.json is not the line {seq} of the ledger in chain.json"
    for seq, line in said.items():
        if line["work"] in works and seq not in here:
            yield f"line {seq} of the ledger, about {line['work']}, is missing from record.json"


def written(text):
    """HTML as page and edition write it alike."""
    for pattern, like in WRITTEN:
        text = pattern.sub(like, text)
    return text


def words(text):
    """The words of HTML, as a patient reads them."""
    return " ".join(html.unescape(TAG.sub(" ", INLINE.sub("", text))).split())


def of_fields(fields, names):
    """The words of text fields; a row of “In brief” is “Label: answer”, which a page writes without the colon."""
    rows = [row.replace(": ", " ", 1) for row in fields.get("brief", "").splitlines()]
    return " ".join(" ".join(fields.get(name, "") if name != "brief" else " ".join(rows) for name in names).split())


def shows(page, places, fields):
    """Whether the words in each of these places are those of the fields."""
    for place, names in places:
        found = [words(one) for one in place.findall(page)]
        if [one for one in found if one] != [one for one in [of_fields(fields, names)] if one]:
            return False
    return True


def page_faults(record, page):
    """Where page.html does not show what the editions say."""
    editions = {edition["work"]: edition["fields"] for edition in record["editions"]}
    work, frame = record["page"], editions.pop("frame", None)
    own = editions.pop(work, {})
    text, is_notice = written(own.get("html", "").strip()), own.get("is_notice", '<div dir="auto">' in page)
    # Such is the place of the text on the page of a guide, where the emergency box stands in it, and of an answer.
    is_guide = work.startswith("articles/")
    place = f'<div class="text">{text}<section id=' if is_guide else f'<div class="lead">{text}</div>'
    is_whole = is_notice or place in written(BOX.sub("", page))
    if not is_whole or not shows(page, SHOWN_OF_NOTICE if is_notice else SHOWN, own):
        yield f"page.html does not show {work} as its edition says"
    if frame is not None:
        phone = re.sub(r"[^\d+]", "", frame.get("emergency_number", ""))
        dialled = re.findall(r'href="tel:([^"]*)', "".join(BOX.findall(page)))
        if not shows(page, SHOWN_OF_FRAME, frame) or dialled != [phone]:
            yield "page.html does not show the words around the text as the edition of the frame says"
    topics = [one for one in editions if one == f"topics/{own.get('topic_id', one[7:])}"]  # of what was erased, any
    if not all(shows(page, SHOWN_OF_TOPIC, editions.pop(one)) for one in topics):
        yield "page.html does not show the name of its topic as the edition of that says"
    yield from question_faults(editions, work, page)


def question_faults(editions, work, page):
    shown = [(f"faq/{number}", question, answer) for number, question, answer in QUESTION.findall(page)]
    for name, question, answer in shown:
        fields = editions.get(name)
        if fields is None:
            yield f"page.html shows {name}, but its edition is missing from record.json"
        elif words(question) != of_fields(fields, ["question"]) or written(answer) != written(fields.get("html", "")):
            yield f"page.html shows {name} otherwise than its edition says"
    if '<div class="faq">' in page and '<div class="faq"></div>' not in written(QUESTION.sub("", page)):
        yield "page.html shows something between the questions that no edition says"
    for name, fields in editions.items():
        is_of_page = not fields or f"articles/{fields.get('article_id')}" == work
        if not is_of_page or [one for one, *_rest in shown].count(name) != 1:
            yield f"record.json has an edition of {name}, which did not stand on this page once"


def anchor_faults(anchor, chain):
    number, _, known = anchor.partition(":")
    lines = {str(place): line["hash"] for place, line in enumerate(chain["lines"], 1)}
    if lines.get(number) != re.sub(r"\s", "", known).lower():
        yield f"the chain does not contain the line {number} that you noted"


def faults(record, chain, page, anchor):
    yield from chain_faults(chain)
    if anchor:
        yield from anchor_faults(anchor, chain)
    yield from shape_faults(record, chain)
    lines = [told(line) for line in chain["lines"]]
    for edition in record["editions"]:
        yield from edition_faults(edition, lines, record["at"])
    yield from missing_editions(record, lines)
    works = {one["work"] for one in (*record["editions"], *record["reviews"], *record["lines"])}
    yield from review_faults(record["reviews"], lines, works)
    yield from line_faults(record["lines"], lines, works)
    yield from page_faults(record, page)


def counted(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"


def main(arguments):
    sys.stdout.reconfigure(errors="backslashreplace")  # names are in any script, and a console may not know it
    try:
        record, chain = (
            json.loads((HERE / name).read_text(encoding="utf-8"), object_pairs_hook=once)
            for name in ("record.json", "chain.json")
        )
        page = (HERE / "page.html").read_text(encoding="utf-8")
        found = list(faults(record, chain, page, arguments[0] if arguments else ""))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as problem:
        found = [f"a file is missing or cannot be read ({type(problem).__name__}: {problem})"]
    if found:
        sys.stdout.write("This does not hold: " + "; ".join(found) + ".\n")
        return 1
    head, editions, reviews = told(chain["lines"][-1]), len(record["editions"]), len(record["reviews"])
    sys.stdout.write(
        f"This holds: {counted(editions, 'edition')} and {counted(reviews, 'review')} are what the ledger recorded of "
        f"{record['page']}, as patients read it at {record['at']}; no review and no line about these texts is missing, "
        f"page.html shows their words, and the lines of the ledger follow from each other.\n"
        f"Last line, of {head['at']}: {head['seq']}:{head['hash']}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
