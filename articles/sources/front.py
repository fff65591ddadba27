"""The front matter of a Markdown source, read with its line numbers and without making objects. No Django models."""

from __future__ import annotations

import difflib
import re
from datetime import date

import yaml

from articles.sources.keys import ADDRESSES, MEANING, STOOD_AT, SYNONYMS, hides, is_switch, near_key, plain_key
from articles.sources.matter import composed, composed_toml
from articles.sources.prose import days
from articles.sources.prose.imprint import is_address
from articles.sources.source import MOST_BRIEF_ROWS, NOT_TEXT, Source, Unreadable
from publishing.text import is_turned, isolated, one_address, rows, slug_of

LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
SHOWN = 40  # letters of a value that is told
DAY_AND_TIME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\s*\d{1,2}:\d{2}.{0,40}", re.DOTALL)
PUBLISHER = ("name", "websites", "social")
SPONSOR = ("name", "wording", "address", "claims", "connection")


class Front:
    """Takes the front matter into the fields of a source."""

    def __init__(self, text: str, name: str, source: Source, *, is_toml: bool = False):
        self.name, self.source = name, source
        node = (composed_toml if is_toml else composed)(text, name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        given, fields = self.mapping(node, "the front matter"), self.fields()
        keys = {words.value: words for words, _value in node.value}
        for key in [key for key in given if key in fields]:
            fields[key](given.pop(key), key)
        others = self.take_synonyms(given, fields)
        self.tell_others(others, keys)

    def take_synonyms(self, given: dict[str, yaml.Node], fields: dict) -> dict[str, yaml.Node]:
        """Take what other tools call otherwise; return what has no place here."""
        plain = {plain_key(key): key for key in given}
        for ours, names in SYNONYMS.items():
            for name in (ours, *names.split()):
                key = plain.get(name)
                if key is None or key not in given or getattr(self.source, ours):
                    continue
                node = given[key]
                text = node.value if isinstance(node, yaml.ScalarNode) else ""
                if is_switch(key, text) or hides(key, text) or not self.fits(ours, node):
                    continue
                fields.get(ours, self.put)(given.pop(key), ours)
        for key in [plain[name] for name in ADDRESSES if plain.get(name) in given]:
            found = self.addresses(given[key])
            if found:
                self.source.old_addresses += [one for one in found if one not in self.source.old_addresses]
                del given[key]
        return given

    def addresses(self, node: yaml.Node) -> list[str]:
        """The addresses within a site that a value names, and nothing where it names anything else."""
        values = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = [self.text(one, "address") for one in values if isinstance(one, yaml.ScalarNode)]
        return found if len(found) == len(values) and all(map(STOOD_AT.fullmatch, found)) else []

    def fits(self, ours: str, node: yaml.Node) -> bool:
        """Whether the value of another tool's key can be one of ours."""
        if ours == "published_on":
            return isinstance(node, yaml.ScalarNode) and len(self.readings(node.value)) > 0
        if ours == "uploaded_by":
            return bool(self.names(node))
        if ours == "sources":
            return isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value)
        return isinstance(node, yaml.ScalarNode) and bool(node.value.strip())

    def tell_others(self, others: dict[str, yaml.Node], keys: dict[str, yaml.Node]) -> None:
        """Say which keys have no place here: all in one doubt, so that a person reads them once."""
        said = []
        for key, node in others.items():
            value = _told(node)
            if hides(key, value):
                self.source.is_draft = True
                self.doubt(node, f"“{key}: {value[:SHOWN]}”: it was not public where it comes from")
                continue
            if is_switch(key, value):
                continue
            near = near_key(key, tuple(self.fields()))
            hint = f"; did you mean “{near}”?" if near and plain_key(key) not in MEANING else ""
            shown = value[:SHOWN] + ("…" if len(value) > SHOWN else "")
            line = keys[key].start_mark.line + 1 if key in keys else node.start_mark.line + 1
            said.append(f"{key} (line {line}: “{shown}”{hint})")
            self.source.keys.append(key)
        if said:
            first = next(iter(node for key, node in others.items() if key in self.source.keys))
            self.doubt(first, f"these keys have no place here, and are left out: {', '.join(said)}")

    def fields(self):
        one = ("title", "lead", "topic")
        own = (
            "leaflet_number",
            "slug",
            "language",
            "translation_of",
            "published_on",
            "uploaded_by",
            "publisher",
            "sponsor",
            "brief",
            "sources",
            "questions",
        )
        return dict.fromkeys(one, self.put) | {key: getattr(self, key) for key in own}

    def refuse(self, node: yaml.Node, sentence: str):
        raise Unreadable(f"{self.name}, line {node.start_mark.line + 1}: {sentence}")

    def doubt(self, node: yaml.Node, message: str) -> None:
        self.source.doubt(node.start_mark.line + 1, message)

    # What a value may be

    def long_text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(node, f"“{key}” must be a text, not a list; write it behind the colon.")
        if NOT_TEXT.search(node.value):
            self.refuse(node, f"“{key}” holds a control character; take it out.")
        if is_turned(node.value):
            self.refuse(node, f"“{key}” holds a sign that nobody sees and that turns letters round; take it out.")
        return isolated(node.value.strip())

    def text(self, node: yaml.Node, key: str) -> str:
        return " ".join(self.long_text(node, key).split())

    def texts(self, node: yaml.Node, key: str) -> list[str]:
        values = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return [text for value in values if (text := self.text(value, key))]

    def mapping(self, node: yaml.Node, key: str, allowed: tuple[str, ...] = ()) -> dict[str, yaml.Node]:
        """The values by their names, in order; any names when none are listed as allowed."""
        if not isinstance(node, yaml.MappingNode):
            self.refuse(node, f"{key} must be lines like “name: value”.")
        found: dict[str, yaml.Node] = {}
        for name, value in node.value:
            words = self.text(name, key)
            if allowed and words not in allowed:
                near = difflib.get_close_matches(words[:40], allowed, 1)
                hint = f"did you mean “{near[0]}”?" if near else f"it can be: {', '.join(allowed)}."
                self.refuse(name, f"“{words[:40]}” is not known in {key}; {hint}")
            if words in found:
                self.refuse(name, f"“{words[:40]}” stands twice in {key}; leave one.")
            found[words] = value
        return found

    def keep(self, text: str) -> None:
        """In the text, what has no field."""
        self.source.body = "\n\n".join(filter(None, [self.source.body, text]))

    # What each key takes

    def leaflet_number(self, node, key):
        self.source.leaflet_number = self.text(node, key)

    def put(self, node, key):
        setattr(self.source, key, self.text(node, key))

    def slug(self, node, key):
        slug = self.text(node, key)
        self.source.slug = slug_of(slug)
        if self.source.slug != one_address(slug):
            self.doubt(node, f"“{slug[:60]}” cannot be an address; write small letters, digits and - only")

    def language(self, node, key):
        language = self.text(node, key)
        if not language or LANGUAGE.fullmatch(language):
            self.source.language = language.replace("_", "-")
        else:
            self.doubt(node, f"“{language[:60]}” is not a language; write its two letters, like en or hi")

    def translation_of(self, node, key):
        told = self.text(node, key)
        language, _slash, slug = told.partition("/")
        if not told or (LANGUAGE.fullmatch(language) and slug and slug_of(slug) == one_address(slug)):
            self.source.translation_of = told
        else:
            self.doubt(node, f"“{told[:60]}” names no guide; write its language and address, like en/asthma")

    def published_on(self, node, key):
        words = self.text(node, key)
        found = self.readings(words)
        if len(found) == 1:
            self.source.published_on = found[0]
        elif words:
            self.doubt(node, f"“{words[:60]}” is not one clear day; write it like 2025-06-24")
            self.keep(f"{key}: {words}")

    @staticmethod
    def readings(words: str) -> list[date]:
        """The days that a value can mean; with a time of day, its day."""
        timed = DAY_AND_TIME.fullmatch(words.strip())
        return days.readings(timed[1] if timed else words)

    def uploaded_by(self, node, key):
        self.source.uploaded_by = ", ".join(self.names(node))

    def names(self, node: yaml.Node) -> list[str]:
        """Names, also where each is a mapping with a name, as Docusaurus and Jekyll write them."""
        values = node.value if isinstance(node, yaml.SequenceNode) else [node]
        out = []
        for value in values:
            if isinstance(value, yaml.MappingNode):
                value = next((one for name, one in value.value if name.value in ("name", "title")), None)
            if isinstance(value, yaml.ScalarNode):
                out.append(self.text(value, "author"))
        return [name for name in out if name]

    def sources(self, node, key):
        self.source.sources = self.texts(node, key)

    def publisher(self, node, key):
        if isinstance(node, yaml.ScalarNode):
            self.source.publisher_name = self.text(node, key)
            return
        for part, value in self.mapping(node, key, PUBLISHER).items():
            if part == "name":
                self.source.publisher_name = self.text(value, "publisher: name")
            elif part == "social":
                self.source.social = self.accounts(value)
            else:
                self.source.websites = [text for text in self.texts(value, part) if self.is_address(value, text)]

    def accounts(self, node):
        """The social accounts; also written `- Facebook: https://…`, which YAML takes for a mapping."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        kept = []
        for value in nodes:
            rows = self.mapping(value, "social").items() if isinstance(value, yaml.MappingNode) else [("", value)]
            kept += [f"{name}: {self.text(row, name)}" if name else self.text(row, "social") for name, row in rows]
        return [text for text in kept if text]

    def sponsor(self, node, key):
        for part, value in self.mapping(node, key, SPONSOR).items():
            if part == "claims":
                self.source.sponsor_claims = self.texts(value, "sponsor: claims")
                continue
            text = self.text(value, f"sponsor: {part}")
            if part != "address" or not text or self.is_address(value, text):
                setattr(self.source, f"sponsor_{part}", text)
        if not self.source.sponsor_name:
            self.doubt(node, "the sponsor has no name; write “name: …” under “sponsor”")

    def is_address(self, node, text):
        if not is_address(text):
            self.doubt(node, f"“{text[:60]}” is not a web address; write it like www.example.org")
            self.keep(text)
        return is_address(text)

    def brief(self, node, key):
        """A mapping, or a list of “Label: answer”."""
        if isinstance(node, yaml.SequenceNode):
            brief = [row for value in node.value for row in self.brief_rows(value)]
        else:
            brief = self.brief_rows(node)
        self.source.brief = brief[:MOST_BRIEF_ROWS]
        if brief[MOST_BRIEF_ROWS:]:
            self.doubt(node, f"more than {MOST_BRIEF_ROWS} rows in “brief”; the others are kept at the top of the text")
            self.keep("\n".join(f"- **{label}**: {answer}" for label, answer in brief[MOST_BRIEF_ROWS:]))

    def brief_rows(self, node):
        if isinstance(node, yaml.MappingNode):
            return [(label, self.text(value, label)) for label, value in self.mapping(node, "brief").items()]
        text = self.text(node, "brief")
        label, answer = next(iter(rows.labelled(text)), ("", ""))
        if not answer:
            self.refuse(node, f"“{text[:60]}” in brief has no label; write it like “How long: two weeks”.")
        return [(label, answer)]

    def questions(self, node, key):
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(node, "questions must be a list of “- question: …” with an “answer: …” under it.")
        for value in node.value:
            parts = self.mapping(value, "questions", ("question", "answer"))
            asked = self.text(parts["question"], "question") if "question" in parts else ""
            answer = self.long_text(parts["answer"], "answer") if "answer" in parts else ""
            if not asked or not answer:
                self.doubt(value, "a question without an answer" if asked else "an answer without a question")
            if asked:
                self.source.questions.append((asked, answer))


def _told(node: yaml.Node) -> str:
    """A value as it is quoted: a list by its entries."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(_told(one) for one in node.value[:10])
    return " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else "…"
