"""The documents name what exists: variables, links, commands."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
DOCUMENTS = [
    path
    for path in sorted(ROOT.rglob("*.md"))
    if not any(part.startswith(".") or part in {"var", "samples"} for part in path.relative_to(ROOT).parts)
]
READ = re.compile(r"""(?:\b(?:text|truth|number|one_of)|environ\.get)\(\s*["']([A-Z_]+)["']""")
IN_TABLE = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"""(?:\]\(|src=")([^)\s"#]*)(?:#([^)"]*))?[)"]""")


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def document(request):
    return request.param


def anchors(path):
    """The anchors that a page of the repository has for its headings."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_operator_reads_of_every_variable_that_the_code_reads():
    code = [*(ROOT / "carsite").glob("*.py"), ROOT / "conftest.py"]
    read = {name for path in code for name in READ.findall(path.read_text())}
    explained = set(IN_TABLE.findall((ROOT / "docs" / "operator.md").read_text()))
    assert read > {"SITE_URL", "WORKERS", "CI"}
    assert read - explained == set()


def test_every_link_leads_somewhere(document):
    lost = []
    for target, anchor in LINK.findall(CODE.sub("", document.read_text())):
        path = (document.parent / target) if target else document
        is_ours = "://" not in target
        if is_ours and (not path.exists() or (anchor and anchor not in anchors(path))):
            lost.append(f"{target}#{anchor}")
    assert lost == []


def test_every_command_exists(document):
    code = "\n".join(CODE.findall(document.read_text()))
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"manage\.py ([a-z_]+)", code)) <= set(get_commands())
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= set(targets)


def test_what_shows_that_a_fault_does_no_harm_exists():
    text = (ROOT / "docs" / "faults.md").read_text()
    rows = re.findall(r"^\| ([TF]\d+) \|.*\|(.*)\|$", text, re.MULTILINE)
    assert [name for name, _by in rows] == [f"T{n}" for n in range(1, 27)] + [f"F{n}" for n in range(1, 19)]
    assert all("`" in shown_by for _name, shown_by in rows)
    named = re.findall(r"`(test_\w+)\.py::(test_\w+)`", text)
    sources = {path.stem: path.read_text() for path in ROOT.glob("*/tests/test_*.py")}
    assert [one for one in named if f"def {one[1]}(" not in sources.get(one[0], "")] == []
    drills = set(re.findall(r"`drill: (\w+)`", text))
    assert {name for name in drills if not (ROOT / "bench" / "drills" / f"{name}.py").exists()} == set()
