"""The house rules that a program can hold (shared architecture: rooms, import directions, sizes)."""

import ast
import re

from django.conf import settings

ROOMS = {
    "publishing": {"publishing"},
    "articles": {"articles", "publishing"},
    "faq": {"faq", "publishing", "articles"},
    "carsite": {"carsite", "publishing", "articles", "faq"},
}
# The clock is read at the edge, and under the ledger's lock.
EDGE = (
    "staff",
    "admin",
    "views",
    "middleware",
    "ledger",
    "commands",
)
PATHS = [path for room in ROOMS for path in sorted((settings.BASE_DIR / room).rglob("*.py"))]
CODE = [path for path in PATHS if not {"tests", "migrations"} & set(path.parts)]


def name(path):
    return str(path.relative_to(settings.BASE_DIR))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)


def test_imports_go_one_way():
    wrong = [
        (name(path), room)
        for path in CODE
        for room in imported(path)
        if room in ROOMS and room not in ROOMS[path.relative_to(settings.BASE_DIR).parts[0]]
    ]
    assert wrong == []


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
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if (lines := path.read_text().count("\n")) > 80
    ]
    assert (files, functions, templates) == ([], [], [])


def test_there_is_one_door_to_public_content():
    doors = [name(path) for path in CODE for _ in re.findall(r"in_force_at__lte", path.read_text())]
    assert doors == ["publishing/models/editions.py"]


def test_the_clock_is_read_at_the_edge():
    readers = [path for path in CODE if "timezone.now()" in path.read_text()]
    assert [name(path) for path in readers if not set(EDGE) & {path.stem, *path.parts}] == []


def test_words_have_one_meaning():
    banned = re.compile(r"(?:^|_)(?:revision|snapshot|status|manager|util|utils|helper|helpers|core|common)(?:$|_)")
    found = [
        (name(path), word)
        for path in CODE
        for word in {node.name for node in ast.walk(ast.parse(path.read_text())) if hasattr(node, "name") and node.name}
        if isinstance(word, str) and banned.search(word.lower())
    ]
    files = [name(path) for path in CODE if banned.search(path.stem)]
    assert (found, files) == ([], [])


def test_requirements_are_pinned():
    for file in ("requirements.txt", "requirements-dev.txt", "requirements-newest.txt"):
        lines = (settings.BASE_DIR / file).read_text().splitlines()
        wanted = [line for line in lines if line and line[0] not in "#-"]
        assert wanted and all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+(; .+)?", line) for line in wanted)
