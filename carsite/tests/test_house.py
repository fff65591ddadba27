"""The house as its source says it: rooms, faces, arrows, sizes, words."""

import ast
import re
import subprocess
import sys

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
APPS = ("publishing", "articles", "faq", "carsite")
# Imports go one way: each room may use those before it in its line.
ORDER = {
    "": APPS,
    "publishing": ("text", "safety", "findings", "models", "record", "staff"),
    "articles": ("sources", "models", "importing"),
    "carsite": ("reader", "past", "staff"),
}
GROUND = {"publishing.refusals", "publishing.mail", "publishing.unpromised"}
# The clock is read at the edge, and under the ledger's lock.
EDGE = {"staff", "admin", "views", "health", "server", "middleware", "ledger", "access", "commands"}
PATHS = [path for app in APPS for path in sorted((BASE / app).rglob("*.py"))]
CODE = [path for path in PATHS if not {"tests", "migrations"} & set(path.relative_to(BASE).parts)]


def name(path):
    return str(path.relative_to(BASE))


def module(path):
    parts = path.relative_to(BASE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in CODE}
TREES = {one: ast.parse(path.read_text()) for one, path in MODULES.items()}


def room(one):
    """The room that a module stands in: publishing.text for publishing.text.html.rendering, faq for faq.models."""
    app, _, rest = one.partition(".")
    first = rest.partition(".")[0]
    return f"{app}.{first}" if first in ORDER.get(app, ()) else app


def imports(one):
    """(what is imported from, name) of every import in a module, those inside functions too."""
    for node in ast.walk(TREES[one]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{one} imports from a place that is not named"
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)


def leads_to(source, wanted):
    return f"{source}.{wanted}" if f"{source}.{wanted}" in MODULES else source


ARROWS = {one: {leads_to(*pair) for pair in imports(one)} & set(MODULES) for one in MODULES}


def face(package):
    """What the `__init__.py` of a room imports is its face."""
    return {wanted for _source, wanted in imports(package)}


def rank(one, app):
    """Where a module stands in the line of its app: what is in no room of it stands on top, but the ground."""
    if one in GROUND:
        return -1
    inside = room(one).partition(".")[2]
    return ORDER[app].index(inside) if inside else len(ORDER[app])


def test_imports_go_one_way():
    wrong = []
    for one, targets in ARROWS.items():
        for target in targets:
            here, there = one.partition(".")[0], target.partition(".")[0]
            if here != there and APPS.index(there) > APPS.index(here):
                wrong.append((one, target))
            if here == there and here in ORDER and one != here and rank(target, here) > rank(one, here):
                wrong.append((one, target))
    assert wrong == []


def test_the_ground_of_the_press_uses_no_room():
    assert [(one, target) for one in GROUND for target in ARROWS[one] if target not in GROUND] == []


def test_a_room_is_entered_by_its_face():
    wrong = []
    for one in MODULES:
        for source, wanted in imports(one):
            inside = room(source)
            if inside == room(one) or "." not in inside:
                continue
            if source != inside or wanted not in face(inside):
                wrong.append(f"{one}: from {source} import {wanted}")
    assert wrong == []


def test_no_module_leads_back_to_itself():
    """A module that is imported imports the packages around it first."""
    whole = {
        one: {place for target in targets for place in _with_packages(target)} - {one} - set(_with_packages(one))
        for one, targets in ARROWS.items()
    }
    seen, circles = {}, []

    def walk(one, path):
        seen[one] = "open"
        for target in sorted(whole[one]):
            if seen.get(target) == "open":
                circles.append([*path[path.index(target) :], target])
            elif target not in seen:
                walk(target, [*path, target])
        seen[one] = "done"

    for one in sorted(whole):
        if one not in seen:
            walk(one, [one])
    assert circles == []


def _with_packages(one):
    parts = one.split(".")
    return [place for n in range(1, len(parts) + 1) if (place := ".".join(parts[:n])) in MODULES]


def floors(inside):
    """How many modules of a room stand on each other, at most; a package in it counts as one."""

    def place(one):
        return one.removeprefix(f"{inside}.").partition(".")[0]

    within = {}
    for one in MODULES:
        if room(one) == inside and one != inside:
            targets = {place(target) for target in ARROWS[one] if room(target) == inside and target != inside}
            within.setdefault(place(one), set()).update(targets - {place(one)})

    def height(one):
        return 1 + max((height(target) for target in within[one]), default=0)

    return max(map(height, within))


@pytest.mark.parametrize("inside", sorted({room(one) for one in MODULES if "." in room(one)}))
def test_no_room_stands_on_more_than_six_floors(inside):
    assert floors(inside) <= 6


def test_no_room_is_crowded():
    """Modules and packages side by side: more than a newcomer can look over is a question of purpose."""
    beside = {}
    for one in MODULES:
        beside.setdefault(one.rpartition(".")[0], set()).add(one)
    crowded = {package: len(places) for package, places in beside.items() if len(places) > 24}
    assert {package for package in crowded if not package.endswith("commands")} == set()


@pytest.mark.parametrize("inside", ["publishing.text", "publishing.safety", "publishing.findings", "articles.sources"])
def test_what_reads_texts_needs_no_settings(inside):
    code = f"import sys, {inside}; from django.conf import settings; from django.apps import apps; "
    code += "sys.exit(bool(settings.configured or apps.ready or 'django.db' in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=BASE, env={}, check=False).returncode == 0


def test_files_and_functions_stay_small():
    files = [(name(path), lines) for path in CODE if (lines := path.read_text().count("\n")) > 300]
    functions = [
        (name(path), node.name)
        for path in PATHS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= 40
        and "migrations" not in path.parts
    ]
    templates = [
        (name(path), lines)
        for path in (BASE / "templates").rglob("*.html")
        if (lines := path.read_text().count("\n")) > 80
    ]
    assert (files, functions, templates) == ([], [], [])


# Who asks of the past what it was, instead of what patients read at a moment; each with its question.
OF_THE_PAST = {
    "publishing.models.works.comparing.last": "what could patients read before it was withdrawn or erased?",
    "publishing.models.works.comparing.taken": "whose was this address, and until when?",
    "publishing.models.frozen.editions.at_address": "which text had this address last?",
    "publishing.models.works.following.due_for_check": "what changed in substance since?",
    "publishing.models.works.following.confirm": "what changed in substance last?",
    "publishing.models.surround.frame.is_confirmed": "which emergency words has somebody who speaks the language judged?",
    "publishing.record.recall.told.told": "what was ever told, and until when?",
    "carsite.reader.paper.copied.since": "what came in force since a copy was made?",
    "publishing.record.shown.compared.been_editions": "from what do older sheets differ?",
    "publishing.record.shown.composition.first_moment": "since when can patients read the text here?",
    "publishing.staff.acts.publishing.undo_to": "what did patients read before?",
    "publishing.record.owed.found._aged": "since when have patients read exactly this text?",
    "publishing.record.owed.written.with_written": "what could patients read last, and does the working copy say it too?",
    "publishing.record.owed.seldom._urgent": "what was ever published in an emergency?",
    "publishing.record.owed.hurried._open": "which emergencies has nobody looked at?",
    "publishing.models.checks.carried._read_since": "what led from the text that was checked to this one?",
    "publishing.staff.home.still_fit.still_fit": "what was checked, before small changes of wording?",
    "publishing.record.shown.changes.been_read": "what did each sheet of a guide say?",
    "publishing.record.shown.changes.been_beside": "and which answers stood on it?",
    "publishing.record.shown.changes.been_around": "and what of the frame?",
    "publishing.record.shown.explaining.been_words": "and how did it explain its words?",
    "publishing.record.shown.explaining.new_words": "and does it explain any otherwise since?",
    "articles.views.history": "what was every change?",
    "articles.models.translating.behind": "the same, of many",
    "articles.models.translating._asked_since": "and did a question of the original?",
    "publishing.record.shown.translated.been_asked": "which questions of the original changed since?",
    "publishing.record.shown.translated.ahead_of": "did the original change in substance after it was translated?",
    "articles.ways.changes_lately": "what changed last?",
    "articles.shown.opened.old_editions": "which old editions may be read?",
    "articles.shown.opened.ever_beside": "what ever followed it?",
    "articles.shown.opened.ever_named": "and which topics did it ever name?",
    "articles.shown.opened.faulty_editions": "when was it last unsafe, or replaced in an emergency?",
    "articles.shown.opened.first_edition": "or was that its first?",
    "articles.shown.opened.faulty_words": "which words were ever unsafe?",
    "articles.shown.opened._shut_with_words": "and where did they stand?",
    "articles.old.old": "what did edition 3 say?",
    "publishing.record.searching.holding.unread": "which texts are written otherwise than patients read them?",
    "carsite.reader.unsafe.notices": "what was ever withdrawn as unsafe?",
}
# A comparison of that moment with another, in Python, in a lookup or in SQL.
COMPARED = re.compile(r"in_force_at(?:__lte?|__gte?|\"? *[<>]=?)(?!\w)")
COMPARING = {
    "publishing/models/frozen/editions.py": "the one door, what waits, and the constraints",
    "publishing/models/prepared.py": "the one door, written out",
    "publishing/models/stored.py": "when does a name change next?",
    "publishing/models/checks/carried.py": "what was read since it was checked, and was it called unsafe?",
    "publishing/models/works/following.py": "is what it follows to come into force only later?",
    "publishing/record/recall/told.py": "until when was each edition in force?",
    "publishing/record/shown/explaining.py": "which words were explained while a sheet could be printed?",
    "publishing/record/owed/found.py": "since when have patients read exactly this text?",
    "publishing/record/rules/triggers.py": "is a new edition the newest?",
    "publishing/record/rules/grammar.py": "which act is possible when?",
    "publishing/record/rules/conditions.py": "the same in SQL",
    "publishing/staff/home/coming.py": "what comes into force in the next weeks?",
    "articles/shown/opened.py": "was this edition read only after the last that was unsafe?",
    "carsite/reader/paper/copied.py": "what came in force since a copy was made?",
    "carsite/reader/paper/foreseen.py": "what comes into force after this process began?",
    "carsite/past/as_it_was.py": "what waits now and is to come into force by then?",
}


def test_what_patients_read_at_a_moment_is_defined_once():
    assert {name(path) for path in CODE if COMPARED.search(path.read_text())} == set(COMPARING)
    asking = {
        f"{one}.{function.name}"
        for one, tree in TREES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and node.attr == "been_in_force"
    }
    assert asking == set(OF_THE_PAST)


def test_the_clock_is_read_at_the_edge():
    readers = [path for path in CODE if re.search(r"timezone\.now\b|datetime\.now\(|\btime\.time\(", path.read_text())]
    assert [name(path) for path in readers if not EDGE & {path.stem, *path.parts}] == []


# What a process keeps from one request to the next: never a patient's text, which the law may have erased elsewhere.
KEPT = {
    "articles.patterns": "the patterns",
    "articles.shown.letters": "which signs stand under which letter",
    "carsite.health": "the names of the migrations of the code",
    "carsite.middleware": "the moment, on one request",
    "carsite.reader.printing": "what is missing of the system, and the letters of the fonts",
    "carsite.reader.stored": "the name of the release",
    "carsite.reader.style": "the stylesheet",
    "carsite.templatetags.page": "days, months and minutes in words",
    "carsite.staff.help": "the guide for staff",
    "publishing.models.prepared": "statements without their values",
    "publishing.record.owed.due": "for one list, which day each moment is",
    "publishing.record.owed.hurried": "for one list, whose account is vouched for",
    "publishing.record.searching.pairs": "the word pairs of the search, by their newest act",
    "publishing.safety.often": "the words for how often",
    "publishing.safety.words.lists": "the lists of words",
    "publishing.safety.words.values": "what number words mean",
    "publishing.text.languages": "what is known of a language, by its tag",
    "publishing.text.letters.slugs": "single letters",
    "publishing.text.letters.spelling": "single letters",
    "publishing.unpromised": "a class of cursors, and statements without their values",
}


def test_no_process_keeps_patients_text():
    keeping = {
        one
        for one, tree in TREES.items()
        for node in ast.walk(tree)
        if {getattr(node, "id", ""), getattr(node, "attr", "")} & {"cache", "lru_cache"}
    }
    assert keeping == set(KEPT)


# What Django's documents do not promise. `_meta.fields` and `concrete_fields` are held by test_unpromised.
UNPROMISED = re.compile(
    r"\b(?:in_atomic_block|savepoint_ids|needs_rollback|set_rollback|ensure_connection|introspection|sql_with_params"
    r"|get_compiler|_store|_result_cache|_prefetched_objects_cache|_fields_set|_wrapped|_dont_enforce_csrf_checks"
    r"|_cached_user|related_objects|local_fields|many_to_many)\b|\bconnection\.connection\b|\.query\."
)


def test_what_django_does_not_promise_is_used_in_one_module():
    assert [name(path) for path in CODE if UNPROMISED.search(path.read_text())] == ["publishing/unpromised.py"]


def test_a_row_is_held_so_that_others_may_name_it():
    """On PostgreSQL a lock of the whole row waits for every row that names it, and two such waits never end."""
    whole = re.compile(r"select_for_update\((?!.*(?:no_key|skip_locked))")
    assert [name(path) for path in CODE if whole.search(path.read_text())] == []


# Names with an underscore that Django's documents promise, and those of tuples.
PROMISED = {"_meta", "_base_manager", "_state", "_replace", "_asdict", "_fields"}


def test_nothing_private_of_anybody_else_is_used():
    """A name with an underscore is used only where it is made: in the same room, of the class or module itself."""
    made = {
        (room(one), getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "attr", None))
        for one, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store))
    }
    wrong = {
        (one, node.attr)
        for one, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr) and node.attr not in PROMISED
        if (room(one), node.attr) not in made and one != "publishing.unpromised"
    }
    assert wrong == set()


def test_words_have_one_meaning():
    banned = re.compile(r"(?:^|_)(?:revision|snapshot|status|manager|util|utils|helper|helpers|core|common)(?:$|_)")
    found = [
        (one, word)
        for one, tree in TREES.items()
        for word in {node.name for node in ast.walk(tree) if hasattr(node, "name") and node.name}
        if isinstance(word, str) and banned.search(word.lower())
    ]
    assert (found, [one for one in MODULES if banned.search(one.rpartition(".")[2])]) == ([], [])


def test_requirements_are_pinned():
    for file in ("requirements.txt", "requirements-s3.txt", "requirements-dev.txt", "requirements-newest.txt"):
        lines = (BASE / file).read_text().splitlines()
        wanted = [line for line in lines if line and line[0] not in "#-"]
        assert wanted and all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+(post[0-9]+)?(; .+)?", line) for line in wanted)


def test_lines_of_staff_templates_stay_short():
    found = [
        (path.name, number)
        for path in (BASE / "templates" / "admin").rglob("*.html")
        for number, line in enumerate(path.read_text().split("\n"), 1)
        if len(line) > 120
    ]
    assert found == []
