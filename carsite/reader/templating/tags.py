"""What a writer writes of each kind of node."""

from __future__ import annotations

from django.template import Context
from django.template.base import TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import gettext

from carsite.reader.templating.parts import Included

# What a loop says of itself at place `i` of `n`, in the names of its depth
FORLOOP = (
    "counter0=i{0}, counter=i{0} + 1, revcounter=n{0} - i{0}, revcounter0=n{0} - i{0} - 1, "
    "first=i{0} == 0, last=i{0} == n{0} - 1"
)


def variable_node(writer, node):
    if node.filter_expression.token == "block.super":
        writer.flush()
        writer.line("if n: n[0](c, dict(v), a, b, n[1:]); c.dicts = [v]")
    else:
        writer.show(f"E({writer.value(node.filter_expression)}, c)")


def translate(writer, node):
    asked = node.filter_expression
    is_constant = isinstance(asked.var, Variable) and not asked.var.lookups and not asked.filters
    if not is_constant:
        writer.show(f"{writer.hold(node)}.render_annotated(c)")
    elif node.asvar:

        def said():
            context = Context()
            node.render(context)
            return context[node.asvar]

        writer.flush()
        writer.line(f"v[{node.asvar!r}] = Safe(t[{writer.texts.add([said])}])")
    else:
        writer.parts.append(lambda: node.render(Context()))


def block_translate(writer, node):
    if node.plural or node.message_context:
        return writer.show(f"{writer.hold(node)}.render_annotated(c)")
    singular, names = node.render_token_list(node.singular)

    def said():
        text = gettext(singular)
        try:
            text % dict.fromkeys(names, "")
        except (KeyError, ValueError):
            return singular
        return text

    values = {name: writer.value(one) for name, one in node.extra_context.items()}
    given = (f"{name!r}: E({values.get(name, f'v.get({name!r}, chr(0)[:0])')}, c)" for name in dict.fromkeys(names))
    made = f"t[{writer.texts.add([said])}] % {{{', '.join(given)}}}"
    if not node.asvar:
        return writer.show(made)
    writer.flush()
    return writer.line(f"v[{node.asvar!r}] = Safe({made})")


def if_node(writer, node):
    writer.flush()
    word = "if"
    for asked, nodes in node.conditions_nodelists:
        writer.line(
            f"{word} {writer.condition(asked)}:" if asked is not None else "else:" if word == "elif" else "if True:"
        )
        with writer.further():
            writer.nodes(nodes)
        word = "elif"


def for_node(writer, node):
    with writer.scope() as depth:
        writer.line(f"q{depth} = L({writer.value(node.sequence, None)}, {node.is_reversed})")
        writer.line(f"if q{depth}:")
        with writer.further():
            writer.line(f"f{depth} = {{'parentloop': v.get('forloop', {{}})}}")
            writer.line(f"v['forloop'] = f{depth}; n{depth} = len(q{depth})")
            writer.line(f"for i{depth}, x{depth} in enumerate(q{depth}):")
            with writer.further():
                writer.line(f"f{depth}.update({FORLOOP.format(depth)})")
                names = ", ".join(f"v[{name!r}]" for name in node.loopvars)
                writer.line(f"{names} = x{depth}")
                writer.nodes(node.nodelist_loop)
        writer.line("else:")
        with writer.further():
            writer.nodes(node.nodelist_empty)


def with_node(writer, node):
    with writer.scope(writer.given(node.extra_context)):
        writer.nodes(node.nodelist)


def include(writer, node):
    name = node.template.var
    if not isinstance(name, str) or node.template.filters or node.isolated_context or name.startswith("."):
        return writer.show(f"{writer.hold(node)}.render_annotated(c)")
    writer.flush()
    given = writer.given(node.extra_context)
    return writer.line(f"{writer.hold(Included(writer.engine, name))}(c, {{**v{given}}}, a); c.dicts = [v]")


def simple_tag(writer, node):
    given = ["c"] if node.takes_context else []
    given += [writer.value(one) for one in node.args]
    given += [f"{name}={writer.value(one)}" for name, one in node.kwargs.items()]
    made = f"{writer.hold(node.func)}({', '.join(given)})"
    if node.target_var is None:
        return writer.show(f"S({made})")
    writer.flush()
    return writer.line(f"v[{node.target_var!r}] = {made}")


def block(writer, node):
    writer.flush()
    writer.line(f"b['{node.name}'][0](c, dict(v), a, b, b['{node.name}'][1:]); c.dicts = [v]")


KNOWN = {
    TextNode: lambda writer, node: writer.parts.append(node.s),
    CommentNode: lambda _writer, _node: None,
    LoadNode: lambda _writer, _node: None,
    VariableNode: variable_node,
    TranslateNode: translate,
    BlockTranslateNode: block_translate,
    IfNode: if_node,
    ForNode: for_node,
    WithNode: with_node,
    IncludeNode: include,
    SimpleNode: simple_tag,
    BlockNode: block,
}
