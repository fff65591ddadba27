"""Whether page.html shows the words of the editions, and nothing else where they stand; verify.py asks it."""

import html
import re
from collections import Counter

QUESTION = re.compile(
    r'<details[^>]*><summary>(.*?)</summary><div id="q(\d+)"[^>]*>(.*?)</div>'
    r'(?:<p class="soft">[^<]*</p>\s*)?</details>',
    re.DOTALL,
)
WORD = re.compile(r'<div id="w_(\d+)"><dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd><dd class="more">', re.DOTALL)
WORDS = re.compile(r'<section id="words".*?</section>', re.DOTALL)
BOX = re.compile(r'<section class="now"[^>]*>(.*?)</section>', re.DOTALL)
MARKED = re.compile(r'<p class="dial ([a-z]+)"></p>')
CLINIC = re.compile(r'<p class="clinic">.*?</p>', re.DOTALL)
TEL = re.compile(r'href="tel:([^"]*)')
DIAL = re.compile(r'<p class="dial ([a-z]+)"><a class="btn" href="tel:([^"]*)')
# Where the page of a text, and of its frame, shows which fields, and nothing else.
SHOWN = (
    (re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL), ("title", "question")),
    (re.compile(r'<p class="lead"[^>]*>(.*?)</p>', re.DOTALL), ("lead",)),
    (re.compile(r'<section class="brief"[^>]*><h2[^>]*>.*?</h2>(.*?)</section>', re.DOTALL), ("brief",)),
)
SHOWN_OF_NOTICE = (SHOWN[0], (re.compile(r'<div dir="auto"[^>]*>(.*?)</div>', re.DOTALL), ("notice_text",)))
SHOWN_OF_TOPIC = ((re.compile(r'<nav class="crumbs"[^>]*>.*?topics/[^>]*>(.*?)</a>', re.DOTALL), ("title",)),)
# The first language of every site, whose words stand in for those that are missing in another
FIRST = "en"
EMERGENCY = ("emergency_heading", "emergency_text", "emergency_label")
SHOWN_OF_FRAME = (
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
    (re.compile(r'<dfn><a href="#w_\d+" id="w_\d+-at">(.*?)</a></dfn>', re.DOTALL), r"\1"),
    (re.compile(r'<a class="told"'), "<a"),
    (re.compile(r'<div class="(text|lead)" dir="(?:ltr|rtl)" lang="[a-z-]+">'), r'<div class="\1">'),
    (re.compile(r'<p class="dial [a-z]+">.*?</p>\n?', re.DOTALL), ""),
    (re.compile(r"<(/?)h[2-6]\b"), r"<\1h"),
    (re.compile(r">\s*\n\s*<"), "><"),
)
# The place of the text on its page; in that of a guide the emergency box stands too.
PLACES = {"articles": '<div class="text">{}<section id=', "pages": '<div class="text">{}</div>'}
PLACES |= dict.fromkeys(("faq", "words"), '<div class="lead">{}</div>')
INLINE = re.compile(r"</?(?:a|b|bdi|span)\b[^>]*>")
PICTURE = re.compile(r'<img src="/media/([0-9a-f]{64}\.[a-z]+)" alt="([^"]*)">')
TAG = re.compile(r"<[^>]+>")


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


def as_shown(text, hides):
    """HTML of an edition with the description of each picture in its place that was not shown then."""

    def described(picture):
        name, alternative = picture.groups()
        return picture[0] if not hides(name) else f'<span class="soft">{alternative}</span>' if alternative else ""

    return PICTURE.sub(described, text)


def page_faults(record, page, hides):
    """Where page.html does not show what the editions say; `hides` says which pictures were not shown then."""
    editions = {edition["work"]: {**edition["fields"], **edition["words"]} for edition in record["editions"]}
    for fields in editions.values():
        fields["html"] = as_shown(fields.get("html", ""), hides)
    work, own = record["page"], editions.pop(record["page"], {})
    frames = [editions.pop(name) for name in [one for one in editions if one.startswith("frame/")]]
    text, is_notice = written(own.get("html", "").strip()), own.get("is_notice", '<div dir="auto"' in page)
    place = PLACES[work.partition("/")[0]].format(text)
    is_whole = is_notice or place in written(BOX.sub("", page))
    if not is_whole or not shows(page, SHOWN_OF_NOTICE if is_notice else SHOWN, own):
        yield f"page.html does not show {work} as its edition says"
    if not frames_show({frame["language"]: frame for frame in frames}, own, page):
        yield "page.html does not show the words around the text as the edition of the frame says"
    topics = [one for one in editions if one == f"topics/{own.get('topic_id', one[7:])}"]  # of what was erased, any
    if not all(shows(page, SHOWN_OF_TOPIC, named(editions.pop(one), own)) for one in topics):
        yield "page.html does not show the name of its topic as the edition of that says"
    yield from word_faults(editions, page)
    yield from question_faults(editions, work, page)


def frames_show(frames, text, page):
    """Whether the page shows the words around the text: those of its language, for each missing the first one's.

    Beside emergency words that no speaker of the language had confirmed stand those of the first language. No box of
    them stands where a section says to call now.
    """
    language, marked = text.get("language", FIRST), MARKED.findall(text.get("html", ""))
    first, own = frames.get(FIRST), frames.get(language, {}) if language != FIRST else {}
    if first is None:
        return True
    merged = {**first, **{name: said for name, said in own.items() if said}}
    without = CLINIC.sub("", page)
    boxes = [tuple(TEL.findall(box)) + (words(box),) for box in BOX.findall(without)]
    wanted = [(phone_of(merged), of_fields(merged, EMERGENCY))]
    if names_another(merged):
        wanted = [(phone_of(merged), of_fields({**merged, EMERGENCY[2]: first[EMERGENCY[2]]}, EMERGENCY))]
    alone = [(phone_of(first), of_fields(first, EMERGENCY))]
    has_own = any(own.get(name) for name in (*EMERGENCY, "emergency_number"))
    possible = [[]] if "now" in marked else [wanted, wanted + alone] if has_own else [alone]
    return shows(without, SHOWN_OF_FRAME, merged) and boxes in possible and calls(page, marked, merged, len(boxes))


def named(topic, own):
    """The fields of a topic with its name in the language of the page, where it has one there."""
    rows = (row.partition(":") for row in topic.get("names", "").splitlines())
    names = {code.strip(): name.strip() for code, _colon, name in rows}
    return {**topic, "title": names.get(own.get("language")) or topic.get("title", "")}


def calls(page, marked, frame, boxes):
    """Whether each further number to call is the one that the frame gave, where it had to stand."""
    numbers = {"now": ["emergency_number"], "today": ["clinic_number", "visit_number"]}
    numbers["visit"] = numbers["today"][::-1]  # of the two the one that there is
    clinic = [number] * (boxes + 1) if (number := phone_of(frame, "clinic_number")) else []  # at the foot too
    dials = [(mark, next(filter(None, (phone_of(frame, name) for name in numbers[mark])), "")) for mark in marked]
    dials = [one for one in dials if one[1]]
    return TEL.findall("".join(CLINIC.findall(page))) == clinic and DIAL.findall(page) == dials


def phone_of(fields, name="emergency_number"):
    """A number as a phone dials it."""
    return re.sub(r"[^0-9+]", "", fields.get(name, ""))


def names_another(fields):
    """Whether the words on the button name another number than the one that it dials."""
    said = "".join(str(int(sign)) for sign in fields.get(EMERGENCY[2], "") if sign.isdecimal())
    return said.lstrip("0") not in phone_of(fields) and phone_of(fields)[-7:] not in said


def word_faults(editions, page):
    """The words that are explained on the page; those are taken out of the editions."""
    shown = Counter(f"words/{number}" for number, _word, _meaning in WORD.findall(page))
    links = set(re.findall(r'<dfn><a href="#w_(\d+)"', page))
    for number, word, meaning in WORD.findall(page):
        fields = editions.get(f"words/{number}", {})
        if words(word) != of_fields(fields, ["title"]) or written(meaning.strip()) != written(
            fields.get("html", "").strip()
        ):
            yield f"page.html explains words/{number} otherwise than its edition says"
    if "<dd" in WORD.sub("", "".join(WORDS.findall(page))) or links - {one[6:] for one in shown}:
        yield "page.html explains a word otherwise than it should"
    for name in [one for one in editions if one.startswith("words/")]:
        if shown[name] != 1:
            yield f"record.json has an edition of {name}, which was not explained on this page once"
        del editions[name]


def question_faults(editions, work, page):
    shown = [(f"faq/{number}", question, answer) for question, number, answer in QUESTION.findall(page)]
    for name, question, answer in shown:
        fields = editions.get(name)
        if fields is None:
            yield f"page.html shows {name}, but its edition is missing from record.json"
        elif words(question) != of_fields(fields, ["question"]) or written(answer) != written(fields.get("html", "")):
            yield f"page.html shows {name} otherwise than its edition says"
    if '<div class="faq">' in page and '<div class="faq"></div>' not in written(QUESTION.sub("", page)):
        yield "page.html shows something between the questions that no edition says"
    for name, fields in editions.items():
        is_of_page = f"articles/{fields.get('article_id')}" == work
        if not is_of_page or [one for one, *_rest in shown].count(name) != 1:
            yield f"record.json has an edition of {name}, which did not stand on this page once"
