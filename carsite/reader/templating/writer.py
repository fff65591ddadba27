"""Writes the Python of a template."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from contextlib import contextmanager

from django.template import Node
from django.template.base import FilterExpression, Variable
from django.template.defaulttags import TemplateLiteral
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils.safestring import SafeString, mark_safe

from carsite.reader.templating.lookups import as_list, escaped, followed, safely, told
from carsite.reader.templating.parts import Included, Texts, Unwritable
from carsite.reader.templating.tags import KNOWN

COMPARED = {"==": "==", "!=": "!=", "and": "and", "or": "or"}
CAREFULLY = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda one, some: one in some,
    "not in": lambda one, some: one not in some,
}


class Writer:
    """Writes the Python of one template. In it `c` is the context, `v` its values, `a` takes what is shown, `b` holds
    the functions of each block, the outermost template's last, and `n` those that come after the block's own."""

    def __init__(self, engine):
        self.engine, self.texts, self.depth, self.indent, self.names = engine, Texts(), 0, 1, 0
        self.held = {"E": told, "S": escaped, "T": self.texts, "L": as_list, "Safe": SafeString, "safely": safely}
        self.lines, self.parts = [], []

    def written(self, nodes):
        blocks = [one for node in nodes for one in node.get_nodes_by_type(BlockNode)]
        for block in blocks:
            self.lines.append(f"def block_{block.name}(c, v, a, b, n):")
            self.body(block.nodelist)
        self.lines.append("def page(c, v, a, b):")
        if blocks:
            own = ", ".join(f"'{one.name}': b.get('{one.name}', ()) + (block_{one.name},)" for one in blocks)
            self.line(f"b = {{**b, {own}}}")
        extends = next((node for node in nodes if isinstance(node, ExtendsNode)), None)
        if extends and not isinstance(extends.parent_name.var, str):
            raise Unwritable("What it extends is known only when it is shown.")
        if extends:
            self.line(f"{self.hold(Included(self.engine, extends.parent_name.var))}(c, v, a, b)")
        else:
            self.body(nodes)
        exec(compile("\n".join(self.lines), "<template>", "exec"), self.held)  # noqa: S102 - of our own templates
        return self.held["page"]

    def body(self, nodes):
        start = len(self.lines)
        self.nodes(nodes)
        self.lines.insert(start, " t = T()")

    def nodes(self, nodes):
        """Write what these nodes do; at least one line."""
        for node in nodes:
            self.node(node)
        self.flush()
        self.line("pass")

    def node(self, node: Node):
        for kind in type(node).__mro__:
            if kind in KNOWN:
                return KNOWN[kind](self, node)
        if hasattr(node, "written_by"):
            return node.written_by(self)
        if node.get_nodes_by_type(BlockNode):
            raise Unwritable(f"A block stands in {node!r}, which only Django can show.")
        return self.show(f"{self.hold(node)}.render_annotated(c)")

    def line(self, text):
        self.lines.append(" " * self.indent + text)

    def show(self, expression):
        self.flush()
        self.line(f"a({expression})")

    def flush(self):
        """Write what the template says up to here by itself."""
        parts, self.parts = self.parts, []
        if parts and all(isinstance(one, str) for one in parts):
            self.line(f"a({''.join(parts)!r})")
        elif parts:
            self.line(f"a(t[{self.texts.add(parts)}])")

    def hold(self, value) -> str:
        """A name for a value."""
        self.names += 1
        self.held[f"h{self.names}"] = value
        return f"h{self.names}"

    @contextmanager
    def further(self) -> Iterator[None]:
        self.indent += 1
        yield
        self.flush()
        self.indent -= 1

    @contextmanager
    def scope(self, given="") -> Iterator[int]:
        """What is named inside, and what is `given` to it, ends with it."""
        self.flush()
        self.depth += 1
        self.line(f"s{self.depth} = v; v = {{**v{given}}}; c.dicts = [v]")
        yield self.depth
        self.flush()
        self.line(f"v = s{self.depth}; c.dicts = [v]")
        self.depth -= 1

    def taken(self, nodes, name):
        """What nodes show, kept under a name instead."""
        self.flush()
        self.depth += 1
        self.line(f"a{self.depth} = a; k{self.depth} = []; a = k{self.depth}.append")
        self.nodes(nodes)
        self.line(f"a = a{self.depth}; v[{name!r}] = Safe(''.join(k{self.depth}).strip())")
        self.depth -= 1

    def given(self, named) -> str:
        """The values of what a tag names, as they stand in a dict."""
        return "".join(f", {name!r}: {self.value(one)}" for name, one in named.items())

    def value(self, asked: FilterExpression, missing="") -> str:
        """The expression of a value with its filters."""
        args = [one for _filter, some in asked.filters for one in some]
        is_odd = any(getattr(function, "expects_localtime", False) for function, _args in asked.filters)
        if is_odd or any(not is_named and not isinstance(one, str | int | float) for is_named, one in args):
            return f"{self.hold(asked)}.resolve(c)"
        found = self.variable(asked.var, missing) if isinstance(asked.var, Variable) else self.hold(asked.var)
        for function, some in asked.filters:
            named = (self.variable(one, "") if is_named else self.hold(mark_safe(one)) for is_named, one in some)
            given = ", ".join([found, *named])
            if getattr(function, "needs_autoescape", False):
                given += ", autoescape=True"
            found = f"{self.hold(still_safe(function) if getattr(function, 'is_safe', False) else function)}({given})"
        return found

    def variable(self, one: Variable, missing) -> str:
        if one.translate:
            return f"{self.hold(one)}.resolve(c)"
        return f"{self.hold(followed(one.lookups, missing))}(v)" if one.lookups else self.hold(one.literal)

    def condition(self, asked) -> str:
        if isinstance(asked, TemplateLiteral):
            return self.value(asked.value, None)
        if asked.id == "not":
            return f"(not {self.condition(asked.first)})"
        both = self.condition(asked.first), self.condition(asked.second)
        if asked.id in COMPARED:
            return f"({both[0]} {COMPARED[asked.id]} {both[1]})"
        return f"safely({self.hold(CAREFULLY[asked.id])}, {both[0]}, {both[1]})"


def still_safe(function):
    """A filter that leaves safe what was."""

    def filtered(value, *args, **told):
        found = function(value, *args, **told)
        return mark_safe(found) if isinstance(value, SafeString) else found

    return filtered
