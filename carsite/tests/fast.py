"""`make test-fast`: the tests that a change touches most come first, and after so many seconds the others are left out.

A module is touched where Git calls it changed since main, or new; a test by its own file, by the module that it is
named after, by what it imports, and by its room, in this order.
"""

import ast
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
STARTED = pytest.StashKey[float]()
LEFT = pytest.StashKey[list]()


def pytest_addoption(parser):
    parser.addoption("--changed-first", action="store_true", help="first the tests that the change touches most")
    parser.addoption("--seconds", type=float, help="after so many, tests that were not begun are left out")


def pytest_configure(config):
    config.stash[LEFT] = []
    config.pluginmanager.register(Others(config.stash[LEFT]), "left out by the other processes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    if config.getoption("--changed-first"):
        changed = changed_files()
        items.sort(key=lambda one: distance(one.path.relative_to(HOME), changed))


def pytest_collection_finish(session):
    session.config.stash[STARTED] = time.monotonic()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item):
    """Without any report, as if it had not been collected: `item.config` counts it."""
    seconds = item.config.getoption("--seconds")
    if seconds is None or time.monotonic() - item.config.stash[STARTED] < seconds:
        return None
    item.config.stash[LEFT].append(1)
    return True


def pytest_sessionfinish(session):
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left_out"] = len(session.config.stash[LEFT])


def pytest_terminal_summary(terminalreporter, config):
    if left := sum(config.stash[LEFT]):
        terminalreporter.line(f"{left} tests that the change touches less were left out: make test runs them.")


class Others:
    """What the processes of pytest-xdist left out."""

    def __init__(self, left):
        self.left = left

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.left.append(getattr(node, "workeroutput", {}).get("left_out", 0))


def changed_files():
    """The files, from the project's folder, that Git calls changed since main or new. Without Git none."""
    found = set()
    for asked in (["diff", "--name-only", "main"], ["ls-files", "--others", "--exclude-standard"]):
        said = subprocess.run(["git", *asked], cwd=HOME, capture_output=True, text=True, check=False)
        found |= {Path(line) for line in said.stdout.splitlines()}
    return frozenset(found)


@cache
def distance(test, changed):
    """How far the tests of a file are from the changed files: 0 where it changed itself, 4 where nothing is common."""
    if test in changed:
        return 0
    code = [one for one in changed if one.suffix == ".py" and "tests" not in one.parts]
    if any(one.stem in test.stem.removeprefix("test_").split("_") or f"test_{one.stem}" == test.stem for one in code):
        return 1
    imported = imports(HOME / test)
    if any(".".join(one.with_suffix("").parts) in imported for one in code):
        return 1
    if any(".".join(one.parts[:-1]) in imported for one in code):  # by the face of its package
        return 2
    return 3 if test.parts[0] in {one.parts[0] for one in changed} else 4


def imports(path):
    """All modules that a file imports from, and what could be modules among the names that it takes."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found
