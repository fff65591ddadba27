"""Front matter cut off its text and composed, in YAML or TOML, with line numbers and without making objects."""

from __future__ import annotations

import json
import re
import tomllib

import yaml

from articles.sources.source import Unreadable

LONGEST = 50_000  # letters: YAML is slow, and text belongs below the front matter
FENCES = {"---": ("---", "..."), "+++": ("+++",)}


class Loader(yaml.composer.Composer, yaml.CBaseLoader):
    """Makes no objects; and a value written once cannot be repeated, so a short file stays short."""

    def __init__(self, stream):
        yaml.CBaseLoader.__init__(self, stream)
        yaml.composer.Composer.__init__(self)

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "a value must not begin with *", mark)
        return super().compose_node(parent, index)


def divided(text: str, name: str) -> tuple[str, str, int]:
    """(front matter, Markdown, lines before the Markdown) of a text that begins with `---`, or with `+++` as TOML.

    Raises Unreadable.
    """
    lines = text.split("\n")
    opened = next(at for at, line in enumerate(lines) if line.strip())
    closing = FENCES[lines[opened].strip()]
    for at in range(opened + 1, len(lines)):
        if lines[at].rstrip() in closing:
            front = "\n" * (opened + 1) + "\n".join(lines[opened + 1 : at])
            return front, "\n".join(lines[at + 1 :]), at + 1
    raise Unreadable(f"{name}, line {opened + 1}: the front matter is not closed; put a line of {closing[0]} under it.")


def composed(text: str, name: str) -> yaml.Node | None:
    """Front matter in YAML as nodes with their lines. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(f"{name}: the front matter is longer than {LONGEST:,} letters; move text below it.")
    try:
        return yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable(
            f"{name}, line {line}: the front matter cannot be read ({error.problem or error.context}); "
            "put quotes around a value that holds a colon or begins with a sign."
        ) from None
    except (yaml.YAMLError, ValueError):
        raise Unreadable(f"{name}: the front matter holds a character that YAML does not allow.") from None
    except RecursionError:
        raise Unreadable(f"{name}: the front matter is nested too deeply; write plain lists.") from None


def composed_toml(text: str, name: str) -> yaml.Node | None:
    """The same of TOML, which is read by Python's own reader; the lines are looked for by their keys."""
    if len(text) > LONGEST:
        raise Unreadable(f"{name}: the front matter is longer than {LONGEST:,} letters; move text below it.")
    try:
        found = tomllib.loads(text)
        node = yaml.compose(json.dumps(found, default=str, ensure_ascii=False), Loader=Loader) if found else None
    except (tomllib.TOMLDecodeError, yaml.YAMLError) as error:
        raise Unreadable(f"{name}: the front matter cannot be read ({error}); mend it and try again.") from None
    except (RecursionError, ValueError):
        raise Unreadable(f"{name}: the front matter is nested too deeply; write plain lists.") from None
    for key, value in node.value if node is not None else ():
        at = re.search(rf"^[ \t]*\[*[\"']?{re.escape(key.value)}[\"']?[ \t]*[.=\]]", text, re.MULTILINE)
        line = text.count("\n", 0, at.start()) if at else 0
        key.start_mark = value.start_mark = yaml.Mark(name, 0, line, 0, None, None)
    return node
