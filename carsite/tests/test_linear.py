"""Nothing that runs over a whole text is worse than linear: every pattern of the house, and what reads texts with them."""

import ast
import importlib
import os
import re
import signal
import time
from contextlib import suppress
from re import _parser

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from articles import sources
from carsite.reader import search
from carsite.staff import unsaved
from publishing import findings
from publishing import text as press
from publishing.safety import apart, find
from publishing.text import rows
from publishing.text.html import rendering, writer

IS_NIGHT = bool(os.environ.get("NIGHTLY"))
ROOMS = ("publishing", "articles", "faq", "carsite")
# These read what the operator wrote, or the house's own style, when the site starts.
NOT_STRANGERS = {"carsite.environment", "carsite.reader.style", "carsite.server", "carsite.wsgi"}
SIGNS = [*"![]()*_`~\\|<>-+#:.,/'\"&;=@%^{}1aAअ१é \t\n\u200c\u00a0"]
RUNS = [
    "![",
    "](",
    "[a](",
    "![a](b",
    "[^a]",
    "[!a",
    "\\[",
    "<a",
    "</",
    "<!--",
    "<b>a",
    "&a;",
    "&#1",
    "a_",
    "a1",
    "1a",
    "ab",
    "a.",
    "a-",
    "a@",
    "a:",
    "'a",
    "1.",
    "1,",
    "1-",
    "1/",
    "1)",
    "(1",
    "+1",
    "**a",
    "--",
    "|a",
    "http://a",
    "www.a",
    "tel:",
    'a="',
    '<a_href="',
    '<section_id="',
    '<sup_class="footnote">',
    "a|",
    "10_mg_",
    "1_",
    "a_",
    "_a",
    "|_",
    ",_and_",
    "*_",
    "-_",
    ">_",
    "#_",
]
WORST = [
    *SIGNS,
    *(run.replace("_", " ") for run in RUNS),
    "\n\n",
    "a\n",
    " \n",
    "\t \n",
    "- ",
    "* ",
    "> ",
    "# a\n",
    "1. a\n",
]


class TooSlow(Exception):
    pass


def seconds(what, *given):
    """Of the processor; TooSlow long before a quadratic pattern would be through."""

    def stop(*_frame):
        raise TooSlow

    was = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 8)  # of the processor too: on a busy machine what is linear waits long
    try:
        began = time.process_time()
        with suppress(ValueError, ValidationError):  # what is refused was read too
            what(*given)
        return time.process_time() - began
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, was)


def is_linear(what, letters, size, dear):
    """Whether four times as much takes less than nine times as long; what is quick enough was linear."""
    whole, quarter = ((letters * (most // len(letters) + 1))[:most] for most in (size, size // 4))
    try:
        seconds(what, quarter)  # learns what is learned once
        took = seconds(what, whole)
        if took < dear or took < 9 * seconds(what, quarter):
            return True
        # A neighbour on the machine, or the collector, may have come between.
        return min(seconds(what, whole) for _ in range(2)) < 9 * max(seconds(what, quarter) for _ in range(2))
    except TooSlow:
        return False


def modules():
    """(name, module, source) of all that is ours."""
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts).removesuffix(".__init__")
            if not {"tests", "migrations", "evidence"} & set(path.parts) and name not in NOT_STRANGERS:
                yield name, importlib.import_module(name), path.read_text()


def held(thing, depth=4):
    """The patterns in a name of a module: itself, or within lists, tuples, dicts and objects of ours."""
    if isinstance(thing, re.Pattern):
        yield thing
    elif depth and isinstance(thing, (list, tuple, set, frozenset, dict)):
        for one in thing.values() if isinstance(thing, dict) else thing:
            yield from held(one, depth - 1)
    elif depth and type(thing).__module__.partition(".")[0] in ROOMS:
        yield from held(getattr(thing, "__dict__", {}), depth - 1)


def patterns():
    """{pattern: (where it stands, whether it is looked for anywhere)}: many are only asked about a beginning."""
    where, verbs = {}, {}
    for name, module, source in modules():
        for called, thing in list(vars(module).items()):
            for pattern in held(thing):
                where.setdefault(pattern, f"{name}.{called}")
                verbs.setdefault(pattern, set()).update(re.findall(rf"\b{called}\.(\w+)", source))
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=verb), args=[ast.Constant(str(words)), *_]):
                    if verb not in ("escape", "compile"):
                        where[re.compile(words)] = f"{name}, line {node.lineno}"
                        verbs.setdefault(re.compile(words), set()).add(verb)
    anywhere = {"search", "finditer", "findall", "sub", "subn", "split"}
    return {one: (where[one], bool(verbs[one] & anywhere) or not verbs[one] & {"match", "fullmatch"}) for one in where}


def beginnings(pattern):
    """What a text could repeat to keep this pattern hoping: each beginning of the shortest text it finds."""
    return [
        sample[:end]
        for sample in samples(_parser.parse(pattern.pattern, pattern.flags))
        for end in range(1, 1 + len(sample))
    ]


def samples(parsed, most=6):
    found = [""]
    for kind, told in parsed:
        name = str(kind)
        if name == "LITERAL":
            ways = [chr(told)]
        elif name in ("NOT_LITERAL", "ANY"):
            ways = ["a"]
        elif name == "IN":
            ways = [member(told)]
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            ways = [one * max(1, min(told[0], 100)) for one in samples(told[2])]
        elif name == "SUBPATTERN":
            ways = samples(told[3])
        elif name == "ATOMIC_GROUP":
            ways = samples(told)
        elif name == "BRANCH":
            ways = [one for branch in told[1] for one in samples(branch)]
        else:
            continue
        found = [before + one for before in found for one in ways][:most]
    return found


def member(choices):
    """A sign of a set; of one that leaves signs out, one that it hardly leaves out."""
    if str(choices[0][0]) == "NEGATE":
        return "a"
    for kind, told in choices:
        match str(kind):
            case "LITERAL":
                return chr(told)
            case "RANGE":
                return chr(told[0])
            case "CATEGORY":
                return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "-"}.get(str(told), "a")
    return "a"


@pytest.mark.slow
def test_no_pattern_is_worse_than_linear():
    (size, dear), slow = (200_000, 0.1) if IS_NIGHT else (6_000, 0.02), []
    for pattern, (where, is_sought) in patterns().items():

        def all_found(text, pattern=pattern, is_sought=is_sought):
            for end in ("", "\0"):
                read = text + end if isinstance(pattern.pattern, str) else (text + end).encode()
                if is_sought:
                    for _one in pattern.finditer(read):
                        pass
                else:
                    pattern.match(read), pattern.fullmatch(read)

        for letters in dict.fromkeys([*WORST, *beginnings(pattern)]):
            if not is_linear(all_found, letters, size, dear):
                slow.append(f"{where} {pattern.pattern[:60]!r} on {letters!r}")
    assert slow == []


READERS = {
    "render": lambda text: press.contents(press.plain(press.render(text))),
    "plain": press.plain,
    "contents": press.contents,
    "parts": press.parts,
    "show": lambda text: press.shown(text, {}),
    "sanitise": rendering.sanitise,
    "fold": press.fold,
    "visible": press.visible,
    "slug": press.slug_of,
    "keep": press.keep,
    "parse": press.parse,
    "outline": press.outline,
    "phrase": press.phrase,
    "typed": press.typed,
    "parted": writer.parted,
    "in plain numbers": press.in_plain,
    "find again": lambda text: press.around_found(text, "080 1234 5678"),
    "convert a page": press.converted,
    "find typed lists": press.from_plain,
    "replace": lambda text: press.rewritten(text, "5 mg", "6 mg"),
    "left in": lambda text: press.left_in(text, "5 mg", "6 mg"),
    "compare": lambda text: press.shortened(press.pieces(text, f"{text[:99]} b {text[99:]}")),
    "judge": lambda text: find(text, f"{text[:99]} 5 mg {text[99:]}"),
    "compare numbers": lambda text: apart(text, f"{text[:99]} 5 mg {text[99:]}", languages=("en", "hi")),
    "look for findings": lambda text: [*findings.run(findings.Guide({"title": text, "body": text}, "en", 2026))],
    "measure the ease": lambda text: findings.ease_of(findings.Guide({"body": text}, "en", 2026)),
    "words of an address": search.words_of,
    "words to search": lambda text: press.seeking.asked(text, "en"),
    "piece of a hit": lambda text: search._shown(press.seeking.marked(text, [["zz"], ["a"]])),
    "blocks of a text": press.seeking.blocks,
    "words of a text": lambda text: list(press.seeking.words_written(text)),
    "find terms": lambda text: press.Terms((n, [f"word{n} of many", f"a b {n}"]) for n in range(99)).found(text),
    "brief": rows.validate_brief,
    "websites": rows.validate_websites,
    "accounts": rows.validate_accounts,
    "read a plain source": lambda text: sources.parse(text, name="guide.txt"),
    "read a Markdown source": lambda text: sources.parse(text, name="guide.md"),
    "show what was typed": lambda text: unsaved.rows(text),
}
FEW = [
    "![",
    "[",
    "*",
    "`",
    "\\",
    "|",
    "(",
    "<",
    "_",
    "1",
    "a",
    " ",
    "\n",
    "a ",
    "1 ",
    "- ",
    "[^a]",
    "<a ",
    "अ",
    "a\n",
    "1, ",
    "a: ",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_whatever_reads_a_text_is_linear(name):
    # As much as a text may have at most, which is read quickly enough whatever the curve
    size, letters, dear = (200_000, WORST, 0.3) if IS_NIGHT else (12_000, FEW, 0.1)
    assert [one for one in letters if not is_linear(READERS[name], one, size, dear)] == []


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["\u00a0", "&", "</", "<!--", "<!-- > ", "<a", "<", "<![if "])
def test_the_largest_page_that_is_brought_in_is_linear(letters):
    assert is_linear(press.converted, letters, 2_000_000, 0.1)
